"""Verdicts against a naive oracle, and what must hold for every profile: knowing more never turns a verdict round."""

import random

import pytest

from trials.matching.judgement import Verdict
from trials.matching.judging import judge_fact
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.tests.matching import oracle
from trials.tests.matching.random_patients import (
    FIELDS,
    JUDGED,
    random_answer,
    random_fact,
    random_profile,
    with_answer,
)

PROFILES, FACTS_EACH = 40, 3


def _known(profile: PatientProfile) -> dict[str, object]:
    """An invented patient in full, for the message of a failing test."""
    return {field: getattr(profile, field) for field in FIELDS if getattr(profile, field) not in (None, frozenset())}


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_are_the_oracles(seed: int) -> None:
    chance = random.Random(seed)
    seen = set()
    for _ in range(PROFILES):
        profile = random_profile(chance, share=chance.choice((0.2, 0.5, 0.8)))
        possible, pictures = Possible(profile), oracle.tumors(profile)
        for name in JUDGED:
            for _ in range(FACTS_EACH):
                fact = random_fact(name, chance)
                judged = judge_fact(fact, possible)
                expected = oracle.verdict(profile, fact, pictures)
                assert judged.verdict == expected, (name, fact.value, fact.claims, judged.why, _known(profile))
                seen.add((name, judged.verdict))
    assert {(name, verdict) for name in JUDGED for verdict in Verdict} == seen


@pytest.mark.parametrize("seed", range(4))
def test_knowing_more_never_turns_a_verdict_round(seed: int) -> None:
    chance = random.Random(seed)
    changes = 0
    for _ in range(150):
        profile = random_profile(chance, share=0.4)
        more = profile
        for name in chance.sample(FIELDS, k=4):
            if getattr(more, name) in (None, ()) or (name == "spread_places" and not more.spread_places):
                more = with_answer(more, name, random_answer(name, chance))
        before, after = Possible(profile), Possible(more)
        for name in JUDGED:
            fact = random_fact(name, chance)
            first, then = judge_fact(fact, before), judge_fact(fact, after)
            changes += first.verdict != then.verdict
            assert {first.verdict, then.verdict} != {Verdict.MET, Verdict.NOT_MET}
            if first.verdict is not Verdict.UNKNOWN and not after.disagreeing:
                assert then.verdict is first.verdict, (name, fact.value, fact.says, _known(profile), _known(more))
    assert changes > 100


@pytest.mark.parametrize("seed", range(3))
def test_an_empty_profile_neither_fits_nor_fails(seed: int) -> None:
    chance = random.Random(seed)
    possible = Possible(PatientProfile())
    for name in JUDGED:
        for _ in range(30):
            assert judge_fact(random_fact(name, chance), possible).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("seed", range(3))
def test_what_is_asked_is_open_and_would_decide(seed: int) -> None:
    """Some answer to what is asked changes the verdict, or is one of several that do; nothing known is asked."""
    chance = random.Random(seed)
    asked = 0
    for _ in range(60):
        profile = random_profile(chance, share=0.3)
        possible = Possible(profile)
        for name in JUDGED:
            judged = judge_fact(random_fact(name, chance), possible)
            assert not judged.asks or judged.verdict is Verdict.UNKNOWN
            for field in judged.asks:
                asked += 1
                value = getattr(profile, field)
                assert value in (None, frozenset(), "yes") or (field == "child_pugh" and len(value) > 1)
    assert asked > 100
