"""Staff pages about staff: people, their devices without the secrets, and the two logs, read-only for everybody.

People are never deleted here: what they did names them. Whoever leaves is made inactive.
"""

from typing import Any

from auditlog.models import LogEntry as ChangeLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry as ActionLog
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from trials.admin.read_only import ReadOnlyAdmin

_LIBRARYS_OWN = (User, Group, TOTPDevice, StaticDevice, ChangeLog)
admin.site.unregister(_LIBRARYS_OWN)


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("username", "is_active", "is_staff", "is_superuser", "groups_shown", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Groups"))
    def groups_shown(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all())) or "-"

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Group)
class RightsAdmin(GroupAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False


@admin.register(TOTPDevice, StaticDevice)
class DeviceAdmin(ReadOnlyAdmin):
    """Who has a second factor since when. Neither the secret nor a code is on any page."""

    list_display = ("user", "name", "confirmed", "created_at", "last_used_at")
    list_select_related = ("user",)
    fields = list_display
    search_fields = ("user__username",)


@admin.register(ChangeLog)
class ChangeLogAdmin(ReadOnlyAdmin):
    """What staff changed: before and after. Kept by django-auditlog, which takes secrets out."""

    list_display = ("timestamp", "who", "action", "content_type", "object_repr", "fields_shown")
    list_filter = ("action", "content_type")
    list_select_related = ("actor", "content_type")
    date_hierarchy = "timestamp"
    search_fields = ("object_repr", "actor__username")
    fields = ("timestamp", "who", "action", "content_type", "object_repr", "before_and_after")

    @admin.display(description=_("Who"))
    def who(self, entry: ChangeLog) -> str:
        return str(entry.actor or _("the system"))

    @admin.display(description=_("Changed"))
    def fields_shown(self, entry: ChangeLog) -> str:
        return ", ".join(sorted(entry.changes or {})) or "-"

    @admin.display(description=_("Before and after"))
    def before_and_after(self, entry: ChangeLog) -> str:
        rows = ((name, *_pair(change)) for name, change in sorted((entry.changes or {}).items()))
        shown = format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows)
        head = format_html("<tr><th>{}</th><th>{}</th><th>{}</th></tr>", _("Field"), _("Before"), _("After"))
        return format_html("<table>{}{}</table>", head, shown)


@admin.register(ActionLog)
class ActionLogAdmin(ReadOnlyAdmin):
    """What staff did: Django's own log, with refreshes ordered, records tried again and decisions."""

    list_display = ("action_time", "user", "content_type", "object_repr", "said")
    list_select_related = ("user", "content_type")
    list_filter = ("content_type",)
    date_hierarchy = "action_time"
    search_fields = ("object_repr", "change_message", "user__username")
    fields = ("action_time", "user", "content_type", "object_id", "object_repr", "said")

    @admin.display(description=_("What"))
    def said(self, entry: ActionLog) -> str:
        return entry.get_change_message()


def _pair(change: Any) -> tuple[str, str]:
    """Before and after; of a many-to-many field, what was taken away or added."""
    if isinstance(change, dict):
        objects = ", ".join(map(str, change.get("objects", [])))
        return (objects, "") if change.get("operation") == "delete" else ("", objects)
    before, after = change
    return str(before), str(after)
