"""What a match needs of a trial, slim enough for all trials at once. Never queries, never knows a patient.

Equal facts of different trials are one object (`trials.matching.reading` sees to it), so that each is judged once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from trials.matching.judgement import Evidence
from trials.vocabulary.facts import FactStatus


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class FactSeen:
    """A fact in force. value and claims as FACTS.md writes them, lists as tuples.

    says: what its sentences speak of beyond the value (`trials.matching.sentences`). read_now: how the machine reads a
    text that has changed since a person decided, None where that agrees.
    """

    name: str
    status: FactStatus
    value: "Accepted" = None
    claims: tuple["Accepted", ...] = ()
    depends_on_cohort: bool = False
    is_reviewed: bool = False
    says: frozenset[str] = frozenset()
    read_now: "FactSeen | None" = None


Accepted = tuple[int | str, ...] | str | None


ALTERNATIVE = "alternative"


class LabLimit(Protocol):
    """A laboratory limit of a trial: value in the analyte's unit, or times_uln, multiples of the upper limit."""

    @property
    def analyte(self) -> str: ...
    @property
    def bound(self) -> str: ...
    @property
    def is_strict(self) -> bool: ...
    @property
    def value(self) -> float | None: ...
    @property
    def times_uln(self) -> float | None: ...
    @property
    def depends_on_cohort(self) -> bool: ...
    @property
    def doubts(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class LimitSeen:
    """A laboratory limit, equal ones of different trials one object. bound: "min" (at least) or "max" (at most).

    doubts are the reader's; `ALTERNATIVE` says that another limit of the same sentence will do instead.
    """

    analyte: str
    bound: str
    is_strict: bool
    value: float | None = None
    times_uln: float | None = None
    depends_on_cohort: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PeopleSeen:
    """The registry's own fields. Ages in years; None is no limit, is_age_stated False: the record gives no ages."""

    minimum_age: float | None = None
    maximum_age: float | None = None
    is_age_stated: bool = False
    is_age_readable: bool = True
    sex: str = ""
    healthy_volunteers: bool | None = None


@dataclass(frozen=True, slots=True)
class MatchableTrial:
    """evidence by the criterion's name, empty where only verdicts are wanted.

    believed_until is the last day on which a status that says "open" is believed, None where no date tells.
    """

    nct_id: str
    overall_status: str
    people: PeopleSeen
    facts: tuple[FactSeen, ...] = ()
    limits: tuple[LimitSeen, ...] = ()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    believed_until: date | None = None


def limit_name(limit: LabLimit) -> str:
    """The name of a limit as a criterion: "alt:max", or "alt:max:uln" for a multiple of the upper limit of normal."""
    name = f"{limit.analyte}:{limit.bound}"
    return name if limit.times_uln is None else f"{name}:uln"
