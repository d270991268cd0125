"""Log lines of what strangers can cause at will, by a wrong Host or too large a form: one line, without their words."""

import logging

# Classes of Django's exceptions, each of which has a logger of its own.
CAUSED_AT_WILL = ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
LOGGERS = tuple(f"django.security.{name}" for name in CAUSED_AT_WILL)
_WRONG_HOST = "Refused: the Host header names no host of DJANGO_ALLOWED_HOSTS."


class OneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None  # the way to a refusal is always the same
        if record.name.endswith("DisallowedHost"):
            record.msg, record.args = _WRONG_HOST, ()
        return True
