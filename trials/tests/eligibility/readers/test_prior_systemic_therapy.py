"""Earlier systemic therapy: none, required or allowed."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("No prior systemic therapy for HCC", (), "none"),
        ("Treatment naive patients", (), "none"),
        ("Have not received treatment in the past", (), "none"),
        ((), "Any previous systemic treatment for HCC", "none"),
        ("Progression on or after sorafenib", (), "required"),
        ("Received at least one prior line of systemic therapy", (), "required"),
        ("Disease refractory to standard therapy or for which none exists", (), "required"),
        ("Progressed on, intolerant of, or refused sorafenib", (), "allowed"),
        ((), "Systemic chemotherapy within 4 weeks", "allowed"),
        ((), "Prior treatment with an anti-PD-1 antibody", "allowed"),
        ((), "More than two prior lines of systemic therapy", "allowed"),
        (("No prior systemic therapy", "Prior adjuvant chemotherapy is allowed"), (), "allowed"),
        ((), "Systemic steroid therapy", "not_stated"),
        ("Progression after TACE", (), "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("prior_systemic_therapy", inclusion, exclusion) == expected
