"""Answers calmly when the database does not: a page of its own instead of an error, JSON for programs. Never queries.

A view's fault comes to the middleware; one of another middleware (a staff session that cannot be read or kept) only to
the handler of server errors.
"""

import logging
import sys
from collections.abc import Callable
from typing import TypeGuard

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults
from psycopg.errors import ReadOnlySqlTransaction

_log = logging.getLogger(__name__)
_AWAY = (OperationalError, InterfaceError)
RETRY_SECONDS = 10  # back within five seconds after the database is (docs/benchmarks.md), and a crowd should not press


class DatabaseUnavailableMiddleware:
    """503 with a calm page where a view met a database that is away, full, crowded or too slow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not _is_away(exception):
            return None
        return unavailable(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500 of the site."""
    exception = sys.exc_info()[1]
    if _is_away(exception):
        return unavailable(request, exception)
    return defaults.server_error(request)


def _is_away(exception: BaseException | None) -> TypeGuard[BaseException]:
    """A standby, or a primary that is being replaced, answers questions and refuses to write."""
    refused = isinstance(exception, InternalError) and isinstance(exception.__cause__, ReadOnlySqlTransaction)
    return refused or isinstance(exception, _AWAY)


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """The kind of fault is logged, not its words: a statement's fault may quote what somebody searched for."""
    _log.error("The database did not answer: %s", type(exception).__name__)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        detail = _("The data cannot be read at the moment. Please try again.")
        response: HttpResponse = JsonResponse({"detail": detail, "errors": {}}, status=503)
    else:
        response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
