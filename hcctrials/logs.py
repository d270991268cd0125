"""The form of log lines: time, level, logger, message, and paths without their query strings.

A query may say what somebody looks for because of their own disease. It never reaches a log (docs: OWASP ASVS 16.2.5).
"""

import logging
import re
from typing import Any

# A path followed by a query: "/trials/?q=..." in messages of Django and gunicorn and in the text of tracebacks.
_QUERY = re.compile(r"(?P<path>/[^\s?\"'<>]*)\?[^\s\"'<>]*")


def without_queries(text: str) -> str:
    return _QUERY.sub(r"\g<path>", text)


class PathsOnly(logging.Formatter):
    """Cuts queries from the whole line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return without_queries(super().format(record))


# kombu warns that a broker made of folders has no host name; stamina tells what our client tells better.
_LOUD = ("kombu.connection", "stamina")


def configuration(*loggers: str) -> dict[str, Any]:
    """A logging configuration that sends everything to stderr in this form; the named loggers use no handler else."""
    own = {"handlers": ["stderr"], "level": "INFO"}
    line = {"()": "hcctrials.logs.PathsOnly", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"paths_only": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "paths_only"}},
        "root": own,
        "loggers": {name: {**own, "propagate": False} for name in loggers}
        | {name: {"level": "ERROR"} for name in _LOUD},
    }
