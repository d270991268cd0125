"""Limits of size and number."""

import pytest

from trials.eligibility.document import document
from trials.eligibility.readers.tumor_limits import limits
from trials.tests.eligibility.builders import criteria, record

EARLY, INTERMEDIATE = "early", "intermediate"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Solitary tumor up to 5 cm", {EARLY}),
        ("Solitary tumor of no more than 50 mm", {EARLY}),
        ("2-3 nodules, each ≤ 3 cm", {EARLY}),
        ("3 or fewer lesions of 5 cm or less", {EARLY, INTERMEDIATE}),
        ("Up to 5 tumors, none larger than 7 cm", {EARLY, INTERMEDIATE}),
        ("Number of nodules ≤ 5", {EARLY, INTERMEDIATE}),
        ("Largest tumor ≥ 10 cm", {INTERMEDIATE}),
        ("Solitary tumor more than 5 cm and less than 8 cm", {INTERMEDIATE}),
        ("Solitary tumor more than 2 cm and less than 5 cm", {EARLY}),
        ("No more than three tumors, the largest between 4 and 7 cm", {INTERMEDIATE}),
        ("At least 4 nodules", {INTERMEDIATE}),
        ("At least one measurable lesion ≥ 1 cm", set()),
        ("Lymph nodes with a short axis < 1.5 cm", set()),
        ("One of the following tumors", set()),
        ("Biopsy of a tumor larger than 2 cm", set()),
    ],
)
def test_reads_a_limit_under_inclusion(line: str, expected: set[str]) -> None:
    found = [
        limit for statement in document(record(criteria(inclusion=(line,)))).criteria for limit in limits(statement)
    ]
    assert set().union(*(limit.burdens for limit in found)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tumor larger than 5 cm", {EARLY}),
        ("Tumor diameter > 10 cm", {EARLY, INTERMEDIATE}),
        ("More than 3 lesions", {EARLY, INTERMEDIATE}),
    ],
)
def test_turns_a_banned_limit_round(line: str, expected: set[str]) -> None:
    found = [
        limit for statement in document(record(criteria(exclusion=(line,)))).criteria for limit in limits(statement)
    ]
    assert set().union(*(limit.burdens for limit in found)) == expected
    assert all(limit.is_ban for limit in found)
