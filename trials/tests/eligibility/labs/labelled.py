"""Limits read by hand, and how the reader's limits compare with them.

`.venv/bin/python -m trials.tests.eligibility.labs.labelled` prints the table of docs/eligibility.md.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from trials.eligibility import LabLimit, read_lab_limits
from trials.tests.eligibility import shared
from trials.vocabulary.laboratory import ANALYTES

Key = tuple[str, str, bool]  # test, bound, whether it is a multiple of the upper limit of normal
Answer = tuple[float, bool]  # value, whether it is strict
_HERE = Path(__file__).parent
_ROUNDING = 0.005


@dataclass
class Score:
    """Counts for each test."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    flags: Counter[bool] = field(default_factory=Counter)

    def precision(self, analyte: str = "") -> float:
        return self._share(self.wrong, analyte)

    def recall(self, analyte: str = "") -> float:
        return self._share(self.missed, analyte)

    def _share(self, others: Counter[str], analyte: str) -> float:
        right = self.right[analyte] if analyte else self.right.total()
        other = others[analyte] if analyte else others.total()
        return right / (right + other) if right + other else 1.0


def _answer(value: float | None, multiple: float | None, *, is_strict: bool) -> Answer:
    return (multiple if value is None else value) or 0.0, is_strict


def _is_same(one: Answer, other: Answer) -> bool:
    return abs(one[0] - other[0]) <= _ROUNDING * other[0] and one[1] == other[1]


def key_of(limit: LabLimit) -> Key:
    return limit.analyte, limit.bound, limit.times_uln is not None


def score(name: str) -> Score:
    """The reader against the labels of a set: "seen", "aside" or "later"."""
    found = Score()
    records = shared.corpus("hcc")
    for line in (_HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        read = {key_of(limit): limit for limit in read_lab_limits(records[row["nct_id"]])}
        for label in row["limits"]:
            key = (label["analyte"], label["bound"], "times_uln" in label)
            wanted = _answer(label.get("value"), label.get("times_uln"), is_strict=label["is_strict"])
            limit = read.pop(key, None)
            if limit is None:
                found.missed[key[0]] += 1
                continue
            is_right = _is_same(_answer(limit.value, limit.times_uln, is_strict=limit.is_strict), wanted)
            found.right[key[0]] += is_right
            found.wrong[key[0]] += not is_right
            found.missed[key[0]] += not is_right
            found.flags[limit.depends_on_cohort == label["depends_on_cohort"]] += 1
        found.wrong.update(key[0] for key in read)
    return found


def _table() -> str:
    """Of all sets together by test, then of each set."""
    scores = {name: score(name) for name in ("seen", "aside", "later")}
    total = Score()
    for one in scores.values():
        total.right += one.right
        total.wrong += one.wrong
        total.missed += one.missed
    rows = [(analyte, total.right[analyte] + total.missed[analyte], total, analyte) for analyte in ANALYTES]
    rows += [(name, one.right.total() + one.missed.total(), one, "") for name, one in scores.items()]
    return "\n".join(
        f"| {name} | {count} | {one.precision(analyte):.3f} | {one.recall(analyte):.3f} |"
        for name, count, one, analyte in rows
        if count
    )


if __name__ == "__main__":
    print(_table())
