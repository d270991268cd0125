"""What people and programs send that no form of ours would: every door that takes a search answers calmly.

Never a fault of ours (500), never a search that silently leaves the odd part out, never the input back as markup.
Source of the rows: design/FAULTS.md, section 4 (U-01 to U-09, U-14, U-16).
"""

import random
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import pytest
from django.test import Client

from trials.models import Trial
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db

PAGE, API, CSV, FEED = "/trials/", "/api/v1/trials/", "/api/v1/trials.csv", "/trials/feed.atom"
SMALL = 60_000  # characters: an answer that says no, however much was sent


WORDS = (
    "x", "", "   ", "...", "'", "''", "%", "_", "\\", '"', '"unclosed', "a & | !b", ":*", "!", "&", "<->", "(((", "-",
    "--", "- -", "OR", "or or or", "the", "*", "a:*", "liver:A", "$1", "%s", "{0}", "; DROP TABLE trials",
    "İ ß ﬁ", "نص عربي", "\u202eabc", "סרטן הכבד", "肝癌", "😀", "a\u0301\u0327", "\ufeff", "\u200b", "\uffff",
    "x" * 200, "肝" * 200, '"' * 200, "-a " * 66, "or " * 66, "((" * 100,
)  # fmt: skip
BYTES = ("%ff", "%C3%28", "%ED%A0%80", "a%ffb", "%", "%zz", "%u0041", "+", "%0d%0aSet-Cookie:a=b", "%1b%5b31m")
MARKUP = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "{{191|add:191}}")
NO_PAGES = ("0", "-1", "abc", "1e9", "99999999", "9" * 22, "1.5", "²", "١", "0x1", "NaN", "1 1")
NO_SIZES = ("0", "-1", "abc", "1e2", "²", "NaN", "1.5")
NO_VALUES = (
    "status=recruiting", "status=a&status=b", "status=RECRUITING&status=b", "status=%00", "status=" + "A" * 5000,
    "phase=3", "country=France", "country=XX", "child_pugh=16", "q=a&q=b", "sort=updated&sort=start",
    "near=Lyon&near=Paris", "page_size=10&page_size=20", "page=1&page=2", "per_page=100000", "limit=5",
)  # fmt: skip
NO_POSITIONS = ("NaN,NaN", "inf,0", "0,-inf", "91,0", "-90.1,0", "0,181", "0,-181", "1e400,0", "1e9,1e9")
NO_RADII = ("0", "-5", "1e12", "20001", "NaN", "inf", "abc", "1e400", "9" * 400, "0x10", "\x00", "٥")
NO_PLACES = ("69003", "SW1A 1AA", "Xqzzyv", "a" * 50, "😀", "...", "-", "NCT05904886")
CLEAR_PLACES = ("Lyon", "lyon", "LYON", " Lyon ", "Köln", "Koln", "東京", "Lyon, FR", "45.8,4.8", "45.8, 4.8")
EDGES_OF_THE_EARTH = ("-90,0", "90,0", "0,180", "0,-180", "-36.8,174.8", "89.99,179.99")
NO_SORTS = (
    "-password",
    "__class__",
    "status__trial__nct_id",
    "?",
    "-updated",
    "UPDATED",
    "rank",
    "updated,start",
    "\0",
)
NO_NAMES = (
    "_connector", "_negated", "__class__", "pk", "nct_id", "nct_id__in", "status__in", "status[]", "q__contains", 'a"b',
    "a'b", "a b", "a;b", "a.b", "%", "Q", "STATUS", "facts__name", "search_vector", "request", "self", "data", "lat",
)  # fmt: skip
ODD_NAMES = ("", "a\tb", "\x1b[31m", "\r\nSet-Cookie: a=b", "\x00", "肝", "\u202e", "x" * 500)
OTHER_WRITINGS = ("nct00000001", "Nct00000001", " NCT00000001 ", "NCT00000001\n", "nct00000001\t")
NO_NUMBERS = (
    "NCT1234567", "NCT123456789", "NCT00000000", "NCT99999999", "NCT0000000１", "NCTabcdefgh", "00000001", "x", "%00",
    "%ff", "..%2f..%2fetc%2fpasswd", "%2e%2e", "NCT00000001%00", "NCT00000001'--", "NCT" + "0" * 5000, MARKUP[0],
)  # fmt: skip


@pytest.fixture(autouse=True)
def three_trials(client: Client) -> None:
    client.raise_request_exception = False  # a fault is the 500 that a visitor would see
    trials = [random_trial(number, random.Random(number)) for number in (1, 2, 3)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
    store(trials)


@pytest.fixture(params=(PAGE, API, CSV, FEED))
def door(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


class Answer:
    """What came back for one address, which stands in every complaint about it."""

    def __init__(self, client: Client, url: str) -> None:
        self.url = f"{url[:150]} ({len(url)})"
        response = client.get(url)
        self.response, self.status = response, response.status_code
        self.body = (b"".join(response) if response.streaming else response.content).decode()
        self.is_json = response.headers["Content-Type"].startswith("application/json")
        assert self.status < 500, self.url
        assert not response.cookies, self.url
        assert response.headers["X-Content-Type-Options"] == "nosniff", self.url

    def must_be(self, *statuses: int) -> None:
        assert self.status in statuses, f"{self.url}: {self.status}"
        assert self.status == 200 or len(self.body) < SMALL, f"{self.url}: {len(self.body)} characters"

    def must_refuse(self, parameter: str) -> None:
        """The parameter's name is in the answer: as a key where it is JSON, escaped where it is a page."""
        self.must_be(400)
        if self.is_json:
            errors = self.response.json()["errors"]
            assert errors.get(parameter), f"{self.url}: {errors}"
        else:
            assert f">{escape(parameter)}<" in self.body or f"{escape(parameter)}:" in self.body, self.url


def _of(door: str, values: Sequence[str]) -> Sequence[str]:
    """All for the page; every fourth for the doors that ask the same search in the same way."""
    return values if door == PAGE else values[::4]


# --- U-01: words


def test_any_words_are_answered(client: Client, door: str) -> None:
    for words in _of(door, WORDS):
        Answer(client, f"{door}?q={quote(words)}").must_be(200)


def test_bytes_that_are_no_text_are_answered(client: Client, door: str) -> None:
    for name in ("q", "status", "near"):
        for raw in _of(door, BYTES):
            Answer(client, f"{door}?{name}={raw}").must_be(200, 400)


def test_words_that_are_too_long_or_hold_nul_are_refused(client: Client, door: str) -> None:
    for words in ("x" * 201, "x" * 10_000, "肝" * 2000, "a\x00b", "\x00"):
        Answer(client, f"{door}?q={quote(words)}").must_refuse("q")


# --- U-02: pages


@pytest.mark.parametrize("door", [PAGE, API])
def test_a_page_that_does_not_exist_is_404(client: Client, door: str) -> None:
    for page in NO_PAGES:
        Answer(client, f"{door}?page={quote(page)}").must_be(404)


@pytest.mark.parametrize("door", [PAGE, API])
def test_a_page_size_that_is_no_number_is_refused(client: Client, door: str) -> None:
    for size in NO_SIZES:
        Answer(client, f"{door}?page_size={quote(size)}").must_refuse("page_size")


@pytest.mark.parametrize("door", [PAGE, API])
def test_a_page_size_over_the_most_gives_the_most(client: Client, door: str) -> None:
    for size in ("100000", "9" * 30):
        answer = Answer(client, f"{door}?page_size={size}")
        answer.must_be(200)
        assert not answer.is_json or answer.response.json()["page_size"] == 100


# --- U-03: values, many of them, and much of them


def test_unlisted_and_repeated_values_are_refused(client: Client, door: str) -> None:
    for query in NO_VALUES:
        Answer(client, f"{door}?{query}").must_refuse(query.partition("=")[0])


def test_a_right_value_many_times_is_the_value_once(client: Client, door: str) -> None:
    for times in (1, 2, 500):
        answer = Answer(client, f"{door}?{'&'.join(['status=UNKNOWN'] * times)}")
        answer.must_be(200)
        stored = Trial.objects.filter(overall_status="UNKNOWN").count()
        assert door != API or answer.response.json()["count"] == stored


def test_a_wrong_value_many_times_is_refused_in_few_words(client: Client, door: str) -> None:
    Answer(client, f"{door}?{'&'.join(['status=nonsense'] * 500)}").must_refuse("status")


def test_more_values_than_django_takes_are_refused(client: Client, door: str) -> None:
    for name in ("status", "q", "anything"):
        Answer(client, f"{door}?{'&'.join([f'{name}=FR'] * 501)}").must_be(400)


@pytest.mark.parametrize("query", ["q={}", "status={}", "{}=1", "near={}", "sort={}"])
def test_two_megabytes_are_answered_in_few_words(client: Client, door: str, query: str) -> None:
    Answer(client, f"{door}?{query.format('x' * 2_000_000)}").must_be(400, 404, 414)


def test_input_never_comes_back_as_markup(client: Client, door: str) -> None:
    for query in ("q={}", "status={}", "{}=1", "near={}", "near=Lyon&radius={}", "sort={}", "page={}"):
        for attack in MARKUP:
            answer = Answer(client, f"{door}?{query.format(quote(attack))}")
            assert answer.is_json or not any(mark in answer.body for mark in MARKUP[:3]), answer.url
            assert "382" not in answer.body, answer.url


# --- U-04, U-05, U-06: places


def test_a_position_that_is_not_on_the_earth_is_refused(client: Client, door: str) -> None:
    for place in NO_POSITIONS:
        Answer(client, f"{door}?near={place}").must_refuse("near")


def test_a_radius_that_is_none_is_refused(client: Client, door: str) -> None:
    for radius in NO_RADII:
        Answer(client, f"{door}?near=45.8,4.8&radius={quote(radius)}").must_refuse("radius")


def test_a_distance_from_nowhere_is_refused(client: Client, door: str) -> None:
    for query in ("radius=50", "sort=distance", "radius=50&near=", "radius=50&near=%20"):
        Answer(client, f"{door}?{query}").must_refuse(query.partition("=")[0])


def test_a_place_that_is_meant_beyond_doubt(client: Client, door: str) -> None:
    for place in _of(door, CLEAR_PLACES + EDGES_OF_THE_EARTH):
        Answer(client, f"{door}?near={quote(place)}&radius=20000").must_be(200)


def test_a_place_that_nobody_knows_is_refused(client: Client, door: str) -> None:
    for place in NO_PLACES:
        Answer(client, f"{door}?near={quote(place)}").must_refuse("near")


def test_a_place_that_is_too_long_is_refused(client: Client, door: str) -> None:
    for place in ("a" * 201, "a" * 5000, "\x00"):
        Answer(client, f"{door}?near={quote(place)}").must_refuse("near")


@pytest.mark.parametrize("place", ["San José", "Springfield"])
def test_a_name_of_several_towns_is_asked_about(client: Client, door: str, place: str) -> None:
    Answer(client, f"{door}?near={quote(place)}&radius=50").must_refuse("near")


def test_the_page_offers_the_towns_of_that_name(client: Client) -> None:
    for place, country in (("San José", "Costa Rica"), ("San José", "United States"), ("Springfield", "Illinois")):
        assert country in Answer(client, f"{PAGE}?near={quote(place)}").body


# --- U-07, U-08: sorts and names


def test_sorts_that_are_not_listed_are_refused(client: Client, door: str) -> None:
    for sort in NO_SORTS:
        Answer(client, f"{door}?sort={quote(sort)}").must_refuse("sort")


def test_unknown_parameters_are_refused_by_name(client: Client, door: str) -> None:
    for name in NO_NAMES:
        Answer(client, f"{door}?{quote(name)}=OR").must_refuse(name)
    for name in ODD_NAMES:
        Answer(client, f"{door}?{quote(name)}=OR").must_be(400)


# --- U-09: the number of a trial


@pytest.mark.parametrize("address", [PAGE, API])
def test_a_number_in_another_writing_leads_to_the_trial(client: Client, address: str) -> None:
    for nct_id in OTHER_WRITINGS:
        answer = Answer(client, f"{address}{quote(nct_id)}/")
        answer.must_be(301)
        assert answer.response.headers["Location"] == f"{address}NCT00000001/"


@pytest.mark.parametrize("address", [PAGE, API])
def test_a_number_of_no_trial_is_404_with_a_way_on(client: Client, address: str) -> None:
    for nct_id in NO_NUMBERS:
        answer = Answer(client, f"{address}{quote(nct_id, safe='%')}/")
        answer.must_be(404)
        assert MARKUP[0] not in answer.body
        assert address != PAGE or 'name="q"' in answer.body, answer.url


# --- U-14, U-16: fragments and crawlers


def test_a_fragment_is_never_cached_as_the_page(client: Client) -> None:
    page, fragment = client.get(PAGE), client.get(PAGE, headers={"HX-Request": "true"})
    if page.content != fragment.content:
        assert "HX-Request" in page.headers["Vary"]
        assert "HX-Request" in fragment.headers["Vary"]


def test_crawlers_are_kept_out_of_searches_and_let_into_trials(client: Client) -> None:
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert any(rule.rstrip("*") == "Disallow: /trials/?" for rule in rules)
    assert "Disallow: /trials/" not in rules


def test_a_walk_over_all_numbers_finds_what_is_there(client: Client) -> None:
    answers = [Answer(client, f"/trials/NCT{number:08d}/").status for number in range(8)]
    assert answers == [404, 200, 200, 200, 404, 404, 404, 404]
