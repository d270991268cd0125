"""The order and groups of judged trials, and the questions that would decide most; against plain re-counting."""

import random
from collections.abc import Iterable

import pytest

from trials.matching.judgement import CriterionJudgement, Judgement, Verdict, Why
from trials.matching.questions import OpenAnswer, what_to_find_out
from trials.matching.ranking import GROUP_WORDS, Group, group_of, rank


def judged(
    nct_id: str = "NCT00000001",
    status: str = "RECRUITING",
    *,
    met: int = 0,
    not_met: int = 0,
    clinical_met: int | None = None,
    asks: Iterable[tuple[str, ...]] = (),
) -> Judgement:
    criteria = tuple(CriterionJudgement("a", Verdict.UNKNOWN, Why.PATIENT_UNKNOWN, asks=one) for one in asks)
    return Judgement(
        nct_id, status, criteria, met, not_met, len(criteria), met if clinical_met is None else clinical_met
    )


@pytest.mark.parametrize(
    ("judgement", "group"),
    [
        (judged(met=1), Group.MAY_BE_POSSIBLE),
        (judged(), Group.NOT_KNOWN),
        (judged(met=2, clinical_met=0), Group.NOT_KNOWN),
        (judged(met=9, not_met=1), Group.ONE_POINT_AGAINST),
        (judged(met=9, not_met=2), Group.DOES_NOT_FIT),
    ],
)
def test_groups(judgement: Judgement, group: Group) -> None:
    assert group_of(judgement) is group


def test_each_rule_of_the_order_in_turn() -> None:
    """Believed first; then steps of four points (a third of the most, 10), openness, kilometres; then every point."""
    expected = [
        judged("NCT00000010", met=8),  # 20 km
        judged("NCT00000009", met=10),  # 400 km: two points more do not bring it before the town
        judged("NCT00000008", met=8),  # 400 km
        judged("NCT00000011", met=8),  # 450 km
        judged("NCT00000004", met=9),  # nobody knows how far
        judged("NCT00000005", met=8),
        judged("NCT00000007", "NOT_YET_RECRUITING", met=10),
        judged("NCT00000013", met=7),  # 1 km: fewer than two steps fit
        judged("NCT00000014", "NOT_YET_RECRUITING", met=4),
        judged("NCT00000015", met=3),
        judged("NCT00000012", met=10),  # an old word
        judged("NCT00000006", "COMPLETED", met=9),
        judged("NCT00000003", met=9, clinical_met=0),
        judged("NCT00000002", met=9, not_met=1),
        judged("NCT00000001", met=9, not_met=2),
        judged("NCT00000000", met=10, not_met=3),
    ]
    kilometres = {
        "NCT00000010": 20.0,
        "NCT00000009": 400.0,
        "NCT00000008": 400.0,
        "NCT00000011": 450.0,
        "NCT00000006": 0.1,
        "NCT00000012": 0.1,
        "NCT00000013": 1.0,
    }
    shuffled = list(expected)
    random.Random(6).shuffle(shuffled)
    ranked = rank(shuffled, kilometres, {"NCT00000012"})
    assert [one.judgement.nct_id for one in ranked] == [one.nct_id for one in expected]
    assert [one.is_open for one in ranked[:12]] == [*[True] * 6, False, True, False, True, False, False]
    assert [one.kilometres for one in ranked[3:5]] == [450.0, None]


def test_one_point_more_never_outweighs_the_way() -> None:
    ranked = rank([judged("NCT00000001", met=2), judged("NCT00000002", met=3)], {"NCT00000001": 9.0})
    assert [one.judgement.nct_id[-1] for one in ranked] == ["1", "2"]


def test_an_unknown_status_is_never_open() -> None:
    statuses = ("UNKNOWN", "", "BRAND_NEW", "ACTIVE_NOT_RECRUITING", "SUSPENDED", "NOT_YET_RECRUITING")
    assert not any(one.is_open for one in rank(judged(status=status) for status in statuses))


def test_no_group_calls_a_trial_suitable() -> None:
    assert set(GROUP_WORDS) == set(Group)
    assert not any("suit" in words.lower() or "eligible" in words.lower() for words in GROUP_WORDS.values())


def test_questions_are_counted_once_a_trial_and_best_first() -> None:
    judgements = [
        judged(asks=[("ecog",), ("ecog",), ("hbv",)]),
        judged(asks=[("ecog",)]),
        judged(asks=[("vessels", "hbv"), ()]),
        judged(not_met=1, asks=[("hcv",), ("hbv",)]),
    ]
    assert what_to_find_out(judgements) == [
        OpenAnswer("ecog", trials=2, alone=1),
        OpenAnswer("hbv", trials=2, alone=0),
        OpenAnswer("vessels", trials=1, alone=0),
    ]
    assert what_to_find_out([]) == []
