"""Puts what a search's reader has not been told into one mail. Never words it, never sends it."""

from datetime import datetime

from django.db import transaction

from trials.models import AlertEvent, AlertMail, Following, MailKind, Rhythm, SavedSearch


def gather(search: SavedSearch, now: datetime) -> AlertMail | None:
    """In the transaction in which the search is locked: no event can get into two mails. None where nothing is new."""
    untold = AlertEvent.objects.filter(search=search, mail=None)
    if not untold.exists():
        return None
    mail = AlertMail.objects.create(search=search, kind=MailKind.TRIALS, made_at=now, not_before=now)
    untold.update(mail=mail)
    return mail


def gather_all(rhythm: Rhythm, now: datetime) -> int:
    """A mail for every search of this rhythm with something to tell; gives how many. Safe to run twice."""
    searches = SavedSearch.objects.filter(state=Following.CONFIRMED, rhythm=rhythm)
    told = AlertEvent.objects.filter(mail=None, search__in=searches).order_by("search").values_list("search", flat=True)
    made = 0
    for search_id in told.distinct():
        with transaction.atomic():
            search = searches.select_for_update().filter(pk=search_id).first()
            made += search is not None and gather(search, now) is not None
    return made
