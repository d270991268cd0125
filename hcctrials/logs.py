"""The form of log lines: time, level, logger, message, and paths without their query strings.

A query may say what somebody looks for because of their own disease. It never reaches a log (docs: OWASP ASVS 16.2.5).
"""

import logging
import re

# A path followed by a query: "/trials/?q=..." in messages of Django and gunicorn and in the text of tracebacks.
_QUERY = re.compile(r"(?P<path>/[^\s?\"'<>]*)\?[^\s\"'<>]*")


def without_queries(text: str) -> str:
    return _QUERY.sub(r"\g<path>", text)


class PathsOnly(logging.Formatter):
    """Cuts queries from the whole line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return without_queries(super().format(record))
