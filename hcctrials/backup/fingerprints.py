"""A number of rows and a sum over every row of every table: two databases with the same hold the same rows.

The sum does not depend on the order of rows. It is made to notice accidents; who changes a backup on purpose can make
the sums fit, and is kept out by encryption (docs/runbook.md). It never reads a row into this process.
"""

from typing import Any

from psycopg import sql

from hcctrials.backup.programs import Connection

SCHEMA = "public"
# A row as text looks otherwise under other settings of the session.
SAME_TEXT = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';"
    " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL search_path = pg_catalog"
)
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(%s) ORDER BY relname
"""
_FINGERPRINT = """
SELECT count(*) || ' ' || coalesce(sum(('x' || left(md5(one::text), 16))::bit(64)::bigint::numeric), 0)
FROM {table} AS one
"""


def fingerprint_query(table: str) -> sql.Composed:
    return sql.SQL(_FINGERPRINT).format(table=sql.Identifier(SCHEMA, table))


def fingerprints(connection: Connection) -> dict[str, str]:
    """By table: "number sum". In the caller's transaction, under SAME_TEXT."""
    connection.execute(SAME_TEXT)
    names = [str(name) for (name,) in connection.execute(_TABLES, [SCHEMA])]
    return {name: _one(connection.execute(fingerprint_query(name)).fetchone()) for name in names}


def _one(row: tuple[Any, ...] | None) -> str:
    assert row is not None  # noqa: S101 (an aggregate always has a row)
    return str(row[0])


def check_script(expected: dict[str, str], connection: Connection) -> str:
    """SQL that raises an error where a table has other rows than expected, or is missing, or is one too many."""
    names = sql.SQL(", ").join(sql.Literal(name) for name in sorted(expected))
    parts = [sql.SQL("{};\n").format(sql.SQL(SAME_TEXT)), sql.SQL(_NO_OTHERS).format(sql.Literal(SCHEMA), names)]
    for name, said in sorted(expected.items()):
        query = fingerprint_query(name)
        parts.append(sql.SQL(_DIFFERS).format(query=query, expected=sql.Literal(said), name=sql.Literal(name)))
    return "".join(part.as_string(connection) for part in parts)


_NO_OTHERS = """DO $check$ BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace({})
               AND relname::text <> ALL (ARRAY[{}]::text[])) THEN
        RAISE EXCEPTION 'a table that the backup does not have';
    END IF;
END $check$;
"""
_DIFFERS = """DO $check$ BEGIN
    IF ({query}) <> {expected} THEN RAISE EXCEPTION 'rows of % differ from the backup', {name}; END IF;
END $check$;
"""
