"""Answers that a client has already: ETag and Last-Modified by the data's version, and 304 before any work is done.

For the doors (pages, programs, feed); knows nothing of what they answer. Never searches, never renders.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import get_language

from trials.search.version import DataVersion, data_version

# A change carries the time of its writing and is seen when its transaction ends. Only after a quiet minute, longer than
# any such transaction, is it sure that nothing older than the last change is still to come.
_QUIET = timedelta(minutes=1)

Answer = tuple[HttpResponseBase, DataVersion]


def unless_known(request: HttpRequest, make: Callable[[DataVersion], Answer], also: str = "") -> HttpResponseBase:
    """The answer that make gives, marked; or 304 where the client has the one of the present data.

    make is given the version of before its work and says which one its answer shows: that one, or a later one that it
    knows for sure. An answer is never older than its tag. Only answers with status 200 are marked. also is what the
    answer shows beside the data and the address, such as the day; an answer that shows such things has no time of
    change, as that would be the data's alone.
    """
    before = data_version()
    if _is_known(request, before, also):
        return _marked(HttpResponseNotModified(), request, before, also)
    response, version = make(before)
    return _marked(response, request, version, also) if response.status_code == 200 else response


def etag(request: HttpRequest, version: DataVersion, also: str = "") -> str:
    """Weak: a proxy may compress the answer. One for each address, so that a tag never stands for a refused query."""
    said = "\n".join((version.token, _code(), get_language() or "", request.get_full_path(), also))
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def last_modified(version: DataVersion, now: datetime) -> int | None:
    """Seconds since 1970; None while it would not be sure."""
    changed_at = version.changed_at
    return int(changed_at.astimezone(UTC).timestamp()) if changed_at and now - changed_at > _QUIET else None


def _is_known(request: HttpRequest, version: DataVersion, also: str) -> bool:
    """A tag is stronger than a day. A time counts only when it is exactly ours: the client's own clock proves nothing.

    `*` asks whether there is any answer at all, which only the work itself can tell: it is not answered with 304.
    """
    if given := request.headers.get("If-None-Match"):
        return etag(request, version, also) in parse_etags(given)
    since = request.headers.get("If-Modified-Since")
    ours = None if also else last_modified(version, timezone.now())
    return bool(since) and ours is not None and parse_http_date_safe(since or "") == ours


def _marked(response: HttpResponseBase, request: HttpRequest, version: DataVersion, also: str) -> HttpResponseBase:
    response.headers["ETag"] = etag(request, version, also)
    if not also and (time := last_modified(version, timezone.now())) is not None:
        response.headers["Last-Modified"] = http_date(time)
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@cache
def _code() -> str:
    """Our own source in one word: a new release may answer otherwise from the same data. Read once in a process."""
    found = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    folders = [files("trials"), *(Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"])]
    for name, source in sorted(source for folder in folders for source in _sources(folder, folder.name)):
        found.update(f"{name}\0".encode() + source)
    return found.hexdigest()[:16]


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in {"tests", "__pycache__"}:
            found += _sources(entry, f"{path}/{entry.name}")
        elif entry.name.endswith((".py", ".toml", ".html")):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found
