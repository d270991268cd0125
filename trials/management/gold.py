"""The reader against sets of decided facts: reads the sets and the records, and scores each set.

Never judges an answer itself (`trials.eligibility.evaluation` does) and uses no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trials.eligibility import Fact, read
from trials.eligibility.evaluation import FactScore, GoldFact, evaluate
from trials.ingest.sources import RawDocument, find_files, read_file
from trials.registry.errors import RecordError
from trials.registry.parser import nct_id_of, parse_record
from trials.vocabulary.facts import FACTS, FactStatus

Decided = Mapping[str, Mapping[str, GoldFact]]  # by NCT number, then by the fact's name


class GoldError(Exception):
    """A line of a set that does not say what was decided: says where and why."""


@dataclass(frozen=True, slots=True)
class SetScore:
    """One set's scores by fact. missing counts its records that are not among the records."""

    name: str
    scores: Mapping[str, FactScore]
    records: int
    missing: int


def documents(path: Path) -> Iterator[RawDocument]:
    for file in find_files(path):
        yield from read_file(file)


def read_gold(path: Path) -> Decided:
    """The decided facts of a file or a folder; files may decide different facts of one record.

    Raises GoldError and SourceError.
    """
    decided: dict[str, dict[str, GoldFact]] = {}
    for document in documents(path):
        line = document.data
        if not isinstance(line, dict) or not isinstance(line.get("facts"), dict) or "nct_id" not in line:
            raise GoldError(f"{document.source}: expected an object with nct_id and facts")
        for name, fact in line["facts"].items():
            if problem := _problem(name, fact):
                raise GoldError(f"{document.source}: {name}: {problem}")
        decided.setdefault(str(line["nct_id"]), {}).update(line["facts"])
    return decided


def _problem(name: str, fact: object) -> str:
    """Why this is no decision about a fact, "" if it is one."""
    if name not in FACTS:
        return "no fact of that name"
    if not isinstance(fact, dict):
        return "expected an object"
    if fact.get("open"):
        return ""
    status = fact.get("status")
    if status not in list(FactStatus):
        return f"{status!r} is no status"
    if status == FactStatus.STATED and not isinstance(fact.get("value"), list if FACTS[name].many else str):
        return "a stated fact needs " + ("a list of values" if FACTS[name].many else "a value")
    return ""


def score_sets(sets: Mapping[str, Decided], records: Sequence[Path]) -> Sequence[SetScore]:
    """The scores of each set, by its name. A record that several sets decide is read once. Raises SourceError."""
    facts = _read_records(records, {nct_id for decided in sets.values() for nct_id in decided})
    return [_score(name, decided, facts) for name, decided in sets.items()]


def _score(name: str, decided: Decided, facts: Mapping[str, Mapping[str, Fact]]) -> SetScore:
    found = [nct_id for nct_id in decided if nct_id in facts]
    scores = evaluate((nct_id, decided[nct_id], facts[nct_id]) for nct_id in found)
    return SetScore(name, scores, len(found), len(decided) - len(found))


def _read_records(paths: Sequence[Path], wanted: set[str]) -> dict[str, Mapping[str, Fact]]:
    facts: dict[str, Mapping[str, Fact]] = {}
    for document in (document for path in paths for document in documents(path)):
        nct_id = nct_id_of(document.data)
        if nct_id not in wanted or nct_id in facts:
            continue
        try:
            facts[nct_id] = read(parse_record(document.data)).facts
        except RecordError:
            continue  # counted as missing
    return facts
