"""The shape of what the room gives to others."""

from trials.eligibility import read
from trials.tests.eligibility.builders import criteria, record
from trials.vocabulary.facts import FACTS, FactStatus


def test_facts_come_in_the_order_of_the_vocabulary() -> None:
    assert list(read(record()).facts) == list(FACTS)


def test_json_of_a_fact() -> None:
    fact = read(record(criteria(inclusion=("Child-Pugh B or A",)))).facts["child_pugh"]
    assert fact.as_json() == {
        "status": "stated",
        "value": [5, 6, 7, 8, 9],
        "depends_on_cohort": False,
        "evidence": [
            {"field": "eligibility_criteria", "start": 37, "end": 54, "quote": "Child-Pugh B or A"},
        ],
    }


def test_a_contradiction_has_claims_and_no_value() -> None:
    text = criteria(inclusion=("Child-Pugh A to B7",), exclusion=("Child-Pugh score > 6",))
    fact = read(record(text)).facts["child_pugh"]
    assert fact.status is FactStatus.CONTRADICTORY
    assert fact.value is None
    assert fact.claims == ((5, 6, 7), (5, 6))
    assert fact.doubts == ("contradictory",)


def test_a_weaker_field_never_overrides_the_criteria() -> None:
    text = criteria(inclusion=("ECOG 0-1", "BCLC stage B"))
    facts = read(record(text, title="BCLC stage C hepatocellular carcinoma")).facts
    assert facts["bclc"].value == ("B",)
    silent = read(record(criteria(), title="BCLC stage C hepatocellular carcinoma")).facts["bclc"]
    assert (silent.value, silent.doubts) == (("C",), ("weak_field", "unusual"))
