"""The reader against limits read by hand: a wrong limit is worse than none."""

import pytest

from trials.tests.eligibility.labs.labelled import score
from trials.vocabulary.laboratory import ANALYTES


def test_what_was_labelled_after_the_rules_is_read_as_well_since_it_was_mended() -> None:
    found = score("later")
    assert found.right.total() >= 80
    assert found.precision() >= 0.99
    assert found.recall() >= 0.97


@pytest.mark.parametrize(("half", "recall"), [("seen", 0.97), ("aside", 0.93)])
def test_what_is_read_is_right_and_most_is_read(half: str, recall: float) -> None:
    found = score(half)
    assert found.right.total() > 200
    assert found.precision() >= 0.99
    assert found.recall() >= recall
    assert found.flags[True] / found.flags.total() >= 0.96
    poor = {code: found.precision(code) for code in ANALYTES if found.precision(code) < 0.97}
    assert poor == {}
