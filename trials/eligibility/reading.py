"""What a reading of a record is: evidence, facts, and the little of a record that the reader needs.

Names, values and rules of the facts: the project's FACTS.md. Never parses a text and never touches the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from trials.vocabulary.facts import FactItem, FactStatus

FactValue = tuple[FactItem, ...] | str | None


class ArmText(Protocol):
    """An arm, as far as it is read."""

    @property
    def label(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def intervention_names(self) -> Sequence[str]: ...


class InterventionText(Protocol):
    """An intervention, as far as it is read."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def other_names(self) -> Sequence[str]: ...


class RecordText(Protocol):
    """The texts of a registry record that are read, as published; an absent text is ""."""

    @property
    def nct_id(self) -> str: ...
    @property
    def brief_title(self) -> str: ...
    @property
    def official_title(self) -> str: ...
    @property
    def brief_summary(self) -> str: ...
    @property
    def conditions(self) -> Sequence[str]: ...
    @property
    def keywords(self) -> Sequence[str]: ...
    @property
    def study_type(self) -> str: ...
    @property
    def primary_purpose(self) -> str: ...
    @property
    def arms(self) -> Sequence[ArmText]: ...
    @property
    def interventions(self) -> Sequence[InterventionText]: ...
    @property
    def eligibility_criteria(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """quote == field[start:end] in the field as published; field is as in "eligibility_criteria" or "arms[1].label"."""

    field: str
    start: int
    end: int
    quote: str

    def as_json(self) -> dict[str, object]:
        return {"field": self.field, "start": self.start, "end": self.end, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record.

    value is a sorted tuple (facts with many values), a str, or None (not stated, contradictory). claims are the
    values that the sentences of a contradictory fact claim. doubts say why a person should look: "lost_sign",
    "weak_field", "misfiled", "cohorts", "contradictory"; "unusual": the criteria speak of the fact in words that gave
    nothing, or only some of their sentences were used, or the answer stands where such an answer seldom does.
    """

    name: str
    status: FactStatus
    value: FactValue = None
    depends_on_cohort: bool = False
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[FactValue, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """{"status", "value" (a list sorted, a str or None), "depends_on_cohort", "evidence": [...]}."""
        return {
            "status": str(self.status),
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "depends_on_cohort": self.depends_on_cohort,
            "evidence": [evidence.as_json() for evidence in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class EligibilityReading:
    """All facts of one record, in the order of FACTS."""

    nct_id: str
    reader_version: int
    facts: Mapping[str, Fact]
