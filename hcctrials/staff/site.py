"""The admin for staff who have shown a second factor; a password alone leads to the page that asks for it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode

from hcctrials.staff import pages
from hcctrials.staff.verification import has_device, has_password_only, is_verified


class StaffSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_verified(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With the password given, goes on to the second factor."""
        if has_password_only(request):
            step = reverse("admin:code" if has_device(request.user) else "admin:enrol")
            onward = pages.onward(request)
            return redirect(f"{step}?{urlencode({'next': onward})}" if onward else step)
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("code/", pages.code, name="code"),
            path("enrol/", pages.enrol, name="enrol"),
            path("leave/", pages.leave, name="leave"),
            path("recovery-codes/", self.admin_view(pages.recovery_codes), name="recovery-codes"),
            *super().get_urls(),
        ]
