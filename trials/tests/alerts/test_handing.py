"""Hand-over to a real mail server that fails in every way: nothing is lost, nothing is doubled, nobody stops others."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.utils import timezone
from pytest_django import Settings

from trials.alerts.handing import GIVE_UP_AFTER, LONGEST_WAIT, hand_over, waiting_time
from trials.alerts.letters import Letter, message_id
from trials.alerts.looking import look
from trials.models import AlertEvent, AlertMail, Following, MailState, SavedSearch
from trials.tasks.alerts import EYES, compose
from trials.tests.alerts.following_searches import follow, good_run
from trials.tests.alerts.mail_server import MailServer
from trials.tests.builders import load
from trials.tests.ingest.refreshes import study

pytestmark = pytest.mark.django_db(transaction=True)
READERS = ("ann@example.org", "bob@example.org", "cho@example.org")


@pytest.fixture
def told() -> None:
    """Three readers with a mail each that waits."""
    load(study(1))
    for reader in READERS:
        follow(reader)
    good_run(study(2))
    assert look(EYES, timezone.now()) == 3


def send(after: timedelta = timedelta()) -> Mapping[str, int]:
    """A round at a later time."""
    return hand_over(get_connection, compose(), lambda: timezone.now() + after)


def states() -> dict[str, str]:
    return dict(AlertMail.objects.values_list("search__address", "state"))


def readers(server: MailServer) -> list[str]:
    return sorted(taken.recipient for taken in server.taken)


def test_every_reader_gets_a_mail_and_only_one(told: None, mail_server: MailServer) -> None:
    assert send() == {"handed": 3}
    assert send(timedelta(days=30)) == {}
    assert readers(mail_server) == list(READERS)
    assert set(states().values()) == {MailState.HANDED}
    assert len(mail_server.clients) == 1


@pytest.mark.parametrize(
    ("fault", "at_once"),
    [
        ("busy", {"handed": 2, "put off": 1}),
        ("policy", {"handed": 2, "put off": 1}),
        ("content", {"handed": 2, "put off": 1}),
        ("closing", {"handed": 2, "unreachable": 1}),
        ("torn", {"handed": 2, "unreachable": 1}),
        ("slow", {"handed": 2, "unreachable": 1}),
    ],
)
def test_one_that_fails_waits_and_the_others_do_not(
    fault: str, at_once: Mapping[str, int], told: None, mail_server: MailServer
) -> None:
    mail_server.faults = lambda recipient: fault if recipient == READERS[1] else ""
    assert send() == at_once
    assert send() == {}  # not again at once
    assert len(mail_server.clients) == 2  # nothing is left of a talk that went wrong
    mail_server.faults = lambda _: ""
    assert send(timedelta(hours=1)) == {"handed": 1}
    assert readers(mail_server) == list(READERS)


def test_a_mailbox_that_does_not_exist_ends_its_search_alone(told: None, mail_server: MailServer) -> None:
    mail_server.faults = lambda recipient: "nobody" if recipient == READERS[0] else ""
    assert send() == {"refused": 1, "handed": 2}
    assert SavedSearch.objects.get(address=READERS[0]).state == Following.BOUNCED
    assert SavedSearch.objects.filter(state=Following.CONFIRMED).count() == 2


def test_a_mail_whose_receipt_is_lost_comes_again_as_the_same_mail(told: None, mail_server: MailServer) -> None:
    mail_server.faults = lambda recipient: "cut" if recipient == READERS[2] else ""
    assert send() == {"handed": 2, "unreachable": 1}
    mail_server.faults = lambda _: ""
    assert send(timedelta(hours=1)) == {"handed": 1}
    twice = [taken for taken in mail_server.taken if taken.recipient == READERS[2]]
    assert len(twice) == 2
    assert {taken.id for taken in twice} == {message_id(AlertMail.objects.get(search__address=READERS[2]).pk)}
    assert twice[0].text() == twice[1].text()
    assert twice[0].message["Date"] == twice[1].message["Date"]
    assert len({taken.id for taken in mail_server.taken}) == 3


def test_without_a_server_everything_waits_and_nothing_is_given_up(told: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 0.5
    for days in range(5):
        assert send(timedelta(days=days)) == {"unreachable": 3}
    assert set(states().values()) == {MailState.WAITING}


def test_what_cannot_be_delivered_for_days_is_told_with_the_next_mail(told: None, mail_server: MailServer) -> None:
    mail_server.faults = lambda recipient: "full" if recipient == READERS[0] else ""
    assert send() == {"handed": 2, "put off": 1}
    assert send(GIVE_UP_AFTER) == {"given up": 1}
    good_run(study(3))
    look(EYES, timezone.now())
    mail_server.faults = lambda _: ""
    assert send()["handed"] == 3
    [mail] = [taken for taken in mail_server.taken if taken.recipient == READERS[0]]
    assert "NCT00000002" in mail.text()
    assert "NCT00000003" in mail.text()
    assert not AlertEvent.objects.filter(mail=None).exists()


def test_after_three_mails_in_a_row_that_did_not_arrive_a_search_ends(mail_server: MailServer) -> None:
    load(study(1))
    search = follow()
    mail_server.faults = lambda _: "full"
    for number in range(2, 5):
        assert search.state == Following.CONFIRMED
        good_run(study(number))
        look(EYES, timezone.now())
        assert send(GIVE_UP_AFTER) == {"given up": 1}
        search.refresh_from_db()
    assert search.state == Following.BOUNCED


def test_a_mail_that_cannot_be_written_keeps_no_other(told: None, mail_server: MailServer) -> None:
    def failing(mail: AlertMail) -> Letter:
        if mail.search.address == READERS[0]:
            raise ValueError("our own fault")
        return compose()(mail)

    counts = hand_over(get_connection, failing, timezone.now)
    assert counts == {"unwritten": 1, "handed": 2}
    assert send(timedelta(hours=1)) == {"handed": 1}


def test_who_stops_while_a_mail_waits_gets_none(told: None, mail_server: MailServer) -> None:
    SavedSearch.objects.filter(address=READERS[1]).delete()
    send()
    assert readers(mail_server) == [READERS[0], READERS[2]]


def test_waits_grow_to_six_hours() -> None:
    waits = [waiting_time(tries) for tries in range(20)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=2)
    assert waits[-1] == LONGEST_WAIT


def test_a_process_that_dies_between_claim_and_end_leaves_a_mail_that_comes_later(
    told: None, mail_server: MailServer
) -> None:
    def dying(_mail: AlertMail) -> Letter:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand_over(get_connection, dying, timezone.now)
    assert AlertMail.objects.filter(tries=1, state=MailState.WAITING).count() == 1
    assert send() == {"handed": 2}
    assert send(timedelta(minutes=3)) == {"handed": 1}
    assert readers(mail_server) == list(READERS)
