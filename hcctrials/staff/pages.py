"""The pages between the password and the admin: ask for the code, enrol a device, show recovery codes, leave.

None is kept by a browser or a cache, and none says more than that a code was not right.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hcctrials.staff.enrolment import (
    confirm,
    new_recovery_codes,
    pending_device,
    picture_of,
    recovery_codes_left,
    secret_of,
)
from hcctrials.staff.verification import device_showing, has_device, has_password_only, verify


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())

    def refuse(self) -> None:
        self.add_error("code", gettext("This code does not hold, or too many were tried just now. Wait a moment."))


def onward(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours; "" if it is not."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if is_ours else ""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor of somebody who gave the password."""
    if not has_password_only(request):
        return redirect(onward(request) or "admin:index")
    if not has_device(request.user):
        return redirect("admin:enrol")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = device_showing(request.user, form.cleaned_data["code"])
        if device is not None:
            verify(request, device)
            return redirect(onward(request) or "admin:index")
        form.refuse()
    return _page(request, "code", gettext("Second factor"), form=form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Shows the secret to somebody who has no device yet, until a code proves that an app has it."""
    if not has_password_only(request):
        return redirect(onward(request) or "admin:index")
    if has_device(request.user):
        return redirect("admin:code")
    device, form = pending_device(request), CodeForm(request.POST or None)
    if form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            codes = confirm(device)
            verify(request, device)
            return _recovery_codes(request, codes)
        form.refuse()
    shown = {"picture": picture_of(device), "secret": secret_of(device)}
    return _page(request, "enrol", gettext("Set up a second factor"), form=form, **shown)


@never_cache
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; by a button, new ones. For those who are in (the site's `admin_view` sees to that)."""
    return _recovery_codes(request, new_recovery_codes(request.user) if request.method == "POST" else [])


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Out again, without a second factor."""
    logout(request)
    return redirect("admin:login")


def _recovery_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    left = recovery_codes_left(request.user)
    said = ngettext("%(n)d recovery code is left.", "%(n)d recovery codes are left.", left) % {"n": left}
    return _page(request, "recovery_codes", gettext("Recovery codes"), codes=codes, left=said)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    whole = {**admin.site.each_context(request), "title": title, "next": onward(request), **context}
    return TemplateResponse(request, f"admin/second_factor/{name}.html", whole)
