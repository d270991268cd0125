"""Bases of admin pages whose rows nobody may add, change or delete there. A POST is refused, also from a superuser."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from trials.admin.links import trial_link


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
    """A part of trials, all trials together. The list shows the trial's number, so that no trial has to be read."""

    ordering = ("trial_id", "position")
    list_select_related: ClassVar[bool] = False
    in_index = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Small parts stay out of the index; their lists are reached from a trial."""
        return self.in_index and super().has_module_permission(request)

    @admin.display(description=trial_link.description, ordering="trial_id")
    def trial_link(self, part: Any) -> str:
        return trial_link(part.trial_id)
