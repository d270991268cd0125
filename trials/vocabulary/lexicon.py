"""The words of liver cancer treatment: drugs, procedures and endings of drug names, each with its modality.

Loaded once from the reviewed TOML files beside this module and frozen. Never reads a record.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

_WORD = re.compile(r"[a-z0-9α-ω]+|[\u3040-\u9fff]+")
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name with its other spellings; drug_class is "" for a procedure."""

    name: str
    modality: str
    synonyms: tuple[str, ...]
    source: str
    drug_class: str = ""

    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Stem:
    """An ending of nonproprietary names."""

    ending: str
    modality: str
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a name stands in a text: [start:end), and what it is. is_stem: known by its ending alone."""

    start: int
    end: int
    modality: str
    name: str
    drug_class: str = ""
    is_stem: bool = False


def _rows(file: str) -> list[dict[str, object]]:
    text = resources.files("trials.vocabulary").joinpath("data", file).read_text(encoding="utf-8")
    return list(tomllib.loads(text)["entry"])


def _entries(file: str) -> tuple[Entry, ...]:
    found = []
    for row in _rows(file):
        synonyms = row.get("synonyms", [])
        names = tuple(str(name) for name in synonyms) if isinstance(synonyms, list) else ()
        found.append(
            Entry(str(row["name"]), str(row["modality"]), names, str(row["source"]), str(row.get("class", "")))
        )
    return tuple(found)


@cache
def drugs() -> tuple[Entry, ...]:
    return _entries("drugs.toml")


@cache
def procedures() -> tuple[Entry, ...]:
    return _entries("procedures.toml")


@cache
def stems() -> tuple[Stem, ...]:
    return tuple(Stem(str(row["ending"]), str(row["modality"]), str(row["source"])) for row in _rows("stems.toml"))


def tokens(text: str) -> Tokens:
    """The words of a text in lower case, as names are compared: "SHR-1210" and "shr 1210" are equal."""
    return tuple(_WORD.findall(text.lower()))


@cache
def _index() -> MappingProxyType[str, tuple[tuple[Tokens, Entry], ...]]:
    index: dict[str, list[tuple[Tokens, Entry]]] = {}
    for entry in (*drugs(), *procedures()):
        for spelling in entry.spellings():
            words = tokens(spelling)
            index.setdefault(words[0], []).append((words, entry))
    return MappingProxyType(
        {word: tuple(sorted(rows, key=lambda row: len(row[0]), reverse=True)) for word, rows in index.items()}
    )


def hits(low: str) -> Iterator[Hit]:
    """The names in a text in lower case, longest first at each place, none inside another."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(low)]
    index = _index()
    place = 0
    while place < len(words):
        word, start, end = words[place]
        found = next((row for row in index.get(word, ()) if _stands_at(row[0], words, place)), None)
        if found:
            names, entry = found
            yield Hit(start, words[place + len(names) - 1][2], entry.modality, entry.name, entry.drug_class)
            place += len(names)
            continue
        stem = _stem_of(word)
        if stem:
            yield Hit(start, end, stem.modality, word, "", is_stem=True)
        place += 1


def _stands_at(names: Tokens, words: list[tuple[str, int, int]], place: int) -> bool:
    if place + len(names) > len(words):
        return False
    return all(names[offset] == words[place + offset][0] for offset in range(1, len(names)))


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(r"[a-z]{2,}(?P<ending>" + "|".join(stem.ending for stem in stems()) + r")$")


def _stem_of(word: str) -> Stem | None:
    if len(word) < 7:
        return None
    match = _endings().match(word)
    if match is None:
        return None
    return next(stem for stem in stems() if stem.ending == match["ending"])
