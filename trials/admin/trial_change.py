"""What changed in records, of all trials together: by trial, field, day and run. Read-only."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.cells import named_cell
from trials.admin.change_words import element_words, short_value, whole_value
from trials.admin.filters import AnyAdmin, ChoiceFilter, Choices, OneTrialFilter
from trials.admin.links import change_url, link
from trials.admin.read_only import PartAdmin
from trials.admin.run_filters import OneRunFilter, run_words
from trials.admin.shortened_changes import shortened
from trials.models import RecordVersion, RefreshRun, TrialChange
from trials.vocabulary.change_fields import IMPORTANCE


class FieldFilter(ChoiceFilter):
    """The data element. Offers those that ever changed, the weightiest first."""

    title = _("Field")
    parameter_name = "field"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        fields = TrialChange.objects.order_by().values_list("field", flat=True).distinct()
        ordered = sorted(fields, key=lambda field: (IMPORTANCE.get(field, len(IMPORTANCE)), field))
        return [(field, element_words(field)) for field in ordered]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(field=value)


class ShortChangeList(ChangeList):
    """Cuts texts in the list alone; the page of one change shows them whole."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return shortened(super().get_queryset(request, exclude_parameters))


@admin.register(TrialChange)
class TrialChangeAdmin(PartAdmin):
    list_display = ("named", "trial_link", "before", "after", "changed", "seen")
    list_filter = (OneTrialFilter, OneRunFilter, FieldFilter, "changed_on")
    ordering = ("-changed_on", "-id")
    sortable_by = ()
    date_hierarchy = "changed_on"
    search_fields = ("=trial__nct_id",)
    search_help_text = _("NCT number")
    fields = ("named", "trial_link", "changed_on", "seen_at", "run_link", "record_link", "whole_before", "whole_after")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        del request, kwargs
        return ShortChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("run").defer("run__findings", "run__nct_ids")

    @admin.display(description=_("Field"))
    def named(self, change: TrialChange) -> str:
        return element_words(change.field)

    @admin.display(description=_("Before"))
    def before(self, change: Any) -> str:
        return named_cell(_("Before"), short_value(change.field, change.short_old))

    @admin.display(description=_("After"))
    def after(self, change: Any) -> str:
        return named_cell(_("After"), short_value(change.field, change.short_new))

    @admin.display(description=_("Changed on"))
    def changed(self, change: TrialChange) -> str:
        return named_cell(_("Changed on"), date_format(change.changed_on, "DATE_FORMAT"))

    @admin.display(description=_("Seen"))
    def seen(self, change: TrialChange) -> str:
        return named_cell(_("Seen"), date_format(localtime(change.seen_at), "DATETIME_FORMAT"))

    @admin.display(description=_("Before"))
    def whole_before(self, change: TrialChange) -> str:
        return _whole(change.field, change.old)

    @admin.display(description=_("After"))
    def whole_after(self, change: TrialChange) -> str:
        return _whole(change.field, change.new)

    @admin.display(description=_("Refresh run"))
    def run_link(self, change: TrialChange) -> str:
        return link(change_url(RefreshRun, change.run.pk), run_words(change.run)) if change.run else "-"

    @admin.display(description=_("Raw record"))
    def record_link(self, change: TrialChange) -> str:
        if change.record_version_id is None:
            return "-"
        return link(change_url(RecordVersion, change.record_version_id), gettext("The record that brought it"))


def _whole(field: str, value: Any) -> str:
    """With the text's own lines."""
    return format_html('<div class="published">{}</div>', whole_value(field, value))
