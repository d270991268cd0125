"""The start page: words, a town, and only trials that recruit unless the reader says otherwise."""

import re
from html import unescape

import pytest
from django.test import Client

from trials.tests.builders import load, raw_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_search_box_has_words_a_town_and_open_trials_first(page: str) -> None:
    assert 'name="q"' in page
    assert 'name="near"' in page
    assert '<input type="checkbox" name="status" value="RECRUITING" checked>' in page
    assert re.search(r'<button type="button"[^>]* hidden data-near-me', page)


def test_every_link_into_the_search_is_answered(client: Client, page: str) -> None:
    links = [unescape(link) for link in re.findall(r'href="(/trials/\?[^"]*)"', page)]
    assert len(links) >= 10
    for link in links:
        assert client.get(link).status_code == 200, link


def test_what_its_form_sends_is_answered(client: Client) -> None:
    assert client.get("/trials/?q=&near=&status=RECRUITING").status_code == 200
    assert client.get("/trials/?q=TACE&near=Lyon&status=RECRUITING").status_code == 200


def test_the_box_comes_first_then_situations_then_the_rest(page: str) -> None:
    parts = ['<form class="row-form"', 'id="situations"', 'id="more"', 'id="how"', 'id="someone-else"', 'id="what"']
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert 'href="#someone-else"' in page


def test_it_leads_to_match_calculators_glossary_and_what_is_said_of_the_data(page: str) -> None:
    main = page.partition("<main")[2].partition("</main>")[0]
    for address in ("/match/", "/child-pugh/", "/glossary/", "/about/", "/privacy/"):
        assert f'href="{address}"' in main, address


def test_a_known_page_is_not_made_again(client: Client) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    load(raw_record("NCT00000001", title="Hepatocellular carcinoma", status="RECRUITING"))
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_htmx_is_loaded_where_it_works_and_nowhere_else(client: Client) -> None:
    """It weighs more than everything else of a first page."""
    load(raw_record("NCT00000001", title="Hepatocellular carcinoma"))
    uses = re.compile(r"\bhx-(?:boost|get|post|target|trigger)=")
    pages = (
        "/",
        "/trials/",
        "/trials/?phase=none",
        "/trials/NCT00000001/",
        "/match/",
        "/glossary/",
        "/status",
        "/privacy/",
    )
    loaded = {address: "htmx-2.min.js" in client.get(address).content.decode() for address in pages}
    assert {
        address for address in pages if uses.search(client.get(address).content.decode()) and not loaded[address]
    } == set()
    assert {address for address in pages if loaded[address]} == {"/trials/", "/trials/?phase=none", "/status"}
