"""Words that mean the same: concepts with their names in several languages, and what the drug list needs for searching.

Loaded once from the reviewed file data/synonyms.toml and frozen. Never reads a record, never guesses.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

LANGUAGES = ("fr", "es", "de", "it", "pt", "zh", "ja", "ko")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing. names are searched for; asked and foreign are understood when typed; the rest are its members."""

    name: str
    kind: str
    names: tuple[str, ...]
    source: str
    reviewed: date
    asked: tuple[str, ...] = ()
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    narrower: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()
    modality: str = ""


@dataclass(frozen=True, slots=True)
class DrugNames:
    """narrower spellings of the drug list mean less than the drug, apart something else; foreign are other names."""

    name: str
    source: str
    reviewed: date
    narrower: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsearched:
    """Words that say nothing about a trial; those of another language count beside a name in that language."""

    language: str
    words: tuple[str, ...]
    source: str
    reviewed: date


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files("trials.vocabulary").joinpath("data", "synonyms.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def _foreign(row: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({language: tuple(row[language]) for language in LANGUAGES if language in row})


@cache
def concepts() -> Mapping[str, Concept]:
    """By name, in the file's order."""
    return MappingProxyType(
        {
            row["name"]: Concept(
                row["name"],
                row["kind"],
                tuple(row["names"]),
                row["source"],
                row["reviewed"],
                asked=tuple(row.get("asked", ())),
                foreign=_foreign(row),
                narrower=tuple(row.get("narrower", ())),
                drugs=tuple(row.get("drugs", ())),
                drug_classes=tuple(row.get("drug_classes", ())),
                modality=row.get("modality", ""),
            )
            for row in _file()["concept"]
        }
    )


@cache
def drug_names() -> Mapping[str, DrugNames]:
    """By the drug's name in the lexicon."""
    return MappingProxyType(
        {
            row["name"]: DrugNames(
                row["name"],
                row["source"],
                row["reviewed"],
                narrower=frozenset(row.get("narrower", ())),
                apart=frozenset(row.get("apart", ())),
                foreign=_foreign(row),
            )
            for row in _file()["drug"]
        }
    )


@cache
def unsearched() -> tuple[Unsearched, ...]:
    return tuple(
        Unsearched(row["language"], tuple(row["words"]), row["source"], row["reviewed"])
        for row in _file()["unsearched"]
    )
