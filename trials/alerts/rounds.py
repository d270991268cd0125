"""A whole round: look at the searches, hand over what waits, delete what is over. Each part is safe to run twice."""

from django.core.mail import get_connection
from django.utils import timezone

from trials.alerts.cleaning import clean_up
from trials.alerts.gathering import gather_all
from trials.alerts.handing import hand_over
from trials.alerts.letters import Compose
from trials.alerts.looking import Eyes, look
from trials.models import Rhythm


def tell(eyes: Eyes, compose: Compose) -> dict[str, int]:
    """Gives its counts."""
    events = look(eyes, timezone.now())
    gather_all(Rhythm.AT_ONCE, timezone.now())  # what a look has not: given up before, or weekly until today
    return {"events": events, **hand_over(get_connection, compose, timezone.now), **clean_up(timezone.now())}


def tell_weekly(eyes: Eyes, compose: Compose) -> dict[str, int]:
    """A round that also writes to those who want one mail a week."""
    look(eyes, timezone.now())
    return {"mails": gather_all(Rhythm.WEEKLY, timezone.now()), **tell(eyes, compose)}
