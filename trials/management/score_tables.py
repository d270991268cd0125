"""Scores as Markdown: tables of numbers, and the part of a document between two markers that holds them.

Never writes a sentence of a record: the registry's text stays out of the repository.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from trials.eligibility.evaluation import FactScore, overall
from trials.management.gold import SetScore

BEGIN = "<!-- evaluate: begin (written by `make evaluate`; what stands here is overwritten) -->"
END = "<!-- evaluate: end -->"
ALL_FACTS = "all facts"
_EXPLANATION = (
    "Exact accuracy: the same status and, where stated, the same value. Precision and recall are of stated values."
)


class MarkerError(Exception):
    """A document without the two markers, each once and in order: says which is amiss."""


def table(scores: Mapping[str, FactScore]) -> list[str]:
    """The lines of a table: a row for each fact and one for all."""
    rows = [*scores.values(), overall(scores.values(), ALL_FACTS)]
    return ["| fact | records | accuracy | precision | recall |", "|---|---|---|---|---|", *map(_row, rows)]


def _row(score: FactScore) -> str:
    rates = (
        _rate(score.accuracy, score.records),
        _rate(score.precision, score.stated),
        _rate(score.recall, score.expected_stated),
    )
    return f"| {score.fact} | {score.records} | {' | '.join(rates)} |"


def _rate(rate: float, count: int) -> str:
    return f"{rate:.3f}" if count else "-"  # nothing to be right or wrong about


def heading(found: SetScore) -> str:
    of = f" of {found.records + found.missing}" if found.missing else ""
    return f"### {found.name} ({found.records}{of} record{'' if found.records == 1 and not of else 's'})"


def generated_part(sets: Sequence[SetScore], day: date) -> str:
    """What stands between the markers: the day, and each set's table under its name."""
    parts = [f"{day.day} {day:%B %Y}. {_EXPLANATION}"]
    for found in sets:
        parts += [heading(found), "\n".join(table(found.scores))]
    return "\n\n".join(parts)


def replace_generated(document: str, part: str) -> str:
    """The document with the part between its markers; all else is left as it is. Raises MarkerError."""
    for marker in (BEGIN, END):
        if (count := document.count(marker)) != 1:
            raise MarkerError(f"the marker {marker} must stand there once; found {count} times")
    before, _, rest = document.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise MarkerError(f"the marker {END} stands before {BEGIN}")
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"
