"""Earlier locoregional therapy: none, required or allowed."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("No prior locoregional therapy", (), "none"),
        ("No prior therapy for HCC", (), "none"),
        ((), "Locoregional therapy within 4 weeks", "allowed"),
        ("Prior TACE is allowed", (), "allowed"),
        ((), "Prior transarterial chemoembolization or ablation", "none"),
        ((), "Prior radioembolization", "not_stated"),
        ((), "Liver resection within 4 weeks", "not_stated"),
        ("Target lesion not previously irradiated", (), "allowed"),
        ("Candidate for locoregional therapy", (), "not_stated"),
        ("Progression after TACE", (), "required"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("prior_locoregional_therapy", inclusion, exclusion) == expected
