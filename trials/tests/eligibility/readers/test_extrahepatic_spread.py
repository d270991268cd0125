"""Spread outside the liver: required, allowed or excluded."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Locally advanced or metastatic HCC", (), "allowed"),
        ("Stage IV disease or stage III disease", (), "allowed"),
        ("Advanced HCC", (), "not_stated"),
        ("No extrahepatic spread", (), "excluded"),
        ("Unresectable HCC without extrahepatic spread", (), "excluded"),
        ("Tumor confined to the liver", (), "excluded"),
        ((), "Extrahepatic metastasis", "excluded"),
        ((), "Distant metastases", "excluded"),
        ((), "Active brain metastases", "not_stated"),
        ((), "Brain metastases unless treated and stable", "allowed"),
        ("AST up to 5 x ULN if liver metastases are present", (), "not_stated"),
        ((), "Other cancer with negligible risk of metastasis", "not_stated"),
        ("Non metastatic HCC", (), "excluded"),
        ("There is no extrahepatic metastasis and portal vein tumor thrombus", (), "excluded"),
        ("Extrahepatic spread is allowed", (), "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("extrahepatic_spread", inclusion, exclusion) == expected
