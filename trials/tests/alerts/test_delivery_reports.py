"""Reports of mail servers: what ends a search, what does not, what is forged. As they come, in files and pipes."""

import io
import json
import mailbox
from email import message_from_string
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from trials.alerts import following
from trials.alerts.delivery_reports import Report, ReportKind, read_report
from trials.alerts.letters import message_id, return_address
from trials.models import AlertMail, Following, MailKind, MailState, Rhythm, SavedSearch
from trials.tests.alerts.following_searches import follow

pytestmark = pytest.mark.django_db
DSN = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}

--b
Content-Type: {returned}

From: HCC Trials <alerts@trials.example.org>
Message-ID: {id}
Subject: 1 trial of your search changed

--b--
"""
ARF = """From: feedback@mailbox.example
To: {to}
Subject: FW: 1 trial of your search changed
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

From: HCC Trials <alerts@trials.example.org>
Message-ID: {id}
Subject: 1 trial of your search changed

Words.
--b--
"""
HEADERS = "text/rfc822-headers"
WHOLE = "message/rfc822"


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.HCCTRIALS_MAIL_FROM = "alerts@trials.example.org"
    settings.HCCTRIALS_MAIL_BOUNCES = "bounces@trials.example.org"


def handed(search: SavedSearch) -> AlertMail:
    now = timezone.now()
    values = {"state": MailState.HANDED, "handed_at": now, "made_at": now, "not_before": now}
    return AlertMail.objects.create(search=search, kind=MailKind.TRIALS, **values)


def dsn(mail: AlertMail, status: str, *, action: str = "failed", returned: str = HEADERS, by: str = "both") -> str:
    to = return_address(mail.pk) if by in {"both", "address"} else "bounces@trials.example.org"
    name = message_id(mail.pk) if by in {"both", "message"} else "<other@example.org>"
    return DSN.format(to=to, action=action, status=status, returned=returned, id=name)


def report(text: str) -> Report | None:
    return read_report(message_from_string(text))


@pytest.mark.parametrize("by", ["address", "message", "both"])
@pytest.mark.parametrize("returned", [HEADERS, WHOLE])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", ReportKind.GONE),
        ("5.1.10", ReportKind.GONE),
        ("5.2.1", ReportKind.GONE),
        ("5.2.2", ReportKind.FAILED),
        ("5.7.1", ReportKind.FAILED),
        ("4.4.7", ReportKind.FAILED),
        ("", ReportKind.FAILED),
    ],
)
def test_a_mail_that_did_not_arrive(status: str, kind: ReportKind, returned: str, by: str) -> None:
    mail = handed(follow())
    assert report(dsn(mail, status, returned=returned, by=by)) == Report(mail.pk, kind)


def test_what_is_no_failure_or_no_mail_of_ours_is_nothing() -> None:
    mail = handed(follow())
    assert report(dsn(mail, "4.4.1", action="delayed")) is None
    assert report(dsn(mail, "2.0.0", action="delivered")) is None
    assert report(dsn(mail, "5.1.1", by="none")) is None
    assert report(f"To: {return_address(mail.pk)}\nSubject: I am away\n\nUntil Monday.") is None
    assert report(ARF.format(to="x@example.org", kind="not-spam", id=message_id(mail.pk))) is None
    assert report("") is None
    forged = dsn(mail, "5.1.1").replace(f"{mail.pk}-", f"{mail.pk + 1}-")
    assert report(forged) is None


def run(path: object, *more: str) -> dict[str, int]:
    out = io.StringIO()
    call_command("read_bounces", str(path), *more, stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


@pytest.fixture
def maildir(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "box", create=True)


def test_a_mailbox_that_is_gone_ends_all_searches_of_the_address(maildir: mailbox.Maildir, tmp_path: Path) -> None:
    one, two, other = follow(), follow(query="status=RECRUITING"), follow("other@example.org")
    waiting = handed(two)
    AlertMail.objects.filter(pk=waiting.pk).update(state=MailState.WAITING)
    maildir.add(dsn(handed(one), "5.1.1"))
    maildir.add("Subject: hello\n\nA letter")
    assert run(tmp_path / "box") == {"read": 2, "acted": 1, "known": 0, "other": 1}
    states = dict(SavedSearch.objects.values_list("pk", "state"))
    assert states == {one.pk: Following.BOUNCED, two.pk: Following.BOUNCED, other.pk: Following.CONFIRMED}
    waiting.refresh_from_db()
    assert waiting.state == MailState.GIVEN_UP
    assert run(tmp_path / "box", "--remove") == {"read": 2, "acted": 0, "known": 1, "other": 1}
    assert len(maildir) == 1


def test_three_soft_ones_in_a_row_end_a_search_and_one_report_counts_once(tmp_path: Path) -> None:
    search = follow()
    mails = [handed(search) for _ in range(5)]
    box = mailbox.mbox(tmp_path / "mbox")
    for mail in (mails[0], mails[0], mails[2], mails[3]):
        box.add(dsn(mail, "4.4.7"))
    box.close()
    assert run(tmp_path / "mbox") == {"read": 4, "acted": 3, "known": 1, "other": 0}
    search.refresh_from_db()
    assert search.state == Following.CONFIRMED  # the second arrived
    box = mailbox.mbox(tmp_path / "mbox")
    box.add(dsn(mails[4], "5.2.2"))
    box.close()
    run(tmp_path / "mbox")
    search.refresh_from_db()
    assert search.state == Following.BOUNCED


def test_a_complaint_ends_it_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    search = follow()
    text = ARF.format(to="abuse@trials.example.org", kind="abuse", id=message_id(handed(search).pk))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert run("-")["acted"] == 1
    search.refresh_from_db()
    assert search.state == Following.COMPLAINED
    for query in ("", "status=RECRUITING"):  # asking again is answered as ever, and nothing is sent
        following.ask("Reader@example.org", query, "en", Rhythm.WEEKLY, timezone.now())
    assert not AlertMail.objects.filter(kind=MailKind.CONFIRM).exists()


def test_who_was_gone_may_ask_again() -> None:
    search = follow()
    SavedSearch.objects.update(state=Following.BOUNCED)
    assert follow().pk == search.pk


def test_a_path_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "nothing")
