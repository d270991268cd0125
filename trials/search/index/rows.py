"""A trial as the index reads it: one query over the tables for all trials, or for those that changed. Never writes.

Which columns are read follows from the declared facets.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from trials.vocabulary.registry_states import STILL_THERE

_CUT = "\x1f"  # stands in no value of ours; the status, which is the registry's, comes last
_CHUNK = 2000
Position = tuple[float, float]  # latitude and longitude in degrees

# {only} narrows every part to the trials that changed; the names of columns are those of declared facets.
_ROWS = """
SELECT mark.number, trial.nct_id, mark.changed_at,
       hashtextextended(mark.nct_id || mark.changed_xid::text || extract(epoch FROM mark.changed_at)::text, 0),
       trial.computed_last_update_day, trial.computed_start_day, trial.enrollment_count,
       greatest(change.newest, (trial.first_loaded_at AT TIME ZONE 'UTC')::date),
       greatest(change.newest, change.seen, (trial.first_loaded_at AT TIME ZONE 'UTC')::date),
       trial.registry_state = ANY (%(states)s), kind.types, fact.facts, site.sites, {columns}
FROM trials_searchmark mark
JOIN trials_trial trial USING (nct_id)
LEFT JOIN (
    SELECT trial_id, max(changed_on) AS newest, max((seen_at AT TIME ZONE 'UTC')::date) AS seen
    FROM trials_trialchange {only_parts} GROUP BY trial_id
) change ON change.trial_id = trial.nct_id
LEFT JOIN (
    SELECT trial_id, array_agg(DISTINCT type) AS types
    FROM trials_intervention {only_parts} GROUP BY trial_id
) kind ON kind.trial_id = trial.nct_id
LEFT JOIN (
    SELECT trial_id, array_agg(name || %(cut)s || array_to_string(computed_values, %(cut)s)) AS facts
    FROM trials_factinforce {only_parts} GROUP BY trial_id
) fact ON fact.trial_id = trial.nct_id
LEFT JOIN (
    SELECT trial_id, array_agg(DISTINCT concat_ws(
        %(cut)s, country_code, coalesce(computed_latitude::text, ''), coalesce(computed_longitude::text, ''), status
    )) AS sites
    FROM trials_site {only_parts} GROUP BY trial_id
) site ON site.trial_id = trial.nct_id
{only}
"""
_ONLY = "WHERE mark.number = ANY (%(numbers)s)"
_ONLY_PARTS = "WHERE trial_id = ANY (%(nct_ids)s)"


@dataclass(frozen=True, slots=True)
class SiteKind:
    """What the index knows of a site; the position is its town's, None where no place is known."""

    country: str
    status: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class IndexedRow:
    """columns by name, facts (the values under which a search finds each) by the fact's name.

    is_still_there is False for a trial that the registry gave up: its page stays, a search does not find it.
    """

    number: int
    nct_id: str
    changed_at: datetime
    fingerprint: int
    updated: date | None
    start: date | None
    enrollment: int | None
    newest_change: date | None
    changed: date | None
    is_still_there: bool
    types: Sequence[str]
    facts: Mapping[str, Sequence[str]]
    sites: Sequence[SiteKind]
    columns: Mapping[str, str | Sequence[str]]


def read_rows(columns: Sequence[str], numbers: Collection[int] | None = None) -> Iterator[IndexedRow]:
    """All trials; with numbers only those. Inside the caller's transaction."""
    names = ", ".join(f"trial.{connection.ops.quote_name(column)}" for column in columns)
    parameters: dict[str, Any] = {"cut": _CUT, "states": list(STILL_THERE)}
    only = only_parts = ""
    if numbers is not None:
        only, only_parts = _ONLY, _ONLY_PARTS
        parameters |= {"numbers": list(numbers), "nct_ids": _nct_ids(numbers)}
    query = _ROWS.format(columns=names, only=only, only_parts=only_parts)
    # A cursor in the server: two hundred thousand rows at once would cost more memory than the index itself.
    with connection.chunked_cursor() if numbers is None else connection.cursor() as cursor:
        cursor.execute(query, parameters)
        while rows := cursor.fetchmany(_CHUNK):
            for row in rows:
                yield _row(row, columns)


def _nct_ids(numbers: Collection[int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nct_id FROM trials_searchmark WHERE number = ANY (%s)", [list(numbers)])
        return [nct_id for (nct_id,) in cursor.fetchall()]


def _row(row: Sequence[Any], columns: Sequence[str]) -> IndexedRow:
    """row is as _ROWS selects it, in the order of the fields."""
    *single, types, facts, sites = row[:13]
    published = dict(zip(columns, row[13:], strict=True))
    values: Any = (*single, types or (), dict(map(_fact, facts or ())), [*map(_site, sites or ())], published)
    return IndexedRow(*values)


@lru_cache(maxsize=20_000)
def _fact(text: str) -> tuple[str, tuple[str, ...]]:
    name, *values = text.split(_CUT)
    return name, tuple(values)


@lru_cache(maxsize=100_000)
def _site(text: str) -> SiteKind:
    country, latitude, longitude, status = text.split(_CUT, 3)
    return SiteKind(country, status, (float(latitude), float(longitude)) if latitude and longitude else None)
