"""The note on every page that the data are old: when it is there, what it costs, and that no page fails over it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from trials.tests.builders import load_trial
from trials.tests.search.test_refresh_state import run
from trials.tests.web.trial_page.pages import words_of

pytestmark = pytest.mark.django_db
PAGES = ("/", "/trials/", "/trials/NCT01234567/", "/trials/NCT01234567/history/", "/about/", "/status")
NOTE = "These data were last compared with the registry on"


@pytest.mark.parametrize("url", [*PAGES, "/trials/?phase=nonsense", "/nowhere/", "/trials/NCT09999999/"])
def test_old_data_are_told_on_every_page(client: Client, url: str) -> None:
    load_trial()
    run(hours=49)
    day = date_format(timezone.now() - timedelta(hours=49), "DATE_FORMAT")
    assert f"{NOTE} {day}." in words_of(client.get(url).content.decode())


@pytest.mark.parametrize("hours", [0, 47])
def test_fresh_data_need_no_note(client: Client, hours: int) -> None:
    load_trial()
    run(hours=hours)
    assert NOTE not in client.get("/").content.decode()


def test_an_empty_store_has_no_old_data(client: Client) -> None:
    run(hours=99)
    assert NOTE not in client.get("/").content.decode()


def test_it_costs_one_query_where_it_is_shown_and_none_elsewhere(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/nowhere/")
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        client.get("/livez")
    assert len(queries) == 0


def test_a_page_does_not_fail_because_its_footnote_cannot_be_asked(client: Client) -> None:
    with connection.execute_wrapper(_refuse):
        assert client.get("/nowhere/").status_code == 404


def test_the_page_for_a_database_that_is_away_asks_no_more(client: Client) -> None:
    asked: list[str] = []

    def refuse(_execute: object, sql: str, *_: object) -> None:
        asked.append(sql)
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        assert client.get("/trials/").status_code == 503
    assert not [sql for sql in asked if "refreshrun" in sql]


def test_old_data_do_not_make_the_site_unready(client: Client) -> None:
    load_trial()
    run(hours=999)
    assert client.get("/readyz").status_code == 200


def _refuse(*_: object) -> None:
    raise OperationalError("the server closed the connection")
