"""Macrovascular invasion: required, allowed or excluded."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("HCC with portal vein tumor thrombus (PVTT)", (), "required"),
        ("Disease showing major vascular invasion", (), "required"),
        ("Portal vein tumor thrombosis is allowed", (), "allowed"),
        ("With or without portal vein invasion", (), "allowed"),
        ("At least one of: Vp4 PVTT, liver involvement >50%", (), "allowed"),
        ("Extrahepatic spread and/or macrovascular invasion", (), "allowed"),
        ("No vascular invasion", (), "excluded"),
        ("No extrahepatic metastasis, nodal involvement, or vascular tumor thrombus", (), "excluded"),
        ((), "Macrovascular invasion", "excluded"),
        ((), "Tumor invading any major blood vessels", "excluded"),
        ((), "Portal vein invasion at the main trunk (Vp4)", "allowed"),
        ((), "Vp3 or Vp4 portal vein thrombus", "allowed"),
        ((), "Invasion of the inferior vena cava", "allowed"),
        ((), "Bland portal vein thrombosis", "not_stated"),
        ((), "Microvascular invasion", "not_stated"),
        ((), "Deep vein thrombosis", "not_stated"),
        ("HCC with portal vein invasion", "Evidence of macrovascular invasion", "contradictory"),
        ((), "Portal vein thrombosis of the main branch (more distal branches are allowed)", "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("portal_vein_invasion", inclusion, exclusion) == expected
