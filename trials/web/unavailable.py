"""Answers calmly when the database does not: a page of its own instead of an error. Never queries."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_log = logging.getLogger(__name__)


class DatabaseUnavailableMiddleware:
    """503 with a calm page where a view met a database that is away or too slow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        _log.error("The database did not answer: %s", type(exception).__name__)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "60"
        return response
