"""Near a town, on the page of results: distances, the radius and what it leaves out, and the question which town."""

import random
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from trials.tests.search.stores import PlainSite, random_trial, store

pytestmark = pytest.mark.django_db

LYON, RENNES = (45.8, 4.8), (48.1, -1.7)


def _store(*sites: list[PlainSite]) -> None:
    made = [random_trial(number, random.Random(number)) for number in range(1, len(sites) + 1)]
    for trial, its in zip(made, sites, strict=True):
        trial.find_under("hcc_scope", {"hcc"})
        trial.columns["overall_status"] = "COMPLETED"
        trial.sites = its
    store(made)


def _page(client: Client, status: int = 200, **parameters: str) -> str:
    answer = client.get(f"/trials/?{urlencode(parameters)}")
    assert answer.status_code == status
    return answer.content.decode()


def _links(page: str) -> dict[str, str]:
    return {text: unescape(url) for url, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>', page)}


def test_cards_tell_the_nearest_site_and_whether_it_recruits(client: Client) -> None:
    _store([("FR", "RECRUITING", RENNES), ("FR", "COMPLETED", LYON)], [("FR", "COMPLETED", LYON)], [("FR", "", None)])
    page = _page(client, near="Lyon, FR")
    assert "2 sites, 1 recruiting, nearest about 550 km ((48.1, -1.7))" in page
    assert "1 site, nearest less than 10 km ((45.8, 4.8)), not listed as recruiting" in page
    assert "1 site, its sites name no place that we know" in page
    assert '<option value="" selected>Nearest' in page


def test_without_a_place_no_distance_is_spoken_of(client: Client) -> None:
    _store([("FR", "RECRUITING", RENNES)])
    page = _page(client)
    assert "nearest" not in page
    assert ">Nearest<" not in page


def test_a_radius_tells_what_it_leaves_out(client: Client) -> None:
    _store([("FR", "", LYON)], [("FR", "", RENNES)], [("FR", "", RENNES)], [("FR", "", None)])
    page = _page(client, near="Lyon", radius="50", sort="start")
    assert "1 within 50 km, 2 elsewhere" in page
    assert "1 more trial names no place" in page
    assert _links(page)["Show all distances"] == "/trials/?near=Lyon&sort=start"
    assert "4 trials" in _page(client, near="Lyon")


def test_nothing_within_tells_where_the_nearest_is(client: Client) -> None:
    _store([("FR", "", RENNES)])
    page = _page(client, near="Lyon", radius="50")
    assert "None within 50 km, 1 elsewhere: nearest about 550 km ((48.1, -1.7))" in page
    assert "Without “Within 50 km”" in page


def test_place_and_radius_are_chips(client: Client) -> None:
    _store([("FR", "", LYON)])
    page = _page(client, near="Lyon", radius="50", sort="distance", phase="NOT_STATED")
    chips = {
        text.strip(): unescape(url)
        for url, text in re.findall(r'class="chip" href="([^"]*)"[^>]*><span[^>]*>[^<]*</span>([^<]*)', page)
    }
    assert chips["Place: Lyon, France"] == "/trials/?phase=NOT_STATED"
    assert chips["Within 50 km"] == "/trials/?near=Lyon&sort=distance&phase=NOT_STATED"


def test_another_radius_stays_chosen(client: Client) -> None:
    assert '<option value="75" selected>Within 75 km' in _page(client, near="Lyon", radius="75")


def test_other_towns_of_the_name_stand_beside_it(client: Client) -> None:
    page = _page(client, near="London", radius="100")
    assert "Or did you mean:" in page
    assert _links(page)["London, Ontario, Canada"].endswith("&radius=100")


@pytest.mark.parametrize("place", ["Springfield", "San José"])
def test_an_ambiguous_place_is_asked_about_and_the_search_kept(client: Client, place: str) -> None:
    page = _page(client, status=400, near=place, radius="50", q="TACE", phase="PHASE3")
    assert "Which place do you mean?" in page
    choices = {text: url for text, url in _links(page).items() if text.startswith(place)}
    assert len(choices) > 3
    for text, url in choices.items():
        assert "," in text
        assert url.endswith("&radius=50&q=TACE&phase=PHASE3")
        assert client.get(url).status_code == 200, url
    assert '<input type="hidden" name="q" value="TACE">' in page
    assert _links(page)["Search without a place"] == "/trials/?q=TACE&phase=PHASE3"


def test_an_unknown_place_is_said_to_be_unknown(client: Client) -> None:
    page = _page(client, status=400, near="<script>qqzzx", q="TACE")
    assert "We could not find this place" in page
    assert "<script>qq" not in page


@pytest.mark.parametrize("parameters", [{"radius": "50"}, {"sort": "distance"}])
def test_a_distance_without_a_town_asks_for_the_town(client: Client, parameters: dict[str, str]) -> None:
    page = _page(client, status=400, **parameters)
    assert "Near which town?" in page
    assert 'name="near"' in page
    assert _links(page)["Search without a place"] == "/trials/"


def test_a_bad_radius_is_asked_again_beside_its_town(client: Client) -> None:
    page = _page(client, status=400, near="Lyon", radius="-5")
    assert "Within what distance?" in page
    assert "A number of kilometres from 1 to 20,000 is needed." in page
    assert 'value="Lyon"' in page


def test_other_mistakes_are_named_as_before(client: Client) -> None:
    page = _page(client, status=400, near="Springfield", foo="1")
    assert "<code>foo</code>" in page


def test_blanks_of_a_form_stay_out_of_links(client: Client) -> None:
    _store([("FR", "", LYON)])
    page = _page(client, q="", near="", radius="", sort="", phase="NOT_STATED")
    body = page[page.index("<main") :]
    assert "near=&" not in body
    assert "radius=&" not in body
    assert "?phase=NOT_STATED" in body
