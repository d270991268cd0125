"""Stores what the eligibility room read. Runs inside the caller's transaction; never touches a review by staff."""

from trials.eligibility import READER_VERSION as READER_VERSION
from trials.eligibility import Fact, read
from trials.models import EligibilityFact
from trials.registry.record import TrialRecord
from trials.vocabulary.facts import FactItem, FactStatus, child_pugh_class

NOT_STATED = "not_stated"


def searchable_values(fact: Fact) -> list[str]:
    """The texts under which a search finds the fact, sorted.

    A contradictory fact is found under every value that one of its sentences claims: a reader must be able to reach
    the trial and ask. Child-Pugh scores are found under their class too.
    """
    if fact.status == FactStatus.NOT_STATED:
        return [NOT_STATED]
    values = fact.claims if fact.status == FactStatus.CONTRADICTORY else (fact.value,)
    items: set[FactItem] = set()
    for value in values:
        items.update(value if isinstance(value, tuple) else () if value is None else (value,))
    found = {str(item) for item in items}
    if fact.name == "child_pugh":
        found |= {child_pugh_class(item) for item in items if isinstance(item, int)}
    if not found and fact.status == FactStatus.CONTRADICTORY:
        return [NOT_STATED]
    return sorted(found)


def _columns(fact: Fact) -> dict[str, object]:
    published = fact.as_json()
    return {
        "status": str(fact.status),
        "value": published["value"],
        "claims": [list(claim) if isinstance(claim, tuple) else claim for claim in fact.claims],
        "depends_on_cohort": fact.depends_on_cohort,
        "evidence": published["evidence"],
        "doubts": list(fact.doubts),
        "computed_values": searchable_values(fact),
        "reader_version": READER_VERSION,
    }


def store_facts(record: TrialRecord, *, is_new_trial: bool = False) -> None:
    """Reads the record and brings its fifteen rows to what was read; rows that stay the same are not written."""
    facts = read(record).facts
    existing = {} if is_new_trial else {row.name: row for row in EligibilityFact.objects.filter(trial_id=record.nct_id)}
    created, changed = [], []
    for name, fact in facts.items():
        columns = _columns(fact)
        row = existing.get(name)
        if row is None:
            created.append(EligibilityFact(trial_id=record.nct_id, name=name, **columns))
        elif any(getattr(row, column) != value for column, value in columns.items()):
            for column, value in columns.items():
                setattr(row, column, value)
            changed.append(row)
    EligibilityFact.objects.bulk_create(created)
    if changed:
        EligibilityFact.objects.bulk_update(changed, [*_columns(next(iter(facts.values())))])
