"""What a mail says and carries: every language, both parts, the headers; registry text cannot break out of it."""

import re

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.mail import get_connection
from django.utils import timezone, translation
from pytest_django import Settings

from trials.alerts.handing import hand_over
from trials.alerts.letters import email_message, one_line
from trials.alerts.looking import look
from trials.models import AlertMail, MailKind, Rhythm, SavedSearch
from trials.tasks.alerts import EYES, compose
from trials.tests.alerts.following_searches import follow, good_run
from trials.tests.builders import load, raw_record, site
from trials.tests.ingest.refreshes import study

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in site_settings.LANGUAGES]
NASTY = 'Trial <script>alert(1)</script>\r\nBcc: evil@example.org & "quoted" ‮ for hepatocellular carcinoma'
LYON = site("Lyon", "France", facility="A", status="RECRUITING")


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    settings.HCCTRIALS_SITE_URL = "https://trials.example.org"
    settings.HCCTRIALS_MAIL_FROM = "alerts@trials.example.org"
    settings.HCCTRIALS_MAIL_BOUNCES = ""


def told(language: str = "en", query: str = "") -> mail.EmailMultiAlternatives:
    """The mail after a run in which everything happens."""
    criteria = "Inclusion Criteria:\n\n* Child-Pugh {}"
    load(study(1, status="NOT_YET_RECRUITING", criteria=criteria.format("A")), study(2), study(3, sites=[LYON]))
    follow(query=query, language=language)
    opened = study(1, status="RECRUITING", criteria=criteria.format("A or B"))
    closed, moved = study(2, status="COMPLETED"), study(3, sites=[{**LYON, "status": "COMPLETED"}])
    good_run(opened, closed, moved, raw_record("NCT00000004", title=NASTY, status="RECRUITING"))
    look(EYES, timezone.now())
    hand_over(get_connection, compose(), timezone.now)
    [message] = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    return message


def test_it_tells_in_plain_words_what_happened_the_weightiest_first() -> None:
    text = str(told().body)
    said = (
        "Now open for people",
        "Child-Pugh",
        "New in your search",
        "The site in Lyon closed to new people",
        "Closed to new people",
    )
    places = [text.index(words) for words in said]
    assert places[0] < places[1] < places[2] < places[3]
    assert "to “A or B (5 to 9 points)”" in text
    assert "https://trials.example.org/en/trials/NCT00000001/" in text
    assert "Status: from “Not yet recruiting” to “Recruiting”" in text
    assert "* New in your search\n- Status: Recruiting\n" in text
    asked = re.findall(r"Ask the trial\nhttps://trials\.example\.org/en/trials/NCT0000000(\d)/#contact\n", text)
    assert asked == ["1", "4", "3"]  # not the one that is completed
    assert "Not medical advice" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_readers_language_whatever_the_process_speaks(language: str) -> None:
    with translation.override("en"):
        message = told(language)
    assert f"https://trials.example.org/{language}/trials/NCT00000001/" in str(message.body)
    assert message.extra_headers["Content-Language"] == language
    html = str(message.alternatives[0][0])
    assert f'<html lang="{language}">' in html


def test_its_headers_are_what_mail_programs_and_robots_look_at() -> None:
    headers = told().message()
    assert headers["From"] == "HCC Trials <alerts@trials.example.org>"
    assert headers["To"] == "reader@example.org"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://trials\.example\.org/en/follow/stop/\?key=\S+>", headers["List-Unsubscribe"])
    assert headers["List-Id"] == "HCC Trials <followed-searches.trials.example.org>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Precedence"] == "bulk"
    assert re.fullmatch(r"<\d+-[0-9a-f]{20}@trials\.example\.org>", headers["Message-ID"])
    assert headers["Bcc"] is None


def test_registry_text_stays_text() -> None:
    message = told()
    html = str(message.alternatives[0][0])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not re.search(r"(?im)^bcc:", message.message().as_string().split("\n\n")[0])


def test_nothing_is_fetched_and_nothing_tracks() -> None:
    html = str(told().alternatives[0][0])
    assert not re.search(r"<(?:img|link|script|iframe|style|object|video|source)\b|\bsrc=|url\(", html)
    assert {re.match(r"https://([^/]+)", url)[1] for url in re.findall(r'href="([^"]+)"', html)} == {  # type: ignore[index]
        "trials.example.org"
    }


def test_a_subject_is_one_line_and_names_no_search() -> None:
    message = told(query="status=RECRUITING&child_pugh=B")
    assert "\n" not in message.subject
    assert "Child" not in message.subject
    assert one_line("a\r\nBcc: b\x00\u2028\u202ec  d") == "a Bcc: b c d"


@pytest.mark.parametrize("kind", [MailKind.CONFIRM, MailKind.KNOWN, MailKind.PAUSED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_mails_have_both_parts_and_a_way_to_stop(kind: MailKind, language: str) -> None:
    follow(query="status=RECRUITING", language=language)
    search = SavedSearch.objects.get()
    row = AlertMail.objects.create(search=search, kind=kind, made_at=timezone.now(), not_before=timezone.now())
    message = email_message(row, compose()(row))
    assert not re.search("&[#a-z]+;", str(message.body))
    for part in (str(message.body), str(message.alternatives[0][0])):
        assert f"/{language}/follow/" in part
        assert "key=" in part
    assert ("/follow/confirm/" in str(message.body)) == (kind == MailKind.CONFIRM)


def test_many_trials_are_cut_and_counted() -> None:
    load(study(1))
    follow(rhythm=Rhythm.AT_ONCE)
    good_run(*(study(number) for number in range(2, 45)))
    look(EYES, timezone.now())
    text = compose()(AlertMail.objects.select_related("search").get()).text
    assert text.count("New in your search") == 40
    assert "and 3 more trials" in text
