"""The words of a search in a text, as PostgreSQL would find them: its own lexemes, made into a regular expression.

For showing where words stand, never for finding trials: an ending that English has is allowed behind every stem, so
that a few words more may be marked. Reads the database only for the lexemes of phrases, and keeps them. Never writes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from django.db import connection

from trials.search.words.question import WordGroup
from trials.search.words.tsquery import loose_sql, tsquery_sql

_MOST_GROUPS = 1024
_SHORTEST_STEM = 3  # letters: shorter words have no ending
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[\w']+")
_TOKEN = re.compile(r"'(?P<lexeme>(?:[^'\\]|''|\\.)*)'|<(?P<distance>-|\d+)>|(?P<either>\|)")
_BETWEEN = r"\W{1,8}"

# What English puts behind a stem, piece by piece, as its Porter stemmer takes it off
_ENDINGS = re.compile(
    "(?:[aei]nc?|[aei]bl|[aei]bil|[aeiou]s|[aei]l|[aeio]r|[aei]t|[aei]d|[aei]v|[aei]c|'?s|e|y|i|ing|ion|oid|u[lr]|"
    "if|ism|iz|ly|less|logy?|ful|ment|ness|ous|t|th)*"
)
_LONGEST_ENDING = 12


def folded(text: str) -> str:
    """Small letters without accents, character by character, so that places in the text stay the same."""
    return text.lower() if text.isascii() else _NOT_ASCII.sub(_without_accent, text).lower()


def _without_accent(match: re.Match[str]) -> str:
    base = unicodedata.normalize("NFKD", match[0])[0]
    return base.lower() if base.isalnum() and len(base.lower()) == 1 else match[0]


class Finder:
    """Finds the phrases of one group in `folded` texts; where none stands, its loose words if all of them do."""

    def __init__(self, tsquery: str, loose: str = "") -> None:
        """tsquery is of phrases and "or" alone, loose of words and "and", as PostgreSQL writes them."""
        self.words = [Finder(f"'{token['lexeme']}'") for token in _TOKEN.finditer(loose) if token["lexeme"]]
        phrases = [list(_without_parts(phrase)) for phrase in _phrases(tsquery)]
        self._stems = {lexeme.lstrip("-") for phrase in phrases for _, lexeme in phrase}
        self._pattern = _pattern(phrases)

    def search(self, text: str) -> tuple[int, int] | None:
        """Where a phrase stands first, None if none does."""
        found = next(self._phrases_in(text), None)
        return min(self.spans(text), default=None) if found is None and self.words else found

    def spans(self, text: str) -> list[tuple[int, int]]:
        if found := list(self._phrases_in(text)):
            return found
        apart = [word.spans(text) for word in self.words]
        return [span for spans in apart for span in spans] if all(apart) else []

    def _phrases_in(self, text: str) -> Iterator[tuple[int, int]]:
        start = 0
        while self._pattern and (match := self._pattern.search(text, start)):
            if all(map(self._is_of_a_stem, _WORD.findall(match.group()))):
                yield match.span()
                start = match.end()
            else:
                start = match.start() + 1

    def _is_of_a_stem(self, word: str) -> bool:
        """Whether the word is a stem with an English ending; small words between the words of a phrase pass too."""
        stems = [end for end in range(1, len(word) + 1) if _as_stem(word[:end], self._stems)]
        return not stems or any(_ENDINGS.fullmatch(word, end) for end in stems)


def finder(group: WordGroup) -> Finder:
    return _finder(replace(group, start=0, end=0))


@lru_cache(maxsize=_MOST_GROUPS)
def _finder(group: WordGroup) -> Finder:
    (phrases, words), (loose, loose_words) = tsquery_sql(group), loose_sql(group)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({phrases})::text, ({loose})::text", [*words, *loose_words])
        return Finder(*cursor.fetchone())


def _pattern(phrases: Iterable[Sequence[tuple[int, str]]]) -> re.Pattern[str] | None:
    """Alternatives are gathered by their first letter: most places of a text are passed over by that alone."""
    by_letter: dict[str, dict[str, None]] = defaultdict(dict)
    for (_, first), *others in phrases:
        rest = "".join(_joined(gap, lexeme) for gap, lexeme in others)
        by_letter[first[0]][_word(first)[len(re.escape(first[0])) :] + rest] = None
    # The first letter before the look behind it: the search then jumps from one such letter to the next
    parts = (
        rf"{re.escape(letter)}(?<!\w{re.escape(letter)})(?:{'|'.join(sorted(rests, key=len, reverse=True))})"
        for letter, rests in by_letter.items()
    )
    return re.compile("|".join(parts)) if by_letter else None


def _phrases(tsquery: str) -> Iterator[list[tuple[int, str]]]:
    """Each phrase as its lexemes with their places."""
    phrase: list[tuple[int, str]] = []
    place = 0
    for token in _TOKEN.finditer(tsquery):
        if token["either"]:
            if phrase:
                yield phrase
            phrase, place = [], 0
        elif token["distance"]:
            place += 1 if token["distance"] == "-" else int(token["distance"])
        elif lexeme := folded(token["lexeme"].replace("''", "'").replace("\\\\", "\\")):
            phrase.append((place, lexeme))
    if phrase:
        yield phrase


def _without_parts(phrase: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lexemes with the distance to the one before. A hyphened word is followed by its parts, which say nothing new."""
    last = -1
    for place, lexeme in phrase:
        if place > last:
            yield place - last, lexeme
            is_hyphened = "-" in lexeme.lstrip("-")
            last = place + is_hyphened * (lexeme.count("-") + 1)


def _joined(gap: int, lexeme: str) -> str:
    return _BETWEEN + rf"(?:\w+{_BETWEEN}){{{gap - 1}}}" * (gap > 1) + _word(lexeme.lstrip("-"))


def _word(stem: str) -> str:
    """The stem up to the end of the word that begins with it."""
    if not stem[-1].isalpha() or not stem.isascii():
        return re.escape(stem) + r"(?!\w)"
    if len(stem) < _SHORTEST_STEM:
        return re.escape(stem) + r"(?:'?s)?(?!\w)"
    last = {"i": "[iy]", "e": "e?", "l": "i?l" if stem[-2] == "b" else "l"}.get(stem[-1], stem[-1])
    return re.escape(stem[:-1]) + last + rf"['a-z]{{0,{_LONGEST_ENDING}}}(?!\w)"


def _as_stem(start: str, stems: Collection[str]) -> bool:
    """Whether the start of a word is a stem, its last letter changed as endings do (therapi: therapy)."""
    return (
        start in stems
        or (start[-1] == "y" and f"{start[:-1]}i" in stems)
        or f"{start}e" in stems
        or (start.endswith("bil") and f"{start[:-2]}l" in stems)
        or (start[-1] == start[-2:-1] and start[:-1] in stems)
    )
