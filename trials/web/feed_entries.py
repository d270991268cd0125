"""What changed in the trials of a search, as entries of a feed: one for each trial and day, and one where it is new.

The words are those of the history page; long texts are not compared. Never builds XML, never writes.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice

from django.db.models import Case, F, JSONField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.models import Trial, TrialChange
from trials.registry.values import study_url, unescape
from trials.search.snapshot import snapshot
from trials.vocabulary.change_fields import COMPARED_TEXTS
from trials.web.history_lookup import SeenChange
from trials.web.history_presenter import present_history
from trials.web.phrases import plain_words

MOST_ENTRIES = 50
_ASKED_BY_NUMBER = 1_000  # trials: more of them are not named in a query, the newest rows are looked through instead
_MOST_CHANGES = 3_000
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Plain texts. id never changes; updated is when we last saw something of it."""

    id: str
    title: str
    lines: Sequence[str]
    path: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class _Happening:
    """A day of changes of a trial, or, where day is None, that it was first stored here."""

    nct_id: str
    day: date | None
    at: datetime


def feed_entries(nct_ids: Sequence[str]) -> list[FeedEntry]:
    """The newest entries about these trials, the newest first. Four queries of one moment."""
    among = frozenset(nct_ids)
    with snapshot():
        happened = [*_days_of_changes(among), *_new_trials(among)]
        newest = sorted(happened, key=lambda one: (one.at, one.nct_id, str(one.day)), reverse=True)[:MOST_ENTRIES]
        titles, lines = _titles(newest), _lines(newest)
    return [
        _entry(one, titles[one.nct_id], lines.get((one.nct_id, one.day), ())) for one in newest if one.nct_id in titles
    ]


def _days_of_changes(among: Collection[str]) -> list[_Happening]:
    """Rows are numbered as they come, so that the highest numbers are the newest."""
    changes = TrialChange.objects.order_by("-id")
    if len(among) <= _ASKED_BY_NUMBER:
        changes = changes.filter(trial__in=among)
    found: dict[tuple[str, date], _Happening] = {}
    rows = changes.values_list("trial", "changed_on", "seen_at").iterator(chunk_size=1_000)
    for nct_id, day, at in rows:
        if nct_id in among and (nct_id, day) not in found:
            found[nct_id, day] = _Happening(nct_id, day, at)
            if len(found) == MOST_ENTRIES:
                break
    return list(found.values())


def _new_trials(among: Collection[str]) -> list[_Happening]:
    trials = Trial.objects.order_by("-first_loaded_at", "nct_id")
    if len(among) <= _ASKED_BY_NUMBER:
        trials = trials.filter(pk__in=among)
    rows = trials.values_list("nct_id", "first_loaded_at").iterator(chunk_size=1_000)
    wanted = (_Happening(nct_id, None, at) for nct_id, at in rows if nct_id in among)
    return list(islice(wanted, MOST_ENTRIES))


def _titles(newest: Iterable[_Happening]) -> Mapping[str, str]:
    rows = Trial.objects.filter(pk__in={one.nct_id for one in newest}).order_by()
    named = rows.values_list("nct_id", "brief_title", "official_title")
    return {nct_id: unescape(brief or official) or nct_id for nct_id, brief, official in named}


def _lines(newest: Iterable[_Happening]) -> Mapping[tuple[str, date | None], Sequence[str]]:
    """The words for each day of changes."""
    days = {(one.nct_id, one.day) for one in newest if one.day}
    changes = TrialChange.objects.filter(
        trial__in={nct_id for nct_id, _day in days}, changed_on__in={day for _nct_id, day in days}
    ).order_by("trial", "-changed_on", "-id")
    without_texts = changes.annotate(short_old=_short("old"), short_new=_short("new"))
    rows = without_texts.values_list("trial", "field", "short_old", "short_new", "changed_on", "seen_at")
    return {
        (nct_id, day): change_lines([SeenChange(*row[1:]) for row in found])
        for (nct_id, day), found in groupby(rows[:_MOST_CHANGES], lambda row: (row[0], row[4]))
        if (nct_id, day) in days
    }


def _short(column: str) -> Case:
    nothing = Value(None, JSONField())
    return Case(When(field__in=COMPARED_TEXTS, then=nothing), default=F(column), output_field=JSONField())


def change_lines(changes: Sequence[SeenChange]) -> list[str]:
    """At most a dozen lines, the weightiest first, and how many more there are."""
    said = list(_said(changes))
    more = len(said) - _MOST_LINES
    if more <= 0:
        return said
    return [*said[:_MOST_LINES], ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}]


def _said(changes: Sequence[SeenChange]) -> Iterator[str]:
    for day in present_history(changes):
        for entry in day.entries:
            yield from (plain_words(line.said) for line in entry.lines)
            if entry.more_words:
                yield entry.more_words


def _entry(one: _Happening, title: str, lines: Sequence[str]) -> FeedEntry:
    named = _("%(title)s (%(number)s)") % {"title": title, "number": one.nct_id}
    unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{study_url(one.nct_id)}#{one.day or 'new'}").urn
    if one.day is None:
        said = _("New here: %(trial)s") % {"trial": named}
        return FeedEntry(unique, said, [_("First stored here.")], reverse("trial-detail", args=[one.nct_id]), one.at)
    first = lines[0] if lines else _("The record changed")
    said = _("%(trial)s: %(change)s") % {"trial": named, "change": first}
    return FeedEntry(unique, said, lines or [first], reverse("trial-history", args=[one.nct_id]), one.at)
