"""The schedule as staff see it: what runs when, and whether it is switched on. The tasks themselves are ours.

django-celery-beat's own pages, less what only a programmer needs: its queues, arguments and sunsets. Beat reads the
same rows and takes a change over within moments.
"""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_celery_beat.admin import PeriodicTaskAdmin
from django_celery_beat.models import ClockedSchedule, PeriodicTask, SolarSchedule

admin.site.unregister([PeriodicTask, SolarSchedule, ClockedSchedule])


@admin.register(PeriodicTask)
class ScheduledTaskAdmin(PeriodicTaskAdmin):  # type: ignore[misc]  # django-celery-beat has no types
    list_display = ("name", "when", "enabled", "last_run_at")
    list_filter = ("enabled",)
    search_fields = ("name",)
    date_hierarchy = None
    actions = ("enable_tasks", "disable_tasks")
    fieldsets = (
        (None, {"fields": ("name", "enabled", "last_run_at")}),
        (
            _("When"),
            {
                "fields": ("crontab", "interval"),
                "description": _("One of the two: a time of day or week, or every so many minutes. Times are in UTC."),
            },
        ),
        (_("What runs"), {"fields": ("regtask", "task"), "classes": ("collapse",)}),
    )
    readonly_fields = ("last_run_at",)
    change_form_template = None  # theirs explains times by a script inside the page, which the site's policy refuses

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Django's own, without the words for every time of day that their script needs."""
        return admin.ModelAdmin.changeform_view(self, request, object_id, form_url, extra_context)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without Celery's own, which cleans a store of results that we do not have."""
        return super().get_queryset(request).exclude(name__startswith="celery.")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Times of day as people say them."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "crontab":
            field.label_from_instance = lambda schedule: schedule.human_readable
        return field

    @admin.action(description=_("Switch on"), permissions=["change"])
    def enable_tasks(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, is_on=True)

    @admin.action(description=_("Switch off"), permissions=["change"])
    def disable_tasks(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, is_on=False)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Any], *, is_on: bool) -> None:
        """One by one: theirs asks for no permission, and in one stroke, which the log of changes does not see."""
        with transaction.atomic():
            tasks = list(queryset.exclude(enabled=is_on))
            for task in tasks:
                task.enabled = is_on
                task.last_run_at = task.last_run_at if is_on else None
                task.save()
        said = ngettext("%(n)d task is switched.", "%(n)d tasks are switched.", len(tasks))
        self.message_user(request, said % {"n": len(tasks)})

    @admin.display(description=_("When"))
    def when(self, task: Any) -> str:
        return task.crontab.human_readable if task.crontab else str(task.interval or task.schedule)
