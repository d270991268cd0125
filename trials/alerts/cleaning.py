"""Deletes what is over: searches that nobody confirmed, those that have ended, old counts. Never one in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from trials.alerts.following import CONFIRM_WITHIN, stop
from trials.alerts.quotas import forget_old
from trials.models import Following, SavedSearch

KEPT_AFTER_THE_END = timedelta(days=30)
_ENDED = (Following.PAUSED, Following.BOUNCED, Following.COMPLAINED)


def clean_up(now: datetime) -> Mapping[str, int]:
    never = Q(state=Following.ASKED, asked_at__lte=now - CONFIRM_WITHIN)
    ended = Q(state__in=_ENDED, state_since__lte=now - KEPT_AFTER_THE_END)
    gone = list(SavedSearch.objects.filter(never | ended))
    for search in gone:
        stop(search)
    return {"deleted": len(gone), "counts": forget_old(now)}
