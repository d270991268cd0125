"""Facts as rows: what a search may find them under, and that rows which stay the same are not written."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trials.eligibility import Evidence, Fact, read
from trials.eligibility.reading import FactValue
from trials.ingest import facts
from trials.ingest.facts import searchable_values, write_facts
from trials.models import EligibilityFact, Trial
from trials.registry.parser import parse_record
from trials.tests.builders import NCT_ID, load, load_trial, raw_record
from trials.tests.fixtures.records import TRIALS
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.ingest.rows import writes
from trials.vocabulary.facts import FACTS, FactDefinition, FactStatus

STATED, NOT_STATED, CONTRADICTORY = FactStatus.STATED, FactStatus.NOT_STATED, FactStatus.CONTRADICTORY
HERE = (Evidence("brief_title", 0, 1, "A"),)


@pytest.mark.parametrize(
    ("name", "status", "value", "claims", "found"),
    [
        ("bclc", NOT_STATED, None, (), ["not_stated"]),
        ("bclc", STATED, ("B", "C"), (), ["B", "C"]),
        ("ecog", STATED, (0, 1), (), ["0", "1"]),
        ("hbv", STATED, "allowed", (), ["allowed"]),
        ("child_pugh", STATED, (5, 6), (), ["5", "6", "A"]),
        ("child_pugh", STATED, (6, 7), (), ["6", "7", "A", "B"]),
        ("child_pugh", STATED, (5, 9, 10, 15), (), ["10", "15", "5", "9", "A", "B", "C"]),
        ("hbv", CONTRADICTORY, None, ("excluded", "required"), ["excluded", "required"]),
        ("ecog", CONTRADICTORY, None, ((0, 1), (0, 1, 2)), ["0", "1", "2"]),
        ("child_pugh", CONTRADICTORY, None, ((5, 6), (7,)), ["5", "6", "7", "A", "B"]),
        ("hbv", CONTRADICTORY, None, (), ["not_stated"]),
        ("hbv", CONTRADICTORY, None, (None, "allowed"), ["allowed"]),
    ],
)
def test_a_fact_is_found_under_all_that_it_may_mean(
    name: str, status: FactStatus, value: FactValue, claims: tuple[FactValue, ...], found: list[str]
) -> None:
    assert searchable_values(Fact(name, status, value, evidence=HERE, claims=claims)) == found


@pytest.mark.parametrize("fact", [fact for fact in FACTS.values() if fact.many])
def test_every_value_alone_is_found_under_itself(fact: FactDefinition) -> None:
    for item in fact.values:
        found = set(searchable_values(Fact(fact.name, STATED, (item,), evidence=HERE)))
        assert str(item) in found
        assert found - {str(item)} <= {"A", "B", "C"}


@pytest.mark.django_db
@pytest.mark.parametrize("nct_id", TRIALS)
def test_rows_are_what_was_read(nct_id: str) -> None:
    load(fixture(nct_id))
    record = parse_record(fixture(nct_id))
    reading = read(record)
    rows = {row.name: row for row in EligibilityFact.objects.filter(trial_id=nct_id)}
    assert set(rows) == set(FACTS) == set(reading.facts)
    for name, fact in reading.facts.items():
        row = rows[name]
        published = {"status": row.status, "value": row.value, "depends_on_cohort": row.depends_on_cohort}
        assert {**published, "evidence": row.evidence} == fact.as_json()
        assert row.doubts == list(fact.doubts)
        assert row.computed_values == searchable_values(fact)
        assert row.reader_version == facts.READER_VERSION
    assert any(row.status == STATED for row in rows.values())


@pytest.mark.django_db
def test_only_facts_that_change_are_written() -> None:
    load_trial(raw_record(criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1"))
    keys = dict(EligibilityFact.objects.values_list("name", "pk"))
    record = parse_record(raw_record(criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1"))
    with CaptureQueriesContext(connection) as queries:
        write_facts({NCT_ID: read(record).facts})
    assert writes(queries) == []
    changed = EligibilityFact.objects.filter(name__in=["ecog", "child_pugh"])
    changed.update(computed_values=["old"], reader_version=0)
    write_facts({NCT_ID: read(record).facts})
    assert dict(EligibilityFact.objects.values_list("name", "pk")) == keys
    assert not EligibilityFact.objects.filter(computed_values=["old"]).exists()
    assert not EligibilityFact.objects.filter(reader_version=0).exists()


@pytest.mark.django_db
def test_a_new_text_gives_new_facts_in_the_same_rows() -> None:
    load(raw_record(criteria="Inclusion Criteria:\n\n* Child-Pugh A"))
    keys = dict(EligibilityFact.objects.values_list("name", "pk"))
    before = EligibilityFact.objects.get(name="child_pugh")
    load(raw_record(criteria="Inclusion Criteria:\n\n* Adults"))
    after = EligibilityFact.objects.get(name="child_pugh")
    assert dict(EligibilityFact.objects.values_list("name", "pk")) == keys
    assert (before.status, before.computed_values) == (STATED, ["5", "6", "A"])
    assert (after.status, after.value, after.evidence, after.computed_values) == (NOT_STATED, None, [], ["not_stated"])


@pytest.mark.django_db
def test_a_trial_has_one_fact_of_a_name() -> None:
    load_trial()
    with pytest.raises(IntegrityError), transaction.atomic():
        EligibilityFact.objects.filter(name="hbv").update(name="hcv")
    Trial.objects.filter(nct_id=NCT_ID).delete()
    assert not EligibilityFact.objects.exists()
