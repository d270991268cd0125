"""Records that could not be loaded: staff read why, try them again in the background or set them aside."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from trials.admin.filters import AnyAdmin, DefaultFilter
from trials.admin.raw_record import RawRecordAdmin
from trials.admin.run_filters import WhileRunningFilter
from trials.ingest.quarantine import set_aside
from trials.models import QuarantinedRecord
from trials.tasks import retry_quarantined


class StateFilter(DefaultFilter):
    """Those that wait, unless others are asked for."""

    title = _("State")
    parameter_name = "state"
    default = "waiting"

    def choices_of(self, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        del model_admin
        return [("waiting", gettext("Waiting")), ("resolved", gettext("Loaded or set aside")), ("all", gettext("All"))]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset if value == "all" else queryset.filter(resolved_at__isnull=value == "waiting")


@admin.register(QuarantinedRecord)
class QuarantinedRecordAdmin(RawRecordAdmin):
    list_display = ("record", "why", "source", "first_seen_at", "resolved_at")
    list_filter = (StateFilter, WhileRunningFilter)
    search_fields = ("nct_id", "source", "reason")
    search_help_text = _("NCT number, file or words of the reason")
    fields = ("record", "reason", "source", "first_seen_at", "resolved_at", "raw_record")
    actions = ("try_again", "set_aside")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Who may change a quarantined record may decide what happens to it; the record itself is never edited."""
        return bool(request.user.has_perm("trials.change_quarantinedrecord"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page also offers the two decisions."""
        context = {**(extra_context or {}), "can_decide": self.has_decide_permission(request)}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=_("Record"), ordering="nct_id")
    def record(self, record: QuarantinedRecord) -> str:
        return record.nct_id or record.source or record.sha256[:12]

    @admin.display(description=_("Reason"), ordering="reason")
    def why(self, record: QuarantinedRecord) -> str:
        return Truncator(record.reason).chars(160)

    @admin.action(description=_("Try again"), permissions=["decide"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[QuarantinedRecord]) -> None:
        waiting = list(queryset.filter(resolved_at=None))
        if not self._any(request, waiting):
            return
        try:
            retry_quarantined.delay([record.pk for record in waiting])
        except (OperationalError, OSError):
            self.message_user(
                request, gettext("The worker cannot be reached; nothing was queued. Try later."), messages.ERROR
            )
            return
        self._log(request, waiting, gettext("Queued to be tried again."))
        message = ngettext(
            "%(n)d record is queued. If it loads now, it leaves this list within moments.",
            "%(n)d records are queued. Those that load now leave this list within moments.",
            len(waiting),
        )
        self.message_user(request, message % {"n": len(waiting)}, messages.SUCCESS)

    @admin.action(description=_("Set aside"), permissions=["decide"])
    def set_aside(self, request: HttpRequest, queryset: QuerySet[QuarantinedRecord]) -> None:
        with transaction.atomic():
            closed = set_aside(queryset.values_list("pk", flat=True))
            if not self._any(request, closed):
                return
            self._log(request, closed, gettext("Set aside."))
        message = ngettext("%(n)d record is set aside.", "%(n)d records are set aside.", len(closed))
        self.message_user(request, message % {"n": len(closed)}, messages.SUCCESS)

    def _any(self, request: HttpRequest, waiting: list[QuarantinedRecord]) -> bool:
        if not waiting:
            self.message_user(request, gettext("None of the chosen records waits any more."), messages.WARNING)
        return bool(waiting)

    def _log(self, request: HttpRequest, records: list[QuarantinedRecord], message: str) -> None:
        """One line for each record in Django's log of what staff did."""
        LogEntry.objects.log_actions(str(request.user.pk), records, CHANGE, message)
