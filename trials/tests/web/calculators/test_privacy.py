"""A patient's values go in by POST and are in the answer alone (FAULTS S-1, S-3, S-5 to S-7)."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from hcctrials.serving.gunicorn_conf import access_log_format
from trials.models import SearchWord
from trials.tests.web.calculators.posting import URL
from trials.tests.web.trial_page.pages import tags_of
from trials.web import quiet_faults
from trials.web.calculators import page as calculators_page

pytestmark = pytest.mark.django_db
MARKED = {
    "bilirubin": "77.31",
    "bilirubin_unit": "µmol/L",
    "albumin": "31.47",
    "albumin_unit": "g/L",
    "inr": "1.913",
    "tumors": "173",
    "largest_cm": "7.77",
    "ecog": "1",
}
MARKERS = ("77.31", "31.47", "1.913", "173", "7.77")


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def _told(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text]


def test_the_values_are_in_the_page_and_nowhere_else(everything_logged: pytest.LogCaptureFixture) -> None:
    client = Client()
    response = client.post(URL, {**MARKED, "inr": "1.91"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "77.31" in html  # else this test looks for nothing
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.has_header("Location")
    assert not response.has_header("ETag")
    assert _told(str(dict(response.headers))) == []
    assert _told(client.cookies.output()) == []
    assert set(client.cookies) <= {"csrftoken"}
    assert not Session.objects.exists()
    assert _told(str(getattr(cache, "_cache", {}))) == []
    assert _told(" ".join(SearchWord.objects.values_list("word", flat=True))) == []
    assert _told(everything_logged.text) == []


def test_no_address_of_the_page_holds_a_value() -> None:
    html = Client().post(URL, MARKED | {"inr": "1.91"}).content.decode()
    addresses = [
        value
        for _tag, attributes in tags_of(html)
        for name, value in attributes.items()
        if name in ("href", "src", "action", "formaction", "content", "hx-get", "hx-push-url") and value
    ]
    assert "/child-pugh/#results" in addresses
    assert _told(" ".join(addresses)) == []


def test_every_field_keeps_no_history_of_what_was_typed() -> None:
    html = Client().get(URL).content.decode()
    form = html.partition('<form class="calculators"')[2].partition("</form>")[0]
    assert 'method="post"' in form
    assert "autocomplete" in form.partition(">")[0]
    for field in re.findall(r'<(?:input|select)\b[^>]*\bname="(?!csrf|confirmed)[^>]*>', form):
        assert 'autocomplete="off"' in field, field
    assert "hx-" not in form
    assert f'<a class="btn light" href="{URL}">Clear</a>' in form


def test_an_empty_form_is_not_kept_either() -> None:
    response = Client().get(URL)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["read_answers", "present_form", "present_results"])
def test_a_fault_tells_no_value(
    name: str, monkeypatch: pytest.MonkeyPatch, everything_logged: pytest.LogCaptureFixture
) -> None:
    def broken(answers: object) -> object:
        inside = getattr(answers, "texts", answers)
        raise RuntimeError(f"a message that quotes {dict(inside)}")  # type: ignore[call-overload]

    monkeypatch.setattr(calculators_page, name, broken)
    response = Client(raise_request_exception=False).post(URL, MARKED)
    assert response.status_code == 500
    assert "no-store" in response.headers["Cache-Control"]
    assert _told(response.content.decode()) == []
    assert "RuntimeError" in everything_logged.text
    assert _told(everything_logged.text) == []


def test_djangos_own_report_hides_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a fault ever get past the view's own door."""
    request = RequestFactory().post(URL, MARKED)

    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(calculators_page, "render", broken)
    monkeypatch.setattr(quiet_faults, "_HARMLESS", (RuntimeError,))
    with pytest.raises(RuntimeError) as caught:
        calculators_page.calculators(request)
    report = ExceptionReporter(request, caught.type, caught.value, caught.tb)
    assert "broken" in report.get_traceback_html()
    assert _told(report.get_traceback_text()) == []
    assert _told(report.get_traceback_html()) == []


def test_the_access_log_has_no_place_for_a_body_or_query() -> None:
    assert not {"%(q)s", "%(r)s", "%(f)s"} & set(re.findall(r"%\([^)]+\)s", access_log_format))


def test_a_form_from_elsewhere_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(URL, MARKED).status_code == 403
