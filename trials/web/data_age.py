"""The note on every page that the data are older than they should be. A context processor; one cheap query a request.

Asked only where a page shows it, and silent where the database is away: a page must not fail over its own footnote.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property

from django.db import Error
from django.http import HttpRequest
from django.utils import timezone

from trials.search.refresh_state import Freshness, freshness, is_old


class DataAge:
    """As it is when a request comes in: whatever answers it speaks of the same moment.

    last_received is when the newest raw record came in.
    """

    def __init__(self) -> None:
        self._now = timezone.now()

    @property
    def today(self) -> date:
        return timezone.localtime(self._now).date()

    @cached_property
    def _freshness(self) -> Freshness:
        try:
            return freshness()
        except Error:
            return Freshness(None, None)

    @property
    def last_received(self) -> datetime | None:
        return self._freshness.last_received

    @property
    def old_since(self) -> date | None:
        """The day on which the data were last as the registry had them, None while that is recent or nothing stored."""
        checked_at = self._freshness.checked_at
        return timezone.localtime(checked_at).date() if checked_at and is_old(checked_at, self._now) else None


def data_age_of(request: HttpRequest) -> DataAge:
    """The same for everything that answers one request."""
    age: DataAge = request.__dict__.setdefault("data_age", DataAge())
    return age


def data_age(request: HttpRequest) -> dict[str, Callable[[], date | None]]:
    """data_old_since, for the templates."""
    return {"data_old_since": lambda: data_age_of(request).old_since}
