"""Dates, ages, numbers of people and ways to reach someone, in words. No database."""

import pytest

from trials.models import Trial
from trials.web.fact_words import claimed_words
from trials.web.trial_contacts import call_url, write_url
from trials.web.trial_dates import age_words, date_rows, people_words
from trials.web.trial_details import masking_words


@pytest.mark.parametrize(
    ("minimum", "maximum", "said"),
    [
        ("18 Years", "", "18 years and over"),
        ("18 Years", "75 Years", "18 to 75 years"),
        ("", "17 Years", "up to 17 years"),
        ("6 Months", "17 Years", "6 months to 17 years"),
        ("1 Year", "", "1 year and over"),
        ("", "", "No age limit stated"),
        ("N/A", "N/A", "No age limit stated"),
        ("18 Years", "N/A", "18 years and over"),
        ("-2147483648 No limit", "", "“-2147483648 No limit” (as published) and over"),
        ("old", "older", "“old” (as published) to “older” (as published)"),
        ("999999 Years", "", "“999999 Years” (as published) and over"),
    ],
)
def test_ages(minimum: str, maximum: str, said: str) -> None:
    assert age_words(minimum, maximum) == said


@pytest.mark.parametrize(
    ("count", "kind", "said"),
    [
        (196, "ESTIMATED", "196 people, planned"),
        (40, "ACTUAL", "40 people, actual"),
        (900, "", "900 people"),
        (1, "ACTUAL", "1 person, actual"),
        (0, "ACTUAL", "Nobody took part"),
        (None, "ESTIMATED", "Number of people not stated"),
    ],
)
def test_people(count: int | None, kind: str, said: str) -> None:
    assert people_words(Trial(enrollment_count=count, enrollment_type=kind)) == said


@pytest.mark.parametrize(
    ("masking", "who", "said"),
    [
        ("DOUBLE", ["PARTICIPANT", "INVESTIGATOR"], "Double: Participant, Investigator"),
        ("NONE", [], "None (open label)"),
        ("", ["PARTICIPANT"], "Participant"),
        ("", [], ""),
    ],
)
def test_masking(masking: str, who: list[str], said: str) -> None:
    assert masking_words(Trial(masking=masking, who_masked=who)) == said


def test_what_contradicts_is_in_quotes() -> None:
    assert claimed_words(["A", "B", "A"]) == "“A” and “B”"


def test_dates_that_say_the_same_are_said_once() -> None:
    trial = Trial(
        primary_completion_date="2024-12",
        primary_completion_date_type="ESTIMATED",
        completion_date="2024-12",
        completion_date_type="ESTIMATED",
        last_update_submit_date="2023-02-26",
        last_update_post_date="2023-02-26",
    )
    assert [(row.label, row.text, row.kind) for row in date_rows(trial)] == [
        ("Ends, with the main result", "2024-12", "planned"),
        ("Last update posted", "2023-02-26", ""),
    ]


def test_a_record_without_dates_has_no_rows() -> None:
    assert date_rows(Trial()) == []


@pytest.mark.parametrize(
    ("phone", "url"),
    [
        ("+33 1 99 00 10 00", "tel:+33199001000"),
        ("(555) 555-0100", "tel:5555550100"),
        ("+86-02583272121", "tel:+8602583272121"),
        ("0199001000", "tel:0199001000"),
        ("12", ""),
        ("ask at the desk", ""),
        ("+33 1 99 00 10 00 or 02", "tel:+33199001000"),
        ("555-555-0100 (U.S. Only)", "tel:5555550100"),
        ("+1 555 0100 (M-F 9-5 JST", "tel:+15550100"),
        ("555 555 0100x22", "tel:5555550100"),
        ("555 0100, 555 0101", ""),
        ("room 5550100", ""),
        ("javascript:alert(1)", ""),
        ("1" * 30, ""),
        ("", ""),
    ],
)
def test_numbers_to_call(phone: str, url: str) -> None:
    assert call_url(phone) == url


@pytest.mark.parametrize(
    ("email", "url"),
    [
        ("study@example.org", "mailto:study@example.org?subject=NCT01234567"),
        ("first.last+hcc@sub.example.org", "mailto:first.last%2Bhcc@sub.example.org?subject=NCT01234567"),
        ("o'neil&co@example.org", "mailto:o%27neil%26co@example.org?subject=NCT01234567"),
        ("not an address", ""),
        ("a@example.org?bcc=x@example.org", ""),
        ("a@example.org\r\nBcc: x@example.org", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_addresses_to_write_to(email: str, url: str) -> None:
    assert write_url(email, "NCT01234567") == url
