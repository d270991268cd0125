"""Alerts in the background. Hold no logic: `trials.alerts` does it, and asks `trials.search`.

Mails are worded by the web's words, which stand above the tasks: as Django's own settings do, ours name the function.
"""

import logging

from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from trials.alerts.letters import Compose
from trials.alerts.looking import Eyes
from trials.alerts.rounds import tell, tell_weekly
from trials.search.followed import followed_numbers
from trials.search.version import moment

_log = logging.getLogger(__name__)
EYES = Eyes(moment, followed_numbers)


@shared_task(name="trials.tell_readers")  # type: ignore[misc]  # celery has no types
def tell_readers() -> dict[str, int]:
    """Looks at followed searches and hands waiting mails over; gives its counts. Safe to run twice, or at once."""
    return tell(EYES, compose())


@shared_task(name="trials.tell_weekly_readers")  # type: ignore[misc]
def tell_weekly_readers() -> dict[str, int]:
    """Tells those too who want one mail a week. Safe to run twice, or at once."""
    return tell_weekly(EYES, compose())


def compose() -> Compose:
    composing: Compose = import_string(settings.HCCTRIALS_ALERT_WORDS)
    return composing


def tell_soon() -> None:
    """Asks a worker for a round. Without a broker the schedule's next round does it."""
    try:
        tell_readers.delay()
    except (OperationalError, OSError):
        _log.warning("No broker: mails wait for the next round.")
