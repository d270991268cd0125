"""To which cohorts a statement speaks, and what a ban in one of them means."""

import pytest

from trials.eligibility import Fact, read
from trials.eligibility.cohorts import named_cohorts
from trials.tests.eligibility.builders import record

BAN = "* Prior liver transplant"


def transplant(text: str) -> Fact:
    return read(record(text)).facts["liver_transplant"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cohort 1 and 2, part b", {"coho 1", "coho 2", "part b"}),
        ("cohorts a, b or c", {"coho a", "coho b", "coho c"}),
        ("in part of the patients", set()),
    ],
)
def test_cohorts_that_a_text_names(text: str, expected: set[str]) -> None:
    assert named_cohorts(text) == expected


def test_a_ban_for_one_cohort_admits_in_the_others() -> None:
    fact = transplant(f"Inclusion Criteria:\n* Part A: HCC\n* Part B: HCC\n\nExclusion Criteria for Part B:\n\n{BAN}")
    assert (fact.value, fact.depends_on_cohort) == ("allowed", True)


def test_a_ban_for_each_cohort_is_a_ban() -> None:
    text = f"Exclusion Criteria for Part A:\n\n{BAN}\n\nExclusion Criteria for Part B:\n\n{BAN}"
    assert transplant(text).value == "excluded"


def test_a_ban_for_the_only_cohort_named_is_a_ban() -> None:
    assert transplant(f"Exclusion Criteria:\n\n{BAN} (Part A)").value == "excluded"


def test_a_ban_for_those_given_one_drug_admits_the_others() -> None:
    fact = transplant(f"Exclusion Criteria:\n* Asthma\n\nExclusions for patients receiving an antibody:\n\n{BAN}")
    assert (fact.value, fact.depends_on_cohort) == ("allowed", True)
