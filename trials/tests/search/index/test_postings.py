"""Words kept in memory follow the store: asked once, brought up to date by what changed, asked again when too old."""

import random
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from trials.models import Trial
from trials.search.index.columns import Columns
from trials.search.index.history import History
from trials.search.index.live import LIVE
from trials.search.index.orders import Orders
from trials.search.results import counted, select
from trials.tests.search.index.rows import indexed_row
from trials.tests.search.stores import random_trial, store


def test_history_knows_what_changed_between_versions_of_its_chain() -> None:
    history = History()
    history.begin(3)
    history.go_on(4, [1, 2])
    history.go_on(6, [2, 5])
    assert [history.changed_between(3, later) for later in (3, 4, 6)] == [BitMap(), BitMap([1, 2]), BitMap([1, 2, 5])]
    assert history.changed_between(4, 6) == BitMap([2, 5])
    assert history.changed_between(6, 4) is None
    assert history.changed_between(5, 6) is None, "a version that was never published"
    history.begin(7)
    assert history.changed_between(6, 7) is None, "nothing leads to a version that was built anew"


def _store(titles: dict[int, str]) -> None:
    trials = []
    for number, title in titles.items():
        trial = random_trial(number, random.Random(number))
        trial.words = title.split()
        trial.find_under("hcc_scope", {"hcc"})
        trials.append(trial)
    store(trials)


@pytest.mark.django_db(transaction=True)
def test_a_word_is_asked_once_and_then_follows_what_changes() -> None:
    _store({1: "sorafenib", 2: "placebo", 3: "sorafenib placebo"})
    query = QueryDict("q=sorafenib")
    assert counted(query)[0] == 2
    with CaptureQueriesContext(connection) as again:
        assert counted(query)[0] == 2
    assert not [asked for asked in again.captured_queries if "search_vector" in asked["sql"]]
    Trial.objects.filter(pk="NCT00000002").update(brief_title="Sorafenib against placebo")
    Trial.objects.filter(pk="NCT00000001").update(brief_title="Nothing of it")
    with CaptureQueriesContext(connection) as after:
        assert set(select(query).nct_ids) == {"NCT00000002", "NCT00000003"}
    asked = [asked["sql"] for asked in after.captured_queries if "search_vector @@" in asked["sql"]]
    assert asked
    assert all("mark.number = ANY" in sql for sql in asked), "only what changed is asked again"


@pytest.mark.django_db(transaction=True)
def test_better_places_come_first() -> None:
    _store({1: "placebo", 2: "placebo", 3: "placebo", 4: "placebo"})
    Trial.objects.filter(pk="NCT00000002").update(brief_title="Lenvatinib for many")
    Trial.objects.filter(pk="NCT00000003").update(search_terms="Drug: lenvatinib")
    Trial.objects.filter(pk="NCT00000004").update(brief_summary="After lenvatinib")
    Trial.objects.filter(pk="NCT00000001").update(eligibility_criteria="No lenvatinib")
    assert select(QueryDict("q=lenvatinib")).nct_ids == [f"NCT0000000{number}" for number in (2, 3, 4, 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", [("liver cancer", "liver-cancer"), ("liver-cancer", "liver cancer")])
def test_who_asks_first_decides_nothing(order: tuple[str, str]) -> None:
    """Two writings have the same phrases, and one of them is searched for word by word too."""
    _store({1: "placebo", 2: "placebo"})
    Trial.objects.filter(pk="NCT00000001").update(brief_title="Cancer of many kinds, the liver spared")
    LIVE.drop()  # the words that were asked for go with it
    found = {words: select(QueryDict(f"q={quote(words)}")).nct_ids for words in order}
    assert found == {"liver cancer": ["NCT00000001"], "liver-cancer": []}


def test_two_threads_may_ask_for_orders_while_a_version_is_made() -> None:
    columns = Columns.empty()
    for number in range(2000):
        columns.write(indexed_row(number))
    everyone = BitMap(range(2000))
    orders = Orders(columns)

    def ask_for_every_order() -> None:
        for name in ("updated", "start", "enrollment", "changed", "reach", "newest_change", "identifier") * 3:
            list(orders.sorted(everyone, name, everyone))
            orders._known.clear()

    with ThreadPoolExecutor(2) as pool:
        asking = pool.submit(ask_for_every_order)
        while not asking.done():
            orders.renewed(columns, BitMap([1]), [1])
        asking.result()
