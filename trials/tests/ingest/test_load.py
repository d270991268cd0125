"""One raw record into the store: created, updated, unchanged; what is written, what is not, and in what shape."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trials.eligibility import READER_VERSION
from trials.ingest import load as loading
from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_data, document_from_text, read_file
from trials.models import EligibilityFact, QuarantinedRecord, RecordVersion, Site, Trial
from trials.registry.parser import PARSER_VERSION, nct_id_of, parse_record
from trials.registry.record import TrialRecord
from trials.tests.builders import NCT_ID, arm, contact, intervention, load, load_trial, raw_record, site
from trials.tests.fixtures.records import TRIALS
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.ingest.rows import stored, writes
from trials.tests.registry.test_parser import EXPECTED, RAW
from trials.vocabulary.facts import FACTS

pytestmark = pytest.mark.django_db
CREATED, UPDATED, UNCHANGED, QUARANTINED = LoadResult


def test_a_new_record_makes_a_trial_with_its_raw_record() -> None:
    raw = raw_record(status="RECRUITING")
    assert load(raw) == [CREATED]
    trial = Trial.objects.get()
    assert (trial.nct_id, trial.overall_status) == (NCT_ID, "RECRUITING")
    version = RecordVersion.objects.get()
    assert trial.record_version == version
    assert (version.nct_id, version.source, json.loads(version.raw)) == (NCT_ID, "a test", raw)
    assert version.sha256 == document_from_data(raw, "").sha256
    assert (trial.parser_version, trial.reader_version) == (PARSER_VERSION, READER_VERSION)


def test_a_second_load_writes_nothing() -> None:
    for nct_id in TRIALS:
        raw = fixture(nct_id)
        assert load(raw) == [CREATED]
        before = stored()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert load(raw) == [UNCHANGED]
        assert writes(queries) == []
        assert len(queries) == 2  # does it stand, and does something wait under its number
        assert stored() == before


def test_another_order_of_keys_is_the_same_record() -> None:
    raw = raw_record(status="RECRUITING", sites=[site("Lyon", "France")])
    backwards = json.loads(json.dumps(raw), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert load(raw, backwards) == [CREATED, UNCHANGED]
    assert load_document(document_from_text(json.dumps(raw, indent=3), "a file")) is UNCHANGED
    assert RecordVersion.objects.count() == 1


def test_a_changed_record_updates_the_trial_and_keeps_both_raw_records() -> None:
    load(raw_record(status="RECRUITING", enrollment=10))
    first = Trial.objects.get()
    assert load(raw_record(status="COMPLETED")) == [UPDATED]
    trial = Trial.objects.get()
    assert (trial.overall_status, trial.enrollment_count) == ("COMPLETED", None)
    assert trial.first_loaded_at == first.first_loaded_at
    assert trial.loaded_at > first.loaded_at
    assert trial.record_version_id > first.record_version_id
    assert [json.loads(version.raw) for version in RecordVersion.objects.order_by("id")] == [
        raw_record(status="RECRUITING", enrollment=10),
        raw_record(status="COMPLETED"),
    ]


def test_a_record_that_changes_back_is_a_version_of_its_own() -> None:
    """A, B, A: the history tells that A came twice."""
    a, b = raw_record(status="RECRUITING"), raw_record(status="SUSPENDED")
    assert load(a, b, a, a) == [CREATED, UPDATED, UPDATED, UNCHANGED]
    assert Trial.objects.get().overall_status == "RECRUITING"
    hashes = list(RecordVersion.objects.order_by("id").values_list("sha256", flat=True))
    assert hashes == [document_from_data(raw, "").sha256 for raw in (a, b, a)]


@pytest.mark.parametrize("name", ["PARSER_VERSION", "READER_VERSION"])
def test_a_new_parser_or_reader_works_over_the_same_raw_record(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_record(criteria="* Child-Pugh A", sites=[site("Lyon", "France")])
    load(raw)
    Trial.objects.update(brief_title="as the old parser read it")
    EligibilityFact.objects.filter(name="child_pugh").delete()
    version, [place] = RecordVersion.objects.get(), Site.objects.all()
    monkeypatch.setattr(loading, name, getattr(loading, name) + 1)
    assert load(raw, raw) == [UPDATED, UNCHANGED]
    trial = Trial.objects.get()
    assert trial.brief_title == "A trial"
    assert getattr(trial, name.lower()) == getattr(loading, name)
    assert trial.facts.count() == len(FACTS)
    assert RecordVersion.objects.get() == version == trial.record_version
    assert list(Site.objects.all()) == [place]


def test_every_value_of_a_record_has_a_column() -> None:
    """A field that is parsed and then forgotten would show here."""
    trial = load_trial(RAW)
    elsewhere = {"organization", "lead_sponsor", "unknown_terms"} | {
        name
        for name in TrialRecord.__slots__
        if name.endswith("_date") and not isinstance(getattr(EXPECTED, name), str)
    }
    parts = {"identifiers", "collaborators", "mesh_terms", "arms", "interventions", "outcomes", "officials", "sites"}
    parts |= {"references", "links"}
    for name in set(TrialRecord.__slots__) - elsewhere - parts - {"central_contacts"}:
        expected = getattr(EXPECTED, name)
        assert getattr(trial, name) == (list(expected) if isinstance(expected, tuple) else expected), name
    for name in parts:
        assert getattr(trial, name).count() == len(getattr(EXPECTED, name)), name
    assert (trial.organization_name, trial.organization_class) == ("org.fullName", "org.class")
    assert (trial.lead_sponsor_name, trial.lead_sponsor_class) == ("lead.name", "lead.class")
    for name in elsewhere & {field for field in elsewhere if field.endswith("_date")}:
        struct = getattr(EXPECTED, name)
        assert (getattr(trial, name), getattr(trial, f"{name}_type")) == (struct.text, struct.type)
    assert trial.unknown_terms == list(parse_record(RAW).unknown_terms) != []


def test_dates_and_ages_are_worked_out_and_kept_as_published() -> None:
    trial = load_trial(
        raw_record(start="2024-02", completion="2025-02", updated="2024", minimum_age="6 Months", maximum_age="N/A")
    )
    assert (trial.start_date, trial.computed_start_day) == ("2024-02", date(2024, 2, 1))
    assert (trial.completion_date, trial.computed_completion_day) == ("2025-02", date(2025, 2, 28))
    assert (trial.last_update_post_date, trial.computed_last_update_day) == ("2024", date(2024, 1, 1))
    assert (trial.minimum_age, trial.minimum_age_years) == ("6 Months", 0.5)
    assert (trial.maximum_age, trial.maximum_age_years) == ("N/A", None)
    trial = load_trial(raw_record(start="2024-02-30", completion="0204", maximum_age="999 Years"))
    assert (trial.start_date, trial.computed_start_day) == ("2024-02-30", None)
    assert (trial.completion_date, trial.computed_completion_day) == ("0204", None)
    assert (trial.maximum_age_years, trial.computed_last_update_day) == (None, None)


def test_a_record_of_nothing_but_its_number_loads() -> None:
    trial = load_trial(raw_record(title=None))
    assert (trial.brief_title, trial.phases, trial.enrollment_count) == ("", [], None)
    assert trial.facts.filter(status="not_stated").count() >= len(FACTS) - 1


def test_every_odd_text_can_be_stored() -> None:
    """F-25, F-26."""
    odd = "<script>\x00 'quoted' \"x\" \\ % ; -- ≥ \u202e \ud800 🙂 e\u0301 \ufffe \x01"
    kept = odd.replace("\x00", "").replace("\ud800", "")
    raw = raw_record(
        title=odd,
        criteria=odd,
        conditions=[odd],
        arms=[arm(odd, odd)],
        interventions=[intervention(odd, odd)],
        sites=[site(odd, odd, facility=odd, contacts=[contact(odd, email=odd)])],
    )
    trial = load_trial(raw)
    assert (trial.brief_title, trial.eligibility_criteria, trial.conditions) == (kept, kept, [kept])
    assert json.loads(trial.record_version.raw) == raw
    assert load(raw) == [UNCHANGED]


def test_all_hcc_records_of_the_corpus_load_once(shared: Path) -> None:
    documents = list(read_file(shared / "corpus" / "hcc.jsonl.gz"))
    assert {load_document(document) for document in documents} == {CREATED}
    assert Trial.objects.count() == len(documents) == 272
    oracle = {nct_id_of(document.data): document.data for document in documents}
    for trial in Trial.objects.prefetch_related("sites", "interventions", "arms"):
        record = parse_record(oracle[trial.nct_id])
        assert [(one.facility, one.country_code) for one in trial.sites.all()] == [
            (one.facility, one.country_code) for one in record.sites
        ]
        assert [one.name for one in trial.interventions.all()] == [one.name for one in record.interventions]
        assert [one.label for one in trial.arms.all()] == [one.label for one in record.arms]
        assert trial.eligibility_criteria == record.eligibility_criteria
    with CaptureQueriesContext(connection) as queries:
        assert {load_document(document) for document in documents} == {UNCHANGED}
    assert writes(queries) == []
    assert not QuarantinedRecord.objects.exists()
