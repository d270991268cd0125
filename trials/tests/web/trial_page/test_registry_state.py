"""Trials that the registry no longer lists: what their pages say, and where renumbered ones lead."""

from datetime import date

import pytest
from django.test import Client

from trials.models import Trial
from trials.tests.builders import load_trial, raw_record
from trials.tests.web.trial_page.pages import Page, visit
from trials.vocabulary.registry_states import RegistryState

pytestmark = pytest.mark.django_db
URL = "/trials/NCT01234567/"
NEWER = "/trials/NCT07654321/"


def page_in(client: Client, state: RegistryState) -> Page:
    load_trial(raw_record(status="RECRUITING", updated="2026-11-01"))
    Trial.objects.update(registry_state=state, registry_state_since=date(2026, 11, 3))
    return visit(client, URL)


def test_a_listed_trial_says_nothing_of_it(client: Client) -> None:
    head = page_in(client, RegistryState.LISTED).head
    assert "no longer" not in head
    assert "Our search" not in head


def test_a_trial_that_is_gone_says_so_and_is_not_drawn_as_open(client: Client) -> None:
    page = page_in(client, RegistryState.GONE)
    assert "The registry no longer has this record. We saw that on 3 November 2026" in page.head
    assert "Ask the trial team before you rely on it." in page.head
    assert "When last seen: “Recruiting”" in page.head
    assert 'class="pill open"' not in page.html


def test_a_trial_that_our_search_no_longer_returns_says_so_quietly(client: Client) -> None:
    page = page_in(client, RegistryState.NOT_RETURNED)
    assert "Our search of the registry has not returned this record since 3 November 2026" in page.head
    assert 'class="note"' not in page.html
    assert 'class="pill open"' in page.html


def test_a_renumbered_trial_keeps_its_page_while_the_newer_record_is_not_stored(client: Client) -> None:
    page = page_in(client, RegistryState.RENAMED)
    assert "The registry now keeps this record under another number." in page.head
    assert 'class="pill open"' not in page.html
    assert "under another number" in visit(client, f"{URL}history/").words


def newer_record() -> dict[str, object]:
    return raw_record(identificationModule={"nctId": "NCT07654321", "nctIdAliases": ["NCT01234567"]})


@pytest.mark.parametrize("page", ["", "history/"])
def test_a_renumbered_trial_leads_to_the_newer_record(client: Client, page: str) -> None:
    page_in(client, RegistryState.RENAMED)
    load_trial(newer_record())
    answer = client.get(URL + page)
    assert (answer.status_code, answer.headers["Location"]) == (301, NEWER + page)


def test_two_records_that_name_each_other_do_not_send_readers_round_in_circles(client: Client) -> None:
    load_trial(raw_record(identificationModule={"nctId": "NCT01234567", "nctIdAliases": ["NCT07654321"]}))
    load_trial(newer_record())
    Trial.objects.update(registry_state=RegistryState.RENAMED, registry_state_since=date(2026, 11, 3))
    assert client.get(URL).status_code == client.get(NEWER).status_code == 200


def test_a_listed_trial_is_shown_even_if_another_one_claims_its_number(client: Client) -> None:
    page_in(client, RegistryState.LISTED)
    load_trial(newer_record())
    assert client.get(URL).status_code == 200
