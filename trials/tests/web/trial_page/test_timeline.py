"""The line of a trial's dates: what is drawn lies where a naive scale puts it, and the list says the same."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as asked
from hypothesis import strategies as st

from trials.models import Trial
from trials.tests.builders import raw_record
from trials.tests.web.trial_page.conftest import TODAY
from trials.tests.web.trial_page.pages import Page, page_of
from trials.web.phrases import plain_words
from trials.web.trial_dates import date_rows
from trials.web.trial_timeline import Timeline, numbered, present_timeline

FIELDS = ("start_date", "primary_completion_date", "completion_date", "study_first_post_date", "last_update_post_date")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
TEXTS = DAYS.flatmap(lambda day: st.sampled_from((f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}")))


def _line(fields: Mapping[str, str]) -> Timeline:
    line = present_timeline(numbered(date_rows(Trial(**fields))), TODAY)
    assert line
    return line


def _naive_days(text: str) -> list[date]:
    """Every day that the text may mean, by trying them all."""
    day, days = date(int(text[:4]), 1, 1), []
    while day.year == int(text[:4]):
        if day.isoformat().startswith(text):
            days.append(day)
        day += timedelta(days=1)
    return days


def _number(text: str) -> float:
    assert re.fullmatch(r"-?\d+\.\d\d(%|em)", text), text
    return float(text.removesuffix("%").removesuffix("em"))


@given(st.dictionaries(st.sampled_from(FIELDS), TEXTS, min_size=1), DAYS, st.sampled_from(("en", "fr")))
@asked(max_examples=60)
def test_every_date_lies_where_a_naive_scale_puts_it(texts: dict[str, str], today: date, language: str) -> None:
    with override(language):
        rows = numbered(date_rows(Trial(**texts)))
        line = present_timeline(rows, today)
    assert line
    days = {row.number: _naive_days(row.text) for row in rows if row.number}
    every = [today, *(day for found in days.values() for day in found)]
    begin, end = date(min(every).year, 1, 1), date(max(every).year + 1, 1, 1)

    def place(day: date) -> float:
        return 5 + 90 * (day - begin).days / (end - begin).days

    assert [mark.number for mark in line.marks] == list(range(1, len(days) + 1))
    for mark in line.marks:
        first, last = place(days[mark.number][0]), place(days[mark.number][-1])
        assert _number(mark.start) == pytest.approx(first, abs=0.006)
        assert _number(mark.width) == pytest.approx(last - first, abs=0.006)
        assert _number(mark.x) == pytest.approx((first + last) / 2, abs=0.006)
        assert 1.6 <= _number(mark.y) < _number(line.axis) < _number(line.height)
    assert _number(line.today.x) == pytest.approx(place(today), abs=0.006)
    assert [_number(mark.x) for mark in line.marks] == sorted(_number(mark.x) for mark in line.marks)
    assert 1 <= len(line.ticks) <= 6 or end.year - begin.year == 1
    for tick in line.ticks:
        assert not tick.text or _number(tick.x) == pytest.approx(place(date(int(tick.text), 1, 1)), abs=0.006)


@given(st.lists(TEXTS, min_size=5, max_size=5))
@asked(max_examples=60)
def test_no_number_covers_another(texts: list[str]) -> None:
    marks = _line(dict(zip(FIELDS, texts, strict=True))).marks
    for one in marks:
        for other in marks:
            if one.number < other.number and one.y == other.y:
                assert abs(_number(one.x) - _number(other.x)) >= 9.98


def test_planned_and_actual_differ_in_shape_and_words() -> None:
    fields = {
        "start_date": "2024-03-01",
        "start_date_type": "ACTUAL",
        "completion_date": "2027",
        "completion_date_type": "ESTIMATED",
        "primary_completion_date": "2026-06",
        "study_first_post_date": "2024-01-15",
    }
    line = _line(fields)
    assert [(mark.number, mark.kind) for mark in line.marks] == [
        (1, "actual"),
        (2, "actual"),
        (3, "unsaid"),
        (4, "planned"),
    ]
    assert plain_words(line.said) == (
        "Timeline: starts 2024-03-01 (actual), ends 2027 (planned). Today is 2026-11-21. The list has every date."
    )


def test_nothing_is_drawn_of_nothing() -> None:
    for trial in (Trial(), Trial(start_date="soon"), Trial(status_verified_date="2024-01", registry_date="2024-01-01")):
        assert present_timeline(numbered(date_rows(trial)), TODAY) is None


def _record(start: str, end: str) -> dict[str, object]:
    return raw_record(
        statusModule={
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": start, "type": "ACTUAL"},
            "completionDateStruct": {"date": end, "type": "ESTIMATED"},
        }
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [("2024-12", "2027"), ("2027", "2024-12")])
def test_the_list_beside_it_has_the_numbers(client: Client, start: str, end: str) -> None:
    page = page_of(client, _record(start, end))
    drawn = dict(re.findall(r'class="at mark (\w+)".*?<text[^>]*>(\d)</text>', page.html))
    listed = dict(re.findall(r'<span class="place" aria-hidden="true">(\d)</span> ([^<]+)</dt>', page.html))
    assert set(drawn.values()) == set(listed)
    assert listed[drawn["actual"]] == "Starts"
    assert listed[drawn["planned"]] == "Ends"
    said = re.search(r'<svg class="timeline"[^>]* role="img" aria-label="([^"]+)"', page.html)
    assert said
    for words in ("December 2024", "2027", f"{TODAY:%-d %B %Y}"):
        assert words in said[1]
    assert ("start after its end" in page.words) == (start > end)
    assert "css/timeline.css" in page.html


@pytest.mark.django_db
def test_a_page_without_dates_has_no_line(client: Client) -> None:
    page = page_of(client, raw_record())
    assert "<svg" not in page.html
    assert "timeline.css" not in page.html


@pytest.mark.django_db
def test_what_is_no_date_stays_words(client: Client) -> None:
    page: Page = page_of(client, _record('"><script>alert(1)</script>', "2027-01"))
    assert "<script>alert" not in page.html
    assert page.html.count('class="at mark') == 1
