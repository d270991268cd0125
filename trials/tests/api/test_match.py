"""The match by POST for programs: the same answers as the page, refused politely, nothing kept or logged."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from trials.api import examples, match
from trials.api.match import MOST_BYTES
from trials.api.match_errors import _FIELDS, _takes
from trials.api.match_schemas import MatchQuestion
from trials.matching.parsing import parse_profile
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


@pytest.mark.parametrize(
    ("name", "most", "more"),
    [("age", 120, 121), ("tumors", 200, 201), ("largest_cm", 40, 40.5), ("systemic_lines", 30, 31)],
)
def test_the_form_and_the_api_end_at_the_same_values(name: str, most: float, more: float) -> None:
    """The limits stand in both; a value that one takes and the other does not would be a promise broken."""
    for value, is_taken in ((most, True), (more, False)):
        assert bool(parse_profile({name: str(value)}).profile) is is_taken
        assert MatchQuestion.__pydantic_validator__.isinstance_python({name: value}) is is_taken


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


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"age": "Villeurbanne"}, "A number from 0 to 120 is needed."),
        ({"largest_cm": 63.75}, "A number above 0 is needed, at most 40."),
        ({"albumin": "33.31"}, "A number above 0 is needed."),
        ({"prothrombin_time_prolongation": [33.31]}, "A number is needed."),
        ({"afp": -33.31}, "A number from 0 on is needed."),
        ({"tumors": 63.75}, "A whole number from 0 to 200 is needed."),
        ({"also_closed": "Villeurbanne"}, "True or false is needed."),
        ({"sex": "Villeurbanne"}, "One of these is needed: female or male."),
        ({"spread_places": ["lung", "Villeurbanne"]}, "A list is needed, of: nodes, lung, bone, brain or other."),
        ({"country": "Villeurbanne"}, "A country is needed as two letters (ISO 3166-1), such as FR."),
        ({"inr_unit": "Villeurbanne"}, "Nothing is needed here: leave it out."),
        ({"place": ["Villeurbanne"]}, "A text of at most 200 characters is needed."),
        ({"place": "Villeurbane"}, "No place of this name is known. It may be one of these."),
        ({"place": "Springfield"}, "Several places have this name. Name one of these."),
        ({"place": "Zzvilleurban"}, "No place of this name is known. Name a larger town near it, with its country."),
        ({"words": "Villeurbanne"}, "There is no such field."),
        ({"Villeurbanne 63.75": 1}, "One of the fields is none that is known here."),
        (["Villeurbanne"], "A JSON object with the answers is needed."),
    ],
)
def test_what_is_needed_is_said_and_what_was_sent_is_not(
    given: object, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        found = _ask(given, 400)
    [(_, texts)] = found["errors"].items()
    assert texts[0] == said
    assert found["detail"] == "Something in these answers cannot be read. Nothing was compared."
    told = [found["detail"], texts[0], *found["errors"]]
    assert not [marker for marker in (*MARKERS, "Villeurbane", "Zz") if marker in f"{told} {caplog.text}"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"age": ' + "[" * 6000 + '"Villeurbanne"' + "]" * 6000 + "}", "application/json"),
        ('{"age": "Villeurbanne", "sex": }', "application/json"),
        ('{"age": 63' + "7" * 9000 + "}", "application/json"),
        ('{"age": 6375e9999, "place": "Villeurbanne"}', "application/json"),
        ('{"age": NaN, "place": "Villeurbanne"}', "application/json"),
        ('{"age": -Infinity, "place": "Villeurbanne"}', "application/json"),
        ("place=Villeurbanne", "application/x-www-form-urlencoded"),
        ('{"place": "Villeurbanne", "words": "' + "x" * MOST_BYTES + '"}', "application/json"),
        ('{"place": "Villeurbanne \xff"}', "application/json; charset=utf-16"),
    ],
)
def test_a_strange_body_is_refused_without_a_word_of_it(body: str, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = Client().generic("POST", URL, body.encode("latin-1"), content_type=kind)
    assert response.status_code in (400, 413, 415)
    assert set(response.json()) == {"detail", "errors"}
    told = response.content.decode() + caplog.text
    assert not [marker for marker in ("Villeurbanne", "6375", "7777", "xxxx", "[[") if marker in told]


def test_every_field_says_what_it_takes_and_means_it() -> None:
    assert set(_FIELDS) == set(MatchQuestion.model_fields)
    for name, field in _FIELDS.items():
        assert _takes(field).endswith(".")
        assert _ask({name: {}}, 400)["errors"] == {name: [_takes(field)]}


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
