"""The shapes of a match: the question, made from the declared answers, and what comes back. Shapes alone.

The question's repr shows no value, and what is wrong with it is told without what was sent.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from trials.api.fact_schemas import Evidence
from trials.matching.profile_fields import (
    CONFIRMED,
    LARGEST_CM,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_TUMORS,
    OLDEST,
    PROFILE_FIELDS,
    UNIT,
    UNKNOWN,
    UPPER_LIMIT,
    WITH_UPPER_LIMIT,
    ProfileField,
)
from trials.matching.ranking import Group
from trials.vocabulary.countries import all_codes
from trials.vocabulary.measured import PATIENT_VALUES, PROLONGED

LARGEST_PAGE_SIZE, PAGE_SIZE = 100, 20
_OPEN: Any = Literal["unknown"]
_MOST = {"age": OLDEST, "largest_cm": LARGEST_CM}
_MOST_WHOLE = {"tumors": MOST_TUMORS, "systemic_lines": MOST_LINES}


class _Question(BaseModel):
    """A person's facts. Every one may be left out, null or "unknown"; an open one never rules a trial out."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    also_closed: bool = Field(default=False, description="Also trials that nobody can join now.")
    group: Literal[tuple(Group)] | None = Field(default=None, description="Only the trials of this group.")  # type: ignore[valid-type]
    page: int = Field(default=1, ge=1, le=100_000)
    page_size: int = Field(default=PAGE_SIZE, ge=1, le=LARGEST_PAGE_SIZE)

    def __repr__(self) -> str:
        return "MatchQuestion(...)"

    __str__ = __repr__


CONTROLS = frozenset(_Question.model_fields)


def _type(declared: ProfileField) -> Any:
    name = declared.name
    if declared.choices or name == "country":
        values = tuple(declared.choices) or tuple(sorted(all_codes()))
        one: Any = Literal[(*values, UNKNOWN)]
        return list[one] | one if declared.many else one
    if name == "place":
        return Annotated[str, Field(max_length=LONGEST_TEXT)]
    if name in _MOST_WHOLE:
        return Annotated[int, Field(ge=0, le=_MOST_WHOLE[name])] | _OPEN
    number = _amount(name) if name in PATIENT_VALUES else _size(name)
    return number | _OPEN


def _size(name: str) -> Any:
    least = Field(ge=0, le=_MOST[name]) if name == "age" else Field(gt=0, le=_MOST[name])
    return Annotated[float, least]


def _amount(name: str) -> Any:
    if name == PROLONGED:
        return Annotated[float, Field(ge=-1e9, le=1e9)]
    least = Field(ge=0, le=1e9) if PATIENT_VALUES[name].may_be_zero else Field(gt=0, le=1e9)
    return Annotated[float, least]


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, declared in PROFILE_FIELDS.items():
        found[name] = (_type(declared) | None, Field(default=None, description=declared.words))
        if name not in PATIENT_VALUES:
            continue
        units = tuple(unit.name for unit in PATIENT_VALUES[name].units)
        note = "Needed with the value." if len(units) > 1 else "May be left out."
        found[name + UNIT] = (Literal[units] | None, Field(default=None, description=f"Unit. {note}"))
        if name in WITH_UPPER_LIMIT:
            upper = Field(default=None, description="The laboratory's own upper limit of normal, in the same unit.")
            found[name + UPPER_LIMIT] = (_amount(name) | None, upper)
    codes: Any = Literal[tuple(PATIENT_VALUES)]
    confirmed = Field(default=None, description="Odd values that were asked back and are right.")
    found[CONFIRMED] = (list[codes] | None, confirmed)
    return found


MatchQuestion: type[_Question] = create_model("MatchQuestion", __base__=_Question, **_fields())


class Point(BaseModel):
    """One criterion of one trial."""

    name: str = Field(description="A fact, a limit (bilirubin:max), age, sex or healthy_volunteers.")
    verdict: Literal["met", "not_met", "unknown"]
    why: str = Field(description="The reason as a code, such as patient_unknown or record_silent.")
    asks: list[str] = Field(description="Answers that would decide.")
    depends_on_cohort: bool
    evidence: list[Evidence]


class MatchedTrial(BaseModel):
    """A trial is never called suitable: only its team can say."""

    nct_id: str
    brief_title: str
    overall_status: str
    group: str
    met: int
    not_met: int
    unknown: int
    kilometres: float | None = Field(description="To the nearest site, of those that may recruit if there is one.")
    url: str
    criteria: list[Point]


class OpenQuestion(BaseModel):
    field: str
    trials: int = Field(description="On how many trials the answer bears.")
    alone: int = Field(description="Of these, where it is the only answer missing.")


class OddValue(BaseModel):
    field: str
    question: str = Field(description="The value counts as not known until its name stands in `confirmed`.")


class MatchAnswer(BaseModel):
    count: int = Field(description="Trials compared, or those of the group that was asked for.")
    page: int
    page_size: int
    groups: dict[str, int] = Field(description="Trials in each group, the best first.")
    closed_left_out: int
    what_to_find_out: list[OpenQuestion] = Field(description="Answers that would decide most trials, best first.")
    questions: list[OddValue]
    place: str | None = Field(description="Where distances are measured from.")
    data_version: str
    results: list[MatchedTrial]
