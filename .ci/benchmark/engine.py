"""The site's own counting: a whole question as a page asks it, and the counting alone.

A whole question reads and checks the parameters, opens a transaction, asks PostgreSQL whether anything has changed, and
for new words who holds them. The counting alone starts where all of that is known, as another engine's does.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from django.http import QueryDict

from trials.search.filterset import TrialFilterSet
from trials.search.finding import find
from trials.search.index.evaluation import Evaluation
from trials.search.index.live import LIVE
from trials.search.results import counted
from trials.search.version import moment

Counted = tuple[int, Mapping[str, Mapping[str, int]]]


def make_index() -> float:
    """The seconds that it takes to make the index of this process anew."""
    LIVE.drop()
    started = time.perf_counter()
    LIVE.prepare()
    return time.perf_counter() - started


def whole(query: str) -> Counted:
    return counted(QueryDict(query))


def alone(query: str) -> Callable[[], Counted]:
    """What counts a query whose words and choices are understood; each time from the start."""
    with moment() as state:
        known = find(TrialFilterSet(QueryDict(query)), state).evaluation

    def ask() -> Counted:
        evaluation = Evaluation(known.state, known.selection, known.words, None, known.identified)
        return len(evaluation.results), evaluation.counts()

    return ask


def chosen(query: str) -> dict[str, Sequence[str]]:
    """The choices by facet, defaults too."""
    selection = TrialFilterSet(QueryDict(query)).selection
    return {name: list(values) for name, values in selection.items() if values}


def groups(query: str) -> list[list[str]]:
    """The words as the site understands them: of each group, any of the phrases will do."""
    return [list(group.phrases) for group in TrialFilterSet(QueryDict(query)).question.groups]
