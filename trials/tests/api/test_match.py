"""The match by POST for programs: the same answers as the page, refused politely, nothing kept or logged."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from trials.api import examples, match
from trials.api.match import MOST_BYTES
from trials.api.match_schemas import MatchQuestion
from trials.tests.web.matching import three_trials

pytestmark = pytest.mark.django_db
URL = "/api/v1/match/"
MARKED = {"age": 63.75, "place": "Villeurbanne", "largest_cm": 7.77, "albumin": 33.31, "albumin_unit": "g/L"}
MARKERS = ("63.75", "Villeurbanne", "7.77", "33.31")


def _ask(given: object, status: int = 200) -> dict[str, Any]:
    response = Client(enforce_csrf_checks=True).post(URL, json.dumps(given), content_type="application/json")
    assert response.status_code == status, response.content
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    found: dict[str, Any] = response.json()
    return found


def test_each_trial_point_by_point_with_its_sentence() -> None:
    three_trials()
    found = _ask({"child_pugh": "A", "ecog": "1", "country": "FR", "place": "45.8,4.9"})
    assert found["groups"] == {"may_be_possible": 1, "not_known": 0, "one_point_against": 1, "does_not_fit": 0}
    assert (found["count"], found["closed_left_out"]) == (2, 1)
    assert found["place"].startswith("about here: ")
    first, second = found["results"]
    assert (first["nct_id"], first["group"], first["kilometres"]) == ("NCT00000001", "may_be_possible", 7)
    points = {point["name"]: point for point in first["criteria"]}
    assert (points["child_pugh"]["verdict"], points["child_pugh"]["why"]) == ("met", "fits")
    assert points["child_pugh"]["evidence"][0]["quote"] == "Child-Pugh class A"
    assert (points["hbv"]["verdict"], points["hbv"]["asks"]) == ("unknown", ["hbv"])
    against = [point["name"] for point in second["criteria"] if point["verdict"] == "not_met"]
    assert (second["nct_id"], against) == ("NCT00000002", ["child_pugh"])
    assert found["what_to_find_out"][0]["trials"] == 1


def test_groups_and_pages() -> None:
    three_trials()
    given = {"child_pugh": "A", "also_closed": True, "page_size": 1}
    numbers = [_ask({**given, "page": page})["results"] for page in (1, 2, 3, 4)]
    assert [[one["nct_id"] for one in found] for found in numbers] == [
        ["NCT00000001"],
        ["NCT00000003"],
        ["NCT00000002"],
        [],
    ]
    found = _ask({**given, "group": "one_point_against"})
    assert (found["count"], found["results"][0]["nct_id"]) == (1, "NCT00000002")


def test_the_described_example_is_answered() -> None:
    three_trials()
    assert _ask({**examples.QUESTION, "place": "45.8,4.9"})["count"] == 2


def test_an_odd_value_is_asked_about() -> None:
    three_trials()
    odd = {"bilirubin": 34, "bilirubin_unit": "mg/dL"}
    [question] = _ask(odd)["questions"]
    assert question == {
        "field": "bilirubin",
        "question": "34 mg/dL would be unusual. Is the unit µmol/L?",
    }
    assert _ask({**odd, "confirmed": ["bilirubin"]})["questions"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"age": -1}, "age"),
        ({"age": 121}, "age"),
        ({"age": "63"}, "age"),
        ({"age": True}, "age"),
        ({"child_pugh": "4"}, "child_pugh"),
        ({"child_pugh": "16"}, "child_pugh"),
        ({"inr": 0}, "inr"),
        ({"bilirubin": 2}, "bilirubin"),
        ({"bilirubin": 2, "bilirubin_unit": "g/L"}, "bilirubin_unit"),
        ({"sex": "x"}, "sex"),
        ({"sex": ["female"]}, "sex"),
        ({"place": "Springfield"}, "place"),
        ({"place": "a\x00b qqzx"}, "place"),
        ({"spread": "no", "spread_places": ["lung"]}, "spread_places"),
        ({"words": "hello"}, "words"),
        ({"page": 0, "age": 63}, "page"),
        ({}, ""),
        ({"age": None, "sex": "unknown"}, ""),
        ([], ""),
        ("age", ""),
    ],
)
def test_what_cannot_be_read_is_named_and_never_guessed(given: object, field: str) -> None:
    assert list(_ask(given, 400)["errors"]) == [field]


@pytest.mark.parametrize("body", ["{", "\xff", '{"age": 1e400}', '{"age": NaN}', '{"place": "\\ud800"}', "[" * 9000])
def test_what_is_no_json_is_refused(body: str) -> None:
    response = Client().post(URL, body, content_type="application/json")
    assert response.status_code == 400


def test_nothing_is_logged_or_told_back(caplog: pytest.LogCaptureFixture) -> None:
    three_trials()
    wrong = {**MARKED, "tumors": 1.5, "sex": "Villeurbanne"}
    with caplog.at_level(logging.DEBUG):
        _ask({**MARKED, "place": "45.8,4.9"})
        refused = _ask(wrong, 400)
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [marker for marker in MARKERS if marker in str(logged) + str(refused)]
    question = MatchQuestion.model_validate({"age": 63.75})
    assert "63.75" not in f"{question!r} {question}"


def test_a_fault_in_it_logs_no_body(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ValueError(str(MARKED))

    monkeypatch.setattr(match, "order_of_ways", break_down)
    found = _ask({**MARKED, "place": "45.8,4.9"}, 500)
    assert "ValueError" in caplog.text
    assert not [marker for marker in MARKERS if marker in caplog.text + str(found)]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("x" * (MOST_BYTES + 1), "application/json", 413),
        ("a=1", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        ("{}", "", 415),
        ('{"age": 63}', "application/json; charset=utf-8", 200),
    ],
)
def test_a_body_of_another_kind_or_size_is_refused(body: str, kind: str, status: int) -> None:
    response = Client().generic("POST", URL, body, content_type=kind)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_it_takes_post_alone(method: str) -> None:
    response = getattr(Client(), method)(URL)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST, OPTIONS"


def test_a_client_that_takes_no_json_is_told() -> None:
    response = Client().post(URL, "{}", content_type="application/json", headers={"accept": "text/html"})
    assert response.status_code == 406
