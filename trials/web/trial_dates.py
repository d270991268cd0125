"""Dates, ages and numbers of people of a trial in words. Pure: reads one row, never queries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import age_in_years
from trials.vocabulary.registry_terms import DateType, words

_AGE = re.compile(r"(\d{1,6})(?:\.0+)?\s*(year|month|week|day|hour|minute)s?", re.IGNORECASE)
_NO_LIMIT = re.compile(r"(?:n/?a|none|no limit|not applicable|-)?", re.IGNORECASE)


START, END = "start", "end"  # events of a timeline; others have no name of their own
OTHER = "other"


@dataclass(frozen=True, slots=True)
class DateRow:
    """text is as published (the template words it), kind says whether it is planned, or "" where that is no news.

    type is the registry's word for that; event is "" for days that say how fresh the record is, not what happened.
    number is the one that a timeline gives it, 0 for none.
    """

    label: str
    text: str
    kind: str = ""
    type: str = ""
    event: str = ""
    number: int = 0


def date_rows(trial: Trial) -> list[DateRow]:
    return [row for row in _date_rows(trial) if row.text]


def _date_rows(trial: Trial) -> Iterator[DateRow]:
    yield _planned(_("Starts"), trial.start_date, trial.start_date_type, START)
    primary = (trial.primary_completion_date, trial.primary_completion_date_type)
    end = (trial.completion_date, trial.completion_date_type)
    if primary == end:
        yield _planned(_("Ends, with the main result"), *end, END)
    else:
        yield _planned(_("Main result measured until"), *primary, OTHER)
        yield _planned(_("Ends"), *end, END)
    yield DateRow(_("Record last verified"), trial.status_verified_date)
    yield _posted(_("Last update posted"), trial.last_update_post_date, trial.last_update_post_date_type)
    if trial.last_update_submit_date != trial.last_update_post_date:
        yield DateRow(_("Last update sent in"), trial.last_update_submit_date)
    yield _posted(_("First posted"), trial.study_first_post_date, trial.study_first_post_date_type)
    if trial.study_first_submit_date != trial.study_first_post_date:
        yield DateRow(_("First sent in"), trial.study_first_submit_date)
    yield _posted(_("Results first posted"), trial.results_first_post_date, trial.results_first_post_date_type)
    if trial.results_first_submit_date != trial.results_first_post_date:
        yield DateRow(_("Results first sent in"), trial.results_first_submit_date)
    yield DateRow(_("Data as of"), trial.registry_date)


def _planned(label: str, text: str, kind: str, event: str) -> DateRow:
    return DateRow(label, text, gettext(words("date_type", kind)) if kind else "", kind, event)


def _posted(label: str, text: str, kind: str) -> DateRow:
    """Days of posting are facts of the registry; it marks those that it works out itself."""
    is_estimated = kind == DateType.ESTIMATED
    return DateRow(label, text, _("estimated") if is_estimated else "", kind or DateType.ACTUAL, OTHER)


def starts_after_its_end(trial: Trial) -> bool:
    start, end = trial.computed_start_day, trial.computed_completion_day
    return start is not None and end is not None and start > end


def people_words(trial: Trial) -> str:
    """ "196 people, planned". 0 is true only of a withdrawn trial; None is not stated, never 0."""
    count = trial.enrollment_count
    if count is None:
        return _("Number of people not stated")
    if count == 0:
        return _("Nobody took part")
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    said = {"ACTUAL": _("%(people)s, actual"), "ESTIMATED": _("%(people)s, planned")}
    return said.get(trial.enrollment_type, "%(people)s") % {"people": people}


def age_words(minimum: str, maximum: str) -> str:
    low, high = _Age.of(minimum), _Age.of(maximum)
    if low and high:
        same_unit = low.unit == high.unit and low.count is not None
        start = str(low.count) if same_unit else low.words()
        return _("%(low)s to %(high)s") % {"low": start, "high": high.words()}
    if low:
        return _("%(age)s and over") % {"age": low.words()}
    if high:
        return _("up to %(age)s") % {"age": high.words()}
    return _("No age limit stated")


def one_age_words(text: str) -> str:
    age = _Age.of(text)
    return age.words() if age else _("no limit")


@dataclass(frozen=True, slots=True)
class _Age:
    """count is None for a text that is not an age: it is shown as published."""

    count: int | None
    unit: str
    text: str

    @classmethod
    def of(cls, text: str) -> "_Age | None":
        """None where the record sets no limit."""
        if _NO_LIMIT.fullmatch(text.strip()):
            return None
        match = _AGE.fullmatch(text.strip())
        if match is None or age_in_years(text) is None:
            return cls(None, "", text)
        return cls(int(match[1]), match[2].lower(), text)

    def words(self) -> str:
        count = self.count
        if count is None:
            return _("“%(text)s” (as published)") % {"text": self.text}
        numbers = {
            "year": ngettext("%(count)d year", "%(count)d years", count),
            "month": ngettext("%(count)d month", "%(count)d months", count),
            "week": ngettext("%(count)d week", "%(count)d weeks", count),
            "day": ngettext("%(count)d day", "%(count)d days", count),
            "hour": ngettext("%(count)d hour", "%(count)d hours", count),
            "minute": ngettext("%(count)d minute", "%(count)d minutes", count),
        }
        return numbers[self.unit] % {"count": count}
