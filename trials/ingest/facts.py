"""Stores what the eligibility room read. Runs inside the caller's transaction; never touches a review by staff."""

from collections.abc import Mapping

from trials.eligibility import READER_VERSION as READER_VERSION
from trials.eligibility import Fact
from trials.eligibility.evaluation import Answer
from trials.models import EligibilityFact
from trials.vocabulary.facts import FactItem, FactStatus, child_pugh_class

NOT_STATED = "not_stated"
FactsByTrial = Mapping[str, Mapping[str, Fact]]  # by NCT number, then by the fact's name


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


def fact_columns(fact: Fact) -> dict[str, object]:
    """The columns that a fact and a decision about it share, with their values."""
    published = fact.as_json()
    return {
        "status": str(fact.status),
        "value": published["value"],
        "claims": [list(claim) if isinstance(claim, tuple) else claim for claim in fact.claims],
        "depends_on_cohort": fact.depends_on_cohort,
        "evidence": published["evidence"],
        "computed_values": searchable_values(fact),
    }


def _columns(fact: Fact) -> dict[str, object]:
    return fact_columns(fact) | {"doubts": list(fact.doubts), "reader_version": READER_VERSION}


def stored_answer(status: str, value: object) -> Answer:
    """What the columns of a fact, or of a decision about it, answer: comparable with `answer_of` a reading."""
    return Answer(status, tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]


def write_facts(facts_by_trial: FactsByTrial) -> None:
    """Brings the rows of the trials to what was read; rows that stay the same are not written."""
    rows = EligibilityFact.objects.filter(trial_id__in=list(facts_by_trial))
    existing = {(row.trial_id, row.name): row for row in rows}
    written, columns = [], dict[str, object]()
    for nct_id, facts in facts_by_trial.items():
        for name, fact in facts.items():
            columns = _columns(fact)
            row = existing.get((nct_id, name))
            if row is None or any(getattr(row, column) != value for column, value in columns.items()):
                written.append(EligibilityFact(trial_id=nct_id, name=name, **columns))
    # one statement creates and changes; bulk_update would write a CASE for each column and row
    EligibilityFact.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["name", "trial"], update_fields=list(columns)
    )
