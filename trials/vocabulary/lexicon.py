"""The words of liver cancer treatment: drugs, procedures and endings of drug names, each with its modality.

Loaded once from the reviewed TOML files beside this module and frozen. Never reads a record.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

_WORD = re.compile(r"[a-z0-9α-ω]+|[\u3040-\u9fff]+")
_GAP = re.compile(r"[^\w,;:.|\n]{0,3}")  # what may stand between the parts of one name
_SHORT = 4  # a spelling so short, written as one word, is not put together from several
_SHORTEST_WITH_STEM = 7
_ANTIBODY = ("mab", "tug", "bart", "mig")
Word = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name with its other spellings; drug_class is "" for a procedure.

    is_unseen: known from its source, but no record of the corpora names it (a test holds this both ways).
    """

    name: str
    modality: str
    synonyms: tuple[str, ...]
    source: str
    drug_class: str = ""
    is_unseen: bool = False

    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Stem:
    """An ending of nonproprietary names; a payload follows an antibody's name and makes a conjugate of it."""

    ending: str
    modality: str
    source: str
    is_payload: bool = False
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a name stands in a text: [start:end), and what it is. is_stem: known by its ending alone."""

    start: int
    end: int
    modality: str
    name: str
    drug_class: str = ""
    is_stem: bool = False
    ending: str = ""


def _rows(file: str) -> list[dict[str, object]]:
    text = resources.files("trials.vocabulary").joinpath("data", file).read_text(encoding="utf-8")
    return list(tomllib.loads(text)["entry"])


def _entries(file: str) -> tuple[Entry, ...]:
    found = []
    for row in _rows(file):
        synonyms = row.get("synonyms", [])
        names = tuple(str(name) for name in synonyms) if isinstance(synonyms, list) else ()
        told = (str(row["name"]), str(row["modality"]), names, str(row["source"]), str(row.get("class", "")))
        found.append(Entry(*told, is_unseen=bool(row.get("unseen", False))))
    return tuple(found)


@cache
def drugs() -> tuple[Entry, ...]:
    return _entries("drugs.toml")


@cache
def procedures() -> tuple[Entry, ...]:
    return _entries("procedures.toml")


@cache
def stems() -> tuple[Stem, ...]:
    return tuple(
        Stem(
            str(row["ending"]),
            str(row["modality"]),
            str(row["source"]),
            is_payload=bool(row.get("payload", False)),
            is_unseen=bool(row.get("unseen", False)),
        )
        for row in _rows("stems.toml")
    )


def folded(spelling: str) -> str:
    """A spelling as names are compared: without case, hyphens, blanks and brackets ("SHR-1210" is "shr 1210")."""
    return "".join(_WORD.findall(spelling.lower()))


@dataclass(frozen=True, slots=True)
class _Index:
    entries: MappingProxyType[str, tuple[Entry, bool]]  # by folded spelling; True: only as one word
    openings: frozenset[str]  # every beginning of a spelling, by which a search knows when to stop


@cache
def _index() -> _Index:
    entries: dict[str, tuple[Entry, bool]] = {}
    openings: set[str] = set()
    for entry in (*drugs(), *procedures()):
        for spelling in entry.spellings():
            name = folded(spelling)
            is_one_word = len(name) <= _SHORT and len(_WORD.findall(spelling.lower())) == 1
            entries.setdefault(name, (entry, is_one_word))
            openings.update(name[:length] for length in range(1, len(name)))
    return _Index(MappingProxyType(entries), frozenset(openings))


@lru_cache(maxsize=256)  # names of interventions and arms come again and again within a record
def hits(low: str) -> tuple[Hit, ...]:
    """The names in a text in lower case, longest first at each place, none inside another."""
    return tuple(_hits(low))


def _hits(low: str) -> Iterator[Hit]:
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(low)]
    index = _index()
    place = 0
    while place < len(words):
        word, start, end = words[place]
        found = _longest(index, low, words, place) if word in index.entries or word in index.openings else None
        if found:
            entry, last = found
            yield Hit(start, words[last][2], entry.modality, entry.name, entry.drug_class)
            place = last + 1
            continue
        place += 1
        if len(word) < _SHORTEST_WITH_STEM:
            continue
        payload = _payload_after(low, words, place) if word.endswith(_ANTIBODY) else None
        if payload:
            yield Hit(start, words[place][2], payload.modality, word, "", is_stem=True, ending=payload.ending)
            place += 1
            continue
        stem = _stem_of(word)
        if stem:
            yield Hit(start, end, stem.modality, word, "", is_stem=True, ending=stem.ending)


def _payload_after(low: str, words: list[Word], place: int) -> Stem | None:
    """What an antibody carries, where the next word names it."""
    if place == len(words):
        return None
    payload = _payloads().get(words[place][0])
    return payload if payload and _GAP.fullmatch(low, words[place - 1][2], words[place][1]) else None


def _longest(index: _Index, low: str, words: list[Word], place: int) -> tuple[Entry, int] | None:
    """The longest name that begins at this word, with the place of its last word."""
    name, found, last = words[place][0], None, place
    while True:
        known = index.entries.get(name)
        if known and (last == place or not known[1]):
            found = (known[0], last)
        if name not in index.openings or last + 1 == len(words):
            return found
        if not _GAP.fullmatch(low, words[last][2], words[last + 1][1]):
            return found
        last += 1
        name += words[last][0]


@cache
def _endings() -> tuple[frozenset[str], re.Pattern[str], MappingProxyType[str, Stem]]:
    """How a word may end at all (its last two letters), the endings as one pattern, and what each tells."""
    by_ending = {stem.ending: stem for stem in stems() if not stem.is_payload}
    longest_first = sorted(by_ending, key=len, reverse=True)
    pattern = re.compile(r"[a-z]{2,}?(?P<ending>" + "|".join(longest_first) + r")s?$")
    last = {ending[-2:] for ending in by_ending} | {f"{ending[-1]}s" for ending in by_ending}
    return frozenset(last), pattern, MappingProxyType(by_ending)


@cache
def _payloads() -> MappingProxyType[str, Stem]:
    return MappingProxyType({stem.ending: stem for stem in stems() if stem.is_payload})


def _stem_of(word: str) -> Stem | None:
    last, pattern, by_ending = _endings()
    match = pattern.match(word) if word[-2:] in last else None
    return by_ending[match["ending"]] if match else None
