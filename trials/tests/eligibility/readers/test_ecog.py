"""The accepted performance status."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("WHO performance index strictly below 3", (), (0, 1, 2)),
        ("PS up to 2", (), (0, 1, 2)),
        ("PS not more than 3", (), (0, 1, 2, 3)),
        ((), "PS over 2", (0, 1, 2)),
        ("WHO 0 - 1", (), (0, 1)),
        ("SWOG 0-2", (), (0, 1, 2)),
        ((), "ECOG-PS of two or higher", (0, 1)),
        ("One of the following: high blood pressure, gout", (), "not_stated"),
        ("The ECOG behavior status score is less than 3 points", (), (0, 1, 2)),
        ("Karnofsky/Lansky score of 60% or greater", (), (0, 1, 2)),
        ("ECOG performance status 0-1", (), (0, 1)),
        ("ECOG PS 0~1", (), (0, 1)),
        ("ECOG: 0-2", (), (0, 1, 2)),
        ("WHO performance status (0-2)", (), (0, 1, 2)),
        ("Zubrod performance status of 0, 1 or 2", (), (0, 1, 2)),
        ("Eastern Collaboration Oncology Group score of 2 or less", (), (0, 1, 2)),
        ("Performance status < 2", (), (0, 1)),
        ("ECOG performance status =2", (), (0, 1, 2)),
        ("ECOG physical score within 7 days before treatment was 0 or 1", (), (0, 1)),
        ("ECOG 0 (fully active) or 1 (light work)", (), (0, 1)),
        ("Karnofsky of at least 70 %", (), (0, 1)),
        ("ECOG 0-1 (Karnofsky >= 60 %)", (), (0, 1, 2)),
        ("Karnofsky over 60", (), (0, 1)),
        ("Lansky or Karnofsky score ≥ 60%", (), (0, 1, 2)),
        ((), "PS>2", (0, 1, 2)),
        ((), "ECOG performance status of 2 or more", (0, 1)),
        ((), "ECOG 3-4", (0, 1, 2)),
        ("ASA score of 1 or 2", (), "not_stated"),
        ("ECOG 0-1 4. Able to swallow", (), (0, 1)),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("ecog", inclusion, exclusion) == expected
