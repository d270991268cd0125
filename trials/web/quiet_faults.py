"""For pages that take a patient's facts: nothing is kept by a cache, and a fault tells its place and no values.

Django would log the message and the traceback of an error; a message may quote what was typed. Never logs either.
What Django refuses before a page is asked (no token, too many fields, too much) is answered around the pages.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

_log = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]
_ASKING = frozenset({"GET", "HEAD", "OPTIONS"})
_HARMLESS = (Http404, PermissionDenied, SuspiciousOperation, UnreadablePostError)  # their messages are Django's own


class NothingSentIsKeptMiddleware:
    """`Cache-Control: no-store` on every answer to something that was sent, whoever gave it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in _ASKING and "no-store" not in response.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store"
        return response


def quiet(view: View) -> View:
    """The view with `Cache-Control: no-store`, and faults answered and logged without what was sent."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response: HttpResponse | None = None
        status = 500
        try:
            response = view(request)
        except _HARMLESS:
            raise
        except Exception as exception:  # the last door before Django's own report
            _log.error("%s %s: %s at %s", request.method, request.path, type(exception).__name__, _place(exception))
            status = 503 if isinstance(exception, OperationalError | InterfaceError) else 500
        if response is None:  # outside of "except": a fault in this page too would bring the first one along
            response = _sorry(request, status)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _sorry(request: HttpRequest, status: int) -> HttpResponse:
    response = render(request, f"{status}.html", status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _place(exception: BaseException) -> str:
    """The line of our own code that comes last in the traceback."""
    places, step = [""], exception.__traceback__
    while step is not None:
        if str(step.tb_frame.f_globals.get("__name__", "")).startswith("trials."):
            places.append(f"{step.tb_frame.f_globals['__name__']}:{step.tb_lineno}")
        step = step.tb_next
    return places[-1]
