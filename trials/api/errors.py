"""Errors as programs read them: {"detail": ..., "errors": {PARAMETER: [...]}}. Never says what a body held."""

import logging
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from trials.search.results import RefusedQuery

_log = logging.getLogger(__name__)
_RETRY_SECONDS = 60


def error(
    status: int, detail: str, errors: Mapping[str, Sequence[str]] | None = None, *, retry_after: int | None = None
) -> JsonResponse:
    """An error answer; it is never kept by a cache."""
    named = {name: list(texts) for name, texts in (errors or {}).items()}
    response = JsonResponse({"detail": detail, "errors": named}, status=status)
    response.headers["Cache-Control"] = "no-store"
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def refused(exception: RefusedQuery) -> JsonResponse:
    detail = _(
        "Something in this query is not known here. Nothing was searched, so that no trial is missed by accident."
    )
    return error(400, detail, exception.errors)


def no_such_page() -> JsonResponse:
    detail = _("There is no such page of results.")
    return error(404, detail, {"page": [_("Pages count from 1, and this search has fewer of them.")]})


def not_found() -> JsonResponse:
    return error(404, _("There is nothing at this address. The description is at /api/v1/openapi.json."))


def database_away(exception: Exception) -> JsonResponse:
    _log.error("The database did not answer: %s", type(exception).__name__)
    return error(503, _("The data cannot be read at the moment. Please try again."), retry_after=_RETRY_SECONDS)


def broken(request: HttpRequest, exception: Exception) -> JsonResponse:
    """A fault of ours. The traceback is logged for reading paths alone: a body may speak of a person."""
    traceback = exception if request.method in {"GET", "HEAD"} else None
    _log.error("%s %s: %s", request.method, request.path, type(exception).__name__, exc_info=traceback)
    return error(500, _("Something went wrong on our side."))
