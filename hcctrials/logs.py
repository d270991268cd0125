"""The form of log lines: JSON for machines, or readable lines for a person at a terminal. Never holds a query string.

A query may say what somebody looks for because of their own disease, and an address tells who: the first never reaches
a log, the second only as its network (OWASP ASVS 16.2.5). A JSON line has the fields named here and no others, so that
nothing that a library hangs on a record slips in with it.
"""

import logging
import os
import re
import time
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pythonjsonlogger.json import JsonFormatter

from hcctrials.environment import flag, whole_number

# A path followed by a query: "/trials/?q=..." in messages of Django and gunicorn and in the text of tracebacks.
_QUERY = re.compile(r"(?P<path>/[^\s?\"'<>]*)\?[^\s\"'<>]*")
FIELDS = (
    *("time", "level", "logger", "message", "request_id", "exc_info", "stack_info"),
    *("method", "path", "status", "bytes", "ms", "client"),  # of the access log
)
_KEPT_BITS = {4: 24, 6: 48}
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}
FORMATS = ("json", "lines")


def without_queries(line: str) -> str:
    return _QUERY.sub(r"\g<path>", line)


def network_of(address: str) -> str:
    """The first three parts of an IPv4 address, the first three groups of an IPv6 one; "" where it is none."""
    try:
        parsed = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    ours = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network(f"{ours}/{_KEPT_BITS[ours.version]}", strict=False))


def client_network(peer: str, forwarded: str, proxies: int) -> str:
    """Of whoever asked, as hcctrials.guard.client has it: what our own proxies appended is believed, no more."""
    passed = forwarded.split(",")
    seen = network_of(passed[-proxies]) if proxies and len(passed) >= proxies else ""
    return seen or network_of(peer)


class PathsOnly(logging.Formatter):
    """Readable lines. Cuts queries from the whole line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return without_queries(super().format(record))


class JsonLines(JsonFormatter):
    """One line of JSON a record, with the fields of this module and no others."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__(["asctime", "levelname", "name", "message"], rename_fields=_NAMES)
        self._proxies = whole_number("HCCTRIALS_TRUSTED_PROXIES", 0)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        super().add_fields(log_data, record, message_dict)
        if record.name == "gunicorn.access" and isinstance(record.args, Mapping):
            log_data.update(_access(record.args, self._proxies))

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in log_data.items() if name in FIELDS and value not in (None, "")}
        return {name: without_queries(value) if isinstance(value, str) else value for name, value in kept.items()}


def _access(atoms: Mapping[str, Any], proxies: int) -> dict[str, Any]:
    """What gunicorn knows of a request, by the names of its format's atoms."""
    request_id = atoms.get("{x-request-id}o")
    return {
        "method": atoms.get("m"),
        "path": atoms.get("U"),
        "status": _whole(atoms.get("s")),
        "bytes": _whole(atoms.get("B")),
        "ms": _whole(atoms.get("M")),
        "client": client_network(str(atoms.get("h")), str(atoms.get("{x-forwarded-for}i")), proxies),
        "request_id": None if request_id == "-" else request_id,
    }


def _whole(value: object) -> int | None:
    said = str(value).partition(" ")[0]
    return int(said) if said.isdecimal() else None


def wanted_format() -> str:
    """HCCTRIALS_LOG_FORMAT, else lines on a developer's machine and JSON everywhere else."""
    local = flag("HCCTRIALS_LOCAL_HTTP") or flag("DJANGO_DEBUG")
    found = os.environ.get("HCCTRIALS_LOG_FORMAT") or ("lines" if local else "json")
    if found not in FORMATS:
        raise ImproperlyConfigured(f"HCCTRIALS_LOG_FORMAT is {found!r}: set it to json or lines.")
    return found


# kombu warns that a broker made of folders has no host name; stamina tells what our client tells better; django-guid
# quotes what a client sent as its request id.
_LOUD = ("kombu.connection", "stamina", "django_guid")
_LINES: dict[str, object] = {
    "()": "hcctrials.logs.PathsOnly",
    "format": "{asctime} {levelname} {name} {message}",
    "style": "{",
}


def configuration(*loggers: str) -> dict[str, Any]:
    """A logging configuration that sends everything to stderr in the wanted form; the named loggers use no other."""
    own = {"handlers": ["stderr"], "level": "INFO"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "django_guid.log_filters.CorrelationId", "correlation_id_field": "request_id"}},
        "formatters": {"lines": _LINES, "json": {"()": "hcctrials.logs.JsonLines"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": wanted_format(), "filters": ["request"]}
        },
        "root": own,
        "loggers": {name: {**own, "propagate": False} for name in loggers}
        | {name: {"level": "ERROR"} for name in _LOUD},
    }
