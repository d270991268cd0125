"""Headers of every answer, and lines of every log."""

import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from hcctrials.logs import PathsOnly, without_queries


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


urlpatterns = [path("plain/", plain)]


@pytest.mark.urls("trials.tests.site.test_headers")
def test_headers_of_an_ordinary_answer(client: Client) -> None:
    response = client.get("/plain/")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in response.headers["Permissions-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.urls("trials.tests.site.test_headers")
def test_the_content_security_policy(client: Client) -> None:
    policy = client.get("/plain/").headers["Content-Security-Policy"]
    assert set(policy.split("; ")) == {
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }


@pytest.mark.urls("trials.tests.site.test_headers")
def test_browsing_sets_no_cookie(client: Client) -> None:
    assert "Set-Cookie" not in client.get("/plain/").headers
    assert not client.cookies


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /trials/?q=my+disease&ecog=2 400", "GET /trials/ 400"),
        ('Error handling request "/match/?age=63"', 'Error handling request "/match/"'),
        ("Bad Request: http://site/trials/?q=a%20b", "Bad Request: http://site/trials/"),
        ("Is this a question? Yes: /trials/", "Is this a question? Yes: /trials/"),
    ],
)
def test_queries_are_cut_from_log_lines(line: str, kept: str) -> None:
    assert without_queries(line) == kept


def test_queries_are_cut_from_tracebacks() -> None:
    try:
        raise ValueError("GET /trials/?q=secret failed")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "at %s", ("/a/?b=secret",), sys.exc_info())
    assert "secret" not in PathsOnly("{message}", style="{").format(record)
