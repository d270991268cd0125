"""What every address of the API has in common: methods, HEAD, OPTIONS, what a client accepts, CORS for reading.

Pages of other sites may read public data and never with credentials; nothing that takes a body is open to them. Never
looks at a query or a body.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from trials.api.errors import broken, database_away, error, no_such_page, not_found, refused
from trials.search.results import NoSuchPage, RefusedQuery

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"
_PREFLIGHT_SECONDS = 24 * 60 * 60


def reading(view: View, media_type: str = JSON) -> View:
    """A view of public data: GET, HEAD as GET, OPTIONS, from any site."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _open_to_all(_read(view, media_type, request, *args, **kwargs))

    return answer


def _read(view: View, media_type: str, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _options(READING)
    if request.method not in READING:
        return _not_allowed(READING)
    if not request.accepts(media_type):
        return error(406, _("This address answers with %(type)s.") % {"type": media_type})
    if request.method == "HEAD":
        request.method = "GET"  # the operations know GET alone; the server leaves the body out
        try:
            return _without_stream(_answer(view, request, *args, **kwargs))
        finally:
            request.method = "HEAD"
    return _answer(view, request, *args, **kwargs)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """What goes wrong is answered in JSON; only here, so that all addresses answer alike."""
    try:
        return view(request, *args, **kwargs)
    except RefusedQuery as exception:
        return refused(exception)
    except NoSuchPage:
        return no_such_page()
    except Http404:
        return not_found()
    except SuspiciousOperation:
        return error(400, _("This request holds too much, or something that no request should hold."))
    except (OperationalError, InterfaceError) as exception:
        return database_away(exception)
    except Exception as exception:  # the last door: a program asked for JSON
        return broken(request, exception)


def _without_stream(response: HttpResponseBase) -> HttpResponseBase:
    """A server may run through a stream only to throw it away."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    return response


def too_many(seconds: int) -> HttpResponseBase:
    """The answer to a client that asks too often; pages of other sites may read it, to wait as long as it says."""
    detail = _("Too many requests from your address. Please wait as long as Retry-After says.")
    return _open_to_all(error(429, detail, retry_after=seconds))


def taking(view: View, most_bytes: int) -> View:
    """A view that takes a JSON body by POST: from our own pages and programs, not from pages of other sites.

    Nothing of it is kept by a cache. A body that is too large or of another kind is refused unread.
    """
    allowed = ("POST", "OPTIONS")

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = _options(allowed)
        elif request.method != "POST":
            response = _not_allowed(allowed)
        elif _length(request) > most_bytes:
            response = error(413, _("At most %(most)d bytes are taken.") % {"most": most_bytes})
        elif request.content_type != JSON:
            response = error(415, _("A body of the type %(type)s is needed.") % {"type": JSON})
        elif not request.accepts(JSON):
            response = error(406, _("This address answers with %(type)s.") % {"type": JSON})
        else:
            response = _answer(view, request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _options(allowed: tuple[str, ...]) -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def _not_allowed(allowed: tuple[str, ...]) -> HttpResponse:
    response = error(405, _("This address takes %(methods)s.") % {"methods": ", ".join(allowed)})
    response.headers["Allow"] = HttpResponseNotAllowed(allowed).headers["Allow"]
    return response


def _open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ", ".join(READING)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Content-Disposition, Retry-After"
    response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response
