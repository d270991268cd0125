"""Words that may stand between a qualifier and what it reaches, by the kind of list in which they stand.

Loaded once from the reviewed TOML file beside this module and frozen. Never reads a record.
"""

import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("trials.vocabulary").joinpath("data/list_words.toml").read_text(encoding="utf-8")
    return {name: frozenset(row["words"].split()) for name, row in tomllib.loads(text).items()}


def list_words(kind: str) -> frozenset[str]:
    """The words of one kind of list: "infections", "liver_signs", "treatments"."""
    return _lists()[kind]
