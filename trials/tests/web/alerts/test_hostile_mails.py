"""Hostile texts of records, and of whoever fills in the form, on their way into mails: they stay text of one line."""

import re
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.http import QueryDict
from django.utils import timezone
from pytest_django import Settings

from trials.alerts import following
from trials.alerts.handing import hand_over
from trials.alerts.looking import look
from trials.models import Following, Rhythm, SavedSearch
from trials.tasks.alerts import EYES, compose
from trials.tests.alerts.following_searches import HCC, follow, good_run
from trials.tests.builders import load, raw_record, site
from trials.tests.hostile.reading import CORPUS, EVALUATED, troubles_of_html

pytestmark = pytest.mark.django_db
OURS = "https://trials.example.org/"
NUMBERS = range(1, len(CORPUS) + 1)
# How every line of a plain mail begins; a trial's title stands before its number.
BEGINNINGS = (
    "[*-] ",
    rf"{OURS}\S+$",
    r"\d+ trials of your search changed$",
    "-- $",
    "The search: ",
    "Change how often",
)
LINES = re.compile(
    "|".join((rf"{HCC} .*\(NCT\d{{8}}\)$", *BEGINNINGS, "Not medical advice: ", "Data of ClinicalTrials"))
)


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    settings.HCCTRIALS_SITE_URL = OURS.rstrip("/")
    settings.HCCTRIALS_MAIL_FROM = "alerts@trials.example.org"


def sent() -> mail.EmailMultiAlternatives:
    hand_over(get_connection, compose(), timezone.now)
    [message] = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    return message


def hostile(number: int, **more: str) -> dict[str, object]:
    """A trial with the text in its title, sponsor, criteria and places, and as the reason why it is suspended."""
    attack = CORPUS[number - 1]
    places = [site(attack, attack, facility=attack, status="RECRUITING")] if more["status"] == "SUSPENDED" else []
    record = raw_record(
        f"NCT{number:08d}",
        title=f"{HCC} {attack}",
        sponsor=attack,
        criteria=f"Inclusion Criteria:\n\n* {attack}",
        sites=places,
        status=more["status"],
    )
    record["protocolSection"]["statusModule"]["whyStopped"] = attack if places else ""
    return record


def test_texts_of_records_stay_texts_in_every_part_of_a_mail() -> None:
    load(*(hostile(number, status="RECRUITING") for number in NUMBERS))
    follow()
    good_run(*(hostile(number, status="SUSPENDED") for number in NUMBERS))
    look(EYES, timezone.now())
    told = sent()
    no_markup_of_theirs(told)
    no_line_of_theirs(told)
    headers = told.message().as_bytes().partition(b"\n\n")[0].decode("ascii")
    assert "zqx" not in headers
    assert told.message()["Subject"] == f"{len(CORPUS)} trials of your search changed"


def no_markup_of_theirs(told: mail.EmailMultiAlternatives) -> None:
    html = str(told.alternatives[0][0])
    assert html.count("zqx") > len(CORPUS)
    found = [trouble for trouble in troubles_of_html(html) if OURS not in trouble]
    assert found == []
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= set("html head meta title body h1 h2 a p strong ul li hr".split())
    assert set(re.findall(r'<[^<>]*\s([a-z-]+)="', html)) <= {"lang", "charset", "href", "dir"}
    assert all(url.startswith(OURS) for url in re.findall(r'href="([^"]*)"', html))


def no_line_of_theirs(told: mail.EmailMultiAlternatives) -> None:
    text = str(told.body)
    assert text.count("zqx") > len(CORPUS)
    assert [line for line in text.split("\n") if line and not LINES.match(line)] == []
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert [line for line in text.splitlines() if line.startswith("http") and "zqx" in line] == []
    assert not [made for made in EVALUATED if made in text]


@pytest.mark.parametrize("words", [*CORPUS, "See https://evil.example", "evil.example", "write to a@evil.example"])
def test_nobody_can_write_to_another_through_the_form(words: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"child_pugh": "B", "q": words})
    for _ in range(2):
        following.ask("other@example.org", query.urlencode(), "en", Rhythm.WEEKLY, timezone.now())
        SavedSearch.objects.update(state=Following.CONFIRMED)
    assert hand_over(get_connection, compose(), timezone.now) == {"handed": 2}
    for message in mail.outbox:
        assert isinstance(message, mail.EmailMultiAlternatives)
        for part in (str(message.body), str(message.alternatives[0][0])):
            assert "Child-Pugh" in part
            assert not re.search("zqx|evil", part)


@pytest.mark.parametrize("words", ["sorafenib", '"liver transplant" TACE', "Y-90 (SIRT), lenvatinib", "肝癌"])
def test_ordinary_words_are_said_in_the_mail_that_asks(words: str) -> None:
    following.ask("reader@example.org", urlencode({"q": words}), "en", Rhythm.WEEKLY, timezone.now())
    message = sent()
    assert f"Words: {words}" in str(message.body)
    assert urlencode({"q": words}) in str(message.body)
