"""The changes of a trial as they were kept, in a fixed number of queries. Never words them, never writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, JSONField, QuerySet, Value, When

from trials.models import TrialChange
from trials.vocabulary.change_fields import COMPARED_TEXTS

_DAYS_ON_A_PAGE = 20
_MOST_CHANGES = 6000  # on a page: several times the sites of the largest record
_MOST_NEWEST = 100


@dataclass(frozen=True, slots=True)
class SeenChange:
    field: str
    old: Any
    new: Any
    changed_on: date
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SeenChanges:
    """changes are those of the page's days, the newest first; is_cut tells that some of its oldest are left out."""

    days: "Page[date]"
    changes: Sequence[SeenChange]
    is_cut: bool


def changes_of(nct_id: str, page: str) -> SeenChanges:
    """Raises django's InvalidPage for a page that does not exist."""
    changes = TrialChange.objects.filter(trial=nct_id).order_by("-changed_on", "-id")
    newest_first = changes.order_by("-changed_on").values_list("changed_on", flat=True).distinct()
    days = Paginator(newest_first, _DAYS_ON_A_PAGE).page(page)
    found: list[SeenChange] = []
    if days.object_list:
        on_page = list(days.object_list)
        found = _seen(changes.filter(changed_on__range=(on_page[-1], on_page[0])), "old", "new", _MOST_CHANGES + 1)
    return SeenChanges(days, found[:_MOST_CHANGES], len(found) > _MOST_CHANGES)


def newest_changes(nct_id: str) -> list[SeenChange]:
    """Changes of the newest day with one, without their long texts; at most a hundred."""
    changes = TrialChange.objects.filter(trial=nct_id).order_by("-changed_on", "-id")
    without_texts = changes.annotate(short_old=_short("old"), short_new=_short("new"))
    found = _seen(without_texts, "short_old", "short_new", _MOST_NEWEST)
    return [change for change in found if change.changed_on == found[0].changed_on]


def _seen(changes: QuerySet[TrialChange], old: str, new: str, most: int) -> list[SeenChange]:
    return [SeenChange(*row) for row in changes.values_list("field", old, new, "changed_on", "seen_at")[:most]]


def _short(column: str) -> Case:
    nothing = Value(None, JSONField())
    return Case(When(field__in=COMPARED_TEXTS, then=nothing), default=F(column), output_field=JSONField())
