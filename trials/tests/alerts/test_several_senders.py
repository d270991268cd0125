"""Several processes at once: each mail goes to one of them, and who stops meanwhile leaves nothing."""

import threading
from collections import Counter

import pytest
from django.core.mail import get_connection
from django.db import connections, transaction
from django.utils import timezone

from trials.alerts import following
from trials.alerts.handing import hand_over
from trials.alerts.looking import look
from trials.models import AlertMail, MailKind, SavedSearch
from trials.tasks.alerts import EYES, compose
from trials.tests.alerts.following_searches import follow, good_run
from trials.tests.alerts.mail_server import MailServer
from trials.tests.builders import load
from trials.tests.ingest.refreshes import study
from trials.tests.site.machine import PATIENCE, until
from trials.tests.tasks.standing_in_the_way import somebody_waits


@pytest.mark.django_db(transaction=True)
def test_looks_and_senders_at_once_make_one_mail_for_each_reader(mail_server: MailServer) -> None:
    load(study(1))
    for number in range(12):
        follow(f"reader{number}@example.org")
    good_run(study(2))
    gate = threading.Barrier(4, timeout=PATIENCE)
    counts: Counter[str] = Counter()

    def work() -> None:
        try:
            gate.wait()
            counts.update(events=look(EYES, timezone.now()))
            gate.wait()
            counts.update(hand_over(get_connection, compose(), timezone.now))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts["events"] == 12
    assert counts["handed"] == 12
    assert AlertMail.objects.count() == 12
    assert len(mail_server.taken) == len({taken.id for taken in mail_server.taken}) == 12


@pytest.mark.django_db(transaction=True)
def test_who_stops_while_a_mail_is_made_leaves_no_row() -> None:
    search, now = follow(), timezone.now()
    locked = threading.Event()
    faults: list[BaseException] = []

    def makes_a_mail() -> None:
        try:
            with transaction.atomic():
                SavedSearch.objects.select_for_update().get(pk=search.pk)
                locked.set()
                until(somebody_waits, "somebody at our lock")
                AlertMail.objects.create(search=search, kind=MailKind.TRIALS, made_at=now, not_before=now)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=makes_a_mail)
    thread.start()
    assert locked.wait(30)
    following.stop(search)
    thread.join()
    assert faults == []
    assert not SavedSearch.objects.exists()
    assert not AlertMail.objects.exists()
