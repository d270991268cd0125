"""Filters that know runs of the refresh: their kind, how they ended, and what came with one of them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.filters import AnyAdmin, ChoiceFilter, Choices
from trials.models import RefreshRun
from trials.search.refresh_progress import KINDS, STATUSES, kind_words, status_words

_LONGEST_KEY = 18  # digits that PostgreSQL's bigint holds


class RunStatusFilter(ChoiceFilter):
    title = _("Status")
    parameter_name = "status"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(status, status_words(status)) for status in STATUSES]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(status=value)


class RunKindFilter(ChoiceFilter):
    title = _("What was asked")
    parameter_name = "kind"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(kind, kind_words(kind)) for kind in KINDS]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(kind=value)


class OneRunFilter(ChoiceFilter):
    """The one run that a link asked for. Not offered otherwise."""

    title = _("Refresh run")
    parameter_name = "run"
    run: RefreshRun | None = None

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        key = str(self.value() or "")
        if key.isdecimal() and key.isascii() and len(key) <= _LONGEST_KEY:
            self.run = RefreshRun.objects.defer("findings", "nct_ids").filter(pk=int(key)).first()
        return [(key, run_words(self.run))] if self.run else []

    def has_output(self) -> bool:
        return self.value() is not None

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(run_id=int(value))


class WhileRunningFilter(OneRunFilter):
    """What was first seen while a run was going. Rows that know no run are told by their time alone."""

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        del value
        return queryset.filter(seen_during(self.run)) if self.run else queryset.none()


def seen_during(run: RefreshRun) -> Q:
    since = Q(first_seen_at__gte=run.started_at)
    return since & Q(first_seen_at__lte=run.finished_at) if run.finished_at else since


def run_words(run: RefreshRun) -> str:
    started = date_format(localtime(run.started_at), "DATETIME_FORMAT")
    return gettext("%(kind)s, %(started)s") % {"kind": kind_words(run.kind), "started": started}
