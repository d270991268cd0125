"""An earlier transplant."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Eligible for transplantation, or transplanted", "excluded"),
        ((), "Scheduled to be transplanted", "not_stated"),
        ((), "Previous LT", "excluded"),
        ((), "ALT above the limit", "not_stated"),
        ("Recipient of a first cadaveric or living-donor liver graft", (), "required"),
        ((), "Any tissue or organ allograft, regardless of immunosuppression, corneal grafts included", "excluded"),
        ((), "Corneal transplant", "not_stated"),
        ((), "Liver disease meeting criteria for class C, organ transplantation", "excluded"),
        ((), "Candidate for resection, ablation or liver transplantation", "not_stated"),
        ((), "Prior or planned organ transplantation", "excluded"),
        ((), "Ready for, or previously received, organ or bone marrow transplantation", "excluded"),
        ((), "Prior liver transplantation or on the list for liver transplantation", "excluded"),
        ((), "Renal failure requiring kidney transplantation", "not_stated"),
        ((), "Prior stem cell transplantation", "not_stated"),
        ((), "Prior liver transplant", "excluded"),
        ((), "History of solid organ transplantation", "excluded"),
        ("No prior organ allograft", (), "excluded"),
        ("Candidate for liver transplantation", (), "not_stated"),
        ("Listed for liver transplant", (), "not_stated"),
        ((), "Autologous stem cell transplant", "not_stated"),
        ("Recurrence after liver transplantation", (), "required"),
        ((), "Bleeding unless the patient has had a liver transplant", "allowed"),
        ("Recipients of a living or deceased donor liver transplant", "Previous or combined transplant", "required"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("liver_transplant", inclusion, exclusion) == expected
