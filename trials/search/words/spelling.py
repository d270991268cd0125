"""Words that a reader may have meant, for a word that no trial has.

Candidates are the words that occur in trials (by trigrams, through an index) and those of the synonym file; one is near
enough if few letters are wrong. A word that is known is never corrected. Never writes.
"""

from collections.abc import Iterator
from functools import cache

from django.contrib.postgres.search import TrigramSimilarity

from trials.models import SearchWord
from trials.vocabulary.meanings import first_words, known_words, suggested_words
from trials.vocabulary.writings import folded

_SHORTEST = 5  # letters: among shorter words almost everything is near to something
_LONGEST = 40
_LONG = 11
_ENDING = 2  # letters: two slips within the last ones make another word, not a slip
_MOST_CANDIDATES = 60
_MOST_CORRECTIONS = 3
_MAY_BE_WRONG = ((12, 3), (8, 2), (5, 1))  # from so many letters on, so many of them


def corrections(word: str) -> list[str]:
    """The words that may have been meant, best first; none if the word is known, short, or near to nothing."""
    typed = folded(word)
    if not (typed.isascii() and typed.isalpha() and _SHORTEST <= len(typed) <= _LONGEST):
        return []
    if typed in known_words() or SearchWord.objects.filter(word=typed).exists():
        return []
    allowed = next(letters for length, letters in _MAY_BE_WRONG if len(typed) >= length)
    found: dict[str, tuple[int, int, str]] = {}
    for candidate in (*_words_of_trials(typed), *_known_near(typed, allowed)):
        wrong = wrong_letters(typed, candidate, allowed)
        is_slip = _is_same_opening(typed, candidate, wrong) and not _is_other_ending(typed, candidate, wrong)
        if wrong <= allowed and is_slip:
            doubt = _doubt(candidate)
            found[candidate] = (wrong + min(doubt, 1), doubt, candidate)
    best = sorted(found, key=found.__getitem__)
    return [one for one in best if found[one][:2] == found[best[0]][:2]][:_MOST_CORRECTIONS]


def _doubt(candidate: str) -> int:
    """A word that the synonym file spells so goes first: what a trial has may be somebody else's slip."""
    return 0 if candidate in first_words() else 1 if candidate in known_words() else 2


def _words_of_trials(typed: str) -> list[str]:
    near = SearchWord.objects.filter(word__trigram_similar=typed).annotate(near=TrigramSimilarity("word", typed))
    return list(near.order_by("-near", "word").values_list("word", flat=True)[:_MOST_CANDIDATES])


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    every = [word for word in suggested_words() if word.isascii() and word.isalpha() and len(word) >= _SHORTEST]
    return {length: tuple(one for one in every if len(one) == length) for length in map(len, every)}


def _known_near(typed: str, allowed: int) -> Iterator[str]:
    letters = set(typed)
    for length in range(len(typed) - allowed, len(typed) + allowed + 1):
        for word in _by_length().get(length, ()):
            if len(letters.symmetric_difference(word)) <= 2 * allowed:
                yield word


def _is_same_opening(typed: str, candidate: str, wrong: int) -> bool:
    """Slips seldom touch the first letter; where they do, all the rest has to be right, or the word long."""
    return typed[0] == candidate[0] or wrong == 1 or len(typed) >= _LONG


def _is_other_ending(typed: str, candidate: str, wrong: int) -> bool:
    """Another word of the same stem ("embolism", "embolic"), or a plural, which the search makes one anyway."""
    if typed.rstrip("s") == candidate.rstrip("s"):
        return True
    kept = min(len(typed), len(candidate)) - _ENDING
    return wrong > 1 and typed[:kept] == candidate[:kept]


def wrong_letters(typed: str, meant: str, most: int) -> int:
    """How many letters are missing, too many, another or changed round; anything over `most` may come as most + 1."""
    if abs(len(typed) - len(meant)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(meant, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
