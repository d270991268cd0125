"""Evidence points into the field as published, over every record of the corpus."""

from collections.abc import Mapping

import pytest

from trials.eligibility import Evidence, Fact, read
from trials.registry.record import TrialRecord
from trials.tests.eligibility import shared
from trials.vocabulary.facts import FACTS, FactStatus


def published(record: TrialRecord, evidence: Evidence) -> str:
    """The text of the field that the evidence names."""
    value: object = record
    for part in evidence.field.replace("[", ".[").split("."):
        if part.startswith("["):
            assert isinstance(value, tuple)
            value = value[int(part[1:-1])]
        else:
            value = getattr(value, part)
    assert isinstance(value, str)
    return value


def faults(record: TrialRecord) -> list[str]:
    return faults_of(record, read(record).facts)


def faults_of(record: TrialRecord, facts: Mapping[str, Fact]) -> list[str]:
    found = []
    for name, fact in facts.items():
        if fact.status is not FactStatus.NOT_STATED and not fact.evidence:
            found.append(f"{record.nct_id} {name}: no evidence")
        for piece in fact.evidence:
            text = published(record, piece)
            if not piece.quote or text[piece.start : piece.end] != piece.quote:
                found.append(f"{record.nct_id} {name}: {piece}")
        if fact.status is FactStatus.CONTRADICTORY and (fact.value is not None or len(fact.claims) < 2):
            found.append(f"{record.nct_id} {name}: {fact}")
        if not set(fact.value if isinstance(fact.value, tuple) else ()) <= set(FACTS[name].values):
            found.append(f"{record.nct_id} {name}: {fact.value}")
    return found


@pytest.mark.parametrize("name", ["hcc", "child_pugh", "other"])
def test_quotes_stand_where_the_evidence_says(name: str) -> None:
    facts = shared.facts(name)
    found = [fault for record in shared.corpus(name).values() for fault in faults_of(record, facts[record.nct_id])]
    assert found == []


def test_unrelated_trials_are_off_topic() -> None:
    scopes = [facts["hcc_scope"].value for facts in shared.facts("other").values()]
    assert scopes.count("hcc") == 0
    assert scopes.count("mixed") <= 8
