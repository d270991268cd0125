"""A trial's record as a reference in the Vancouver style, as plain text in English. Pure but for the day, handed in.

Form: the registry's entry in ICMJE's sample references (U.S. National Library of Medicine, "Citing Medicine", databases
on the Internet).
"""

from datetime import date

from trials.models import Trial
from trials.registry.values import DatePrecision, parse_partial_date, study_url, unescape

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def citation(trial: Trial, today: date) -> str:
    """Title, number, registry, the days of first posting and last update as published, and the day of looking."""
    title = " ".join(unescape(trial.brief_title or trial.official_title).split()).rstrip(".")
    named = f"Identifier {trial.nct_id}, {title}" if title else f"Identifier {trial.nct_id}"
    posted = _day(trial.study_first_post_date or trial.study_first_submit_date)
    updated = _day(trial.last_update_post_date or trial.last_update_submit_date)
    days = [f"updated {updated}"] if updated else []
    seen = "; ".join([*days, f"cited {_day(today.isoformat())}"])
    when = f"{posted} [{seen}]" if posted else f"[{seen}]"
    return (
        "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US). "
        f"{named}; {when}. Available from: {study_url(trial.nct_id)}"
    )


def _day(text: str) -> str:
    """ "2025-03-30" as "2025 Mar 30", as exact as published; "" for what is no date."""
    day = parse_partial_date(text)
    if day is None:
        return ""
    first = day.first_day
    if day.precision is DatePrecision.YEAR:
        return str(first.year)
    month = f"{first.year} {_MONTHS[first.month - 1]}"
    return month if day.precision is DatePrecision.MONTH else f"{month} {first.day}"
