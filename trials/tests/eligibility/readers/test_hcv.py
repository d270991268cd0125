"""Hepatitis C."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("HCV: any status", (), "allowed"),
        ("HCV infected: not restricted", (), "allowed"),
        ("No limit as to hepatitis virus status or age", (), "allowed"),
        ((), "HCV and HBV infected at once", "allowed"),
        ((), "HBV and HVC co-infection", "allowed"),
        ("No prior HCV screening", (), "not_stated"),
        ((), "HCV antibody positive", "excluded"),
        ((), "HCV antibody positive with HCV RNA detectable", "allowed"),
        ((), "Positive HBsAg, HCV antibody, HCV RNA or HIV antibody", "excluded"),
        ((), "Blood samples for HCV testing not obtained", "not_stated"),
        ((), "Hepatitis type B or C", "excluded"),
        ((), "Patients with HCV antibodies are only eligible with a negative HCV RNA", "allowed"),
        ("Must not have active co-infection with HBV and HCV", (), "allowed"),
        ((), "Active hepatitis B or C", "excluded"),
        ((), "Hepatitis C (HCV RNA detected)", "allowed"),
        ((), "Co-infection with HBV and HCV", "allowed"),
        ("Detectable HCV RNA", (), "required"),
        ("Patients with HCV are eligible", (), "allowed"),
        ((), "Known hepatitis C", "excluded"),
        ((), "Hepatitis B", "not_stated"),
        ("HBsAg (+) for longer than 6 months", "Coinfected with HCV, HDV or HIV", "excluded"),
        ("HBsAg positive for more than 6 months", "Superinfection with hepatitis A, C, D or E", "excluded"),
        ("Hepatocellular carcinoma on top of HCV cirrhosis, shown by CT or MRI", (), "required"),
        ("Hepatocellular carcinoma due to HCV or alcohol", (), "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("hcv", inclusion, exclusion) == expected
