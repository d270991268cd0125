"""Which trials changed since a snapshot of the database, by the marks that its triggers set. Never writes.

Source of the marks: migration 0007. The question costs one look into a small index, and nothing is missed: what counts
is whether the earlier snapshot saw the transaction that set the mark, not when it was set.

A standby does not tell which transactions were running (PostgreSQL 18: they are missing in pg_current_snapshot there).
What it hands out is therefore a snapshot that saw nothing from the oldest of them on: what was committed since is told
more than once, and nothing is missed, not even when the standby takes over.
"""

from dataclasses import dataclass

from django.db import connection

EVERYTHING = "*"  # marked in place of a trial when the table was emptied in one go
NO_SNAPSHOT = "1:1:"  # one that saw no transaction at all

# A restored table brings marks of transactions that this server has not reached: they come with the full build.
_CHANGES = """
SELECT CASE WHEN pg_is_in_recovery()
           THEN format('%%1$s:%%1$s:', pg_snapshot_xmin(pg_current_snapshot()))
           ELSE pg_current_snapshot()::text END,
       pg_current_xact_id_if_assigned() IS NOT NULL,
       pg_postmaster_start_time()::text || 'trials_searchmark'::regclass::oid::text,
       changed.numbers, changed.everything
FROM (
    SELECT array_agg(number) AS numbers, bool_or(nct_id = %s) AS everything
    FROM trials_searchmark
    WHERE changed_xid >= pg_snapshot_xmin(%s::pg_snapshot)
      AND NOT pg_visible_in_snapshot(changed_xid, %s::pg_snapshot)
      AND (changed_xid < pg_snapshot_xmax(pg_current_snapshot()) OR changed_xid = pg_current_xact_id_if_assigned())
) AS changed
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an index lacks. snapshot is for the next question, server changes when the tables are others.

    is_own_work: this transaction has written itself, so that what it sees is nobody else's to see yet.
    """

    snapshot: str
    is_own_work: bool
    server: str
    numbers: frozenset[int]
    everything: bool


def changes_since(snapshot: str) -> Changes:
    """In a repeatable-read transaction the first of its queries, so that the earlier snapshot is truly earlier."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [EVERYTHING, snapshot, snapshot])
        now, is_own_work, server, numbers, everything = cursor.fetchone()
    return Changes(now, is_own_work, server, frozenset(numbers or ()), bool(everything))
