"""The one address of each page, and the feed of a search, for the head of every page. A context processor; no query.

Only what a page reads belongs to its address: what others hang on (utm_source and the like) does not.
"""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict

from trials.registry.values import parse_nct_id
from trials.web.query_links import PRESENTATION, QueryLinks

_KEY = frozenset({"key"})
# Parameters that a page reads, by the name of its URL; None: all, since the page refuses what it does not know.
_KEPT: dict[str, frozenset[str] | None] = {
    "trial-list": None,
    "trial-charts": None,
    "trial-history": frozenset({"page"}),
    "compare": frozenset({"id", "near"}),
    "follow": None,
    "follow-confirm": _KEY,
    "follow-manage": _KEY,
    "follow-stop": _KEY,
}


def canonical(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """canonical_url and feed_url, for the templates; asked only where a template shows them."""
    return {"canonical_url": lambda: _or_none(canonical_url, request), "feed_url": lambda: _or_none(feed_url, request)}


def _or_none(address: Callable[[HttpRequest], str], request: HttpRequest) -> str:
    """The page that says a query is too large must not fail over it again."""
    try:
        return address(request)
    except SuspiciousOperation:
        return ""


def canonical_url(request: HttpRequest) -> str:
    """The whole address of what was asked for, however it is shown; "" where no page answers."""
    match = request.resolver_match
    number = match.kwargs.get("nct_id", "") if match else ""
    if match is None or match.url_name is None or (number and parse_nct_id(number) != number):
        return ""  # an address that is no address of ours is not said again
    query = own_query(request)
    for parameter in PRESENTATION:
        query.pop(parameter, None)
    return request.build_absolute_uri(_address(request.path, query))


def own_query(request: HttpRequest) -> QueryDict:
    """The parameters that the page reads, without blanks and a first page's number."""
    match = request.resolver_match
    kept = _KEPT.get(match.url_name or "", frozenset()) if match else frozenset()
    query = request.GET.copy()
    for parameter in list(query):
        is_first_page = parameter == "page" and query.getlist("page") == ["1"]
        is_blank = not any(value.strip() for value in query.getlist(parameter))
        if is_first_page or is_blank or (kept is not None and parameter not in kept):
            del query[parameter]
    return query


def feed_url(request: HttpRequest) -> str:
    """The feed of the search that the page shows."""
    return QueryLinks(request.path, request.GET).feed()


def _address(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
