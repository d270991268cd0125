"""Finds the trials of a search in the index, in their order. Everything that answers a search goes through here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pyroaring import BitMap

from trials.search.filterset import TrialFilterSet
from trials.search.index.circles import by_distance
from trials.search.index.evaluation import Evaluation
from trials.search.index.relevance import tiers
from trials.search.index.state import IndexState
from trials.search.understanding import Understood, index_numbers, understand
from trials.search.version import DataVersion, version_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A trial of the results; mark is another number whenever anything of it has changed."""

    nct_id: str
    mark: int


@dataclass(frozen=True)
class Found:
    """The answer to a search before anything of it is read from the tables."""

    filterset: TrialFilterSet
    evaluation: Evaluation
    understood: Understood

    @property
    def state(self) -> IndexState:
        return self.evaluation.state

    @property
    def version(self) -> DataVersion:
        return version_of(self.state)

    @cached_property
    def count(self) -> int:
        return len(self.evaluation.results)

    def numbers(self) -> Iterator[int]:
        """All results in the chosen order, ties by identifier, so that pages never overlap."""
        state, results, name = self.state, self.evaluation.results, self.filterset.sort_name
        if name == "relevance" and self.filterset.words:
            groups = [words.matches for words in self.evaluation.words if not words.is_excluded]
            ranked = tiers(results, groups, self.evaluation.identified)
            return state.orders.sorted_tiers(ranked, "reach", state.everyone)
        if name == "distance" and (origin := self.filterset.origin):
            return by_distance(state, results, (origin.latitude, origin.longitude))
        return state.orders.sorted(results, "updated" if name == "relevance" else name, state.everyone)

    def hits(self, start: int, stop: int) -> list[Hit]:
        columns = self.state.columns
        return [
            Hit(columns.nct_id(number), columns.fingerprint[number]) for number in islice(self.numbers(), start, stop)
        ]

    def nct_ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        return [self.state.columns.nct_id(number) for number in islice(self.numbers(), start, stop)]


def find(filterset: TrialFilterSet, state: IndexState) -> Found:
    """Inside the `moment()` of the state. The query must have been found good (`filterset.refusals`)."""
    understood = understand(filterset.words, state)
    filterset.question = understood.question
    day = filterset.changed_since_day
    evaluation = Evaluation(
        state,
        filterset.selection,
        understood.words,
        day.toordinal() if day else None,
        BitMap(index_numbers(filterset.identified).values()),
    )
    return Found(filterset, evaluation, understood)
