"""Hands waiting mails to the mail server, each one until it is known to have taken it over.

Before a try the row says when the next one would be; after it, how it ended. SMTP has one moment that no client can
see through: the server has taken a mail over and its answer is lost, or we die before we have noted it. Then the mail
is handed over again, with the same Message-ID: never lost, and one mail for whoever tells mails apart by that.
"""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from trials.alerts.bouncing import bounced
from trials.alerts.letters import Compose, email_message
from trials.alerts.refusals import Refusal, refusal
from trials.models import AlertEvent, AlertMail, MailState

_log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
_MOST_FAILURES_TOGETHER = 5  # of the connection: the server is away, and the rest waits
_LOCKS = 0x4843_0000_0000_0000  # "HC": session locks of ours, one for each mail
Connect = Callable[[], BaseEmailBackend]
Clock = Callable[[], datetime]


def hand_over(connect: Connect, compose: Compose, clock: Clock) -> Mapping[str, int]:
    """Tries every mail that is due once; gives how many ended how. Safe to run twice, or at once."""
    counts: Counter[str] = Counter()
    server = connect()
    started, together = clock(), 0
    try:
        while together < _MOST_FAILURES_TOGETHER and (mail_id := _claim(started, clock())) is not None:
            result = _try(mail_id, server, compose, clock())
            counts[result] += 1
            together = together + 1 if result == "unreachable" else 0
    finally:
        _close(server)
    if counts:
        _log.info("Mails: %s", ", ".join(f"{number} {result}" for result, number in sorted(counts.items())))
    return counts


def _claim(due: datetime, now: datetime) -> int | None:
    """The next mail, with its next try noted: no other process takes it before then."""
    waiting = AlertMail.objects.filter(state=MailState.WAITING)
    while True:
        row = waiting.filter(not_before__lte=due).order_by("not_before", "pk").values_list("pk", "tries").first()
        if row is None:
            return None
        mail_id, tries = row
        later = {"tries": F("tries") + 1, "not_before": now + waiting_time(tries)}
        if waiting.filter(pk=mail_id, tries=tries).update(**later):
            return int(mail_id)


def waiting_time(tries: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(tries, 10)), LONGEST_WAIT)


def _try(mail_id: int, server: BaseEmailBackend, compose: Compose, now: datetime) -> str:
    """The lock lives as long as the try, and no row is locked by it: a reader can stop the search meanwhile."""
    with transaction.atomic():
        if not _lock(mail_id):
            return "elsewhere"
        mail = AlertMail.objects.select_related("search").filter(pk=mail_id, state=MailState.WAITING).first()
        if mail is None:
            return "gone"
        try:
            message = email_message(mail, compose(mail))
            message.message()  # as it will be sent: a header that cannot be is found here
        except Exception as error:  # a fault of our own words must not keep the other mails
            place = "".join(traceback.format_tb(error.__traceback__))  # without the message, which may hold an address
            _log.error("Mail %s could not be written: %s\n%s", mail_id, type(error).__name__, place)
            return "unwritten"
        try:
            server.open()  # stays open for the mails that follow
            server.send_messages([message])
        except (SMTPException, OSError) as error:
            _close(server)  # nothing is left of a talk that went wrong
            return _failed(mail, refusal(error), now)
        AlertMail.objects.filter(pk=mail_id).update(state=MailState.HANDED, handed_at=now)
        return "handed"


def _lock(mail_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCKS | mail_id])
        (is_held,) = cursor.fetchone()
    return bool(is_held)


def _failed(mail: AlertMail, why: Refusal, now: datetime) -> str:
    """Mails wait for a server that is away as long as it takes; an address that refuses has three days."""
    if why == Refusal.UNREACHABLE:
        return "unreachable"
    if why == Refusal.FOR_GOOD:
        AlertMail.objects.filter(pk=mail.pk).update(state=MailState.REFUSED)
        bounced(mail.pk, for_good=True, now=now)
        return "refused"
    if now - mail.made_at < GIVE_UP_AFTER:
        return "put off"
    AlertMail.objects.filter(pk=mail.pk).update(state=MailState.GIVEN_UP)
    AlertEvent.objects.filter(mail=mail).update(mail=None)  # told with the next mail
    bounced(mail.pk, for_good=False, now=now)
    return "given up"


def _close(server: BaseEmailBackend) -> None:
    with suppress(SMTPException, OSError):
        server.close()
