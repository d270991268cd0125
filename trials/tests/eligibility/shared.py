"""The material that stands beside the repository, read at run time: seeds, phrases, gold and corpus.

It holds real registry text, which must not stand in the repository; where it is absent the tests that need it skip.
"""

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trials.eligibility import Fact, read
from trials.registry.parser import parse_record
from trials.registry.record import Intervention, TrialRecord

ROOT = Path(__file__).resolve().parents[4] / "shared"


def path(name: str) -> Path:
    """A file of the shared folder; the test that asks for it skips where it is absent."""
    found = ROOT / name
    if not found.exists():
        pytest.skip(f"{found} is absent: real registry text is kept out of the repository")
    return found


@cache
def corpus(name: str) -> dict[str, TrialRecord]:
    """The records of corpus/NAME.jsonl.gz by NCT number."""
    with gzip.open(path(f"corpus/{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return {record.nct_id: record for line in lines if (record := parse_record(json.loads(line)))}


@cache
def facts(name: str) -> dict[str, Mapping[str, Fact]]:
    """What the reader reads in them, by NCT number: several tests look at it from different sides."""
    return {nct_id: read(record).facts for nct_id, record in corpus(name).items()}


def gold(name: str) -> dict[str, dict[str, dict[str, Any]]]:
    """The facts of gold/NAME.jsonl by NCT number."""
    rows = (json.loads(line) for line in path(f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["nct_id"]: row["facts"] for row in rows}


def _between(text: str, start: str, *ends: str) -> str:
    begin = text.find(start)
    if begin < 0:
        return ""
    begin += len(start)
    return text[begin : min((place for end in ends if (place := text.find(end, begin)) > 0), default=len(text))].strip()


def _title(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    chrome = {"", "Overview", "MedPath", "search", "Back to results"}
    return next(line for line in lines if line not in chrome)


def seed(number: str) -> TrialRecord:
    """A seed page as a record: its title, its criteria and the names of what is given, as far as the page has them."""
    text = next(path("seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    start = re.search(r"-? ?Inclusion Criteria:?", text)
    assert start
    ends = ("Minimum Eligible Age", "Study & Design", "About National", "Sites / Locations")
    criteria = start.group() + _between(text, start.group(), *ends)
    names = re.findall(r"(?<=\n)Treatments:\n((?:.+\n)+)", text)
    given = [name for block in names for name in block.replace("Criteria\n", "").splitlines()]
    given += re.findall(r"(.+)\n\nIntervention Type", text)
    given += [name for name in _between(text, "\nIntervention\n", "Sponsored by").splitlines() if name]
    return TrialRecord(
        "NCT00000000",
        brief_title=_title(text),
        interventions=tuple(Intervention(name) for name in dict.fromkeys(given)),
        eligibility_criteria=criteria,
    )
