"""What the texts call each fact: the words that show that a fact is spoken of, and where its answer usually stands.

Loaded once from the reviewed TOML file beside this module and frozen. Never reads a record.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

CRITERIA = "eligibility_criteria"


@dataclass(frozen=True, slots=True)
class Topic:
    """words stand within a statement that speaks of the fact; but shows that it speaks of something else."""

    words: tuple[str, ...]
    but: tuple[str, ...]
    fields: tuple[str, ...]


@cache
def topics() -> MappingProxyType[str, Topic]:
    """The topic of each fact by the fact's name."""
    text = resources.files("trials.vocabulary").joinpath("data/topics.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: Topic(tuple(row["words"]), tuple(row["but"]), tuple(row.get("fields", (CRITERIA,))))
            for name, row in tomllib.loads(text).items()
        }
    )
