"""The accepted BCLC stages."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("BCLC stage B or C", (), ("B", "C")),
        ("Stage C based on Barcelona-Clinic Liver Cancer [BCLC]", (), ("C",)),
        ("Barcelona stage b", (), ("B",)),
        ("BCLC stage of 0-B", (), ("0", "A", "B")),
        ("BCLC Stage C disease or Stage B disease not amenable to locoregional therapy", (), ("B", "C")),
        ("BCLC-B, and BCLC-C only for ECOG 0-1", (), ("B", "C")),
        ("BCLC stage A, B1, B2 and C", (), ("A", "B", "C")),
        ("HCC in the BCLC intermediate stage", (), ("B",)),
        ("BCLC early to intermediate stage", (), ("A", "B")),
        ((), "BCLC stage D", ("0", "A", "B", "C")),
        ("CNLC stage IIa", (), "not_stated"),
        ("Intermediate stage HCC", (), "not_stated"),
        ("No spread (Barcelona stage b)", (), ("B",)),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("bclc", inclusion, exclusion) == expected
