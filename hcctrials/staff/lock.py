"""Closes the log-in for an account or a client that failed too often. Says the same to everybody, known or not."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hcctrials.guard.rate_middleware import too_often

_LONGEST_NAME = 255


class StaffLock(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """django-axes has one limit for all that it counts; a client, behind which may be a hospital, has a larger one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures in terms of an account's limit. In the order of AXES_LOCKOUT_PARAMETERS."""
        counted = self.get_user_attempts(request, credentials)
        account, client = (attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0 for attempts in counted)
        return max(account, client * settings.HCCTRIALS_ACCOUNT_FAILURES // max(1, settings.HCCTRIALS_CLIENT_FAILURES))


def account_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """What failures are counted under: the name as far as axes' column takes it. No account has a longer one."""
    name = (credentials or {}).get("username") or request.POST.get("username")
    return name[:_LONGEST_NAME] if name else name


def locked_out(request: HttpRequest, _response: object, _credentials: object) -> HttpResponseBase:
    """The page of every limit: it does not tell whether the account exists or the password was right."""
    return too_often(request, int(settings.AXES_COOLOFF_TIME.total_seconds()))
