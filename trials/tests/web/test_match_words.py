"""Each reason of a verdict has its words, for every criterion and value that can occur."""

import random

import pytest

from trials.matching.judgement import CriterionJudgement, Verdict, Why
from trials.matching.judging import judge_fact
from trials.matching.limits import judge_limit
from trials.matching.parsing import parse_profile
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.matching.trial_facts import LimitSeen
from trials.tests.matching.random_patients import JUDGED, random_fact, random_profile
from trials.vocabulary.doubts import LIMIT_DOUBTS
from trials.vocabulary.measured import PATIENT_VALUES
from trials.web.match_limits import accepted_ages
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
    assert "at least 75\u00a010^9/L" in said
    assert "ask the team" in said.lower()
    if code != "alternative":
        assert LIMIT_DOUBTS[code].note in said


def test_limits_say_their_side_and_strictness() -> None:
    profile = _profile(platelets="90", platelets_unit="10^9/L")
    for bound, is_strict, words in (
        ("min", False, "at least 75\u00a010^9/L"),
        ("min", True, "more than 75\u00a010^9/L"),
        ("max", False, "at most 75\u00a010^9/L"),
        ("max", True, "less than 75\u00a010^9/L"),
    ):
        judged = judge_limit(LimitSeen("platelets", bound, is_strict, 75.0), Possible(profile))
        assert words in reason(judged, profile)
        assert "Your answer: 90\u00a010^9/L" in reason(judged, profile)


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
