"""Staff order a refresh: what is new, everything, or chosen trials. A worker gets it, the log a line."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kombu.exceptions import OperationalError

from trials.admin.refresh_order import MOST_CHOSEN
from trials.models import RefreshRun, Trial
from trials.tasks import refresh_trials
from trials.tests.admin.pages import list_url, page_url, scripts, text
from trials.tests.admin.records import bare, load, nct
from trials.tests.admin.runs import queued, run, said

pytestmark = pytest.mark.django_db
ORDER = "/admin/trials/refreshrun/order/"
EVERYTHING = "/admin/trials/refreshrun/everything/"
AWAY = ["The worker cannot be reached; no refresh was ordered. Try later."]


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    queued()


@pytest.fixture
def orderer_client(reader_client: Client) -> Client:
    """The reader, who may order refreshes too, and nothing else."""
    User.objects.get(username="reader").user_permissions.add(Permission.objects.get(codename="add_refreshrun"))
    return reader_client


def choose(client: Client, *numbers: int, across: bool = False) -> list[str]:
    chosen = {"action": "refresh_chosen", "_selected_action": [nct(number) for number in numbers], "index": "0"}
    return said(client.post(list_url(Trial), {**chosen, "select_across": "1" if across else "0"}))


def refresh_url(number: int) -> str:
    return reverse("admin:trials_trial_refresh", args=[nct(number)])


@pytest.mark.parametrize(
    ("form", "full", "words"), [({}, False, "What is new"), ({"full": "yes"}, True, "Everything")], ids=str
)
def test_an_order_reaches_the_broker_and_the_log(
    form: dict[str, str], full: bool, words: str, orderer_client: Client
) -> None:
    response = orderer_client.post(ORDER, form)
    assert response.headers["Location"] == list_url(RefreshRun)
    assert queued() == [{"full": full, "nct_ids": None, "asked_by": "reader"}]
    (message,) = said(response)
    assert message.startswith("The refresh is ordered.")
    assert f'<a href="{list_url(RefreshRun)}">Refresh runs</a>' in message
    entry = LogEntry.objects.get()
    assert (entry.object_repr, str(entry.user)) == (f"Refresh ordered: {words}", "reader")
    assert "Refresh ordered" in text(orderer_client, reverse("admin:index"))


def test_the_list_offers_both_and_asks_before_everything(orderer_client: Client) -> None:
    page = text(orderer_client, list_url(RefreshRun))
    assert f'<form method="post" action="{ORDER}">' in page
    assert f'href="{EVERYTHING}"' in page
    confirmation = text(orderer_client, EVERYTHING)
    assert 'name="full" value="yes"' in confirmation
    assert scripts(confirmation) == []
    assert queued() == []


def test_a_get_orders_nothing(orderer_client: Client) -> None:
    load(bare(1))
    assert orderer_client.get(ORDER).headers["Location"] == list_url(RefreshRun)
    assert orderer_client.get(refresh_url(1)).headers["Location"] == page_url(Trial, nct(1))
    assert queued() == []


def test_forms_need_the_csrf_token(orderer_client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="reader"))
    load(bare(1))
    assert [strict.post(url).status_code for url in (ORDER, refresh_url(1))] == [403, 403]
    assert queued() == []


def test_chosen_trials(orderer_client: Client) -> None:
    for number in range(1, 4):
        load(bare(number))
    (message,) = choose(orderer_client, 1, 3)
    assert message.startswith("The refresh of 2 trials is ordered.")
    assert queued() == [{"full": False, "nct_ids": [nct(1), nct(3)], "asked_by": "reader"}]
    assert sorted(LogEntry.objects.values_list("object_id", flat=True)) == [nct(1), nct(3)]
    assert "Refresh ordered." in text(orderer_client, reverse("admin:trials_trial_history", args=[nct(1)]))


def test_a_trials_own_page(orderer_client: Client) -> None:
    load(bare(1))
    assert f'<form method="post" action="{refresh_url(1)}">' in text(orderer_client, page_url(Trial, nct(1)))
    response = orderer_client.post(refresh_url(1))
    assert response.headers["Location"] == page_url(Trial, nct(1))
    assert said(response)[0].startswith("The refresh of 1 trial is ordered.")
    assert queued() == [{"full": False, "nct_ids": [nct(1)], "asked_by": "reader"}]
    assert orderer_client.post(refresh_url(404)).status_code == 404


def test_more_than_a_hundred_are_refused(orderer_client: Client) -> None:
    for number in range(MOST_CHOSEN + 1):
        load(bare(number + 1))
    with CaptureQueriesContext(connection) as captured:
        messages = choose(orderer_client, 1, across=True)
    assert messages == ["At most 100 trials are refreshed at once; nothing was ordered. Choose fewer."]
    assert len(captured) < 21
    assert queued() == []
    assert not LogEntry.objects.exists()
    Trial.objects.filter(pk=nct(1)).delete()
    assert choose(orderer_client, 2, across=True)[0].startswith("The refresh of 100 trials is ordered.")
    assert len(queued()[0]["nct_ids"]) == MOST_CHOSEN


def test_a_broker_that_is_away_is_said_and_nothing_is_logged(
    orderer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_arguments: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(refresh_trials, "delay", away)
    load(bare(1))
    assert said(orderer_client.post(ORDER)) == AWAY
    assert said(orderer_client.post(refresh_url(1))) == AWAY
    assert choose(orderer_client, 1) == AWAY
    assert not LogEntry.objects.exists()


def test_while_a_run_is_under_way_nothing_is_ordered(orderer_client: Client) -> None:
    going = run("running")
    load(bare(1))
    for messages in (said(orderer_client.post(ORDER)), choose(orderer_client, 1)):
        assert messages[0].startswith("A refresh is under way since ")
        assert f'<a href="{page_url(RefreshRun, going.pk)}">' in messages[0]
    assert queued() == []
    assert not LogEntry.objects.exists()


def test_ordering_needs_its_own_permission(reader_client: Client, client: Client) -> None:
    load(bare(1))
    pages = text(reader_client, list_url(RefreshRun)) + text(reader_client, page_url(Trial, nct(1)))
    assert "Refresh now" not in pages
    assert "Refresh this trial" not in pages
    assert "refresh_chosen" not in text(reader_client, list_url(Trial))
    for url in (ORDER, EVERYTHING, refresh_url(1)):
        assert reader_client.post(url).status_code == 403, url
        assert reader_client.get(url).status_code == 403, url
        assert client.post(url).status_code == 302, url
    assert not any("ordered" in message for message in choose(reader_client, 1))
    assert queued() == []
