"""Bursts against every limit, on a clock that the test moves: nobody sleeps, and nothing is left to chance."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from hcctrials.guard import rates
from hcctrials.guard.rate_middleware import KINDS, UNLIMITED, RateLimitMiddleware
from trials.tests.guard.conftest import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "limited")]
MATCH = {"age": "63"}


def _get(url: str) -> Callable[[Client], HttpResponse]:
    return lambda client: client.get(url)  # type: ignore[return-value]


def _post_match(client: Client) -> HttpResponse:
    return client.post("/match/", MATCH)  # type: ignore[return-value]


def _post_api_match(client: Client) -> HttpResponse:
    return client.post("/api/v1/match/", data=MATCH, content_type="application/json")  # type: ignore[return-value]


def _log_in(client: Client) -> HttpResponse:
    return client.post("/admin/code/", {"code": "000000"})  # type: ignore[return-value]


BURSTS = [
    ("search", 60, _get("/trials/?q=secret+words")),
    ("search", 60, _get("/fr/trials/")),
    ("search", 60, _get("/trials/feed.atom")),
    ("search", 60, _get("/api/v1/trials/")),
    ("match", 30, _post_match),
    ("match", 30, _post_api_match),
    ("export", 6, _get("/api/v1/trials.csv")),
    ("api", 120, _get("/api/v1/trials/NCT00000001/")),
    ("login", 20, _log_in),
    ("page", 300, _get("/privacy/")),
]


@pytest.mark.parametrize(("kind", "most", "ask"), BURSTS, ids=lambda part: part if isinstance(part, str) else None)
def test_a_burst_ends_in_a_calm_refusal_and_time_heals_it(
    kind: str, most: int, ask: Callable[[Client], HttpResponse], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.HCCTRIALS_RATE_LIMITS[kind] == f"{most}/minute"
    few = 5 if most > 5 else most
    with override_settings(HCCTRIALS_RATE_LIMITS={**settings.HCCTRIALS_RATE_LIMITS, kind: f"{few}/minute"}):
        client = Client()
        for _ in range(few):
            assert ask(client).status_code != 429
            clock.forward(2)
        refused = ask(client)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == str(61 - 2 * few)
        assert "no-store" in refused.headers["Cache-Control"]
        assert "secret" not in refused.content.decode()
        clock.forward(59 - 2 * few)
        assert ask(client).status_code == 429
        clock.forward(2)
        assert ask(client).status_code != 429


def test_the_whole_limit_of_a_search_is_given() -> None:
    client = Client()
    answers = [client.get("/trials/?page=0").status_code for _ in range(61)]
    assert 429 not in answers[:60]
    assert answers[60] == 429


def test_programs_are_told_in_json_and_may_read_it_from_anywhere() -> None:
    client = Client()
    for _ in range(6):
        client.get("/api/v1/trials.csv")
    refused = client.get("/api/v1/trials.csv")
    assert refused.headers["Content-Type"] == "application/json"
    assert json.loads(refused.content)["errors"] == {}
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]


def test_a_calm_page_asks_the_database_nothing(django_assert_num_queries: Callable[[int], object]) -> None:
    client = Client()
    with override_settings(HCCTRIALS_RATE_LIMITS={**settings.HCCTRIALS_RATE_LIMITS, "page": "1/minute"}):
        client.get("/privacy/")
        with django_assert_num_queries(0):  # type: ignore[attr-defined]
            page = client.get("/privacy/?q=<script>&back=//evil.example").content.decode()
    assert "One moment, please" in page
    assert "evil" not in page
    assert "?q" not in page


def test_one_clients_burst_is_not_anothers() -> None:
    greedy, other = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="203.0.113.10")
    for _ in range(7):
        greedy.get("/api/v1/trials.csv")
    assert greedy.get("/api/v1/trials.csv").status_code == 429
    assert other.get("/api/v1/trials.csv").status_code != 429


@override_settings(HCCTRIALS_TRUSTED_PROXIES=1)
def test_a_header_that_the_client_makes_up_helps_nothing() -> None:
    client = Client(REMOTE_ADDR="10.0.0.2")
    for number in range(6):
        client.get("/api/v1/trials.csv", headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"})
    lie = client.get("/api/v1/trials.csv", headers={"x-forwarded-for": "198.51.100.99, 203.0.113.9"})
    assert lie.status_code == 429


def test_machines_that_watch_the_site_are_never_refused() -> None:
    client = Client()
    with override_settings(HCCTRIALS_RATE_LIMITS=dict.fromkeys(settings.HCCTRIALS_RATE_LIMITS, "1/minute")):
        assert {client.get("/livez").status_code for _ in range(9)} == {200}
        assert 429 not in {client.get("/static/icon.svg").status_code for _ in range(9)}
        assert {client.options("/api/v1/trials/").status_code for _ in range(9)} == {204}


def test_looking_at_the_empty_form_is_a_page_and_no_match() -> None:
    client = Client()
    assert {client.get("/match/").status_code for _ in range(31)} == {200}


def test_every_named_address_is_there() -> None:
    assert all(reverse(name) for name in KINDS)
    assert {"livez", "readyz", "robots"} <= UNLIMITED


def test_off_means_off() -> None:
    client = Client()
    with override_settings(HCCTRIALS_RATE_LIMITED=False):
        assert 429 not in {client.get("/api/v1/trials.csv").status_code for _ in range(9)}


def test_a_mistyped_limit_stops_the_start() -> None:
    limits = {**settings.HCCTRIALS_RATE_LIMITS, "search": "many"}
    with override_settings(HCCTRIALS_RATE_LIMITS=limits), pytest.raises(ImproperlyConfigured, match="LIMIT_SEARCH"):
        RateLimitMiddleware(lambda _request: HttpResponse())


def test_a_store_that_is_away_stops_nobody_and_is_left_alone(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    """Port 1 of this machine: nothing listens there, and the connection is refused at once."""
    counted = rates.Rates("redis://127.0.0.1:1/0")
    assert [counted.seconds_to_wait("search", "2/minute", "somebody") for _ in range(3)] == [0, 0, 61]
    assert len([record for record in caplog.records if record.name == rates.__name__]) == 1
    clock.forward(11)
    counted.seconds_to_wait("search", "2/minute", "somebody")
    assert len([record for record in caplog.records if record.name == rates.__name__]) == 2
