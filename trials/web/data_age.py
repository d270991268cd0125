"""The note on every page that the data are older than they should be. A context processor; costs one cheap query.

Asked only where a page shows it, and silent where the database is away: a page must not fail over its own footnote.
"""

from collections.abc import Callable
from datetime import date

from django.db import Error
from django.http import HttpRequest
from django.utils import timezone

from trials.search.refresh_state import data_checked_at, is_old


def data_age(_request: HttpRequest) -> dict[str, Callable[[], date | None]]:
    """data_old_since, for the templates."""
    return {"data_old_since": old_since}


def old_since() -> date | None:
    """The day on which the data were last as the registry had them, None while that is recent or nothing is stored."""
    try:
        checked_at = data_checked_at()
    except Error:
        return None
    return timezone.localtime(checked_at).date() if checked_at and is_old(checked_at, timezone.now()) else None
