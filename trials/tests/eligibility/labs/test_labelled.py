"""The reader against limits read by hand: a wrong limit is worse than none."""

import pytest

from trials.tests.eligibility.labs.labelled import score
from trials.vocabulary.laboratory import ANALYTES


def test_text_that_the_rules_had_not_seen_is_read_nearly_as_well() -> None:
    found = score("later")
    assert found.right.total() >= 74
    assert found.precision() >= 0.98
    assert found.recall() >= 0.9


@pytest.mark.parametrize(("half", "recall"), [("seen", 0.97), ("aside", 0.93)])
def test_what_is_read_is_right_and_most_is_read(half: str, recall: float) -> None:
    found = score(half)
    assert found.right.total() > 200
    assert found.precision() >= 0.99
    assert found.recall() >= recall
    assert found.flags[True] / found.flags.total() >= 0.96
    poor = {code: found.precision(code) for code in ANALYTES if found.precision(code) < 0.97}
    assert poor == {}
