"""Hepatitis B."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Active hepatitis B", "excluded"),
        ((), "Hepatitis B surface antigen positive", "excluded"),
        ("HBV allowed if on antiviral therapy", (), "allowed"),
        ("Patients with HBV infection must have HBV DNA < 500 IU/mL", (), "allowed"),
        ((), "Untreated hepatitis B", "allowed"),
        ((), "Co-infection with HBV and HCV", "allowed"),
        ((), "HBV DNA > 2000 IU/mL", "allowed"),
        ("Chronic HBV carrier", (), "required"),
        ((), "HIV infection", "not_stated"),
        ((), "Active infection except hepatitis B or C", "allowed"),
        (("HBV patients must be on antiviral therapy",), "Known positive HBsAg result", "contradictory"),
        ((), "Known positive HBsAg. Patients with a resolved HBV infection are eligible", "excluded"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("hbv", inclusion, exclusion) == expected
