"""Hepatitis B."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Active or uncontrolled hepatitis B", "excluded"),
        ((), "HIV or hepatitis B coinfection", "excluded"),
        ((), "HBV and HCV dual infection", "allowed"),
        (("HBsAg positive for at least 6 months", "HBV DNA detectable or undetectable"), (), "required"),
        ((), "Active hepatitis B with raised transaminases not yet treated", "allowed"),
        ((), "Active hepatitis B, defined as HBsAg positive with or without HBV DNA", "excluded"),
        ((), "Infection other than of the skin, including hepatitis B", "excluded"),
        ((), "Note: subjects are required to be negative for HIV and hepatitis B surface antigen", "excluded"),
        ((), "Positive for HIV (HBs antigen positivity does not matter)", "allowed"),
        ("HBsAg positive for more than 6 months, irrespective of the DNA level", (), "required"),
        ("Hepatitis B or C infection: not eligible", (), "excluded"),
        ("Patients with known hepatitis are allowed", (), "allowed"),
        ((), "History of active hepatitis", "not_stated"),
        ((), "Autoimmune hepatitis is allowed", "not_stated"),
        ((), "Active hepatitis B, HIV infection or other untreated infection", "excluded"),
        ((), "Uncontrolled infection with HIV, HBV or HCV", "allowed"),
        ((), "Hepatitis B or hepatitis C that is not documented to be stable", "allowed"),
        ((), "HBsAg positive, or core antibody positive, and HBV DNA above the limit of detection", "allowed"),
        ((), "HBsAg positive or HBV DNA above 2000 IU/mL", "excluded"),
        ((), "Hepatitis B (screening not required)", "excluded"),
        ((), "Positive HBs antigen at screening or within 3 months before", "excluded"),
        ((), "Hepatitis D in subjects with hepatitis B", "allowed"),
        ((), "Hepatitis C (hepatitis B carriers can be recruited)", "allowed"),
        (
            (),
            ("Active hepatitis B", "Active hepatitis B is defined as HBsAg positive and HBV DNA above 500"),
            "allowed",
        ),
        ((), "HBV infection, whether or not on antivirals, regardless of viral load", "excluded"),
        ("Antiviral therapy for hepatitis B according to the local standard", (), "allowed"),
        ("Patients may have underlying chronic viral hepatitis", (), "allowed"),
        ("Any virus status is accepted", (), "allowed"),
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
        ("HBsAg (+) for longer than 6 months", (), "required"),
        ("Patients with positive HBsAg for at least 6 months", (), "required"),
        ("Chronic HCV infection proven by PCR", "HBV or HIV co-infection", "excluded"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("hbv", inclusion, exclusion) == expected
