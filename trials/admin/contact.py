"""Contacts of all trials, central and of sites. Read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.filters import OneTrialFilter, term_filter
from trials.admin.read_only import PartAdmin
from trials.models import Contact


@admin.register(Contact)
class ContactAdmin(PartAdmin):
    list_display = ("named", "role", "phone", "email", "at_site", "trial_link")
    list_filter = (OneTrialFilter, term_filter("role", "contact_role", _("Role")))
    search_fields = ("name", "email", "phone", "trial__nct_id")
    search_help_text = _("Name, e-mail, telephone or NCT number")
    fields = ("trial_link", "at_site", "name", "role", "phone", "phone_ext", "email", "position")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("site")

    @admin.display(description=_("Contact"), ordering="name")
    def named(self, contact: Contact) -> str:
        return str(contact) or "-"

    @admin.display(description=_("Site"))
    def at_site(self, contact: Contact) -> str:
        return str(contact.site) if contact.site else gettext("Central")
