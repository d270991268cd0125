"""The match by POST, prepared: it refuses politely, keeps nothing and logs nothing."""

import logging

import pytest
from django.test import Client

from trials.api.errors import too_many
from trials.api.match import MOST_BYTES

URL = "/api/v1/match/"
SECRET = '{"age": 63, "words": "my-own-disease"}'


def test_it_is_not_available_yet_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = Client(enforce_csrf_checks=True).post(URL, SECRET, content_type="application/json")
    assert response.status_code == 501
    assert "not available yet" in response.json()["detail"]
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "my-own-disease" not in caplog.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("x" * (MOST_BYTES + 1), "application/json", 413),
        ("a=1", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        ("{}", "", 415),
        ("{}", "application/json; charset=utf-8", 501),
    ],
)
def test_a_body_of_another_kind_or_size_is_refused(body: str, kind: str, status: int) -> None:
    response = Client().generic("POST", URL, body, content_type=kind)
    assert response.status_code == status
    assert response.json()["errors"] == {}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_it_takes_post_alone(method: str) -> None:
    response = getattr(Client(), method)(URL)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST, OPTIONS"


def test_a_client_that_takes_no_json_is_told() -> None:
    response = Client().post(URL, "{}", content_type="application/json", headers={"accept": "text/html"})
    assert response.status_code == 406


def test_a_fault_in_it_logs_no_body(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("trials.api.match.error", break_down)
    response = Client().post(URL, SECRET, content_type="application/json")
    assert response.status_code == 500
    assert "ValueError" in caplog.text
    assert "my-own-disease" not in caplog.text


def test_too_many_requests_say_when_to_come_back() -> None:
    response = too_many(30)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
