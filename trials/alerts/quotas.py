"""How many confirmations may be asked for in a day: by one client, and for one address.

Nobody may use the form to fill another's mailbox. What is counted is a keyed hash; it is gone when its day is over.
"""

from datetime import datetime

from django.db.models import F

from trials.alerts.secret_links import hashed
from trials.models import AlertQuota

MOST_OF_A_CLIENT = 30  # a day: a hospital shares an address
MOST_OF_AN_ADDRESS = 3


def client_has_left(client: str, now: datetime) -> bool:
    """Counts a request; client is whatever tells one from another."""
    return _count(hashed("client", client), now) <= MOST_OF_A_CLIENT


def address_has_left(address: str, now: datetime) -> bool:
    """Counts a mail to the address, however its letters are written."""
    return _count(_of_address(address), now) <= MOST_OF_AN_ADDRESS


def forget_address(address: str) -> None:
    AlertQuota.objects.filter(who=_of_address(address)).delete()


def forget_old(now: datetime) -> int:
    gone, _ = AlertQuota.objects.filter(day__lt=now.date()).delete()
    return gone


def _of_address(address: str) -> str:
    return hashed("address", address.casefold())


def _count(who: str, now: datetime) -> int:
    """Two requests at once count two: each adds one to what stands in the row."""
    AlertQuota.objects.bulk_create([AlertQuota(who=who, day=now.date())], ignore_conflicts=True)
    AlertQuota.objects.filter(who=who, day=now.date()).update(number=F("number") + 1)
    return AlertQuota.objects.values_list("number", flat=True).get(who=who, day=now.date())
