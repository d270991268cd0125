"""/trials/charts/ as a visitor meets it: the numbers of the results, links that keep what they say, no markup."""

import html
import random
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import Site, Trial
from trials.search.results import counted
from trials.tests.builders import load_trial, raw_record, site
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db
URL = "/trials/charts/"
QUERIES = (
    "",
    "phase=PHASE1",
    "status=RECRUITING&country=FR",
    "site_status=COMPLETED",
    "q=placebo",
    "near=45.8,4.8&radius=300",
)
BAR = re.compile(
    r'<(?:a|div) class="line"(?: href="([^"]*)" rel="nofollow")?>\s*'
    r'<span class="label">(.*?)</span> <span class="n">(\d+)</span>(.*?)</svg>',
    re.DOTALL,
)
ROW = re.compile(r'<tr><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', re.DOTALL)


def _store(size: int) -> None:
    trials = [random_trial(number, random.Random(number)) for number in range(1, size + 1)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
    store(trials)


def _page(client: Client, query: str = "", url: str = URL) -> str:
    answer = client.get(f"{url}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _chart(page: str, name: str) -> str:
    return page[page.index(f'aria-labelledby="chart-{name}"') :].partition("</figure>")[0]


def _count(page: str) -> int:
    found = re.search(r"<h1[^>]*>(\d+) trials?", page)
    assert found
    return int(found[1])


@pytest.mark.parametrize("query", QUERIES)
def test_bars_have_the_numbers_of_the_facets_and_lead_to_as_many_trials(client: Client, query: str) -> None:
    _store(40)
    page = _page(client, query)
    count, facets = counted(QueryDict(query))
    assert _count(page) == count
    for name in ("phase", "status", "country"):
        links = [
            (html.unescape(url), int(number)) for url, _label, number, _svg in BAR.findall(_chart(page, name)) if url
        ]
        values = {QueryDict(url.partition("?")[2]).getlist(name)[0]: number for url, number in links}
        assert values == facets[name], name
        for url, number in links:
            assert url.startswith("/trials/?")
            assert counted(QueryDict(url.partition("?")[2]))[0] == number, url


@pytest.mark.parametrize("query", QUERIES)
def test_the_table_says_what_is_drawn_and_the_years_are_all_trials(client: Client, query: str) -> None:
    _store(40)
    page = _page(client, query)
    for name in ("phase", "status", "country", "year"):
        chart = _chart(page, name)
        bars = [(re.sub(r"</?b>", "", label), int(number)) for _url, label, number, _svg in BAR.findall(chart)]
        rows = [(label, int(re.findall(r"<td>(\d+)</td>", cells)[-1])) for label, cells in ROW.findall(chart)]
        assert rows == bars, name
        most = max((number for _label, number in bars), default=0)
        for *_label, number, svg in BAR.findall(chart):
            drawn = sum(float(width) for width in re.findall(r'width="([\d.]+)%" height', svg.partition("<rect")[2]))
            assert drawn == pytest.approx(int(number) * 100 / most, abs=0.011)
    years = BAR.findall(_chart(page, "year"))
    assert sum(int(number) for _url, _label, number, _svg in years) == _count(page)


def test_a_country_beyond_the_bars_stands_in_the_table(client: Client) -> None:
    names = ("France", "Italy", "Spain", "Germany", "Belgium", "Austria", "Poland", "Japan", "China", "Chile", "Peru",
             "India", "Egypt", "Kenya")  # fmt: skip
    load_trial(raw_record("NCT00000001", title="Hepatocellular carcinoma", sites=[site("X", name) for name in names]))
    load_trial(raw_record("NCT00000002", title="Hepatocellular carcinoma"))
    chart = _chart(_page(client), "country")
    assert "2 other countries" in chart
    assert "No country stated" in chart
    assert len(BAR.findall(chart)) == 12 + 2
    assert {name for name, _cells in ROW.findall(chart)} == {*names, "No country stated"}


def test_what_is_chosen_is_said_and_the_rest_is_hollow(client: Client) -> None:
    _store(20)
    chart = _chart(_page(client, "phase=PHASE1"), "phase")
    drawn = {label: "aside" in svg for _url, label, _number, svg in BAR.findall(chart)}
    assert drawn["<b>Phase 1 (chosen)</b>"] is False
    assert all(is_aside for label, is_aside in drawn.items() if "chosen" not in label)
    assert "Filled bars are your choice" in chart


def test_the_map_draws_all_towns_and_lists_them(client: Client) -> None:
    _store(20)
    chart = _chart(_page(client), "map")
    towns = Site.objects.exclude(computed_latitude=None).values("computed_latitude", "computed_longitude").distinct()
    assert len(set(re.findall(r"M\S+ \S+?h0", chart))) == towns.count() == len(ROW.findall(chart))
    assert f"Map: sites in {towns.count()} towns." in chart


def test_words_and_chips_are_as_on_the_page_of_results(client: Client) -> None:
    _store(20)
    page = _page(client, "q=sorafinb&phase=PHASE1&sort=start&page_size=50")
    assert "These are results for" in page
    assert 'href="/trials/charts/?q=sorafinb&amp;sort=start&amp;page_size=50"' in page
    assert 'href="/trials/?q=sorafinb&amp;phase=PHASE1&amp;sort=start&amp;page_size=50"' in page
    assert 'href="/trials/charts/?q=sorafinb&amp;phase=PHASE1&amp;sort=start"' in _page(
        client, "q=sorafinb&phase=PHASE1&sort=start&page_size=50", "/trials/"
    )


def test_another_language_shows_the_same_search(client: Client) -> None:
    page = _page(client, "phase=PHASE1")
    assert 'href="/fr/trials/charts/?phase=PHASE1"' in page
    assert '<link rel="canonical" href="http://testserver/trials/charts/?phase=PHASE1">' in page


@pytest.mark.parametrize("query", ["phase=PHASE33", "foo=1", "near=Springfield", "radius=10", "<script>=1"])
def test_it_refuses_what_the_page_of_results_refuses(client: Client, query: str) -> None:
    answers = [client.get(f"{url}?{query}") for url in (URL, "/trials/")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert len({answer.content.decode().partition("<title>")[2].partition("</title>")[0] for answer in answers}) == 1


def test_pages_change_nothing(client: Client) -> None:
    _store(3)
    assert _count(_page(client, "page=7&page_size=no&sort=start")) == 3


def test_nothing_to_draw_is_said(client: Client) -> None:
    page = _page(client)
    assert "nothing to draw" in page
    assert "<figure" not in page


def test_registry_words_are_escaped(client: Client) -> None:
    _store(1)
    Trial.objects.update(overall_status="<script>alert(1)</script>", phases=['"><img src=x>'])
    Site.objects.update(city="<b>Lyon", computed_latitude=45.8, computed_longitude=4.8)
    load_trial(raw_record("NCT00000009", title="Hepatocellular", sites=[site("<b>Town", "France", point=(45.0, 5.0))]))
    for query in ("", "q=<script>alert(1)</script>"):
        page = _page(client, query)
        for attack in ("<script>alert", "<img src=x", "<b>Town", "<b>Lyon"):
            assert attack not in page


@pytest.mark.parametrize("language", ["fr", "zh-hans"])
def test_no_language_puts_a_comma_into_a_drawing(client: Client, language: str) -> None:
    _store(40)
    page = _page(client, url=f"/{language}{URL}")
    for attribute in re.findall(r'\b(?:x|y|width|height|viewBox|d|points|r)="([^"]*)"', page.partition("<main")[2]):
        assert re.fullmatch(r"[-\d.% Mhem]*", attribute), attribute
    links = [url for url, *_rest in BAR.findall(page) if url]
    assert links
    assert all(url.startswith(f"/{language}/trials/?") for url in links)


def test_who_has_the_page_is_told_so(client: Client) -> None:
    _store(2)
    tag = client.get(URL).headers["ETag"]
    again = client.get(URL, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/trials/").headers["ETag"] != tag
    Trial.objects.filter(pk="NCT00000001").update(phases=["PHASE4"])
    assert client.get(URL, headers={"if-none-match": tag}).status_code == 200


def test_only_get_and_head_and_no_cookie(client: Client) -> None:
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200
    assert not client.get(URL).cookies


def test_the_same_number_of_queries_whatever_the_store_holds(client: Client) -> None:
    def queries() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    _store(3)
    few = queries()
    store([random_trial(number, random.Random(number)) for number in range(100, 160)])
    assert queries() == few <= 9


def test_two_thousand_towns_are_drawn(client: Client) -> None:
    places = [
        site(f"Town {number}", "France", point=(number % 80 - 40.05, number / 10 - 110)) for number in range(2000)
    ]
    load_trial(raw_record("NCT00000001", title="Hepatocellular carcinoma", sites=places))
    page = _page(client)
    assert "Map: sites in 2000 towns." in page
    assert "And 1940 towns with fewer trials." in page
