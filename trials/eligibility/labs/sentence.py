"""A sentence that limits laboratory values, on its way, and what it claims. Never reads a text itself."""

from dataclasses import dataclass, field

from trials.eligibility.labs.amounts import Amount
from trials.eligibility.labs.names import Mention
from trials.eligibility.statements import Statement

ULN = "ULN"


@dataclass(slots=True)
class LabClaim:
    """One sentence's limit. unit is ULN for multiples; is_for_hcc tells that it names patients with HCC."""

    analyte: str
    bound: str
    is_strict: bool
    value: float
    unit: str
    statement: Statement
    start: int
    end: int
    is_by_condition: bool = False
    is_for_hcc: bool = False
    doubts: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Sentence:
    """A statement on its way: the names that wait for an amount, and what was claimed so far."""

    statement: Statement
    low: str
    sign: int
    group: list[Mention] = field(default_factory=list)
    used: Amount | None = None  # the amount that the group has got
    claims: list[LabClaim] = field(default_factory=list)
