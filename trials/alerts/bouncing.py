"""What follows when a mail did not arrive, or was called unwanted: the search ends. Each mail counts once."""

from datetime import datetime

from django.db import transaction

from trials.alerts.following import end_all
from trials.models import AlertMail, Following, MailState, SavedSearch

MOST_SOFT_BOUNCES = 3  # in a row


def bounced(mail_id: int, *, for_good: bool, now: datetime) -> bool:
    """Whether it was news. After a passing reason the search goes on, but not for ever."""
    with transaction.atomic():
        search = _reported(mail_id, now)
        if search is None:
            return False
        if for_good or _all_came_back(search, mail_id):
            end_all(search.address, Following.BOUNCED, now)
        return True


def _all_came_back(search: SavedSearch, mail_id: int) -> bool:
    """Whether this mail of the search is the last of several in a row."""
    row = search.mails.exclude(state=MailState.WAITING).filter(pk__lte=mail_id).order_by("-pk")
    reported = list(row.values_list("reported_at", flat=True)[:MOST_SOFT_BOUNCES])
    return len(reported) == MOST_SOFT_BOUNCES and None not in reported


def complained(mail_id: int, now: datetime) -> bool:
    """Whether it was news. Nothing is sent to the address any more, for whatever search."""
    with transaction.atomic():
        search = _reported(mail_id, now)
        if search is None:
            return False
        end_all(search.address, Following.COMPLAINED, now)
        return True


def _reported(mail_id: int, now: datetime) -> SavedSearch | None:
    if not AlertMail.objects.filter(pk=mail_id, reported_at=None).update(reported_at=now):
        return None
    return SavedSearch.objects.select_for_update().filter(mails=mail_id).first()
