"""Ascites."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Ascites", "excluded"),
        ((), "Clinically significant ascites", "excluded"),
        ("No ascites", (), "excluded"),
        ((), "Moderate or severe ascites", "allowed"),
        ((), "Refractory ascites", "allowed"),
        ((), "Uncontrolled pleural effusion or ascites", "allowed"),
        ((), "Ascites requiring drainage", "allowed"),
        ("Ascites controlled by diuretics is permitted", (), "allowed"),
        ((), "Decompensated liver disease", "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("ascites", inclusion, exclusion) == expected
