"""Single values (dates, ages, numbers, identifiers, links, texts) as the registry writes them and as it should not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.registry.values import (
    DatePrecision,
    PartialDate,
    age_in_years,
    parse_coordinates,
    parse_enrollment,
    parse_nct_id,
    parse_partial_date,
    safe_url,
    storable,
    tidy_name,
    unescape,
)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-12-05", date(2024, 12, 5), date(2024, 12, 5), DatePrecision.DAY),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), DatePrecision.DAY),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), DatePrecision.MONTH),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), DatePrecision.MONTH),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), DatePrecision.MONTH),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), DatePrecision.YEAR),
        (" 2024 ", date(2024, 1, 1), date(2024, 12, 31), DatePrecision.YEAR),
        ("2024-12-05T09:30:00Z", date(2024, 12, 5), date(2024, 12, 5), DatePrecision.DAY),
    ],
)
def test_partial_dates_are_the_days_that_they_may_mean(
    text: str, first: date, last: date, precision: DatePrecision
) -> None:
    """F-19."""
    assert parse_partial_date(text) == PartialDate(first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2024-02-30",
        "2023-02-29",
        "2024-13",
        "2024-00",
        "2024-01-00",
        "0204",
        "0204-05-01",
        "2104",
        "0000",
        "24",
        "2024-1",
        "2024-1-5",
        "12/05/2024",
        "December 2024",
        "2024-12-05-01",
        "-2024",
        "20241205",
        "٢٠٢٤",
    ],
)
def test_dates_that_cannot_be_meant_are_no_date(text: str) -> None:
    """F-19, F-20: no guess, and above all not 1970."""
    assert parse_partial_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_within_its_month_and_year(day: date) -> None:
    """The calendar is the oracle: the day after the last day of a month or year is in the next one."""
    month, year = parse_partial_date(f"{day:%Y-%m}"), parse_partial_date(f"{day:%Y}")
    assert month
    assert year
    assert year.first_day <= month.first_day <= day <= month.last_day <= year.last_day
    assert (month.last_day + timedelta(1)).day == 1
    assert month.last_day.month == day.month
    assert (year.last_day + timedelta(1)).year == day.year + 1


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("18 Years", 18.0),
        ("1 Year", 1.0),
        ("120 Years", 120.0),
        ("0 Years", 0.0),
        ("6 Months", 0.5),
        ("18 Months", 1.5),
        ("26 Weeks", 0.4983),
        ("30 Days", 0.0821),
        ("12 Hours", 0.0014),
        ("30 Minutes", 0.0001),
        ("17.5 years", 17.5),
        (" 65  years ", 65.0),
    ],
)
def test_ages_are_years(text: str, years: float) -> None:
    """F-30."""
    assert age_in_years(text) == pytest.approx(years, abs=0.0001)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "No limit",
        "-2147483648 No limit",
        "-5 Years",
        "18",
        "Years",
        "eighteen Years",
        "18-65 Years",
        "18 Years 6 Months",
        "999 Years",
        "99999999 Years",
        "18 Yearlings",
        "1e3 Years",
        "NaN Years",
    ],
)
def test_absent_and_senseless_ages_are_unknown(text: str) -> None:
    """F-30: no limit is not an age of 0 or 999."""
    assert age_in_years(text) is None


@pytest.mark.parametrize(
    ("count", "status", "people"),
    [
        (1, "RECRUITING", 1),
        (99_999_998, "RECRUITING", 99_999_998),
        (99_999_999, "COMPLETED", None),
        (2_147_483_648, "COMPLETED", None),
        (0, "RECRUITING", None),
        (0, "", None),
        (0, "WITHDRAWN", 0),
        (-1, "WITHDRAWN", None),
        (None, "WITHDRAWN", None),
    ],
)
def test_enrolment_that_means_unknown_is_unknown(count: int | None, status: str, people: int | None) -> None:
    """F-31."""
    assert parse_enrollment(count, status) == people


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (48.85, 2.35, (48.85, 2.35)),
        (0.0, 36.8, (0.0, 36.8)),
        (5.6, 0.0, (5.6, 0.0)),
        (-90.0, 180.0, (-90.0, 180.0)),
        (0.0, 0.0, None),
        (-0.0, 0.0, None),
        (121.47, 31.23, None),
        (48.85, 180.1, None),
        (90.1, 2.35, None),
        (-90.1, 2.35, None),
        (48.85, None, None),
        (None, 2.35, None),
        (float("nan"), 2.35, None),
        (48.85, float("inf"), None),
    ],
)
def test_places_that_cannot_be_are_no_place(
    latitude: float | None, longitude: float | None, place: tuple[float, float] | None
) -> None:
    """F-28; (121.47, 31.23) is Shanghai with its numbers swapped."""
    assert parse_coordinates(latitude, longitude) == place


@pytest.mark.parametrize("text", ["NCT01234567", "nct01234567", " NCT01234567\n"])
def test_identifiers_have_one_form(text: str) -> None:
    assert parse_nct_id(text) == "NCT01234567"


@pytest.mark.parametrize(
    "text", ["", "NCT", "NCT0123456", "NCT012345678", "NCT 01234567", "01234567", "XNCT01234567", "NCT٠١٢٣٤٥٦٧"]
)
def test_other_identifiers_are_none_of_the_registry(text: str) -> None:
    assert parse_nct_id(text) is None


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG/"])
def test_web_links_stay(url: str) -> None:
    assert safe_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "https://",
        "ftp://example.org",
        "https://example.org/ x",
        'https://a"onclick="x',
        "file:///etc",
        "https://example.org\njavascript:alert(1)",
        "https://<script>",
    ],
)
def test_other_links_are_dropped(url: str) -> None:
    """F-25."""
    assert safe_url(url) == ""


@pytest.mark.parametrize(
    ("published", "plain"),
    [
        (r"\>= 18 and \<75", ">= 18 and <75"),
        (r"\[a\] \* b\_c R\&D", "[a] * b_c R&D"),
        ("&gt;=18 &amp; &lt;75 &#39;x&#39; &#x3E;", ">=18 & <75 'x' >"),
        (r"\\>", r"\>"),
        (r"\\\>", r"\>"),
        ("&amp;gt;", "&gt;"),
        (r"\&gt; 450 ms", "> 450 ms"),  # sponsors type entities, the registry guards them: 24 texts of the corpus
        ("&#92;>", r"\>"),
        (r"C:\new \n 5\m", r"C:\new \n 5\m"),
        ("≥ 10⁹/L µmol &unknown; a & b", "≥ 10⁹/L µmol &unknown; a & b"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_guards_are_taken_off_once(published: str, plain: str) -> None:
    """F-24: once each, Markdown first."""
    assert unescape(published) == plain


@given(st.text(alphabet="\\<>[]*_;#x3aglt. "))
def test_what_was_escaped_comes_back(text: str) -> None:
    escaped = "".join(f"\\{c}" if c in "\\<>[]*_;#" else c for c in text)
    assert unescape(escaped) == text


def test_what_postgresql_cannot_hold_goes_and_all_else_stays() -> None:
    """F-26."""
    assert storable("a\x00b\ud800c\udfffd") == "abcd"
    odd = "e\u0301 \u00a0\u200b\u202e\u00b5\u03bc ⩾ ⁹ 🙂 \x01\ufffe"
    assert storable(odd) == odd


def test_names_that_look_equal_are_equal() -> None:
    """F-26: accents composed or not, any white space."""
    assert tidy_name(" Ho\u0302pital\u00a0 Saint\n-Louis\x00") == "Hôpital Saint -Louis"
