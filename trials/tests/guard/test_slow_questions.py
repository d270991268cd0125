"""Questions made to be slow: bounded before they are asked, and a calm 503 where the database gives up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.tests.builders import load, raw_record

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 150  # of thirty wrong words, each of which is looked up: about 110
TOO_LONG = {
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
}
LONGEST = {
    "as long as may be": "a" * 200,
    "as many words as may be": "liver " * 33,
    "as many ors as may be": "a OR " * 40,
    "wrong words alone": "livr cancr sorafnib " * 10,
}


@pytest.mark.parametrize("url", ["/trials/", "/api/v1/trials/"])
def test_what_is_too_long_is_refused_before_it_is_asked(url: str, client: Client) -> None:
    for name, question in TOO_LONG.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url, {"q": question}).status_code == 400, name
        assert len(asked) <= 1, name  # the day of the data, for the page's frame


@pytest.mark.parametrize("url", ["/trials/", "/api/v1/trials/"])
def test_what_just_fits_is_answered_with_a_bounded_number_of_statements(url: str, client: Client) -> None:
    load(*(raw_record(f"NCT{number:08}", title=f"Liver cancer trial {number}") for number in range(1, 20)))
    client.get(url)  # the first one builds the index
    for name, question in LONGEST.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url, {"q": question}).status_code == 200, name
        assert 0 < len(asked) <= MOST_STATEMENTS, name


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
    answer = client.get(url)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "pg_sleep" not in answer.content.decode()
