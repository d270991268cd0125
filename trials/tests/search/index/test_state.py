"""A version that takes over what the one before has made of its sites shows the same as one made from scratch."""

import random
from dataclasses import replace

from trials.search.index.rows import IndexedRow, SiteKind
from trials.search.index.site_table import SITE_FACETS
from trials.search.index.state import IndexState, columns_to_read, empty_state, renewed
from trials.tests.search.index.rows import indexed_row
from trials.vocabulary.registry_terms import OverallStatus

_TOWNS = ((45.75, 4.85), (35.7, 139.7), (48.9, 2.35), None)
_STATUSES = (OverallStatus.RECRUITING, OverallStatus.COMPLETED, "")
_COUNTRIES = ("FR", "JP", "")


def _row(number: int, chance: random.Random) -> IndexedRow:
    some = {
        SiteKind(chance.choice(_COUNTRIES), str(chance.choice(_STATUSES)), chance.choice(_TOWNS))
        for _ in range(chance.randint(0, 4))
    }
    columns = {**dict.fromkeys(columns_to_read(), ""), "overall_status": str(chance.choice(_STATUSES))}
    is_there = chance.random() < 0.8
    return replace(indexed_row(number), sites=[*some], is_still_there=is_there, columns=columns)


def _made(state: IndexState) -> list[object]:
    """All that a version makes of its sites."""
    table = state.site_table
    by_value = [
        dict(table.by_value(name, partners))
        for name, facet in SITE_FACETS.items()
        for partners in ((), *(([value]) for value in (*_COUNTRIES, *map(str, _STATUSES)) if value))
    ]
    towns = [part for towns in (state.towns, state.recruiting_towns) for part in (dict(towns), towns.anywhere)]
    return [table.every, *by_value, *towns]


def test_what_is_taken_over_is_as_if_made_anew() -> None:
    chance = random.Random(7)
    state = renewed(empty_state("here"), [], [_row(number, chance) for number in range(12)], "1:1:", 0)
    _made(state)
    sizes = set()
    for serial in range(1, 60):
        changed = chance.sample(range(14), chance.randint(0, 4))
        there = [number for number in changed if chance.random() < 0.8]
        before = _made(state)
        after = renewed(state, changed, [_row(number, chance) for number in there], "1:1:", serial)
        assert {"site_table", "towns", "recruiting_towns"} <= set(vars(after)), "taken over, not made when asked for"
        assert _made(after) == _made(replace(after)), "a copy has made nothing yet"
        assert _made(state) == before, "the version before stays as it was"
        sizes.add(len(after.sites))
        state = after
    assert len(sizes) > 3
