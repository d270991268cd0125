"""Followed searches, their mails and what was told. Read-only, and without addresses: nobody has to look at those."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin.links import change_url, link
from trials.admin.read_only import ReadOnlyAdmin
from trials.models import AlertEvent, AlertMail, SavedSearch, Trial


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnlyAdmin):
    list_display = ("id", "domain", "query", "language", "rhythm", "state", "state_since", "looked_run")
    list_filter = ("state", "rhythm", "language")
    fields = ("domain", "query", "language", "rhythm", "state", "state_since", "asked_at", "looked_run")

    @admin.display(description=_("Address"))
    def domain(self, search: SavedSearch) -> str:
        """Enough to see that one provider refuses us."""
        return f"…@{search.address.rpartition('@')[2]}"


@admin.register(AlertMail)
class AlertMailAdmin(ReadOnlyAdmin):
    list_display = ("id", "search_id", "kind", "state", "made_at", "tries", "not_before", "handed_at", "reported_at")
    list_filter = ("state", "kind")
    fields = ("search_id", "kind", "state", "made_at", "tries", "not_before", "handed_at", "reported_at")


@admin.register(AlertEvent)
class AlertEventAdmin(ReadOnlyAdmin):
    list_display = ("id", "search_id", "trial_link", "event", "run_id", "mail_id")
    list_filter = ("kind",)
    fields = ("search_id", "trial_link", "event", "kind", "facts", "run_id", "change_id", "mail_id")

    @admin.display(description=_("Trial"), ordering="trial_id")
    def trial_link(self, event: AlertEvent) -> str:
        return link(change_url(Trial, event.trial_id), event.trial_id)
