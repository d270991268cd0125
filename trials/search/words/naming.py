"""Finds the names in typed words: the longest first, and what is left between them.

Never widens anything: `trials.search.words.question` does. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trials.vocabulary.meanings import Match, Meaning, longest_match
from trials.vocabulary.writings import Piece, pieces, writings

_CHUNK = re.compile(r"\S+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CODE_LETTERS = re.compile(
    r"[A-Z]{2,6}|[bcdfghj-np-tv-xz]{2,6}"
)  # upper case, or no vowels: "SHR 1210", not "since 2020"
_CODE_DIGITS = re.compile(r"\d{3,}[A-Za-z]?")
_TURNED = ("non-", "non ")


@dataclass(frozen=True, slots=True)
class Named:
    """Typed words at [start:end) and what they mean, None where no name is known. is_ignored: not searched for."""

    typed: str
    start: int
    end: int
    meaning: Meaning | None = None
    languages: frozenset[str] = frozenset()
    is_ignored: bool = False
    writings: tuple[str, ...] = ()


def named(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Named]]:
    """The names and the words between them, for each span of a text.

    Words that say nothing, in another language, are ignored only beside a name in that language ("de" beside "foie").
    """
    found = [_named(text, start, end) for start, end in spans]
    every = [item for items in found for item in items]
    spoken = {one for item in every if _is_name(item) for one in item.languages}
    return [[_settled(item, spoken) for item in items] for items in found]


def _is_name(item: Named) -> bool:
    return item.meaning is not None and not item.meaning.is_unsearched


def _settled(item: Named, spoken: set[str]) -> Named:
    if item.meaning is None or not item.meaning.is_unsearched:
        return item
    is_ignored = not item.languages or bool(item.languages & spoken)
    return replace(item, meaning=None, is_ignored=is_ignored, writings=writings(item.typed))


def _named(text: str, start: int, end: int) -> list[Named]:
    parts = pieces(text[start:end])
    matches = _whole_words(text[start:end], parts, list(_matches(parts)))
    found: list[Named] = []
    place = 0
    for match in [*matches, None]:
        upto = parts[match.start].start if match else end - start
        found += _between(text[start:end], place, upto)
        if match:
            place = parts[match.end - 1].end
            typed = text[start:end][upto:place]
            found.append(Named(typed, upto, place, match.meaning, match.languages))
    return [replace(item, start=item.start + start, end=item.end + start) for item in found]


def _matches(parts: Sequence[Piece]) -> Iterator[Match]:
    place = 0
    while place < len(parts):
        match = longest_match(parts, place)
        if match:
            yield match
        place = match.end if match else place + 1


def _whole_words(text: str, parts: Sequence[Piece], matches: list[Match]) -> list[Match]:
    """Without matches in a word whose other part has digits (an organisation's number) or turns it ("non-HCC")."""
    kept = matches
    for chunk in _CHUNK.finditer(text):
        inside = [
            place for place, part in enumerate(parts) if chunk.start() <= part.start < chunk.end() and not part.is_cjk
        ]
        covered = {place for match in kept for place in range(match.start, match.end)}
        is_turned = chunk.group().lower().startswith(_TURNED) and inside and inside[0] not in covered
        if is_turned or any(parts[place].text.isdigit() for place in inside if place not in covered):
            kept = [match for match in kept if not set(inside) & set(range(match.start, match.end))]
    return kept


def _between(text: str, start: int, end: int) -> Iterator[Named]:
    """The words at [start:end), one by one; letters and a number that look like one code are taken together."""
    chunks = []
    for chunk in _CHUNK.finditer(text, start, end):
        word = _EDGES.sub("", chunk.group())
        if word:
            place = chunk.start() + chunk.group().index(word)
            chunks.append((word, place, place + len(word)))
    while chunks:
        word, first, last = chunks.pop(0)
        if chunks and _CODE_LETTERS.fullmatch(word) and _CODE_DIGITS.fullmatch(chunks[0][0]):
            last = chunks.pop(0)[2]
            word = text[first:last]
        yield Named(word, first, last, writings=writings(word))
