"""Whoever follows a search: asks, confirms, changes how often, stops. Nothing is sent here; mails wait for `handing`.

Asking has the same answer whether an address is known or not. Stopping deletes everything that came with the search.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from trials.alerts.quotas import address_has_left, forget_address
from trials.alerts.secret_links import opened
from trials.models import AlertMail, Following, MailKind, MailState, Rhythm, SavedSearch

CONFIRM_WITHIN = timedelta(days=7)
_RANDOM_BYTES = 16


def ask(address: str, query: str, language: str, rhythm: Rhythm, now: datetime) -> None:
    """Lets a mail wait that asks the address whether it wants this. address is clean, query canonical.

    Who follows the search already is told so; who called our mails unwanted gets none.
    """
    with transaction.atomic():
        if not address_has_left(address, now) or _of_address(address).filter(state=Following.COMPLAINED).exists():
            return
        wanted = {"language": language, "rhythm": rhythm}
        search, is_new = SavedSearch.objects.select_for_update().get_or_create(
            address=address,
            query=query,
            defaults={**wanted, "key": _random(), "state_since": now, "asked_at": now},
        )
        if search.state == Following.CONFIRMED:
            _write(search, MailKind.KNOWN, now)
            return
        if not is_new:
            _begin_again(search, now, **wanted)
        _write(search, MailKind.CONFIRM, now)


def _begin_again(search: SavedSearch, now: datetime, **wanted: str) -> None:
    """Also for one that was paused, or whose mails came back: what was kept of it is past."""
    search.events.filter(mail=None).delete()
    search.mails.filter(state=MailState.WAITING).exclude(kind=MailKind.TRIALS).delete()
    since = {} if search.state == Following.ASKED else {"state": Following.ASKED, "state_since": now}
    values = {**wanted, **since, "asked_at": now, "looked_run": None, "seen": None}
    for name, value in values.items():
        setattr(search, name, value)
    search.save(update_fields=list(values))


def _write(search: SavedSearch, kind: MailKind, now: datetime) -> None:
    AlertMail.objects.create(search=search, kind=kind, made_at=now, not_before=now)


def search_of(key: str) -> SavedSearch | None:
    """The search that a link in a mail is about; None for a link that is not ours, or whose search is gone."""
    found = opened(key)
    if found is None:
        return None
    number, random = found
    return SavedSearch.objects.filter(pk=number, key=random).first()


def confirm(search: SavedSearch, now: datetime) -> bool:
    """Whether the search is followed now: a link that is too old, or of a search that has ended, confirms nothing."""
    fresh = SavedSearch.objects.filter(pk=search.pk, state=Following.ASKED, asked_at__gt=now - CONFIRM_WITHIN)
    if fresh.update(state=Following.CONFIRMED, state_since=now):
        return True
    return SavedSearch.objects.filter(pk=search.pk, state=Following.CONFIRMED).exists()


def set_rhythm(search: SavedSearch, rhythm: Rhythm) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(rhythm=rhythm)


def stop(search: SavedSearch) -> None:
    """Deletes the search and all that came with it; with an address's last search, nothing of the address is left."""
    with transaction.atomic():
        # locked first: a look that notes something at this moment would add rows behind the deletion
        for locked in SavedSearch.objects.select_for_update().filter(pk=search.pk):
            locked.delete()
        if not _of_address(search.address).exists():
            forget_address(search.address)


def end(search_id: int, state: Following, now: datetime) -> None:
    """The search goes on no longer; `cleaning` deletes it after a while. A paused one still tells what was noted."""
    SavedSearch.objects.filter(pk=search_id).update(state=state, state_since=now)
    if state != Following.PAUSED:
        AlertMail.objects.filter(search=search_id, state=MailState.WAITING).update(state=MailState.GIVEN_UP)


def _of_address(address: str) -> QuerySet[SavedSearch]:
    """Its searches, however its letters are written."""
    return SavedSearch.objects.filter(address__iexact=address)


def end_all(address: str, state: Following, now: datetime) -> None:
    for search_id in _of_address(address).values_list("pk", flat=True):
        end(search_id, state, now)


def _random() -> str:
    return secrets.token_urlsafe(_RANDOM_BYTES)
