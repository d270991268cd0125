"""Bases of admin pages whose rows nobody may add, change or delete there. A POST is refused, also from a superuser."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from trials.admin.links import change_url, changelist_url, link
from trials.models import Trial

MOST_ROWS = 100  # of one kind on a trial's page; the largest record of the corpus has 1,318 contacts


class ReadOnly:
    """The permissions: whoever may view a model sees it; the other permissions open nothing."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        del request, obj
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        del request, obj
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """A model that staff only look at."""

    list_per_page = 50
    list_max_show_all = 500
    show_full_result_count = False  # the second count of a search costs as much as the search
    show_facets = admin.ShowFacets.NEVER


class PartAdmin(ReadOnlyAdmin):
    """A part of trials, of all trials together. Shows the trial's number only, so that no trial has to be read."""

    ordering = ("trial_id", "position")
    in_index = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Small parts stay out of the index; their lists are reached from a trial."""
        return self.in_index and super().has_module_permission(request)

    @admin.display(description=_("Trial"), ordering="trial_id")
    def trial_link(self, part: Any) -> str:
        return link(change_url(Trial, part.trial_id), part.trial_id)


class PartFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # not generic when it runs
    """The first rows of one kind of part, and how many there are in all."""

    most_rows = MOST_ROWS

    @cached_property
    def total(self) -> int:
        shown = len(self.get_queryset())
        if shown < self.most_rows:
            return shown
        return int(self.model._default_manager.filter(trial=self.instance).count())

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.get_queryset())

    @property
    def list_url(self) -> str:
        return changelist_url(self.model, trial=str(self.instance.pk))


class PartInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # not generic when it runs
    """A kind of part on the trial's page: a plain table of its first rows, without a form."""

    formset = PartFormSet
    template = "admin/trials/part_inline.html"
    extra = 0
    max_num = 0
    can_delete = False
    said_of_none = _("None in the record.")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        del request, obj
        return self.fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """position counts from 0 within a trial, so that the bound needs no slice (which a formset cannot narrow)."""
        return super().get_queryset(request).filter(position__lt=MOST_ROWS)
