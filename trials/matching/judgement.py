"""What a judgement is: three verdicts, why, and the sentences. Nothing here tells its values in its repr or judges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Evidence = Mapping[str, object]  # {"field", "start", "end", "quote"} as facts keep it


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a verdict is what it is. The first that applies, in this order of being asked."""

    RECORD_SILENT = "record_silent"  # the record does not state it
    PATIENT_UNKNOWN = "patient_unknown"  # nothing was answered that bears on it
    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    RECORD_CONTRADICTS = "record_contradicts"  # two sentences disagree about this patient
    RECORD_CHANGED = "record_changed"  # a person's decision and the changed text disagree about this patient
    COHORTS_DIFFER = "cohorts_differ"  # some cohort accepts this patient, others do not
    EXTENT_COUNTS = "extent_counts"  # the trial sets a limit of degree, kind or extent that the sentence tells
    PATIENT_PARTLY_KNOWN = "patient_partly_known"  # what was answered leaves both open
    ANSWERS_DISAGREE = "answers_disagree"  # two of the patient's answers do not go together
    UPPER_LIMIT_NEEDED = "upper_limit_needed"  # the laboratory's own upper limit of normal is not known
    LIMIT_DOUBTFUL = "limit_doubtful"  # the record's number is odd: its doubts tell why
    OTHER_LIMIT_MAY_DO = "other_limit_may_do"  # the sentence has an "or": another limit may do instead
    NEAR_LIMIT = "near_limit"  # only the rounding of units decides
    VALUE_QUESTIONED = "value_questioned"  # the patient's value is implausible and was not confirmed
    HEALTHY_TOO = "healthy_too"  # the trial takes healthy people too


@dataclass(frozen=True, slots=True, repr=False)
class CriterionJudgement:
    """One criterion of one trial.

    name is the fact's, an analyte's with its bound ("bilirubin:max", "alt:max:uln"), "age", "sex" or
    "healthy_volunteers".
    parameters: what the words need, such as the accepted values and the patient's. asks: the answers that would decide.
    """

    name: str
    verdict: Verdict
    why: Why
    parameters: Mapping[str, object] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    depends_on_cohort: bool = False
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Judgement:
    """One trial for one patient. clinical_met leaves age and sex out, which fit nearly everybody."""

    nct_id: str
    overall_status: str
    criteria: tuple[CriterionJudgement, ...]
    met: int
    not_met: int
    unknown: int
    clinical_met: int
