"""Which of the readers' plain words stand in a text: each token is looked at once, whatever is sought in it.

A word counts wherever it stands within a token ("therap" in "immunotherapy"); words with a blank in them are not for
this module. What a token holds is kept over texts, since texts share their tokens. Never reads what a text says.
"""

_MOST_TOKENS = 60_000  # kept at once
_LONGEST_KEPT = 40  # longer tokens are no words and do not come again

_NONE: frozenset[str] = frozenset()


class WordBook:
    """The words that are sought, and what each token met so far holds of them."""

    def __init__(self) -> None:
        self.known: frozenset[str] = frozenset()
        self._state: tuple[dict[str, list[str]], dict[str, frozenset[str]]] = ({}, {})

    def learn(self, words: tuple[str, ...]) -> frozenset[str]:
        """Adds words to those that are sought, and gives them back."""
        if not self.known.issuperset(words):
            self.known |= {word for word in words if " " not in word}
            by_opening: dict[str, list[str]] = {}
            for word in sorted(self.known):
                by_opening.setdefault(word[:2], []).append(word)
            self._state = (by_opening, {})
        return frozenset(words)

    def of(self, low: str) -> frozenset[str]:
        """The known words in a text in lower case."""
        by_opening, kept = self._state
        found = []
        for token in low.split():
            held = kept.get(token)
            if held is None:
                held = _held(token, by_opening)
                if len(token) <= _LONGEST_KEPT:
                    if len(kept) >= _MOST_TOKENS:
                        kept.clear()
                    kept[token] = held
            if held:
                found.append(held)
        return _NONE.union(*found) if found else _NONE


def _held(token: str, by_opening: dict[str, list[str]]) -> frozenset[str]:
    held = set()
    for place in range(len(token)):
        for opening in (token[place : place + 2], token[place]):
            for word in by_opening.get(opening, ()):
                if token.startswith(word, place):
                    held.add(word)
    return frozenset(held) if held else _NONE


BOOK = WordBook()
