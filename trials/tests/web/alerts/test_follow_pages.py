"""From the form to the last mail, as a reader does it; scanners, strangers and mail programs take part."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from trials.alerts import following
from trials.alerts.cleaning import KEPT_AFTER_THE_END, clean_up
from trials.alerts.quotas import MOST_OF_A_CLIENT, MOST_OF_AN_ADDRESS
from trials.alerts.secret_links import hashed
from trials.models import AlertEvent, AlertMail, AlertQuota, Following, Rhythm, SavedSearch
from trials.tasks import alerts as tasks
from trials.tests.alerts.following_searches import follow, good_run
from trials.tests.builders import load
from trials.tests.ingest.refreshes import study

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "Ann.Reader@Example.ORG"
KEPT = "Ann.Reader@example.org"
FORM = {"address": ADDRESS, "rhythm": "at_once"}


@pytest.fixture(autouse=True)
def settled(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No broker: a round is run where a test says so."""
    settings.HCCTRIALS_SITE_URL = "https://trials.example.org"
    monkeypatch.setattr(tasks.tell_readers, "delay", lambda: None)


def sent() -> list[str]:
    """The texts of the mails that a round sends."""
    before = len(mail.outbox)
    tasks.tell_readers()
    return [str(message.body) for message in mail.outbox[before:]]


def path_of(text: str, page: str) -> str:
    """The link of that page in a mail, as a path."""
    found = re.search(rf"https://trials\.example\.org(/\S*/follow/{page}/\S+)", text)
    assert found, text
    return found[1]


def rows_with(needle: str) -> list[str]:
    """The tables of the whole database that hold a text anywhere."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{needle}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_whole_way_of_a_reader(client: Client) -> None:
    load(study(1), study(2, status="COMPLETED"))
    page = client.get("/fr/trials/?status=RECRUITING&sort=updated").content.decode()
    way = re.search(r'href="(/fr/follow/\?[^"]+)"', page)
    assert way
    assert way[1] == "/fr/follow/?status=RECRUITING"
    answer = client.post(way[1], FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/fr/follow/sent/")
    search = SavedSearch.objects.get()
    assert (search.address, search.query, search.language) == (KEPT, "status=RECRUITING", "fr")
    [asked] = sent()
    confirm = path_of(asked, "confirm")
    assert confirm.startswith("/fr/")
    for _ in range(2):  # a scanner looks at every link
        assert client.get(confirm).status_code == 200
        assert client.get(path_of(asked, "stop")).status_code == 200
    search.refresh_from_db()
    assert search.state == Following.ASKED
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(confirm).status_code == 200
    assert not stranger.cookies
    good_run(study(2, status="RECRUITING"))
    [told] = sent()
    assert "NCT00000002" in told
    assert "NCT00000001" not in told
    assert sent() == []
    manage = path_of(told, "manage")
    stranger.post(manage, {"rhythm": "weekly"})
    search.refresh_from_db()
    assert search.rhythm == Rhythm.WEEKLY
    stop = re.fullmatch(r"<https://trials\.example\.org(\S+)>", mail.outbox[-1].extra_headers["List-Unsubscribe"])
    assert stop
    body, form = "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    for _ in range(2):  # some programs send it twice
        answer = stranger.post(stop[1], body, content_type=form, headers={"Origin": "https://mail.example"})
        assert (answer.status_code, dict(answer.cookies)) == (200, {})  # RFC 8058: and no redirect
    for trace in ("ann.reader", hashed("address", KEPT.casefold()), hashed("address", KEPT)):
        assert rows_with(trace) == []
    assert not any(rows.exists() for rows in (AlertMail.objects.all(), AlertEvent.objects.all()))


def test_the_search_for_rows_can_find(client: Client) -> None:
    client.post("/follow/", FORM)
    assert rows_with("ann.reader") == ["trials_savedsearch"]
    assert rows_with(hashed("address", KEPT.casefold())) == ["trials_alertquota"]


def test_deleting_leaves_no_count_of_the_address(client: Client) -> None:
    client.post("/follow/", FORM)
    both = AlertQuota.objects.count()
    following.stop(SavedSearch.objects.get())
    assert (both, AlertQuota.objects.count()) == (2, 1)  # that of the client stays until its day is over
    clean_up(timezone.now())
    assert AlertQuota.objects.count() == 1
    clean_up(timezone.now() + timedelta(days=1))
    assert not AlertQuota.objects.exists()


def test_the_answer_does_not_tell_who_is_known(client: Client) -> None:
    follow(KEPT, "status=RECRUITING")
    known = client.post("/follow/?status=RECRUITING", FORM)
    unknown = client.post("/follow/?status=RECRUITING", {**FORM, "address": "new@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    texts = sent()
    assert len(texts) == 2
    assert "confirm" not in texts[0].split("--")[0]
    assert SavedSearch.objects.get(address=KEPT).state == Following.CONFIRMED


def test_an_address_gets_few_confirmations_a_day(client: Client) -> None:
    for number in range(MOST_OF_AN_ADDRESS + 4):
        assert client.post(f"/follow/?q=word{number}", FORM)["Location"] == "/follow/sent/"
    assert len(sent()) == MOST_OF_AN_ADDRESS
    assert client.post("/follow/?q=other", {**FORM, "address": ADDRESS.upper()})["Location"] == "/follow/sent/"
    assert sent() == []


def test_a_client_asks_for_few_a_day(client: Client) -> None:
    codes = [client.post("/follow/", {**FORM, "address": f"r{n}@example.org"}).status_code for n in range(32)]
    assert codes == [302] * MOST_OF_A_CLIENT + [429] * 2
    last = client.post("/follow/", FORM)
    assert last["Retry-After"] == "86400"
    assert "127.0.0" not in str(list(AlertQuota.objects.values_list("who", flat=True)))


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org", "a" * 250 + "@b.org"])
def test_what_is_no_address_is_refused(address: str, client: Client) -> None:
    answer = client.post("/follow/", {**FORM, "address": address})
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["age=63", "bilirubin=2", "utm_source=x", "status=NO_SUCH", "near=Springfield"])
def test_a_patients_facts_and_other_parameters_are_refused(query: str, client: Client) -> None:
    assert client.get(f"/follow/?{query}").status_code == 400
    assert client.post(f"/follow/?{query}", FORM).status_code == 400
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("page_size=5&sort=updated&changed_since=2026-11-01&q=  sorafenib  x", "q=sorafenib+x"),
        ("status=RECRUITING&child_pugh=B&child_pugh=A", "child_pugh=A&child_pugh=B&status=RECRUITING"),
        ("near=Lyon%2C+FR", ""),
        ("near=Lyon%2C+FR&radius=50", "near=Lyon%2C+FR&radius=50"),
        ("near=45.7640,4.8357&radius=50.0", "near=Champagne-au-Mont-d%27Or%2C+FR&radius=50"),
        ("near=45.7640,4.8357", ""),
    ],
)
def test_what_is_kept_of_a_search(asked: str, kept: str, client: Client) -> None:
    client.post(f"/follow/?{asked}", FORM)
    assert SavedSearch.objects.get().query == kept


def test_what_nobody_confirms_and_what_has_ended_is_deleted(client: Client) -> None:
    client.post("/follow/", FORM)
    [asked] = sent()
    confirm, now = path_of(asked, "confirm"), timezone.now()
    clean_up(now + timedelta(days=6, hours=23))
    assert SavedSearch.objects.exists()
    SavedSearch.objects.update(asked_at=now - timedelta(days=7, minutes=1))
    assert client.post(confirm).status_code == 404  # even before it is cleaned up
    clean_up(now)
    assert not SavedSearch.objects.exists()
    kept, ended = follow("a@example.org"), follow("b@example.org")
    following.end(ended.pk, Following.BOUNCED, now)
    clean_up(now + KEPT_AFTER_THE_END + timedelta(minutes=1))
    assert list(SavedSearch.objects.all()) == [kept]


@pytest.mark.parametrize("page", ["confirm", "manage", "stop"])
def test_a_link_that_is_not_ours_opens_nothing(page: str, client: Client) -> None:
    search = follow()
    for key in ("", "x", f"{search.pk}.{search.key}", f"{search.pk}.{search.key}:{'A' * 43}", "9" * 999):
        for method in (client.get, client.post):
            assert method(f"/follow/{page}/?key={key}").status_code == 404
    assert SavedSearch.objects.exists()


def test_without_a_mail_server_nothing_is_offered(client: Client, settings: Settings) -> None:
    settings.HCCTRIALS_FOLLOWING = False
    load(study(1))
    assert "/follow/" not in client.get("/trials/").content.decode()
    assert client.get("/follow/").status_code == 404
    assert client.post("/follow/", FORM).status_code == 404


def test_a_forged_form_is_refused(client: Client) -> None:
    assert Client(enforce_csrf_checks=True).post("/follow/", FORM).status_code == 403
