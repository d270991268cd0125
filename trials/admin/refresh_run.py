"""Runs of the refresh: what was asked, how far one is, how it ended and why. Read-only, but for ordering another."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.cells import named_cell
from trials.admin.links import change_url, changelist_url, link
from trials.admin.refresh_order import may_order
from trials.admin.refresh_views import RefreshViews, under_way
from trials.admin.run_filters import RunKindFilter, RunStatusFilter, run_words, seen_during
from trials.admin.run_page import run_page
from trials.models import QuarantinedRecord, RefreshRun, RunStatus, Trial
from trials.search.refresh_progress import STATUSES, kind_words, run_duration, status_words

_NAMED_TRIALS = 100
_ASKERS = {  # what `asked_by` says where no person asked
    "schedule": _("The schedule"),
    "start": _("The site's start"),
    "command line": _("The command line"),
}
Count = Callable[[RefreshRun], SafeString]


def _count(column: str, title: Any) -> Count:
    def number(run: RefreshRun) -> SafeString:
        held = getattr(run, column)
        shown = "-" if held is None else number_format(held, use_l10n=True, force_grouping=True)
        return named_cell(title, shown)

    number.__name__ = f"number_{column}"
    return admin.display(description=title)(number)


_COUNTS = (
    _count("seen", _("Received")),
    _count("created", _("New")),
    _count("updated", _("Changed")),
    _count("unchanged", _("As before")),
    _count("quarantined", _("Quarantined")),
    _count("missing", _("Not sent")),
)
_EXPECTED = _count("expected", _("Announced by the registry"))
_REQUESTS = _count("requests_made", _("Requests"))
_FIELDSETS: Any = (  # callables stand here as in list_display, which the types do not know
    (_("Run"), {"fields": (("pill", "duration"), ("kind_asked", "who"), ("started", "finished"), "reason_given")}),
    (_("Records"), {"fields": (_COUNTS[:3], _COUNTS[3:], (_EXPECTED, "quarantined_link"))}),
    (
        _("Registry"),
        {"fields": (("data_timestamp", "api_version", _REQUESTS), ("first_day", "store_holds"), "chosen")},
    ),
)


class RunChangeList(ChangeList):
    """Without what only the page of one run shows."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return super().get_queryset(request, exclude_parameters).defer("findings", "nct_ids")


@admin.register(RefreshRun)
class RefreshRunAdmin(RefreshViews):
    list_display = ("started", "asked", "standing", *_COUNTS, _REQUESTS, "why")
    list_filter = (RunStatusFilter, RunKindFilter)
    sortable_by = ()
    fieldsets = _FIELDSETS
    change_list_template = "admin/trials/refreshrun/list.html"
    change_form_template = "admin/trials/refreshrun/run.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        del request, kwargs
        return RunChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {**(extra_context or {}), "can_order": may_order(request)}
        if self.has_view_permission(request):
            runs = RefreshRun.objects.defer("findings", "nct_ids")
            context |= under_way(runs.filter(status=RunStatus.RUNNING).first())
        return super().changelist_view(request, {**context, "title": gettext("Refresh runs")})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        run = context["original"]
        context.update(page=run_page(run), title=run_words(run), subtitle=None, **under_way(run))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("Started"))
    def started(self, run: RefreshRun) -> str:
        return date_format(localtime(run.started_at), "DATETIME_FORMAT")

    @admin.display(description=_("What was asked"))
    def asked(self, run: RefreshRun) -> SafeString:
        return format_html("{}<br><small>{}</small>", kind_words(run.kind), self.who(run))

    @admin.display(description=_("Status"))
    def standing(self, run: RefreshRun) -> SafeString:
        return format_html("{}<br><small>{}</small>", self.pill(run), self.duration(run))

    @admin.display(description=_("Status"))
    def pill(self, run: RefreshRun) -> SafeString:
        """The words say it; the colour only repeats them."""
        known = run.status if run.status in STATUSES else "unknown"
        return format_html('<span class="run-pill run-{}">{}</span>', known, status_words(run.status))

    @admin.display(description=_("Reason"))
    def why(self, run: RefreshRun) -> str:
        return Truncator(run.reason).chars(100) or "-"

    @admin.display(description=_("Reason"))
    def reason_given(self, run: RefreshRun) -> str:
        return run.reason or "-"

    @admin.display(description=_("What was asked"))
    def kind_asked(self, run: RefreshRun) -> str:
        return kind_words(run.kind)

    @admin.display(description=_("Asked by"))
    def who(self, run: RefreshRun) -> str:
        return str(_ASKERS.get(run.asked_by, run.asked_by)) or "-"

    @admin.display(description=_("Ended"))
    def finished(self, run: RefreshRun) -> str:
        return date_format(localtime(run.finished_at), "DATETIME_FORMAT") if run.finished_at else "-"

    @admin.display(description=_("Duration"))
    def duration(self, run: RefreshRun) -> str:
        return run_duration(run, timezone.now())

    @admin.display(description=_("Updated since"))
    def first_day(self, run: RefreshRun) -> str:
        return date_format(run.since, "DATE_FORMAT") if run.since else "-"

    @admin.display(description=_("The store then held all until"))
    def store_holds(self, run: RefreshRun) -> str:
        return date_format(run.watermark, "DATE_FORMAT") if run.watermark else "-"

    @admin.display(description=_("Chosen trials"))
    def chosen(self, run: RefreshRun) -> str:
        links = format_html_join(", ", "{}", ((link(change_url(Trial, one), one),) for one in _first(run.nct_ids)))
        more = len(run.nct_ids) - _NAMED_TRIALS
        return format_html("{} {}", links, gettext("and %(n)d more") % {"n": more}) if more > 0 else links or "-"

    @admin.display(description=_("First quarantined during the run"))
    def quarantined_link(self, run: RefreshRun) -> str:
        number = QuarantinedRecord.objects.filter(seen_during(run)).count()
        url = changelist_url(QuarantinedRecord, state="all", run=str(run.pk))
        return link(url, number_format(number)) if number else "0"


def _first(nct_ids: list[str]) -> list[str]:
    return nct_ids[:_NAMED_TRIALS]
