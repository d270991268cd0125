"""Judges what is a number or the registry's own: ages, sex, healthy volunteers, laboratory limits. Never a fact."""

from trials.matching.judgement import CriterionJudgement, Verdict, Why
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.matching.profile_fields import UPPER_LIMIT, WITH_UPPER_LIMIT
from trials.matching.trial_facts import ALTERNATIVE, LabLimit, PeopleSeen, limit_name
from trials.vocabulary.measured import PATIENT_VALUES

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
# Their units differ by factors that laboratories round: 3 mg/dL of bilirubin is 51 or 51.3 µmol/L.
_ROUNDED = frozenset({"bilirubin", "creatinine", "haemoglobin", "afp"})
_ROUNDING = 0.01
CONDITIONAL = "conditional"  # the reader's doubt that a limit holds for some people only, or that some are spared
_SEXES = {"FEMALE": "female", "MALE": "male"}


def judge_age(people: PeopleSeen, profile: PatientProfile) -> CriterionJudgement:
    """A limit in whole years counts birthdays: "up to 65" takes people until they turn 66."""
    low, high = people.minimum_age, people.maximum_age
    said = {"minimum": low, "maximum": high}
    if not people.is_age_stated:
        return CriterionJudgement("age", UNKNOWN, Why.RECORD_SILENT)
    if not people.is_age_readable:
        return CriterionJudgement("age", UNKNOWN, Why.LIMIT_DOUBTFUL, said)
    age = profile.age
    if age is None:
        has_limit = low is not None or high is not None
        return CriterionJudgement("age", UNKNOWN, Why.PATIENT_UNKNOWN, said, asks=("age",) if has_limit else ())
    last = None if high is None else high + 1 if high == int(high) else high
    too_young = low is not None and age.below <= low
    too_old = last is not None and age.start >= last and age.start > (high or 0)
    if too_young or too_old:
        return CriterionJudgement("age", NOT_MET, Why.DOES_NOT_FIT, said)
    if (low is None or age.start >= low) and (last is None or age.below <= last):
        return CriterionJudgement("age", MET, Why.FITS, said)
    return CriterionJudgement("age", UNKNOWN, Why.PATIENT_PARTLY_KNOWN, said, asks=("age",))


def judge_sex(people: PeopleSeen, profile: PatientProfile) -> CriterionJudgement:
    said = {"accepted": people.sex}
    if people.sex not in ("ALL", *_SEXES):
        return CriterionJudgement("sex", UNKNOWN, Why.RECORD_SILENT)
    if profile.sex is None:
        asks = () if people.sex == "ALL" else ("sex",)
        return CriterionJudgement("sex", UNKNOWN, Why.PATIENT_UNKNOWN, said, asks=asks)
    fits = people.sex == "ALL" or _SEXES[people.sex] == profile.sex
    return CriterionJudgement("sex", MET if fits else NOT_MET, Why.FITS if fits else Why.DOES_NOT_FIT, said)


def judge_healthy_volunteers(people: PeopleSeen) -> CriterionJudgement | None:
    """Only said where the trial takes healthy people too: whether it takes this patient, other criteria tell."""
    if not people.healthy_volunteers:
        return None
    return CriterionJudgement("healthy_volunteers", UNKNOWN, Why.HEALTHY_TOO)


def judge_limit(limit: LabLimit, possible: Possible) -> CriterionJudgement:
    """One laboratory limit. A doubtful number of the record decides nothing, nor does one that was not confirmed.

    Who does not keep a limit that spares some people may be one of them.
    """
    name, profile = limit_name(limit), possible.profile
    said: dict[str, object] = {"bound": limit.bound, "is_strict": limit.is_strict, "doubts": tuple(limit.doubts)}
    said |= {"value": limit.value, "times_uln": limit.times_uln}
    if (
        set(limit.doubts) - {ALTERNATIVE, CONDITIONAL}
        or limit.analyte not in PATIENT_VALUES
        or (limit.value is None and limit.times_uln is None)
    ):
        return CriterionJudgement(name, UNKNOWN, Why.LIMIT_DOUBTFUL, said)
    if limit.analyte in profile.questioned:
        return CriterionJudgement(name, UNKNOWN, Why.VALUE_QUESTIONED, said, asks=(limit.analyte,))
    measured = profile.value(limit.analyte)
    value = measured.folded if measured else None
    if value is None:
        return CriterionJudgement(name, UNKNOWN, Why.PATIENT_UNKNOWN, said, asks=(limit.analyte,))
    bound = _bound(limit, profile)
    if bound is None:
        asks = (limit.analyte + UPPER_LIMIT,) if limit.analyte in WITH_UPPER_LIMIT else ()
        return CriterionJudgement(name, UNKNOWN, Why.UPPER_LIMIT_NEEDED, said, asks=asks)
    if _keeps(limit, value, bound):
        if limit.depends_on_cohort:
            return CriterionJudgement(name, UNKNOWN, Why.COHORTS_DIFFER, said, depends_on_cohort=True)
        return CriterionJudgement(name, MET, Why.FITS, said)
    if limit.doubts:
        why = Why.LIMIT_DOUBTFUL if CONDITIONAL in limit.doubts else Why.OTHER_LIMIT_MAY_DO
        return CriterionJudgement(name, UNKNOWN, why, said, depends_on_cohort=limit.depends_on_cohort)
    if limit.analyte in _ROUNDED and limit.times_uln is None and value != bound and _is_near(value, bound):
        return CriterionJudgement(name, UNKNOWN, Why.NEAR_LIMIT, said, depends_on_cohort=limit.depends_on_cohort)
    return CriterionJudgement(name, NOT_MET, Why.DOES_NOT_FIT, said, depends_on_cohort=limit.depends_on_cohort)


def _bound(limit: LabLimit, profile: PatientProfile) -> float | None:
    """The limit as a number; a multiple of the upper limit of normal only with the laboratory's own."""
    if limit.times_uln is None:
        return limit.value
    upper = profile.upper_limit(limit.analyte)
    normal = upper.folded if upper else None
    return None if normal is None else limit.times_uln * normal


def _keeps(limit: LabLimit, value: float, bound: float) -> bool:
    if abs(value - bound) <= 1e-9 * max(1.0, abs(bound)):
        return not limit.is_strict
    return value > bound if limit.bound == "min" else value < bound


def _is_near(value: float, bound: float) -> bool:
    return abs(value - bound) <= _ROUNDING * abs(bound)
