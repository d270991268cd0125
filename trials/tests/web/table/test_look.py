"""view and column are parameters of the page alone: checked like all others, and never part of a search."""

import random
import re

import pytest
from django.http import QueryDict
from django.test import Client

from trials.tests.search.stores import random_trial, store
from trials.web.query_links import PRESENTATION, QueryLinks
from trials.web.table.columns import COLUMNS, USUAL
from trials.web.table.look import asked_look


def _href(html: str, words: str) -> str:
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{words}', html)
    assert found, words
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("query", "is_table"), [("", False), ("view=", False), ("view=cards", False), ("view=table", True)]
)
def test_cards_unless_a_table_is_asked_for(query: str, is_table: bool) -> None:
    look = asked_look(QueryDict(query))
    assert (look.is_table, look.refusals) == (is_table, {})


def test_columns_come_in_their_own_order_and_the_usual_ones_without_a_choice() -> None:
    look = asked_look(QueryDict("column=sites&column=bclc&column=title&column=bclc&column="))
    assert look.columns == ("title", "bclc", "sites")
    assert set(asked_look(QueryDict("column=")).columns) == USUAL
    assert set(COLUMNS) >= USUAL


def test_the_search_is_parted_from_how_it_is_shown() -> None:
    look = asked_look(QueryDict("q=TACE&view=table&column=bclc&phase=PHASE2&phase=PHASE3&page=2"))
    assert look.search.urlencode() == "q=TACE&phase=PHASE2&phase=PHASE3&page=2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("view=list", ["view"]),
        ("view=table&view=table", ["view"]),
        ("column=nothing", ["column"]),
        ("view=table&column=bclc&column=<b>", ["column"]),
        ("view=x&phase=PHASE33&foo=1", ["view", "phase", "foo"]),
        (f"view={'x' * 5000}", ["view"]),
    ],
)
def test_what_is_not_listed_is_refused_and_named(client: Client, query: str, named: list[str]) -> None:
    answer = client.get(f"/trials/?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert all(f"<code>{name}</code>" in page for name in named)
    assert "<b>" not in page.partition("<main")[2].partition("</dl>")[0]
    assert "x" * 400 not in page.partition("<main")[2].partition("</dl>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/trials/", "/api/v1/trials.csv", "/trials/feed.atom"])
@pytest.mark.parametrize("query", ["view=table", "column=bclc"])
def test_no_other_door_takes_them(client: Client, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code == 400


@pytest.mark.django_db
def test_links_keep_the_look_on_the_page_and_leave_it_there() -> None:
    trials = [random_trial(number, random.Random(number)) for number in range(1, 6)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
        trial.phases = ["PHASE3"]
    store(trials)
    html = Client().get("/trials/?view=table&column=bclc&phase=PHASE3&page_size=2&page=2").content.decode()
    for words in ("Table \\(CSV\\)", "Feed of what changes"):
        target = _href(html, words)
        assert "phase=PHASE3" in target
        assert "view=" not in target
        assert "column=" not in target
    for words in ("Previous", "Next", "50"):
        assert "view=table&column=bclc" in _href(html, words), words
    assert _href(html, "Start over") == "/trials/?view=table&column=bclc"
    assert _href(html, "Cards") == "/trials/?column=bclc&phase=PHASE3&page_size=2&page=2"
    assert '<link rel="canonical" href="http://testserver/trials/?phase=PHASE3&amp;page_size=2&amp;page=2">' in html
    for name, value in (("view", "table"), ("column", "bclc"), ("page_size", "2")):
        assert f'<input type="hidden" name="{name}" value="{value}" form="narrow">' in html


def test_the_same_page_of_results_in_another_look() -> None:
    links = QueryLinks("/trials/", QueryDict("q=x&page=3&column=bclc"))
    assert links.shown_as("table") == "/trials/?q=x&column=bclc&page=3&view=table"
    assert QueryLinks("/trials/", QueryDict("q=x&view=table")).shown_as("") == "/trials/?q=x"
    assert links.elsewhere("/x/") == "/x/?q=x"
    assert {"view", "column"} == set(PRESENTATION)
