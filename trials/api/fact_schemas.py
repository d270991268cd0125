"""The shape of facts in answers, as the project's FACTS.md writes them, with their sentences and who decided.

Plain pydantic, as all shapes of answers: ninja's own Schema checks every part again whenever it is put into another,
which took most of the time of an answer (20 trials, 300 facts: 250 ms; November 2026).
"""

from datetime import datetime
from typing import Literal, cast

from pydantic import BaseModel, Field

from trials.models import FactInForce

Status = Literal["stated", "not_stated", "contradictory"]


class Evidence(BaseModel):
    """A sentence of the record: quote is field[start:end] as published."""

    field: str
    start: int
    end: int
    quote: str


class Fact(BaseModel):
    """Which patients the trial accepts, in one respect."""

    status: Status
    value: list[int] | list[str] | str | None = Field(description="What is accepted; null unless status is stated.")
    claims: list[list[int] | list[str] | str | None] = Field(
        description="Of a contradictory record, each answer that it gives; else empty."
    )
    depends_on_cohort: bool
    evidence: list[Evidence]
    decided_by: Literal["rule", "person"] = Field(description="Read by rule, or decided by a person of our staff.")
    decided_at: datetime | None = Field(description="When a person decided; null for a rule.")
    record_changed_since: bool = Field(description="The record's sentence has changed since the person decided.")


def fact_answer(fact: FactInForce) -> Fact:
    return Fact(
        status=cast(Status, fact.status),
        value=fact.value,
        claims=fact.claims,
        depends_on_cohort=fact.depends_on_cohort,
        evidence=[Evidence(**sentence) for sentence in fact.evidence],
        decided_by="rule" if fact.review_id is None else "person",
        decided_at=fact.reviewed_at,
        record_changed_since=fact.text_changed_at is not None,
    )
