"""Questions made to be slow: bounded before they are asked, and a calm 503 where the database gives up."""

import time

import pytest
from django.db import connection
from django.test import Client

from trials.tests.builders import load, raw_record

pytestmark = pytest.mark.django_db
LONG = {
    "one endless word": "a" * 1000,
    "many words": "liver " * 300,
    "many phrases": '"liver cancer" ' * 60,
    "quotes alone": '"' * 900,
    "many ors": "a OR " * 200,
    "many minuses": "-a " * 300,
    "stars": "*" * 500 + ":*",
    "regular expression": "(a+)+$" * 100,
    "wild cards": "%_" * 400,
    "combining marks": "e\u0301" * 500,
    "as long as may be": "a" * 200,
    "as many words as may be": "liver " * 33,
    "as many ors as may be": "a OR " * 40,
    "wrong words alone": "livr cancr sorafnib " * 10,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_question_is_answered_or_refused_at_once(name: str, client: Client) -> None:
    load(*(raw_record(f"NCT{number:08}", title=f"Liver cancer trial {number}") for number in range(1, 20)))
    client.get("/trials/")  # the first one builds the index
    started = time.perf_counter()
    answer = client.get("/trials/", {"q": LONG[name]})
    assert answer.status_code in {200, 400}
    assert time.perf_counter() - started < 3


@pytest.fixture
def impatient() -> None:
    """The database gives up at once, as it does after five seconds in production."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 30")


@pytest.mark.parametrize("url", ["/trials/", "/api/v1/trials/"])
def test_what_takes_too_long_ends_in_a_calm_503(
    url: str, impatient: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database itself cuts the question off: the error is its own."""

    def endless(*_args: object, **_kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    for room in ("trials.web.results_page", "trials.api.reading"):
        monkeypatch.setattr(f"{room}.search", endless)
    started = time.perf_counter()
    answer = client.get(url)
    assert time.perf_counter() - started < 5
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "pg_sleep" not in answer.content.decode()
