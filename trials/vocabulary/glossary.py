"""Words of our pages explained, for everybody and for clinicians; each entry names who defines the word, and the day.

Loaded once from the reviewed file data/glossary.toml and frozen. Never translates: whoever shows a text passes it
through gettext, and `extract` gives the texts to the catalogue.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import IO

TRANSLATED = ("name", "plain", "clinical")


@dataclass(frozen=True, slots=True)
class Term:
    """One word. also are its other names, see the keys of words beside it, fact the fact that it explains, if any."""

    key: str
    name: str
    plain: str
    clinical: str
    source: str
    reviewed: date
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    fact: str = ""


@cache
def glossary() -> Mapping[str, Term]:
    """Every word by its key, in the file's order: the disease first, the states of a trial last."""
    text = resources.files("trials.vocabulary").joinpath("data", "glossary.toml").read_text(encoding="utf-8")
    terms = {
        key: Term(**{"key": key, **row, "also": tuple(row.get("also", ())), "see": tuple(row.get("see", ()))})
        for key, row in tomllib.loads(text).items()
    }
    return MappingProxyType(terms)


@cache
def terms_by_fact() -> Mapping[str, Term]:
    """The word that explains a fact, by the fact's name."""
    return MappingProxyType({term.fact: term for term in glossary().values() if term.fact})


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, object], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The texts to be translated with their lines: an extraction method as Babel's, which reads no data file itself.

    In a mapping file: `[extractors]`, `glossary = trials.vocabulary.glossary:extract`, and a section
    `[glossary: trials/vocabulary/data/glossary.toml]`.
    """
    del keywords, comment_tags, options  # Babel hands them in by these names
    text = fileobj.read().decode("utf-8")
    lines = text.splitlines()
    number = 0
    for key, row in tomllib.loads(text).items():
        number = lines.index(f"[{key}]", number)
        for name in TRANSLATED:
            yield number + 1, None, row[name], [f"glossary: {name} of {key}"]
