"""The newest changes of one trial on its page, as a table to read."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trials.admin.change_words import element_words, short_value
from trials.admin.links import change_url, link
from trials.admin.read_only import PartFormSet, PartInline
from trials.admin.run_filters import run_words
from trials.admin.shortened_changes import shortened
from trials.models import RefreshRun, TrialChange

_MOST_CHANGES = 20


class ChangeFormSet(PartFormSet):
    most_rows = _MOST_CHANGES


class ChangeInline(PartInline):
    model = TrialChange
    formset = ChangeFormSet
    verbose_name_plural = _("Newest changes")
    said_of_none = _("None seen yet.")
    fields = ("changed_on", "named", "before", "after", "run_link")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Changes have no position: their place is counted by the database, which a formset may narrow to one trial."""
        changes = shortened(super(PartInline, self).get_queryset(request).select_related("run"))
        newest = Window(RowNumber(), partition_by=F("trial_id"), order_by=[F("changed_on").desc(), F("pk").desc()])
        return (
            changes.defer("old", "new", "run__findings", "run__nct_ids")
            .alias(place=newest)
            .filter(place__lte=_MOST_CHANGES)
        )

    @admin.display(description=_("Field"))
    def named(self, change: TrialChange) -> str:
        return link(change_url(TrialChange, change.pk), element_words(change.field))

    @admin.display(description=_("Before"))
    def before(self, change: Any) -> str:
        return short_value(change.field, change.short_old)

    @admin.display(description=_("After"))
    def after(self, change: Any) -> str:
        return short_value(change.field, change.short_new)

    @admin.display(description=_("Refresh run"))
    def run_link(self, change: TrialChange) -> str:
        return link(change_url(RefreshRun, change.run.pk), run_words(change.run)) if change.run else "-"
