"""An earlier transplant."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Prior liver transplant", "excluded"),
        ((), "History of solid organ transplantation", "excluded"),
        ("No prior organ allograft", (), "excluded"),
        ("Candidate for liver transplantation", (), "not_stated"),
        ("Listed for liver transplant", (), "not_stated"),
        ((), "Autologous stem cell transplant", "not_stated"),
        ("Recurrence after liver transplantation", (), "required"),
        ((), "Bleeding unless the patient has had a liver transplant", "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("liver_transplant", inclusion, exclusion) == expected
