"""The addresses of the API. What is not one of them is answered in JSON too."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, URLPattern, path, re_path, resolve

from trials.api.description import api
from trials.api.docs_page import docs
from trials.api.door import JSON, View, reading, taking
from trials.api.errors import not_found
from trials.api.match import MOST_BYTES


class _MovedForGood(HttpResponseRedirect):
    status_code = 301


def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """An address that only lacks its last slash leads to the one that has it; the query stays."""
    with_slash = f"{request.path_info}/"
    try:
        stands = resolve(with_slash).url_name != "api-nothing"
    except Resolver404:
        stands = False
    if not stands or request.path_info.endswith("/"):
        return not_found()
    target = urlsplit(request.get_full_path())
    return _MovedForGood(target._replace(scheme="", netloc="", path=f"{target.path}/").geturl())


def _through_the_door() -> tuple[list[URLPattern], str, str]:
    patterns, app, namespace = api.urls
    return [_guarded(pattern) for pattern in patterns if isinstance(pattern, URLPattern)], app, namespace


def _guarded(pattern: URLPattern) -> URLPattern:
    view: View = pattern.callback
    media_type = "text/csv" if pattern.name == "csv" else JSON
    pattern.callback = taking(view, MOST_BYTES) if pattern.name == "match" else reading(view, media_type)
    return pattern


urlpatterns = [
    path("v1/docs", docs, name="api-docs"),
    path("v1/", _through_the_door()),
    re_path("", reading(nothing_here), name="api-nothing"),
]
