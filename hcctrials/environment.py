"""Reads settings from environment variables, and says in one sentence what is missing or wrong.

It never guesses a value that production depends on.
"""

import os

from django.core.exceptions import ImproperlyConfigured

_HINT = (
    "On your own machine use `make run`, or leave DJANGO_SECRET_KEY, DJANGO_ALLOWED_HOSTS and DATABASE_URL all unset "
    "and start through `manage.py`."
)


def flag(name: str, *, default: bool = False) -> bool:
    """`1` or `0`; anything else is refused, because a mistyped switch must not turn a protection off."""
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")
    return value == "1" if value else default


def text(name: str, default: str) -> str:
    return os.environ.get(name) or default


def choice(name: str, default: str, *others: str) -> str:
    value = os.environ.get(name) or default
    if value not in (default, *others):
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to one of {', '.join((default, *others))}.")
    return value


def whole_number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number.")
    return int(value)


def required(name: str, purpose: str, *, default: str | None = None) -> str:
    value = os.environ.get(name) or default
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {purpose}. {_HINT}")
    return value


def names(value: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in value.split(",") if part.strip()]
