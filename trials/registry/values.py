"""Single values of a record: texts, partial dates, ages, identifiers, links. Never knows a JSON path."""

import calendar
import html
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NCT_ID = re.compile(r"NCT\d{8}", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.Z+-]*)?", re.ASCII)
_AGE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(year|month|week|day|hour|minute)s?", re.ASCII | re.IGNORECASE)
_UNITS_IN_A_YEAR = {"year": 1, "month": 12, "week": 52.1775, "day": 365.25, "hour": 8766, "minute": 525960}
_UNKNOWN_ENROLLMENT = 99_999_999
_STUDY_PAGES = "https://clinicaltrials.gov/study"
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100


class DatePrecision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of year, month or day precision, as the days it may mean (first and last, both included)."""

    first_day: date
    last_day: date
    precision: DatePrecision


def storable(text: str) -> str:
    """The text as published without what PostgreSQL cannot hold (NUL, lone surrogates)."""
    return _UNSTORABLE.sub("", text)


def tidy_name(text: str) -> str:
    """A name of a person, place or term: storable, trimmed, white space folded, in NFC so that twins are equal."""
    return " ".join(unicodedata.normalize("NFC", storable(text)).split())


def unescape(text: str) -> str:
    r"""Registry Markdown and HTML entities as plain text, unescaped once: "\>=", "&gt;" and "\[" lose their guards."""
    return html.unescape(_ESCAPE.sub(r"\1", text))


def parse_partial_date(text: str) -> PartialDate | None:
    """yyyy, yyyy-MM or yyyy-MM-dd; None for anything else, days that do not exist and years that cannot be meant."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        if month is None:
            return PartialDate(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return PartialDate(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)
        return PartialDate(date(year, month, day), date(year, month, day), DatePrecision.DAY)
    except (ValueError, calendar.IllegalMonthError):
        return None


def age_in_years(text: str) -> float | None:
    """ "18 Years" is 18.0, "6 Months" 0.5. None where the record sets no limit or the text is not an age."""
    match = _AGE.fullmatch(text.strip())
    if match is None:
        return None
    years = float(match[1]) / _UNITS_IN_A_YEAR[match[2].lower()]
    return round(years, 4) if years < 150 else None


def parse_enrollment(count: int | None, overall_status: str) -> int | None:
    """The number of people. 99999999, negative and 0 are "not stated"; 0 is true only of a trial that was withdrawn."""
    if count is None or count < 0 or count >= _UNKNOWN_ENROLLMENT:
        return None
    if count == 0 and overall_status != "WITHDRAWN":
        return None
    return count


def parse_coordinates(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """Degrees north and east; None where missing, out of range or the empty (0, 0)."""
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def parse_nct_id(text: str) -> str | None:
    """The identifier in its canonical form (upper case, no spaces around); None if it is not one."""
    candidate = text.strip().upper()
    return candidate if NCT_ID.fullmatch(candidate) else None


def study_url(nct_id: str) -> str:
    """The registry's own page of a trial."""
    return f"{_STUDY_PAGES}/{nct_id}"


def safe_url(text: str) -> str:
    """The link if it is http or https, else ""."""
    url = text.strip()
    return url if re.fullmatch(r"https?://[^\s<>\"]+", url, re.IGNORECASE) else ""
