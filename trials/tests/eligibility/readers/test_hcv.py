"""Hepatitis C."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Active hepatitis B or C", "excluded"),
        ((), "Hepatitis C (HCV RNA detected)", "allowed"),
        ((), "Co-infection with HBV and HCV", "allowed"),
        ("Detectable HCV RNA", (), "required"),
        ("Patients with HCV are eligible", (), "allowed"),
        ((), "Known hepatitis C", "excluded"),
        ((), "Hepatitis B", "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("hcv", inclusion, exclusion) == expected
