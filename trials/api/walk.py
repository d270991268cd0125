"""A walk through a whole selection that neither skips nor repeats while the data change.

Trials come in the order of their NCT numbers, which never change, and a cursor is the last number that was given: what
is added, changed or taken away between two answers moves nothing else. A trial that belongs to the selection all the
time comes exactly once. Never counts facets.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.registry.values import parse_nct_id
from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE
from trials.search.results import RefusedQuery, select
from trials.search.version import DataVersion

CURSOR = "cursor"
_NOT_IN_A_WALK = ("page", "sort")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Step:
    """next_cursor is None at the end of the walk."""

    count: int
    size: int
    nct_ids: Sequence[str]
    next_cursor: str | None
    version: DataVersion


def step(parameters: QueryDict) -> Step:
    """Raises RefusedQuery."""
    after, size, narrowing = _asked(parameters)
    selected = select(narrowing)
    numbers = sorted(selected.nct_ids)
    start = bisect_right(numbers, after)
    wanted = numbers[start : start + size]
    more = start + size < len(numbers)
    return Step(len(numbers), size, wanted, wanted[-1] if more else None, selected.version)


def _asked(parameters: QueryDict) -> tuple[str, int, QueryDict]:
    """The cursor, the size, and the rest of the query. A query that is refused for the rest too says all at once."""
    errors = {name: [_("A walk by cursor has no such parameter.")] for name in _NOT_IN_A_WALK if name in parameters}
    given = parameters.getlist(CURSOR)
    after = parse_nct_id(given[0]) if given[0] else ""
    if len(given) > 1:
        errors[CURSOR] = [_("This parameter can be given once only.")]
    elif after is None:
        errors[CURSOR] = [_("A cursor is empty, to begin, or the next_cursor of the answer before.")]
    sizes = parameters.getlist("page_size") or [str(PAGE_SIZE)]
    size = int(sizes[0]) if sizes[0].isascii() and sizes[0].isdigit() and len(sizes[0]) <= _MOST_DIGITS else 0
    if size < 1 or len(sizes) > 1:
        errors["page_size"] = [_("A number from 1 to %(most)d is needed.") % {"most": LARGEST_PAGE_SIZE}]
    if errors:
        raise RefusedQuery(errors)
    rest = parameters.copy()
    for name in (CURSOR, "page_size"):
        rest.pop(name, None)
    return after or "", min(size, LARGEST_PAGE_SIZE), rest
