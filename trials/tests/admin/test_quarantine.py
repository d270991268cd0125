"""Quarantined records: staff try them again or set them aside; both are logged, neither edits a record."""

from collections.abc import Iterator

import pytest
from celery import current_app
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from trials.models import QuarantinedRecord, Trial
from trials.tasks import retry_quarantined
from trials.tests.admin.pages import list_url, listed, page_url, text
from trials.tests.admin.records import NASTY, load, nct, record

pytestmark = pytest.mark.django_db
QUEUE = "celery"


@pytest.fixture
def eager() -> Iterator[None]:
    """Tasks run at once, in this process."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def broken() -> QuarantinedRecord:
    """A record without a number."""
    load({"protocolSection": {"identificationModule": {"briefTitle": NASTY}}})
    return QuarantinedRecord.objects.get()


@pytest.fixture
def mended() -> QuarantinedRecord:
    """A record that an older parser refused and that would load now."""
    data = record(7)
    load(data)
    raw = Trial.objects.get().record_version.raw
    Trial.objects.all().delete()
    return QuarantinedRecord.objects.create(nct_id=nct(7), sha256="7" * 64, raw=raw, source="f", reason="older parser")


def decide(client: Client, action: str, *records: QuarantinedRecord) -> list[str]:
    """Sends the list's action; gives the messages that staff see."""
    chosen = {"action": action, "_selected_action": [str(one.pk) for one in records], "index": "0"}
    response = client.post(list_url(QuarantinedRecord), chosen)
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_list_shows_those_that_wait(broken: QuarantinedRecord, admin_client: Client) -> None:
    done = QuarantinedRecord.objects.create(
        sha256="d" * 64, raw="{}", source="file:2", reason="r", resolved_at=timezone.now()
    )
    assert listed(admin_client, QuarantinedRecord) == [str(broken.pk)]
    assert listed(admin_client, QuarantinedRecord, state="resolved") == [str(done.pk)]
    assert len(listed(admin_client, QuarantinedRecord, state="all")) == 2
    assert listed(admin_client, QuarantinedRecord, state="all", q="file:2") == [str(done.pk)]
    page = text(admin_client, list_url(QuarantinedRecord))
    assert broken.source in page


def test_the_page_shows_reason_and_record(broken: QuarantinedRecord, admin_client: Client) -> None:
    page = text(admin_client, page_url(QuarantinedRecord, broken.pk))
    assert broken.reason in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'value="try_again"' in page


def test_trying_again_loads_a_mended_record(mended: QuarantinedRecord, eager: None, admin_client: Client) -> None:
    messages = decide(admin_client, "try_again", mended)
    assert messages == ["1 record is queued. If it loads now, it leaves this list within moments."]
    assert Trial.objects.filter(pk=nct(7)).exists()
    mended.refresh_from_db()
    assert mended.resolved_at is not None
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(mended.pk)]


def test_trying_again_sends_identifiers_only(mended: QuarantinedRecord, admin_client: Client) -> None:
    with current_app.connection_for_read() as connection, connection.SimpleQueue(QUEUE) as queue:
        queue.clear()
        decide(admin_client, "try_again", mended)
        message = queue.get(timeout=2)
        message.ack()
    assert message.content_type == "application/json"
    assert message.headers["task"] == retry_quarantined.name == "trials.retry_quarantined"
    assert message.payload[:2] == [[[mended.pk]], {}]
    assert not Trial.objects.exists()


def test_a_record_that_is_still_broken_stays(broken: QuarantinedRecord, eager: None, admin_client: Client) -> None:
    decide(admin_client, "try_again", broken)
    broken.refresh_from_db()
    assert broken.resolved_at is None
    assert QuarantinedRecord.objects.count() == 1


def test_a_broker_that_is_away_is_said(
    mended: QuarantinedRecord, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(retry_quarantined, "delay", away)
    assert decide(admin_client, "try_again", mended) == ["The worker cannot be reached; nothing was queued. Try later."]
    assert not LogEntry.objects.exists()


def test_setting_aside_is_logged_and_keeps_the_record(broken: QuarantinedRecord, admin_client: Client) -> None:
    raw = broken.raw
    assert decide(admin_client, "set_aside", broken) == ["1 record is set aside."]
    broken.refresh_from_db()
    assert broken.resolved_at is not None
    assert broken.raw == raw
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.get_change_message()) == (str(broken.pk), "Set aside.")
    assert 'value="set_aside"' not in text(admin_client, page_url(QuarantinedRecord, broken.pk))


def test_what_is_resolved_is_left_alone(broken: QuarantinedRecord, admin_client: Client) -> None:
    QuarantinedRecord.objects.update(resolved_at=timezone.now())
    chosen = {"action": "set_aside", "_selected_action": [str(broken.pk)], "index": "0"}
    response = admin_client.post(list_url(QuarantinedRecord) + "?state=all", chosen)
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert messages == ["None of the chosen records waits any more."]
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("action", ["try_again", "set_aside"])
def test_readers_decide_nothing(action: str, broken: QuarantinedRecord, reader_client: Client) -> None:
    assert 'value="try_again"' not in text(reader_client, list_url(QuarantinedRecord))
    assert 'value="try_again"' not in text(reader_client, page_url(QuarantinedRecord, broken.pk))
    decide(reader_client, action, broken)
    broken.refresh_from_db()
    assert broken.resolved_at is None
    assert not LogEntry.objects.exists()


def test_the_permission_to_change_is_the_permission_to_decide(broken: QuarantinedRecord, reader_client: Client) -> None:
    user = User.objects.get(username="reader")
    user.user_permissions.add(Permission.objects.get(codename="change_quarantinedrecord"))
    assert decide(reader_client, "set_aside", broken) == ["1 record is set aside."]
    assert reader_client.post(page_url(QuarantinedRecord, broken.pk), {"reason": "x"}).status_code == 403
