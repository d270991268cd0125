"""Scores: what counts as agreement, and what is left out."""

from trials.eligibility import read
from trials.eligibility.evaluation import GoldFact, evaluate, overall
from trials.tests.eligibility.builders import NCT_ID, criteria, record

FACTS = read(record(criteria(inclusion=("Child-Pugh A", "ECOG 0-1")))).facts


def test_counts_agreement_precision_and_recall() -> None:
    gold: dict[str, GoldFact] = {
        "child_pugh": {"status": "stated", "value": [5, 6]},
        "ecog": {"status": "stated", "value": [0, 1, 2], "quote": "ECOG 0-2"},
        "bclc": {"status": "stated", "value": ["B"]},
        "ascites": {"status": "not_stated", "value": None},
    }
    scores = evaluate([(NCT_ID, gold, FACTS)])
    assert [scores[name].accuracy for name in gold] == [1.0, 0.0, 0.0, 1.0]
    assert (scores["ecog"].precision, scores["bclc"].recall, scores["bclc"].precision) == (0.0, 0.0, 1.0)
    assert scores["ecog"].disagreements[0].quote == "ECOG 0-2"


def test_leaves_open_questions_out() -> None:
    assert evaluate([(NCT_ID, {"ecog": {"open": True, "readings": []}}, FACTS)])["ecog"].records == 0


def test_all_facts_as_one() -> None:
    gold: dict[str, GoldFact] = {
        "child_pugh": {"status": "stated", "value": [5, 6]},
        "ecog": {"status": "stated", "value": [0, 1, 2]},
        "bclc": {"status": "stated", "value": ["B"]},
        "ascites": {"status": "not_stated", "value": None},
        "hbv": {"open": True, "readings": []},
    }
    total = overall(evaluate([(NCT_ID, gold, FACTS)]).values(), "all")
    assert (total.fact, total.records, total.accuracy, total.precision) == ("all", 4, 0.5, 0.5)
    assert total.recall == 1 / 3
