"""Asks the site's own WSGI application, as a server would, and says what is wrong with its answer. No network.

A fault is a status of 500 or more, an exception, an answer that cannot be read to its end, or a header that no server
could send. `smallest` takes away from a request whatever is not needed for its fault.
"""

import io
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_from_bytes

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from hcctrials.wsgi import application

Pairs = tuple[bytes, ...]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Asked:
    """path is decoded, as a server hands it over; query and body are parts that & joins (a JSON body is one part)."""

    path: bytes = b"/"
    query: Pairs = ()
    method: str = "GET"
    body: Pairs = ()
    kind: str = FORM
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        address = quote_from_bytes(self.path) + ("?" if self.query else "") + _raw(self.query)
        rest = [f"{name}: {value!r}" for name, value in self.headers]
        return " ".join([self.method, address, *rest, *([self.kind, repr(b"&".join(self.body))] if self.body else [])])


@dataclass
class Seen:
    """status is 0 where no answer came. trouble is "" where nothing is wrong; size is of the whole answer."""

    status: int = 0
    trouble: str = ""
    size: int = 0


def pair(name: bytes, value: bytes) -> bytes:
    """A parameter, escaped as a browser does."""
    return f"{quote_from_bytes(name, safe='')}={quote_from_bytes(value, safe='')}".encode("ascii")


def ask(asked: Asked) -> Seen:
    seen, headers = Seen(), list[tuple[str, str]]()

    def start(status: str, given: list[tuple[str, str]], _info: object = None) -> Callable[[bytes], object]:
        seen.status = int(status.split()[0])
        headers.extend(given)
        return lambda _body: None

    with _exceptions() as raised:
        try:
            answer = application(_environ(asked), start)
            try:
                seen.size = sum(len(part) for part in answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        except Exception as exception:  # whatever comes out is what we look for
            raised.append(_place(exception))
            seen.status = 0
    troubles = list(_wrong(seen, headers))
    seen.trouble = "; ".join(troubles + raised if troubles else [])
    return seen


def smallest(asked: Asked, is_faulty: Callable[[Asked], bool]) -> Asked:
    """Of the requests that are left when parts are taken away one by one, the last that still has the fault."""
    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in _smaller(asked):
            if is_faulty(smaller):
                asked, shrinking = smaller, True
                break
    return asked


def _smaller(asked: Asked) -> Iterator[Asked]:
    for name in ("headers", "query", "body"):
        parts: tuple[Any, ...] = getattr(asked, name)
        for place in range(len(parts)):
            changed: dict[str, Any] = {name: parts[:place] + parts[place + 1 :]}
            yield replace(asked, **changed)
    for name in ("query", "body"):
        parts = getattr(asked, name)
        for place, part in enumerate(parts):
            for shorter in _shorter(part):
                changed = {name: (*parts[:place], shorter, *parts[place + 1 :])}
                yield replace(asked, **changed)


def _shorter(part: bytes) -> Iterator[bytes]:
    """Of a parameter first its value; halves before single signs, and an escaped byte as one sign."""
    name, equals, value = part.partition(b"=")
    for head, rest in ((name + equals, value), (b"", part)):
        half = len(rest) // 2
        for cut in (rest[:half], rest[half:], rest[:-1], rest[1:], rest[:-3], rest[3:]):
            if len(cut) < len(rest):
                yield head + cut


@contextmanager
def no_closing() -> Iterator[None]:
    """As Django's own test client does: the end of a request must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _raw(parts: Pairs) -> str:
    return b"&".join(parts).decode("latin-1")


def _environ(asked: Asked) -> dict[str, Any]:
    body = b"&".join(asked.body)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": asked.path.decode("latin-1"),
        "QUERY_STRING": _raw(asked.query),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if body or asked.method == "POST":
        environ |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": asked.kind}
    for name, value in asked.headers:
        key = name.upper().replace("-", "_")
        environ[key if key in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{key}"] = value
    return environ


class _Keeper(logging.Handler):
    """Keeps what doors of ours log instead of raising: told only where an answer is a fault."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        exception = record.exc_info[1] if record.exc_info else None
        self.kept.append(_place(exception) if exception else record.getMessage())


@contextmanager
def _exceptions() -> Iterator[list[str]]:
    kept: list[str] = []
    handler = _Keeper(kept)

    loggers = [logging.getLogger(name) for name in ("", "django")]
    before = [logger.handlers for logger in loggers]
    for logger in loggers:
        logger.handlers = [handler]  # a hundred thousand warnings are nobody's to read
    try:
        yield kept
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers = handlers


def _place(exception: BaseException) -> str:
    frames = traceback.extract_tb(exception.__traceback__)
    last = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(exception).__name__}: {str(exception)[:200]}{last}"


def _wrong(seen: Seen, headers: list[tuple[str, str]]) -> Iterator[str]:
    if not 200 <= seen.status < 500:
        yield f"status {seen.status}"
    for name, value in headers:
        try:
            (name + value).encode("latin-1")
        except UnicodeError:
            yield f"header {name} cannot be sent"
        if any(sign in name + value for sign in "\r\n\0"):
            yield f"header {name} has a line break in it"
