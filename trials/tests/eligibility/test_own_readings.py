"""Facts that we decided, of records of the shared corpus and of records that we invented: floors under the figures.

Of the set that is kept aside only one number is asked, so that nobody learns from its disagreements.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from trials.eligibility import read
from trials.eligibility.evaluation import FactScore, GoldFact, evaluate
from trials.registry.parser import parse_record
from trials.registry.record import TrialRecord
from trials.tests.eligibility import shared
from trials.vocabulary.facts import FACTS

HERE = Path(__file__).parent
Decided = dict[str, dict[str, GoldFact]]


def lines(path: Path) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


def decided(path: Path) -> Decided:
    return {str(line["nct_id"]): line["facts"] for line in lines(path)}  # type: ignore[misc]


def invented() -> dict[str, TrialRecord]:
    found = (parse_record(line) for path in (HERE / "invented" / "records").glob("*.jsonl") for line in lines(path))
    return {record.nct_id: record for record in found}


def scores(facts: Decided, records: dict[str, TrialRecord]) -> dict[str, FactScore]:
    return evaluate((nct_id, of_one, read(records[nct_id]).facts) for nct_id, of_one in facts.items())


def accuracy(found: dict[str, FactScore]) -> float:
    return sum(score.agreed for score in found.values()) / sum(score.records for score in found.values())


def precision(found: dict[str, FactScore]) -> float:
    return sum(score.stated_right for score in found.values()) / sum(score.stated for score in found.values())


def test_every_invented_record_is_decided_once_and_whole() -> None:
    open_set, sealed = decided(HERE / "invented" / "open.jsonl"), decided(HERE / "invented" / "sealed.jsonl")
    assert not open_set.keys() & sealed.keys()
    assert open_set.keys() | sealed.keys() == invented().keys()
    assert all(facts.keys() == FACTS.keys() for facts in (open_set | sealed).values())
    assert all(nct_id.startswith("NCT9900") for nct_id in invented())


def test_our_readings_of_the_shared_records() -> None:
    found = scores(decided(HERE / "readings" / "open.jsonl"), shared.corpus("hcc"))
    assert accuracy(found) >= 0.94
    assert precision(found) >= 0.93


def test_the_shared_gold_and_ours_decide_different_records() -> None:
    assert not decided(HERE / "readings" / "open.jsonl").keys() & shared.gold("dev").keys()


@pytest.mark.parametrize(("name", "floor"), [("open", 0.90), ("sealed", 0.88)])
def test_invented_records(name: str, floor: float) -> None:
    assert accuracy(scores(decided(HERE / "invented" / f"{name}.jsonl"), invented())) >= floor
