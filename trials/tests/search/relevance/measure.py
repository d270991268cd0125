"""Asks the real questions of questions.toml and says how well they were answered. Never loads, never writes.

Recall: the share of the trials asked for that were found. Reciprocal rank: 1 over the place of the first of them, 0
where none was found; only where the question says what comes first, or names all that answer it. Precision: of as many
first results as there are trials asked for, the share that was asked for; only where the list of them is complete.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from statistics import mean
from typing import Any

from django.http import QueryDict

from trials.search.results import RefusedQuery
from trials.tests.search.searching import search

QUESTIONS = Path(__file__).with_name("questions.toml")
_MOST_NAMED = 6  # trials of one fault


@dataclass(frozen=True, slots=True)
class Question:
    """words are what is typed, choices the facets beside them. within: how far down must_come_first reaches.

    complete: must_find holds every trial of the store that answers. solid: it may never fail again.
    """

    name: str
    kind: str
    words: str
    why: str
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    must_find: frozenset[str] = frozenset()
    must_come_first: frozenset[str] = frozenset()
    within: int = 0
    must_not_find: frozenset[str] = frozenset()
    complete: bool = False
    solid: bool = False
    doubtful: bool = False

    @property
    def asked_for(self) -> frozenset[str]:
        return self.must_find | self.must_come_first

    def parameters(self, page: int = 1) -> QueryDict:
        query = QueryDict(mutable=True)
        if self.words:
            query["q"] = self.words
        for name, values in self.choices.items():
            query.setlist(name, values)
        query["page_size"] = "100"
        query["page"] = str(page)
        return query


@dataclass(frozen=True)
class Result:
    """found are all results in their order."""

    question: Question
    found: Sequence[str]
    refusal: str = ""

    @cached_property
    def recall(self) -> float:
        asked_for = self.question.asked_for
        return len(asked_for.intersection(self.found)) / len(asked_for)

    @cached_property
    def reciprocal_rank(self) -> float | None:
        if not (self.question.must_come_first or self.question.complete):
            return None
        ranks = (rank for rank, nct_id in enumerate(self.found, 1) if nct_id in self.question.asked_for)
        return 1 / next(ranks, float("inf"))

    @cached_property
    def precision(self) -> float | None:
        asked_for = self.question.asked_for
        if not self.question.complete:
            return None
        return len(asked_for.intersection(self.found[: len(asked_for)])) / len(asked_for)

    @cached_property
    def faults(self) -> tuple[str, ...]:
        return tuple(self._faults())

    def _faults(self) -> Iterator[str]:
        question = self.question
        if self.refusal:
            yield f"refused: {self.refusal}"
            return
        missing = question.asked_for.difference(self.found)
        if missing:
            yield f"not found: {_named(missing)}"
        late = question.must_come_first.difference(self.found[: question.within]) - missing
        if late:
            ranks = ", ".join(f"{nct_id} at {self.found.index(nct_id) + 1}" for nct_id in sorted(late))
            yield f"not within {question.within}: {ranks}"
        unwanted = question.must_not_find.intersection(self.found)
        if unwanted:
            yield f"found wrongly: {_named(unwanted)}"


def _named(nct_ids: Iterable[str]) -> str:
    names = sorted(nct_ids)
    more = len(names) - _MOST_NAMED
    return " ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def questions() -> tuple[Question, ...]:
    """The questions in the order of the file."""
    return tuple(_question(row) for row in tomllib.loads(QUESTIONS.read_text("utf-8"))["question"])


def _question(row: dict[str, Any]) -> Question:
    sets = {name: frozenset(row.get(name, ())) for name in ("must_find", "must_come_first", "must_not_find")}
    return Question(**(row | sets))


def neighbours() -> tuple[str, ...]:
    """Trials of other illnesses that stand in the store too: found by a search that has lost its way."""
    names: list[str] = tomllib.loads(QUESTIONS.read_text("utf-8"))["neighbours"]
    return tuple(names)


def answer(question: Question) -> Result:
    """All pages of the answer."""
    found: list[str] = []
    page = 1
    while True:
        try:
            results = search(question.parameters(page))
        except RefusedQuery as refused:
            return Result(question, (), str(refused))
        found += [trial.nct_id for trial in results.rows]
        if page >= results.last_page:
            return Result(question, tuple(found))
        page += 1


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions that have the figure; not a number where none has."""

    questions: int
    failing: int
    recall: float
    reciprocal_rank: float
    precision: float

    @classmethod
    def of(cls, results: Sequence[Result]) -> "Figures":
        return cls(
            questions=len(results),
            failing=sum(bool(result.faults) for result in results),
            recall=_mean(result.recall for result in results),
            reciprocal_rank=_mean(result.reciprocal_rank for result in results),
            precision=_mean(result.precision for result in results),
        )


def _mean(figures: Iterable[float | None]) -> float:
    known = [figure for figure in figures if figure is not None]
    return mean(known) if known else float("nan")


def report(results: Sequence[Result]) -> str:
    """A table by kind of question, then each question that fails, and those that could be marked solid by now."""
    lines = [f"{'kind':<14}{'asked':>6}{'failing':>8}{'recall':>8}{'MRR':>7}{'precision':>11}"]
    ordered = sorted(results, key=lambda result: result.question.kind)
    groups = [(kind, tuple(group)) for kind, group in groupby(ordered, lambda result: result.question.kind)]
    for kind, group in [*groups, ("all", tuple(results))]:
        figures = Figures.of(group)
        lines.append(
            f"{kind:<14}{figures.questions:>6}{figures.failing:>8}{figures.recall:>8.3f}"
            f"{figures.reciprocal_rank:>7.3f}{figures.precision:>11.3f}"
        )
    for result in results:
        if result.faults:
            mark = "SOLID " if result.question.solid else "doubtful " if result.question.doubtful else ""
            lines.append(f"{mark}{result.question.name} ({len(result.found)} found): {'; '.join(result.faults)}")
    ready = [result.question.name for result in results if not (result.faults or result.question.solid)]
    if ready:
        lines.append(f"answered well, but not marked solid: {', '.join(ready)}")
    return "\n".join(lines)
