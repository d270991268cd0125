"""The list of trials for programs: its shape, its values, its errors."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import FactReview, Trial
from trials.search.declarations import FACETS
from trials.tests.api.asking import answer
from trials.tests.builders import contact, load, load_trial, raw_record, site
from trials.vocabulary.facts import FACTS

pytestmark = pytest.mark.django_db
CRITERIA = "Inclusion Criteria:\n\n* Child-Pugh score of 7 or less\n* Hepatocellular carcinoma"


def _numbered(number: int, **asked: object) -> dict[str, object]:
    return raw_record(f"NCT{number:08d}", title="Hepatocellular carcinoma", **asked)  # type: ignore[arg-type]


def test_a_result_has_what_the_interface_promises() -> None:
    load_trial(
        raw_record(
            title="Sorafenib in hepatocellular carcinoma \\>= 2",
            status="RECRUITING",
            phases=["PHASE2", "PHASE3"],
            conditions=["HCC"],
            updated="2026-11-03",
            criteria=CRITERIA,
            sites=[site("Lyon", "France"), site("Tokyo", "Japan"), site("Paris", "France")],
        )
    )
    found = answer("/api/v1/trials/")
    [result] = found["results"]
    assert (found["count"], found["page"], found["page_size"], found["next_cursor"]) == (1, 1, 20, None)
    assert result["nct_id"] == "NCT01234567"
    assert result["brief_title"] == "Sorafenib in hepatocellular carcinoma \\>= 2"  # as published
    assert result["overall_status"] == "RECRUITING"
    assert result["phases"] == ["PHASE2", "PHASE3"]
    assert result["countries"] == ["FR", "JP"]
    assert result["conditions"] == ["HCC"]
    assert result["last_update_post_date"] == "2026-11-03"
    assert result["url"] == "http://testserver/trials/NCT01234567/"
    assert result["api_url"] == "http://testserver/api/v1/trials/NCT01234567/"


def test_facts_come_with_their_sentences_and_who_decided() -> None:
    trial = load_trial(raw_record(title="Hepatocellular carcinoma", criteria=CRITERIA))
    [result] = answer("/api/v1/trials/")["results"]
    assert set(result["facts"]) == set(FACTS)
    fact = result["facts"]["child_pugh"]
    assert fact["value"] == [5, 6, 7]
    assert (fact["status"], fact["decided_by"], fact["decided_at"]) == ("stated", "rule", None)
    [sentence] = fact["evidence"]
    text = getattr(trial, sentence["field"])
    assert text[sentence["start"] : sentence["end"]] == sentence["quote"]
    assert "Child-Pugh score of 7" in sentence["quote"]
    assert result["facts"]["ecog"] | {"evidence": []} == {
        "status": "not_stated",
        "value": None,
        "claims": [],
        "depends_on_cohort": False,
        "evidence": [],
        "decided_by": "rule",
        "decided_at": None,
        "record_changed_since": False,
    }


def test_a_persons_decision_is_told_and_the_person_is_not() -> None:
    trial = load_trial(raw_record(title="Hepatocellular carcinoma", criteria=CRITERIA))
    FactReview.objects.create(
        trial=trial,
        name="child_pugh",
        decision="corrected",
        reason="Seen on paper",
        status="stated",
        value=[5, 6],
        computed_values=["5", "6", "A"],
        machine_status="stated",
        machine_reader_version=1,
        record_version_id=trial.record_version_id,
        reviewer_name="Quirinia Reviewer",
    )
    response = Client().get("/api/v1/trials/")
    fact = response.json()["results"][0]["facts"]["child_pugh"]
    assert (fact["value"], fact["decided_by"]) == ([5, 6], "person")
    assert fact["decided_at"]
    assert b"Quirinia" not in response.content + Client().get("/api/v1/trials/NCT01234567/").content


def test_contacts_never_come_out() -> None:
    person = contact("Dr. Xanthippe Unique", phone="+33 4 99 88 77 66", email="xanthippe@unique.example")
    load_trial(
        raw_record(
            title="Hepatocellular carcinoma",
            contacts=[person],
            sites=[site("Lyon", "France", contacts=[person])],
            sponsorCollaboratorsModule={
                "responsibleParty": {
                    "type": "PRINCIPAL_INVESTIGATOR",
                    "investigatorFullName": "Xanthippe Unique",
                    "investigatorTitle": "Xanthippe's title",
                },
            },
        )
    )
    for url in ("/api/v1/trials/", "/api/v1/trials/NCT01234567/", "/api/v1/trials.csv", "/trials/feed.atom"):
        body = b"".join(Client().get(url))
        assert b"NCT01234567" in body
        for secret in (b"Xanthippe", b"99 88", b"unique.example"):
            assert secret not in body, (url, secret)
    page = "http://testserver/trials/NCT01234567/"
    assert answer("/api/v1/trials/NCT01234567/")["contacts"] == [{"role": "CONTACT", "url": page}]


def test_every_facet_has_its_values_and_counts() -> None:
    load(*(_numbered(number, phases=["PHASE3"] if number % 2 else None) for number in range(1, 6)))
    found = answer("/api/v1/trials/?phase=PHASE3")
    assert found["count"] == 3
    assert list(found["facets"]) == list(FACETS)
    phases = {value["value"]: value for value in found["facets"]["phase"]}
    assert phases["PHASE3"] == {"value": "PHASE3", "label": "Phase 3", "count": 3, "selected": True}
    assert phases["NOT_STATED"] == {"value": "NOT_STATED", "label": "Not stated", "count": 2, "selected": False}
    assert phases["PHASE1"]["count"] == 0
    assert [value["selected"] for value in found["facets"]["hcc_scope"] if value["value"] != "off_topic"][:2] == [
        True
    ] * 2


def test_what_is_not_known_is_refused_and_named() -> None:
    found = answer("/api/v1/trials/?phase=PHASE33&foo=1&page_size=none", 400)
    assert set(found["errors"]) == {"phase", "foo", "page_size"}
    assert found["detail"]
    assert set(answer("/api/v1/trials/NCT01234567/?x=1", 400)["errors"]) == {"x"}
    assert set(answer("/api/v1/trials.csv?x=1", 400)["errors"]) == {"x"}


def test_a_page_that_does_not_exist_is_a_404() -> None:
    load(_numbered(1))
    assert set(answer("/api/v1/trials/?page=2", 404)["errors"]) == {"page"}


def test_a_large_page_size_gives_the_largest() -> None:
    assert answer("/api/v1/trials/?page_size=5000")["page_size"] == 100


@pytest.mark.parametrize(
    "url", ["/api/", "/api/v1/", "/api/v2/trials/", "/api/v1/nothing", "/api/v1/trials.json", "/api/x/\u202e/"]
)
def test_an_address_that_does_not_exist_is_a_404_in_json(url: str) -> None:
    assert answer(url, 404)["errors"] == {}


def test_a_lost_slash_is_led_back_with_its_query() -> None:
    response = Client().get("/api/v1/trials?phase=PHASE3&phase=PHASE2")
    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/trials/?phase=PHASE3&phase=PHASE2"
    away = Client().get("//evil.example/api/v1/trials")
    assert away.status_code == 404 or "evil" not in away.headers.get("Location", "")


def test_a_database_that_is_away_is_a_503_in_json() -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        response = Client().get("/api/v1/trials/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert response.json()["errors"] == {}


def test_a_fault_of_ours_is_a_500_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("trials.api.reading.search", break_down)
    response = Client().get("/api/v1/trials/")
    assert response.status_code == 500
    assert "went wrong" in response.json()["detail"]
    assert response.headers["Cache-Control"] == "no-store"


def test_queries_do_not_grow_with_the_page() -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(url)
        return len(captured)

    load(*(_numbered(number, sites=[site("Lyon", "France")]) for number in range(1, 4)))
    few = {url: queries(url) for url in ("/api/v1/trials/", "/api/v1/trials/?cursor=", "/api/v1/trials/NCT00000001/")}
    load(*(_numbered(number, sites=[site("Lyon", "France")] * 3) for number in range(4, 40)))
    assert {url: queries(url) for url in few} == few
    assert max(few.values()) <= 25


def test_nothing_is_found_in_an_empty_store() -> None:
    assert not Trial.objects.exists()
    found = answer("/api/v1/trials/")
    assert (found["count"], found["results"]) == (0, [])
    assert answer("/api/v1/trials/?cursor=")["next_cursor"] is None
