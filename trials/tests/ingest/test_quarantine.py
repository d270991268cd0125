"""Records that cannot be parsed or stored: kept with their reason, never in the way, closed when they load."""

import json
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from trials.ingest import load as loading
from trials.ingest import quarantine
from trials.ingest.load import LoadResult, load_document
from trials.ingest.quarantine import retry_quarantined, set_aside
from trials.ingest.sources import document_from_data, document_from_text
from trials.models import QuarantinedRecord, RecordVersion, Trial
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.tests.builders import NCT_ID, intervention, load, raw_record, site
from trials.tests.ingest.rows import stored, writes

pytestmark = pytest.mark.django_db
CREATED, UPDATED, UNCHANGED, QUARANTINED = LoadResult
BAD = raw_record(designModule={"phases": "PHASE3"})
REASON = "protocolSection.designModule.phases: expected a list, found str"


def test_a_record_that_cannot_be_parsed_waits_with_its_reason() -> None:
    """F-18."""
    assert load(BAD) == [QUARANTINED]
    waiting = QuarantinedRecord.objects.get()
    assert (waiting.nct_id, waiting.reason, waiting.source, waiting.resolved_at) == (NCT_ID, REASON, "a test", None)
    assert json.loads(waiting.raw) == BAD
    assert waiting.sha256 == document_from_data(BAD, "").sha256
    assert not Trial.objects.exists()
    assert not RecordVersion.objects.exists()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (raw_record(""), "protocolSection.identificationModule.nctId: expected NCT and eight digits, it is missing"),
        ({}, "protocolSection.identificationModule.nctId: expected NCT and eight digits, it is missing"),
        ([], "expected an object, found list"),
        (None, "expected an object, found NoneType"),
        ("\x00\ud800", "expected an object, found str"),
    ],
)
def test_a_record_without_number_waits_without_one(raw: Any, reason: str) -> None:
    """F-16."""
    assert load(raw) == [QUARANTINED]
    assert QuarantinedRecord.objects.values_list("nct_id", "reason").get() == ("", reason)


@pytest.mark.parametrize("text", ["{", "", "\x00", '{"a": NaN}', "[" * 100_000, '"\\ud800'])
def test_what_is_not_json_waits_as_text(text: str) -> None:
    assert load_document(document_from_text(text, "a.jsonl:7")) is QUARANTINED
    waiting = QuarantinedRecord.objects.get()
    assert waiting.reason.startswith("not valid JSON: ")
    assert (waiting.raw, waiting.source, waiting.nct_id) == (text.replace("\x00", "\\x00"), "a.jsonl:7", "")


def test_what_stands_is_left_as_it_was() -> None:
    load(raw_record(status="RECRUITING", sites=[site("Lyon", "France")]))
    before = {name: rows for name, rows in stored().items() if name != "QuarantinedRecord"}
    assert load(BAD) == [QUARANTINED]
    assert {name: rows for name, rows in stored().items() if name != "QuarantinedRecord"} == before


def test_a_record_waits_once() -> None:
    assert load(BAD) == [QUARANTINED]
    with CaptureQueriesContext(connection) as queries:
        assert load(BAD) == [QUARANTINED]
    assert writes(queries) == []
    assert QuarantinedRecord.objects.count() == 1


def test_a_new_reason_takes_the_place_of_the_old() -> None:
    load(BAD)
    QuarantinedRecord.objects.update(reason="said by an older parser")
    load(BAD)
    assert QuarantinedRecord.objects.get().reason == REASON


def test_a_good_record_closes_what_waits_under_its_number() -> None:
    load(BAD, raw_record("", title="another"), raw_record())
    assert QuarantinedRecord.objects.get(nct_id=NCT_ID).resolved_at is not None
    assert QuarantinedRecord.objects.get(nct_id="").resolved_at is None


def test_a_good_record_that_stands_already_closes_what_waits_too() -> None:
    """Good, bad, and the good one again: nothing is left to be looked at."""
    good = raw_record()
    assert load(good, BAD, good) == [CREATED, QUARANTINED, UNCHANGED]
    assert QuarantinedRecord.objects.get().resolved_at is not None


def test_a_record_that_was_closed_waits_again_when_it_comes_back() -> None:
    load(BAD, raw_record(), BAD)
    assert sorted(one.resolved_at is None for one in QuarantinedRecord.objects.all()) == [False, True]


def test_waiting_records_are_tried_again() -> None:
    load(BAD, raw_record("", title="still bad"), raw_record("NCT00000009", designModule=5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "parse_record", lambda raw: parse_record(raw_record() if raw == BAD else raw))
        assert retry_quarantined() == {CREATED: 1, QUARANTINED: 2}
        assert retry_quarantined() == {QUARANTINED: 2}
    assert Trial.objects.get().nct_id == NCT_ID
    assert QuarantinedRecord.objects.get(nct_id=NCT_ID).resolved_at is not None
    assert RecordVersion.objects.get().source == "a test"


def test_only_the_chosen_ones_are_tried() -> None:
    load(BAD, raw_record("NCT00000009", designModule=5))
    chosen = QuarantinedRecord.objects.get(nct_id="NCT00000009")
    assert retry_quarantined([chosen.pk]) == {QUARANTINED: 1}
    assert retry_quarantined([]) == {}
    assert retry_quarantined([0]) == {}


def test_a_record_that_came_right_in_the_meantime_is_closed() -> None:
    load(raw_record())
    document = document_from_data(raw_record(), "older run")
    QuarantinedRecord.objects.create(sha256=document.sha256, raw=document.text, reason="an old fault")
    assert retry_quarantined() == {UNCHANGED: 1}
    assert QuarantinedRecord.objects.get().resolved_at is not None


# --- The database says no -------------------------------------------------------------------------------------------


def _unique_words(count: int) -> str:
    return " ".join(f"w{number:07x}" for number in range(count))


def _incompressible(length: int) -> str:
    """Text that PostgreSQL cannot make shorter, so that it does not fit into an index entry."""
    signs = [chr(0x4E00 + (number * 7919) % 20000) for number in range(length)]
    return "".join(signs)


@pytest.mark.parametrize(
    "raw",
    [
        raw_record(
            title=_unique_words(22_000),
            summary=_unique_words(22_000).replace("w", "x"),
            criteria=_unique_words(22_000).replace("w", "y"),
            conditions=[_unique_words(22_000).replace("w", "z")],
            descriptionModule={
                "briefSummary": _unique_words(22_000),
                "detailedDescription": _unique_words(22_000)[::-1],
            },
        ),
        raw_record(status=_incompressible(9000)),
        raw_record(phases=[_incompressible(9000)]),
        raw_record(interventions=[intervention("x", type=_incompressible(9000))]),
        raw_record(identificationModule={"nctId": NCT_ID, "orgStudyIdInfo": {"id": _incompressible(9000)}}),
    ],
    ids=["search vector", "status", "phase", "intervention type", "identifier"],
)
def test_a_record_that_is_too_large_for_an_index_waits(raw: dict[str, Any]) -> None:
    """F-27: what PostgreSQL refuses for its size is a fault of the record, not of the run."""
    assert load(raw, raw_record("NCT00000009")) == [QUARANTINED, CREATED]
    assert QuarantinedRecord.objects.get().reason.startswith("cannot be stored: ")
    assert [trial.nct_id for trial in Trial.objects.all()] == ["NCT00000009"]
    assert not RecordVersion.objects.filter(nct_id=NCT_ID).exists()


def test_a_database_that_fails_is_no_fault_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(loading, "write_facts", fail)
    with pytest.raises(OperationalError):
        load(raw_record())
    assert not QuarantinedRecord.objects.exists()
    assert not Trial.objects.exists()


@pytest.mark.parametrize("error", [DataError("no such day"), RecordError("a part that cannot be")])
def test_an_error_half_way_takes_everything_of_the_record_back(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    load(raw_record("NCT00000008", status="RECRUITING"))
    before = {name: rows for name, rows in stored().items() if name != "QuarantinedRecord"}
    with monkeypatch.context() as patch:
        patch.setattr(loading, "write_facts", fail)
        assert load(raw_record("NCT00000008", status="COMPLETED"), raw_record("NCT00000009")) == [QUARANTINED] * 2
    assert {name: rows for name, rows in stored().items() if name != "QuarantinedRecord"} == before
    assert quarantine.retry_quarantined() == {UPDATED: 1, CREATED: 1}
    assert Trial.objects.get(nct_id="NCT00000008").overall_status == "COMPLETED"


def test_a_record_that_was_set_aside_stays_so_when_it_comes_again() -> None:
    load(BAD)
    waiting = QuarantinedRecord.objects.get()
    assert set_aside([waiting.pk]) == [waiting]
    assert set_aside([waiting.pk]) == []
    assert load(BAD) == [QUARANTINED]
    again = QuarantinedRecord.objects.get()
    assert again.resolved_at is not None
    assert again.set_aside


def test_a_fault_of_our_own_on_one_record_does_not_keep_the_others_out() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "write_facts", _stumble)
        assert load(raw_record("NCT00000008")) == [QUARANTINED]
    assert not Trial.objects.exists()
    assert "ZeroDivisionError" in QuarantinedRecord.objects.get().reason
    assert load(raw_record("NCT00000009")) == [CREATED]


def _stumble(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a fault")
