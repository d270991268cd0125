"""A text marked for translation with the values that belong into it, for whoever shows it. Never translates.

The values may be a patient's: none of these classes tells them in its repr, so that no log or error report holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Worded:
    """Shown as gettext(text) % values; numbers stay numbers, and lists tuples, so that each language can write them."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked back about an answer: field is the name of the answer, code says what is odd about it."""

    field: str
    code: str
    words: Worded


@dataclass(frozen=True, slots=True)
class Source:
    """Where a published table or formula stands; never translated."""

    citation: str
    doi: str = ""

    @property
    def url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""
