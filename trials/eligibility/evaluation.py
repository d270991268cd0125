"""Compares readings with what careful readers decided: per fact accuracy, precision, recall and every disagreement.

Pure functions over values that a caller has loaded. Never opens a file and never prints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trials.eligibility.reading import Evidence, Fact
from trials.vocabulary.facts import FactStatus

GoldFact = Mapping[str, object]  # {"status", "value", "quote"}, or {"open": true, ...}: readers differ, not scored


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and, if stated, its value; lists as sorted tuples."""

    status: str
    value: tuple[object, ...] | str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    nct_id: str
    fact: str
    expected: Answer
    found: Answer
    quote: str
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class FactScore:
    """records is how many were compared; agreed how many got the same status and, if stated, the same value.

    stated counts the readings that state a value, stated_right those of them that agree, expected_stated the
    answers that state one.
    """

    fact: str
    records: int = 0
    agreed: int = 0
    stated: int = 0
    stated_right: int = 0
    expected_stated: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return self.agreed / self.records if self.records else 1.0

    @property
    def precision(self) -> float:
        return self.stated_right / self.stated if self.stated else 1.0

    @property
    def recall(self) -> float:
        return self.stated_right / self.expected_stated if self.expected_stated else 1.0


def answer_of(fact: Fact) -> Answer:
    """What the reader answers. A contradiction has no value of its own."""
    return Answer(str(fact.status), fact.value if fact.status is FactStatus.STATED else None)


def expected_answer(gold: GoldFact) -> Answer:
    """What the gold answers."""
    value = gold.get("value")
    if gold["status"] != FactStatus.STATED:
        return Answer(str(gold["status"]))
    if isinstance(value, list):
        return Answer(str(gold["status"]), tuple(sorted(value, key=_order)))
    return Answer(str(gold["status"]), str(value))


def _order(item: object) -> tuple[int, str]:
    return (item, "") if isinstance(item, int) else (0, str(item))


def compare(score: FactScore, nct_id: str, gold: GoldFact, fact: Fact) -> None:
    """Counts one record's fact into the score; an open question of the gold is left out."""
    if gold.get("open"):
        return
    expected, found = expected_answer(gold), answer_of(fact)
    is_right = expected == found
    score.records += 1
    score.agreed += is_right
    if found.status == FactStatus.STATED:
        score.stated += 1
        score.stated_right += is_right
    if expected.status == FactStatus.STATED:
        score.expected_stated += 1
    if not is_right:
        quote = str(gold.get("quote", ""))
        score.disagreements.append(Disagreement(nct_id, fact.name, expected, found, quote, fact.evidence))


def evaluate(pairs: Iterable[tuple[str, Mapping[str, GoldFact], Mapping[str, Fact]]]) -> dict[str, FactScore]:
    """The score of each fact that the gold names, from triples of NCT number, gold facts and read facts."""
    scores: dict[str, FactScore] = {}
    for nct_id, gold, facts in pairs:
        for name, decided in gold.items():
            compare(scores.setdefault(name, FactScore(name)), nct_id, decided, facts[name])
    return scores


def overall(scores: Iterable[FactScore], name: str) -> FactScore:
    """All scores as one, each record's fact counted once; its disagreements stay with their facts."""
    total = FactScore(name)
    for score in scores:
        total.records += score.records
        total.agreed += score.agreed
        total.stated += score.stated
        total.stated_right += score.stated_right
        total.expected_stated += score.expected_stated
    return total
