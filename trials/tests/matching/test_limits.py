"""Ages, sex, healthy volunteers and laboratory limits, each boundary on both sides."""

import pytest

from trials.matching.judgement import Verdict, Why
from trials.matching.limits import judge_age, judge_healthy_volunteers, judge_limit, judge_sex
from trials.matching.possible import Possible
from trials.matching.profile import AgeSpan, PatientProfile
from trials.matching.trial_facts import LimitSeen, PeopleSeen
from trials.tests.eligibility.labs.reading import limits_of
from trials.vocabulary.measured import measured

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def aged(start: float, below: float | None = None) -> PatientProfile:
    return PatientProfile(age=AgeSpan(start, start + 1 if below is None else below))


@pytest.mark.parametrize(
    ("low", "high", "profile", "verdict"),
    [
        (18, None, aged(18), MET),
        (18, None, aged(17), NOT_MET),
        (18, None, aged(17.9, 18), NOT_MET),
        (18, 65, aged(65), MET),
        (18, 65, aged(65.5, 65.6), MET),
        (18, 65, aged(66), NOT_MET),
        (None, 65, aged(0), MET),
        (0.5, 17, aged(0), UNKNOWN),
        (0.5, 17, aged(1), MET),
        (None, 0.5, aged(0.4, 0.5), MET),
        (None, 0.5, aged(1), NOT_MET),
        (None, None, aged(90), MET),
        (18, None, PatientProfile(), UNKNOWN),
    ],
)
def test_age(low: float | None, high: float | None, profile: PatientProfile, verdict: Verdict) -> None:
    assert judge_age(PeopleSeen(low, high, is_age_stated=True), profile).verdict is verdict


def test_an_age_that_the_record_leaves_out_or_garbles_decides_nothing() -> None:
    assert judge_age(PeopleSeen(), aged(50)).why is Why.RECORD_SILENT
    assert judge_age(PeopleSeen(is_age_stated=True, is_age_readable=False), aged(50)).why is Why.LIMIT_DOUBTFUL
    assert judge_age(PeopleSeen(is_age_stated=True), PatientProfile()).asks == ()


@pytest.mark.parametrize(
    ("accepted", "sex", "verdict"),
    [("ALL", "female", MET), ("FEMALE", "female", MET), ("FEMALE", "male", NOT_MET), ("MALE", "female", NOT_MET),
     ("", "male", UNKNOWN), ("NEW_WORD", "male", UNKNOWN), ("MALE", None, UNKNOWN), ("ALL", None, UNKNOWN)],
)  # fmt: skip
def test_sex(accepted: str, sex: str | None, verdict: Verdict) -> None:
    assert judge_sex(PeopleSeen(sex=accepted), PatientProfile(sex=sex)).verdict is verdict


def test_a_trial_of_healthy_people_too_is_never_a_fit_by_that() -> None:
    assert judge_healthy_volunteers(PeopleSeen(healthy_volunteers=False)) is None
    assert judge_healthy_volunteers(PeopleSeen()) is None
    judged = judge_healthy_volunteers(PeopleSeen(healthy_volunteers=True))
    assert judged is not None
    assert judged.verdict is UNKNOWN


def with_value(code: str, number: str, unit: str, **others: object) -> Possible:
    return Possible(PatientProfile(measured=(measured(code, number, unit),), **others))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "number", "unit", "verdict"),
    [
        (LimitSeen("bilirubin", "max", is_strict=False, value=3), "3", "mg/dL", MET),
        (LimitSeen("bilirubin", "max", is_strict=True, value=3), "3", "mg/dL", NOT_MET),
        (LimitSeen("bilirubin", "max", is_strict=True, value=3), "2.9", "mg/dL", MET),
        (LimitSeen("bilirubin", "max", is_strict=False, value=3), "3.5", "mg/dL", NOT_MET),
        (LimitSeen("bilirubin", "max", is_strict=False, value=3), "51", "µmol/L", MET),
        (LimitSeen("bilirubin", "max", is_strict=False, value=2.982), "3", "mg/dL", UNKNOWN),  # 51 µmol/L
        (LimitSeen("bilirubin", "max", is_strict=False, value=3), "60", "µmol/L", NOT_MET),
        (LimitSeen("bilirubin", "min", is_strict=False, value=1), "0.5", "mg/dL", NOT_MET),
        (LimitSeen("albumin", "min", is_strict=False, value=2.8), "28", "g/L", MET),
        (LimitSeen("albumin", "min", is_strict=True, value=2.8), "28", "g/L", NOT_MET),
        (LimitSeen("albumin", "min", is_strict=False, value=2.8), "27.9", "g/L", NOT_MET),
        (LimitSeen("platelets", "min", is_strict=False, value=50), "50000", "/µL", MET),
        (LimitSeen("platelets", "min", is_strict=False, value=50), "49", "10^9/L", NOT_MET),
    ],
)
def test_limits_on_both_sides_in_both_units(limit: LimitSeen, number: str, unit: str, verdict: Verdict) -> None:
    assert judge_limit(limit, with_value(limit.analyte, number, unit)).verdict is verdict


def test_a_multiple_of_normal_needs_the_laboratorys_own_normal() -> None:
    limit = LimitSeen("alt", "max", is_strict=False, times_uln=5)
    judged = judge_limit(limit, with_value("alt", "100", ""))
    assert (judged.verdict, judged.why, judged.asks) == (UNKNOWN, Why.UPPER_LIMIT_NEEDED, ("alt_uln",))
    normal = {"upper_limits": (measured("alt", 40),)}
    assert judge_limit(limit, with_value("alt", "200", "", **normal)).verdict is MET
    assert judge_limit(limit, with_value("alt", "201", "", **normal)).verdict is NOT_MET


def test_what_is_doubtful_on_either_side_decides_nothing() -> None:
    strange = LimitSeen("bilirubin", "max", is_strict=False, value=34, doubts=("implausible",))
    assert judge_limit(strange, with_value("bilirubin", "90", "mg/dL")).why is Why.LIMIT_DOUBTFUL
    plain = LimitSeen("bilirubin", "max", is_strict=False, value=3)
    asked_back = with_value("bilirubin", "34", "mg/dL", questioned=frozenset({"bilirubin"}))
    assert judge_limit(plain, asked_back).why is Why.VALUE_QUESTIONED
    unknown = LimitSeen("brand_new", "max", is_strict=False, value=3)
    assert judge_limit(unknown, Possible(PatientProfile())).why is Why.LIMIT_DOUBTFUL
    silent = judge_limit(plain, Possible(PatientProfile()))
    assert (silent.verdict, silent.asks) == (UNKNOWN, ("bilirubin",))


def test_a_limit_of_some_cohorts_excludes_only_who_is_beyond_the_widest() -> None:
    limit = LimitSeen("albumin", "min", is_strict=False, value=2.8, depends_on_cohort=True)
    assert judge_limit(limit, with_value("albumin", "3", "g/dL")).verdict is UNKNOWN
    assert judge_limit(limit, with_value("albumin", "2", "g/dL")).verdict is NOT_MET


def test_where_another_limit_may_do_instead_only_keeping_this_one_counts() -> None:
    limit = LimitSeen("bilirubin", "max", is_strict=False, value=2, doubts=("alternative",))
    assert judge_limit(limit, with_value("bilirubin", "1.5", "mg/dL")).verdict is MET
    assert judge_limit(limit, with_value("bilirubin", "2.5", "mg/dL")).why is Why.OTHER_LIMIT_MAY_DO
    lost = LimitSeen("bilirubin", "max", is_strict=False, value=2, doubts=("alternative", "lost_sign"))
    assert judge_limit(lost, with_value("bilirubin", "1.5", "mg/dL")).why is Why.LIMIT_DOUBTFUL


@pytest.mark.parametrize(("depends", "kept"), [(False, Why.FITS), (True, Why.COHORTS_DIFFER)])
def test_who_does_not_keep_a_limit_with_exceptions_may_be_one_of_them(depends: bool, kept: Why) -> None:
    limit = LimitSeen(
        "bilirubin", "max", is_strict=False, value=2, depends_on_cohort=depends, doubts=("alternative", "conditional")
    )
    beyond = judge_limit(limit, with_value("bilirubin", "9", "mg/dL"))
    assert (beyond.verdict, beyond.why) == (UNKNOWN, Why.LIMIT_DOUBTFUL)
    assert judge_limit(limit, with_value("bilirubin", "1.5", "mg/dL")).why is kept


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("People with Gilbert's syndrome may enter if albumin is ≥ 34 g/L", UNKNOWN, UNKNOWN),
        ("Albumin ≥ 34 g/L unless ascites was drained", UNKNOWN, MET),
        ("For patients with HCC: albumin ≥ 34 g/L", NOT_MET, UNKNOWN),
        ("Albumin ≥ 34 g/L", NOT_MET, MET),
    ],
)
def test_from_the_sentence_to_the_verdict(sentence: str, low: Verdict, high: Verdict) -> None:
    [read] = limits_of(sentence)
    limit = LimitSeen(
        read.analyte,
        read.bound,
        read.is_strict,
        value=read.value,
        depends_on_cohort=read.depends_on_cohort,
        doubts=read.doubts,
    )
    assert judge_limit(limit, with_value("albumin", "30", "g/L")).verdict is low
    assert judge_limit(limit, with_value("albumin", "40", "g/L")).verdict is high
