"""What each page may ask of the database: a number that does not grow with the store, and that nobody raises unseen."""

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.tests.search.stores import random_trial, store

# Those that begin and end a moment are counted too: three of each.
BUDGETS = {
    "/": 5,
    "/about/": 8,
    "/trials/": 10,
    "/trials/?q=sorafenib&status=RECRUITING&country=FR": 12,
    "/trials/?near=45.8,4.8&radius=500": 13,
    "/trials/?view=table": 10,
    "/trials/?view=table&column=interventions&column=sites&near=45.8,4.8": 13,
    "/trials/charts/": 9,
    "/trials/NCT00000001/": 23,
    "/trials/NCT00000001/history/": 8,
    "/compare/?id=NCT00000001&id=NCT00000002": 14,
    "/compare/?id=NCT00000001&id=NCT00000002&near=45.8,4.8": 14,
    "/trials/feed.atom": 15,
    "/api/v1/trials/": 9,
    "/api/v1/trials/?cursor=": 10,
    "/api/v1/trials/NCT00000001/": 22,
    "/sitemap.xml": 5,
    "/robots.txt": 0,
    "/livez": 0,
}


def _queries(client: Client, url: str) -> int:
    client.get(url)  # words and towns that were asked for once are known
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


@pytest.mark.django_db(transaction=True)
def test_no_page_asks_more_than_it_may_whatever_the_store_holds() -> None:
    client = Client()
    trials = [random_trial(number, random.Random(number)) for number in range(1, 61)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
    store(trials[:3])
    few = {url: _queries(client, url) for url in BUDGETS}
    store(trials[3:])
    many = {url: _queries(client, url) for url in BUDGETS}
    assert {url: number for url, number in many.items() if number > BUDGETS[url]} == {}
    assert {url: (few[url], many[url]) for url in BUDGETS if many[url] > few[url] + 2} == {}
