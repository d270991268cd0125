"""Faults of pages that take a patient's facts: answered, logged by their place, never with a message."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from trials.web.quiet_faults import NothingSentIsKeptMiddleware, quiet

pytestmark = pytest.mark.django_db


def _ask(raised: Exception | None) -> HttpResponse:
    @quiet
    def view(_request: HttpRequest) -> HttpResponse:
        if raised:
            raise raised
        return HttpResponse("fine")

    request = RequestFactory().post("/match/", {"age": "63"})
    return view(request)


def test_nothing_is_kept_by_a_cache() -> None:
    assert _ask(None).headers["Cache-Control"] == "no-store"
    assert _ask(ValueError("63.7")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("method", "kept"), [("get", "public"), ("head", "public"), ("post", "no-store")])
def test_no_answer_to_what_was_sent_is_kept(method: str, kept: str) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "public"})

    request = getattr(RequestFactory(), method)("/")
    assert NothingSentIsKeptMiddleware(answer)(request).headers["Cache-Control"] == kept


@pytest.mark.parametrize(("raised", "status"), [(ValueError("63.7"), 500), (OperationalError("63.7"), 503)])
def test_a_fault_tells_its_place_and_no_value(raised: Exception, status: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = _ask(raised)
    assert response.status_code == status
    assert "63.7" not in caplog.text + response.content.decode()
    assert type(raised).__name__ in caplog.text
    assert "trials.tests.web.test_quiet_faults:" in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


@pytest.mark.parametrize("raised", [Http404(), SuspiciousOperation()])
def test_what_django_answers_itself_is_left_to_it(raised: Exception) -> None:
    with pytest.raises(type(raised)):
        _ask(raised)
