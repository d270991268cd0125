"""Answers that a client has already: ETag and Last-Modified by the data's version, and 304 before any work is done.

For the doors (pages, programs, feed); knows nothing of what they answer. Never searches, never renders.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
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
_FOLDERS = ("trials", "hcctrials")
_ENDINGS = frozenset({".py", ".toml", ".html", ".mo"})

Answer = tuple[HttpResponseBase, DataVersion]


def unless_known(
    request: HttpRequest, make: Callable[[DataVersion], Answer], also: Callable[[], str] = str
) -> HttpResponseBase:
    """The answer that make gives, marked; or 304 where the client has the one of the present data.

    make is given the version of before its work and says which one its answer shows: that one, or a later one that it
    knows for sure. An answer is never older than its tag. Only answers with status 200 are marked. also tells what the
    answer shows beside the data and the address, such as the day, and is the same all the time that one request is
    answered; an answer that shows such things has no time of change, as that would be the data's alone.
    """
    before = data_version()
    if _has_tag(request, before, also()):
        return _marked(HttpResponseNotModified(), request, before, also())
    return _answered(request, make(before), also)


def unless_seen(request: HttpRequest, make: Callable[[], Answer], also: Callable[[], str] = str) -> HttpResponseBase:
    """The same for an answer that tells its version by itself: that is asked first only of a client who has one."""
    if "If-None-Match" in request.headers:
        return unless_known(request, lambda _: make(), also)
    return _answered(request, make(), also)


def _answered(request: HttpRequest, answer: Answer, also: Callable[[], str]) -> HttpResponseBase:
    """A time that a client gives counts only for an answer that there is: a refused query stays refused."""
    response, version = answer
    if response.status_code != 200:
        return response
    said = also()
    if "If-None-Match" not in request.headers and not said and _has_time(request, version):
        response = HttpResponseNotModified()
    return _marked(response, request, version, said)


def etag(request: HttpRequest, version: DataVersion, also: str = "") -> str:
    """Weak: a proxy may compress the answer. One for each address, so that a tag never stands for a refused query."""
    said = "\n".join((version.token, _source().word, get_language() or "", request.get_full_path(), also))
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def last_modified(version: DataVersion, now: datetime) -> int | None:
    """Seconds since 1970, of the data or of our own source, whichever is newer; None while it would not be sure."""
    changed_at = version.changed_at
    if not changed_at or now - changed_at <= _QUIET:
        return None
    return max(int(changed_at.astimezone(UTC).timestamp()), _source().newest)


def _has_tag(request: HttpRequest, version: DataVersion, also: str) -> bool:
    """`*` asks whether there is any answer at all, which only the work itself can tell: it is not answered with 304."""
    return etag(request, version, also) in parse_etags(request.headers.get("If-None-Match", ""))


def _has_time(request: HttpRequest, version: DataVersion) -> bool:
    """Only a time that is exactly ours: the client's own clock proves nothing."""
    ours = last_modified(version, timezone.now())
    return ours is not None and parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == ours


def _marked(response: HttpResponseBase, request: HttpRequest, version: DataVersion, also: str) -> HttpResponseBase:
    response.headers["ETag"] = etag(request, version, also)
    if not also and (time := last_modified(version, timezone.now())) is not None:
        response.headers["Last-Modified"] = http_date(time)
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@dataclass(frozen=True, slots=True)
class _Source:
    """Our own source in one word, and when its newest file was written, in seconds since 1970."""

    word: str
    newest: int


@cache
def _source() -> _Source:
    """A new release may answer otherwise from the same data. Read once in a process."""
    found = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    newest = 0
    for folder in (*_FOLDERS, *settings.LOCALE_PATHS, *(path for one in settings.TEMPLATES for path in one["DIRS"])):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in _ENDINGS and "tests" not in path.parts:
                found.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
                newest = max(newest, int(path.stat().st_mtime))
    return _Source(found.hexdigest()[:16], newest)
