"""Each reason of a verdict has its words, for every criterion and value that can occur."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.matching.judgement import CriterionJudgement, Verdict, Why
from trials.matching.judging import judge_fact
from trials.matching.limits import judge_limit
from trials.matching.parsing import parse_profile
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.matching.trial_facts import LimitSeen
from trials.matching.wording import shortened
from trials.tests.matching.random_patients import JUDGED, random_fact, random_profile
from trials.vocabulary.doubts import LIMIT_DOUBTS
from trials.vocabulary.laboratory import ANALYTES, fold, rounded
from trials.vocabulary.measured import PATIENT_VALUES
from trials.web.match_limits import accepted_ages, accepted_limit
from trials.web.match_words import criterion_words, reason


def _profile(**given: object) -> PatientProfile:
    parsed = parse_profile(given)
    assert parsed.profile, parsed.errors
    return parsed.profile


def _is_a_sentence(text: str) -> bool:
    return text.endswith(".") and "%(" not in text and "None" not in text.split("None so far")[0].split()


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("name", ["child_pugh", "bilirubin:max", "alt:max:uln", "age", "sex", "healthy_volunteers"])
def test_every_reason_has_words_for_every_kind_of_criterion(why: Why, name: str) -> None:
    said = reason(CriterionJudgement(name, Verdict.UNKNOWN, why), _profile(age="63"))
    assert _is_a_sentence(said), said
    assert all(criterion_words(name)[:1])


@pytest.mark.parametrize("seed", range(4))
def test_all_facts_and_profiles_are_worded(seed: int) -> None:
    chance = random.Random(seed)
    seen = set()
    for _ in range(40):
        profile = random_profile(chance)
        possible = Possible(profile)
        for name in JUDGED:
            judged = judge_fact(random_fact(name, chance), possible)
            seen.add(judged.why)
            said = reason(judged, profile)
            assert said.endswith("."), said
            assert "%(" not in said
            assert "_" not in said, said  # a value without words
    assert len(seen) >= 7


@pytest.mark.parametrize("code", LIMIT_DOUBTS)
def test_an_uncertain_limit_says_why(code: str) -> None:
    limit = LimitSeen("platelets", "min", is_strict=False, value=75, doubts=("alternative", code))
    profile = _profile(platelets="60", platelets_unit="10^9/L")
    said = reason(judge_limit(limit, Possible(profile)), profile)
    assert "at least 75\u00a0×\u00a010⁹/L" in said
    assert "ask the team" in said.lower()
    if code != "alternative":
        assert LIMIT_DOUBTS[code].note in said


def test_limits_say_their_side_and_strictness() -> None:
    profile = _profile(platelets="90", platelets_unit="10^9/L")
    for bound, is_strict, words in (
        ("min", False, "at least 75\u00a0×\u00a010⁹/L"),
        ("min", True, "more than 75\u00a0×\u00a010⁹/L"),
        ("max", False, "at most 75\u00a0×\u00a010⁹/L"),
        ("max", True, "less than 75\u00a0×\u00a010⁹/L"),
    ):
        judged = judge_limit(LimitSeen("platelets", bound, is_strict, 75.0), Possible(profile))
        assert words in reason(judged, profile)
        assert "Your answer: 90\u00a0×\u00a010⁹/L" in reason(judged, profile)


@pytest.mark.parametrize(
    ("value", "given", "unit", "words"),
    [
        (2.982, "40", "µmol/L", "at most 51\u00a0µmol/L."),  # as the record has it
        (2.982, "2", "mg/dL", "at most 51\u00a0µmol/L (2.98\u00a0mg/dL)."),
        (2.982, "2.98", "mg/dL", "at most 51\u00a0µmol/L (2.982\u00a0mg/dL)."),  # 2.98 is not the limit itself
        (2.0, "30", "µmol/L", "at most 2\u00a0mg/dL (34.2\u00a0µmol/L)."),
        (2.0, "2", "mg/dL", "at most 2\u00a0mg/dL."),
    ],
)
def test_a_limit_is_told_in_the_unit_of_the_record_and_in_that_of_the_reader(
    value: float, given: str, unit: str, words: str
) -> None:
    profile = _profile(bilirubin=given, bilirubin_unit=unit)
    judged = judge_limit(LimitSeen("bilirubin", "max", is_strict=False, value=value), Possible(profile))
    assert words in reason(judged, profile)


@given(st.floats(0.3, 20), st.sampled_from(["µmol/L", "mg/dL"]), st.floats(0.3, 9))
def test_words_never_put_a_value_on_another_side(limit: float, unit: str, given: float) -> None:
    value, patient = rounded(limit), shortened(given / ANALYTES["bilirubin"].factors[unit])
    profile = _profile(bilirubin=patient, bilirubin_unit=unit)
    said = accepted_limit("bilirubin", {"value": value, "bound": "max"}, profile)
    shown = {name: float(number) for number, name in re.findall(r"([\d.]+)\u00a0(\S+?L)", said)}[unit]
    folded = fold("bilirubin", patient, unit)
    assert folded is not None
    assert (patient > shown, patient < shown) == (folded > value, folded < value)


@pytest.mark.parametrize("code", list(PATIENT_VALUES))
def test_every_laboratory_value_is_worded(code: str) -> None:
    unit = PATIENT_VALUES[code].units[-1]
    profile = _profile(**{code: f"{unit.low + 1:g}", f"{code}_unit": unit.name})
    for value, times in ((7.0, None), (None, 2.5)):
        judged = judge_limit(LimitSeen(code, "max", is_strict=False, value=value, times_uln=times), Possible(profile))
        assert _is_a_sentence(reason(judged, profile)), reason(judged, profile)


def test_ages_are_worded() -> None:
    assert accepted_ages({"minimum": 18.0, "maximum": None}) == "18 years or older"
    assert accepted_ages({"minimum": None, "maximum": 75}) == "up to 75 years"
    assert accepted_ages({"minimum": 0.5, "maximum": 75}) == "0.5 to 75 years"
    assert accepted_ages({"minimum": 1.0, "maximum": None}) == "1 year or older"
    assert accepted_ages({"minimum": None, "maximum": 1.5}) == "up to 1.5 years"
    assert accepted_ages({}) == "any age"
