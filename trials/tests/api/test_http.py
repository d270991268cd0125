"""What every address of the API has in common: methods, negotiation, CORS, conditional requests, caching."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.http import http_date

from trials.search import conditional
from trials.search.version import DataVersion, data_version
from trials.tests.builders import load_trial, raw_record

pytestmark = pytest.mark.django_db
LIST, TRIAL, CSV = "/api/v1/trials/", "/api/v1/trials/NCT01234567/", "/api/v1/trials.csv"
FEED, OPENAPI, MATCH = "/trials/feed.atom", "/api/v1/openapi.json", "/api/v1/match/"
READ = (LIST, TRIAL, CSV, OPENAPI)


@pytest.fixture(autouse=True)
def stored() -> None:
    load_trial(raw_record(title="Hepatocellular carcinoma"))


@pytest.mark.parametrize(
    ("url", "method"), list(itertools.product([*READ, "/api/nothing/"], ["post", "put", "patch", "delete"]))
)
def test_reading_addresses_take_nothing(url: str, method: str) -> None:
    response = getattr(Client(), method)(url)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"]


@pytest.mark.parametrize("url", READ)
def test_head_answers_as_get_without_a_body(url: str) -> None:
    got, asked = Client().get(url), Client().head(url)
    assert asked.status_code == 200
    assert b"".join(asked) == b""
    names = {"Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin"}
    assert {name: asked.headers.get(name) for name in names} == {name: got.headers.get(name) for name in names}


@pytest.mark.parametrize(
    ("url", "accept", "status"),
    [
        (LIST, "application/json", 200),
        (LIST, "text/html,application/xhtml+xml,*/*;q=0.8", 200),
        (LIST, "application/xml", 406),
        (TRIAL, "text/html", 406),
        (CSV, "text/csv", 200),
        (CSV, "text/*", 200),
        (CSV, "application/json", 406),
        (OPENAPI, "application/json", 200),
    ],
)
def test_what_a_client_does_not_accept_is_a_406_in_json(url: str, accept: str, status: int) -> None:
    response = Client().get(url, headers={"accept": accept})
    assert response.status_code == status
    if status == 406:
        assert response.json()["detail"]


@pytest.mark.parametrize("url", READ)
def test_any_site_may_read_and_none_with_credentials(url: str) -> None:
    for query in ("", "?foo=1"):
        response = Client().get(url + query, headers={"origin": "https://other.example"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
    preflight = Client().options(
        url, headers={"origin": "https://other.example", "access-control-request-method": "GET"}
    )
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("url", ["/", "/trials/", "/trials/NCT01234567/", FEED, "/sitemap.xml", "/api/v1/docs", MATCH])
def test_no_other_address_is_open_to_other_sites(url: str) -> None:
    for method in ("get", "options", "post"):
        response = getattr(Client(), method)(url, headers={"origin": "https://other.example"})
        assert not [name for name in response.headers if name.lower().startswith("access-control")], method


@pytest.mark.parametrize("url", [LIST, f"{LIST}?cursor=", TRIAL, CSV, FEED])
def test_an_unchanged_answer_is_a_304_before_the_work(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get(url)
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    for room in ("api.reading.search", "api.reading.select", "api.reading.find_trial", "web.feed.select"):
        monkeypatch.setattr(f"trials.{room}", None)
    monkeypatch.setattr("trials.api.walk.select", None)
    second = Client().get(url, headers={"if-none-match": f'"other", {first.headers["ETag"]}'})
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert second.headers.get("Access-Control-Allow-Origin") == first.headers.get("Access-Control-Allow-Origin")


@pytest.mark.django_db(transaction=True)  # a change is told by its transaction
def test_a_change_gives_new_tags() -> None:
    before = {url: Client().get(url).headers["ETag"] for url in (LIST, TRIAL, CSV, FEED)}
    load_trial(raw_record(title="Hepatocellular carcinoma", status="COMPLETED"))
    for url, tag in before.items():
        response = Client().get(url, headers={"if-none-match": tag})
        assert response.status_code == 200, url
        assert response.headers["ETag"] != tag


def test_a_tag_belongs_to_one_address() -> None:
    tag = Client().get(LIST).headers["ETag"]
    assert Client().get(f"{LIST}?phase=PHASE3", headers={"if-none-match": tag}).status_code == 200
    assert Client().get(f"{LIST}?foo=1", headers={"if-none-match": tag}).status_code == 400
    assert Client().get(f"{LIST}?foo=1", headers={"if-none-match": "*"}).status_code == 400
    assert Client().get("/api/v1/trials/NCT00000001/", headers={"if-none-match": "*"}).status_code == 404


def test_a_time_counts_only_when_it_is_ours_and_the_data_are_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Last-Modified" not in Client().get(LIST).headers  # changed within this minute
    quiet = data_version().changed_at
    assert quiet is not None
    monkeypatch.setattr("trials.search.conditional.timezone.now", lambda: quiet + timedelta(minutes=2))
    ours = Client().get(LIST).headers["Last-Modified"]
    assert ours == http_date(int(quiet.timestamp()))
    assert Client().get(LIST, headers={"if-modified-since": ours}).status_code == 304
    later = http_date(quiet.timestamp() + 10)
    for other in (later, "yesterday", ""):
        assert Client().get(LIST, headers={"if-modified-since": other}).status_code == 200, other
    both = {"if-modified-since": ours, "if-none-match": '"another"'}
    assert Client().get(LIST, headers=both).status_code == 200  # the tag is stronger


def test_last_modified_waits_a_quiet_minute() -> None:
    now = datetime(2100, 1, 1, tzinfo=UTC)  # later than any source file
    assert conditional.last_modified(DataVersion("t", now - timedelta(seconds=59)), now) is None
    assert conditional.last_modified(DataVersion("t", now - timedelta(seconds=61)), now) == int(now.timestamp()) - 61
    assert conditional.last_modified(DataVersion("t", None), now) is None


def test_errors_are_never_kept() -> None:
    for url in (f"{LIST}?foo=1", "/api/v1/trials/NCT00000001/", "/api/nothing"):
        response = Client().get(url)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_the_language_is_part_of_the_answer() -> None:
    assert "Accept-Language" in Client().get(LIST).headers["Vary"]


def test_all_answers_of_the_same_data_say_so() -> None:
    said = {Client().get(url).json()["data_version"] for url in (LIST, f"{LIST}?cursor=", TRIAL, f"{LIST}?q=x")}
    assert said == {data_version().token}


def test_no_cookie_for_programs() -> None:
    for url in (*READ, FEED, "/sitemap.xml", "/robots.txt", "/api/v1/docs"):
        assert not Client().get(url).cookies, url
