"""The language of a page: the one that its address names (/fr/trials/), else the one that the browser asks for.

A chosen language is part of the address: it can be shared and cached, and needs no cookie. Every link that a page makes
keeps it, because it is handed to Django as part of the script's name. Never translates, never asks the database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

from trials.web.canonical import canonical_url, own_query

# Staff pages are in one language: half of a translated admin is Django's, the other half would not be.
_ONE_LANGUAGE = "/admin/"
# First parts of addresses that are no pages for readers: they have one address each, so that a proxy's rule about them
# holds for all there is. /api/ keeps its languages, since its labels and the links of pages to it have one.
_NOT_FOR_READERS = frozenset({"admin", "livez", "readyz", "robots.txt", "static"})
_SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the site: its code (BCP 47), its own name, and the page that is shown, in it."""

    code: str
    name: str
    url: str
    is_current: bool


class LanguageMiddleware:
    """Takes the language off the path, and holds it while the page is made.

    A language before what is no page for readers stays where it is: no address of ours begins so, and 404 answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named, rest = _named(request.path_info)
        if named and not rest:
            address = escape_leading_slashes(f"{request.path}/{'?' * bool(request.GET)}{request.GET.urlencode()}")
            return HttpResponseRedirect(address)
        if named:
            request.path_info = rest
        is_free = not named and not rest.startswith(_ONE_LANGUAGE)
        language = named or (translation.get_language_from_request(request) if is_free else settings.LANGUAGE_CODE)
        with under_language(language, is_named=bool(named)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", _tag(language))
        if is_free:
            patch_vary_headers(response, ("Accept-Language",))
        return response


@contextmanager
def under_language(language: str, *, is_named: bool) -> Iterator[None]:
    """Texts in this language and, where it is named, addresses that name it; afterwards as before."""
    prefix = get_script_prefix()
    if is_named:
        set_script_prefix(f"{prefix}{language}/")
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(prefix)


def languages(request: HttpRequest) -> dict[str, Callable[[], list[LanguageLink] | str]]:
    """language_links and unnamed_url for the templates: a context processor; asked only where a template shows them."""
    return {"language_links": lambda: language_links(request), "unnamed_url": lambda: unnamed_url(request)}


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """The same page in every language of the site, each by its own name; home where the address is none of ours."""
    root, current, rest = _root(request), translation.get_language(), _rest(request)
    return [
        LanguageLink(_tag(code), LANG_INFO[code]["name_local"].capitalize(), f"{root}/{code}{rest}", code == current)
        for code, _ in settings.LANGUAGES
    ]


def unnamed_url(request: HttpRequest) -> str:
    """The same page by the address without a language, which follows the browser."""
    return f"{_root(request)}{_rest(request)}"


def _root(request: HttpRequest) -> str:
    """What stands before the language: the path that the site is served under."""
    path = request.path.removesuffix(request.path_info)
    named = path.rpartition("/")[2]
    return path.removesuffix(f"/{named}") if named in dict(settings.LANGUAGES) else path


def _rest(request: HttpRequest) -> str:
    """What follows the language in the address."""
    try:
        if not canonical_url(request):
            return "/"
        query = own_query(request).urlencode()
    except SuspiciousOperation:  # the page that says a query is too large must not fail over it again
        return "/"
    return f"{request.path_info}?{query}" if query else request.path_info


def _named(path: str) -> tuple[str, str]:
    """The language that a path begins with, and the rest; ("", path) where it names none, or may not name one."""
    first, slash, rest = path.removeprefix("/").partition("/")
    what = rest.partition("/")[0]
    if first not in dict(settings.LANGUAGES) or what in _NOT_FOR_READERS or what.startswith(_SITEMAP):
        return "", path
    return first, slash + rest


def _tag(language: str) -> str:
    """As browsers write it (zh-Hans), from Django's spelling (zh-hans)."""
    first, _, script = language.partition("-")
    return f"{first}-{script.title()}" if script else first
