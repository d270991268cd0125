"""Deletes what is over: searches that nobody confirmed, those that have ended, old counts. Never one in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from trials.alerts.following import CONFIRM_WITHIN, stop
from trials.alerts.quotas import forget_old
from trials.models import Following, SavedSearch

KEPT_AFTER_THE_END = timedelta(days=30)
_ENDED = (Following.PAUSED, Following.BOUNCED, Following.COMPLAINED)


def clean_up(now: datetime) -> Mapping[str, int]:
    never = Q(state=Following.ASKED, asked_at__lte=now - CONFIRM_WITHIN)
    ended = Q(state__in=_ENDED, state_since__lte=now - KEPT_AFTER_THE_END)
    over, deleted = SavedSearch.objects.filter(never | ended), 0
    for search_id in over.values_list("pk", flat=True):
        with transaction.atomic():  # its reader may be asking for it again
            if search := over.select_for_update().filter(pk=search_id).first():
                stop(search)
                deleted += 1
    return {"deleted": deleted, "counts": forget_old(now)}
