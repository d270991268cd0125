"""A patient's facts are in the answer and nowhere else: FAULTS S-1 to S-7, with values that no other text holds.

Walks through every sink: addresses, cookies, session, cache, logs, the web server's line, tasks, process memory that
outlives the answer, error reports.
"""

import gc
import logging
import re
import sys
from collections.abc import Iterator
from unittest import mock

import pytest
from celery.app.task import Task
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter

from hcctrials.serving import gunicorn_conf
from trials.matching.profile import PatientProfile
from trials.search.index.circles import _at
from trials.tests.web.matching import URL, three_trials
from trials.web import match_results
from trials.web.match_page import match_page

pytestmark = pytest.mark.django_db
PLACE = "Villeurbanne"
MARKED = {
    "age": "63.75",
    "sex": "female",
    "country": "FR",
    "place": PLACE,
    "child_pugh": "B",
    "largest_cm": "7.77",
    "albumin": "33.31",
    "albumin_unit": "g/L",
    "platelets": "87.65",
    "platelets_unit": "10^9/L",
    "bilirubin": "345.67",
    "bilirubin_unit": "mg/dL",
    "bilirubin_uln": "18.99",
    "systemic_lines": "2",
    "systemic_classes": ["tki"],
    "confirmed": "bilirubin",
}
MARKERS = (PLACE, "63.75", "7.77", "33.31", "87.65", "345.67", "18.99")


def _holds(text: object) -> list[str]:
    return [marker for marker in MARKERS if marker.lower() in str(text).lower()]


@pytest.fixture
def asked(caplog: pytest.LogCaptureFixture) -> Iterator[HttpResponse]:
    """The answer, asked as a browser does: the form first, then the answers with its token."""
    three_trials()
    _at.cache_clear()
    client = Client(enforce_csrf_checks=True)
    with (
        caplog.at_level(logging.DEBUG, ""),
        mock.patch.object(Task, "apply_async", side_effect=AssertionError("a task")),
        mock.patch.object(type(caches["default"]), "set", side_effect=AssertionError("the cache")),
    ):
        client.get(URL)
        response = client.post(URL, {**MARKED, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})
        yield response  # type: ignore[misc]


def test_the_answer_stands_at_the_forms_own_address(asked: HttpResponse) -> None:
    assert asked.status_code == 200
    assert _holds(asked.content.decode()) == list(MARKERS)  # the markers do arrive
    assert asked.request["PATH_INFO"] == URL  # type: ignore[attr-defined]
    assert asked.request["QUERY_STRING"] == ""  # type: ignore[attr-defined]
    assert not {"Location", "HX-Push-Url", "HX-Redirect", "HX-Location", "Refresh"} & set(asked.headers)
    assert not _holds(asked.headers)
    assert asked.headers["Cache-Control"] == "no-store"
    assert asked.headers["Referrer-Policy"] == "same-origin"


def test_no_link_form_or_attribute_of_the_page_takes_them_along(asked: HttpResponse) -> None:
    page = asked.content.decode()
    addresses = re.findall(r'(?:href|src|action|formaction|content|hx-[a-z-]+|data-[a-z-]+)="([^"]*)"', page)
    assert len(addresses) > 20
    for address in addresses:
        assert not _holds(address), address
        assert "?" not in address.removeprefix("http://testserver"), address
    assert set(re.findall(r'method="(\w+)"', page)) == {"post"}
    assert not re.search(r"hx-(?:get|post|push-url|boost)", page)
    assert 'hx-history="false"' in page
    assert '"historyCacheSize": 0' in page
    assert not re.search(r"<title>[^<]*(?:63|Villeurbanne)", page)
    for link in re.findall(r'<a [^>]*target="_blank"[^>]*>', page):
        assert 'rel="noopener noreferrer"' in link


def test_no_log_line_holds_them(asked: HttpResponse, caplog: pytest.LogCaptureFixture) -> None:
    assert asked.status_code == 200
    assert not _holds(caplog.text)
    assert not _holds([vars(record) for record in caplog.records if record.name != "django.db.backends"])


def test_the_web_servers_line_has_no_place_for_them() -> None:
    assert set(re.findall(r"%\((.*?)\)s", gunicorn_conf.access_log_format)) == {"m", "U", "s", "B", "M"}
    assert URL == "/match/"  # U is the path, and the path is always the same


def test_no_session_and_no_cookie_but_the_forms_own(asked: HttpResponse) -> None:
    assert set(asked.cookies) <= {"csrftoken"}
    assert not _holds(asked.cookies)
    assert Session.objects.count() == 0
    assert not _holds(vars(caches["default"]))


def test_nothing_is_written_to_the_database_and_no_query_holds_them(asked: HttpResponse) -> None:
    assert asked.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        Client().post(URL, MARKED)
    assert queries.captured_queries
    for query in queries.captured_queries:
        assert re.match(r"\s*(?:SELECT|SAVEPOINT|RELEASE|SET|DECLARE .* CURSOR)\b", query["sql"], re.IGNORECASE), query[
            "sql"
        ][:80]
        assert not _holds(query["sql"])


def test_nothing_of_them_stays_in_memory(asked: HttpResponse) -> None:
    assert asked.status_code == 200
    assert _at.cache_info().currsize == 0


def test_no_profile_outlives_its_answer() -> None:
    three_trials()
    before = {id(one) for one in _profiles()}
    response = Client().post(URL, MARKED)
    assert response.status_code == 200
    del response
    assert {id(one) for one in _profiles()} <= before


def _profiles() -> list[PatientProfile]:
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is PatientProfile]


@pytest.mark.parametrize("broken", ["order_of_ways", "match", "sentences_of", "whereabouts", "version_of"])
def test_a_fault_tells_nothing(broken: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    three_trials()

    def break_down(*values: object, **named: object) -> None:
        raise ValueError(f"{MARKERS} {len(values)} {len(named)}")

    monkeypatch.setattr(match_results, broken, break_down)
    with caplog.at_level(logging.DEBUG):
        response = Client(raise_request_exception=True).post(URL, MARKED)
    assert response.status_code == 500
    assert response.headers["Cache-Control"] == "no-store"
    assert "Something went wrong here" in response.content.decode()
    assert not _holds(response.content.decode() + caplog.text)
    assert "ValueError at trials." in caplog.text


def test_even_an_error_report_of_the_view_would_show_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's report of an exception inside, with the request and every local variable."""
    three_trials()

    def break_down(*values: object, **named: object) -> None:
        raise ValueError(str(len(values) + len(named)))

    monkeypatch.setattr(match_results, "match", break_down)
    request = RequestFactory().post(URL, MARKED)
    inside = match_page.__wrapped__.__wrapped__.__wrapped__  # type: ignore[attr-defined]
    assert inside.__name__ == "match_page"
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]  # as the decorator around it sets it
    try:
        inside(request)
    except ValueError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        report = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "break_down" in report
    assert not _holds(report)


def test_the_view_hides_its_parameters_from_reports() -> None:
    request = RequestFactory().get(URL)
    match_page(request)
    assert request.sensitive_post_parameters == "__ALL__"  # type: ignore[attr-defined]
