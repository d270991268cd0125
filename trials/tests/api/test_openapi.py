"""The OpenAPI description: complete, made from the declarations, with examples that are true."""

import json
from typing import Any

import pytest
from django.test import Client

from trials.api.list_schemas import Error, TrialList
from trials.api.match_schemas import CONTROLS, MatchAnswer, MatchQuestion
from trials.api.parameters import NOTES
from trials.matching.profile_fields import PARAMETERS
from trials.search.declarations import FACETS
from trials.search.filterset import PAGING, TrialFilterSet
from trials.tests.api.asking import answer
from trials.tests.builders import load_trial, raw_record, site

pytestmark = pytest.mark.django_db
LIST, CSV, TRIAL, MATCH = (f"/api/v1/{end}" for end in ("trials/", "trials.csv", "trials/{nct_id}/", "match/"))


@pytest.fixture
def description() -> dict[str, Any]:
    return answer("/api/v1/openapi.json")


def _parameters(description: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    given = description["paths"][path]["get"]["parameters"]
    named = {one["name"]: one for one in given if one["in"] == "query"}
    assert len(named) == len([one for one in given if one["in"] == "query"])
    return named


def test_every_parameter_of_the_search_is_described(description: dict[str, Any]) -> None:
    declared = set(TrialFilterSet.get_filters())
    assert declared >= set(FACETS) | {"q", "sort"}
    assert set(_parameters(description, LIST)) == declared | set(PAGING) | {"cursor"}
    assert set(_parameters(description, CSV)) == declared
    for one in _parameters(description, LIST).values():
        assert one["description"], one["name"]
        assert "example" in one, one["name"]


def test_no_note_is_left_of_a_parameter_that_went() -> None:
    assert set(NOTES) - {"near", "radius"} <= set(TrialFilterSet.get_filters())


def test_every_listed_value_of_a_facet_is_described(description: dict[str, Any]) -> None:
    parameters = _parameters(description, LIST)
    for name, facet in FACETS.items():
        assert parameters[name]["schema"]["items"]["enum"] == list(facet.labels), name


def test_the_examples_of_all_parameters_are_answered(description: dict[str, Any]) -> None:
    for name, one in _parameters(description, LIST).items():
        if name in {"near", "radius"}:
            continue  # asked together, where towns are stored
        response = Client().get("/api/v1/trials/", {name: one["example"]})
        assert response.status_code == 200, (name, response.content)


def test_the_examples_of_answers_fit(description: dict[str, Any]) -> None:
    responses = description["paths"][LIST]["get"]["responses"]
    assert TrialList(**responses["200"]["content"]["application/json"]["example"])
    assert Error(**responses["400"]["content"]["application/json"]["example"])
    assert list(description["paths"][CSV]["get"]["responses"]["200"]["content"]) == ["text/csv"]


def test_answers_have_exactly_the_described_fields(description: dict[str, Any]) -> None:
    load_trial(raw_record(title="Hepatocellular carcinoma", criteria="Child-Pugh A", sites=[site("Lyon", "France")]))
    schemas = description["components"]["schemas"]
    found = answer("/api/v1/trials/NCT01234567/")
    listed = answer(LIST)
    fact = found["facts"]["child_pugh"]
    shown = {
        "TrialList": listed,
        "TrialInList": listed["results"][0],
        "FacetValue": listed["facets"]["phase"][0],
        "WholeTrial": found,
        "Site": found["sites"][0],
        "Fact": fact,
        "Evidence": fact["evidence"][0],
        "Error": answer(f"{LIST}?x=1", 400),
    }
    for name, value in shown.items():
        assert set(value) == set(schemas[name]["properties"]) == set(schemas[name]["required"]), name


def test_the_match_describes_every_answer(description: dict[str, Any]) -> None:
    match = description["paths"][MATCH]["post"]
    assert set(match["responses"]) == {"200", "400", "405", "406", "413", "415", "429", "500", "503"}
    body = match["requestBody"]["content"]["application/json"]
    assert set(body["schema"]["properties"]) == PARAMETERS | CONTROLS
    assert body["schema"]["additionalProperties"] is False
    assert MatchQuestion.model_validate_json(json.dumps(body["example"]))
    assert MatchAnswer(**match["responses"]["200"]["content"]["application/json"]["example"])


def test_it_tells_why_there_are_no_people(description: dict[str, Any]) -> None:
    assert "People" in description["info"]["description"]


def test_it_is_the_same_each_time_and_holds_no_machine_path() -> None:
    first, second = (Client().get("/api/v1/openapi.json").content for _ in range(2))
    assert first == second
    assert b"site-packages" not in first
    assert json.loads(first)["openapi"] == "3.1.0"
