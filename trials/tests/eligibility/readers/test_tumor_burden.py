"""Early, intermediate and high."""

import pytest

from trials.tests.eligibility.builders import fact_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Locally advanced or metastatic HCC", (), ("high", "intermediate")),
        ("Unresectable HCC", (), ("high", "intermediate")),
        ("BCLC stage C", (), ("high",)),
        ("BCLC stage B or C", (), ("high", "intermediate")),
        ("BCLC stage A or B", (), ("early", "intermediate")),
        ("Candidate for liver transplantation within Milan criteria", (), ("early",)),
        ("Scheduled for curative resection", (), ("early",)),
        ("Solitary, unresectable HCC ≤ 3 cm", (), ("early",)),
        ("HCC with portal vein tumor thrombus", (), ("high",)),
        ("High tumor burden: liver involvement >50%", (), ("high",)),
        (
            ("Unresectable HCC beyond up-to-seven", "No vascular invasion", "No extrahepatic spread"),
            (),
            ("intermediate",),
        ),
        ("Advanced liver disease", (), "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    fact = fact_of("tumor_burden", inclusion, exclusion, title="Hepatocellular Carcinoma")
    assert (fact.value or str(fact.status)) == expected
