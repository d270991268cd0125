"""Makes stores of any size from a loaded corpus: its rows drawn again under new identifiers, by SQL alone.

Each copy takes its title, summary, criteria with their laboratory limits, status, phase, ages, sponsor, facts, sites
and treatments from different records of the corpus, so that copies differ and combinations occur that no record has.
The draw is a hash of the copy's number: the same store each time. Outcomes, contacts, arms and documents are left out;
no page of results shows them. It never goes through the loader: the corpus does.
"""

import sys
import time

import psycopg
from psycopg import sql

RECIPE = "2"  # another number makes kept stores anew
HCC_SHARE = 90  # percent of the copies that are drawn from records about HCC
COPIED = ("trial", "site", "intervention", "eligibilityfact", "identifier", "lablimit", "trialchange")

Connection = psycopg.Connection[tuple[object, ...]]

# place numbers the records of one kind from 0 on; kind is what the default scope asks for, or the rest
_ORIGIN = """
CREATE TEMP TABLE origin AS
SELECT nct_id, is_hcc, row_number() OVER (PARTITION BY is_hcc ORDER BY nct_id) - 1 AS place,
       row_number() OVER (ORDER BY nct_id) - 1 AS place_of_all
FROM (SELECT nct_id, EXISTS (SELECT FROM trials_eligibilityfact f WHERE f.trial_id = nct_id AND f.name = 'hcc_scope'
                             AND f.computed_values && '{hcc,mixed}') AS is_hcc FROM trials_trial) AS kinds;
CREATE UNIQUE INDEX ON origin (is_hcc, place);
CREATE UNIQUE INDEX ON origin (place_of_all);
CREATE TEMP TABLE pools AS SELECT is_hcc, count(*) AS records FROM origin GROUP BY is_hcc;
CREATE FUNCTION pg_temp.draw(number bigint, salt text, choices bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT (hashint8extended(number, hashtextextended(salt, 0)) & 9223372036854775807) % choices $$;
CREATE TEMP TABLE kept_trial AS SELECT * FROM trials_trial;
CREATE TEMP TABLE kept_site AS SELECT * FROM trials_site;
CREATE TEMP TABLE kept_intervention AS SELECT * FROM trials_intervention;
CREATE TEMP TABLE kept_eligibilityfact AS SELECT * FROM trials_eligibilityfact;
CREATE TEMP TABLE kept_identifier AS SELECT * FROM trials_identifier;
CREATE TEMP TABLE kept_lablimit AS SELECT * FROM trials_lablimit;
CREATE INDEX ON kept_trial (nct_id);
CREATE INDEX ON kept_site (trial_id);
CREATE INDEX ON kept_intervention (trial_id);
CREATE INDEX ON kept_eligibilityfact (trial_id, name);
CREATE INDEX ON kept_identifier (trial_id);
CREATE INDEX ON kept_lablimit (trial_id);
CREATE TEMP TABLE site_status AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, status FROM trials_site;
CREATE UNIQUE INDEX ON site_status (place);
ANALYZE origin, pools, kept_trial, kept_site, kept_intervention, kept_eligibilityfact, kept_identifier, kept_lablimit,
        site_status;
TRUNCATE trials_trial CASCADE;
"""
# One row a copy, with the record that each part of it comes from
_COPIES = """
CREATE TEMP TABLE copies AS
SELECT n, 'NCT9' || lpad(n::text, 7, '0') AS nct_id, kind.is_hcc, {parts},
       (SELECT o.nct_id FROM origin o
        WHERE o.place_of_all = pg_temp.draw(n, 'sites', (SELECT count(*) FROM origin))) AS sites
FROM generate_series(1, {size}) AS n,
     LATERAL (SELECT pg_temp.draw(n, 'kind', 100) < {share} AND EXISTS (SELECT FROM pools WHERE is_hcc)
                     OR NOT EXISTS (SELECT FROM pools WHERE NOT is_hcc) AS is_hcc) AS kind,
     LATERAL (SELECT records FROM pools WHERE pools.is_hcc = kind.is_hcc) AS pool;
CREATE UNIQUE INDEX ON copies (n);
ANALYZE copies;
"""
_PART = """(SELECT o.nct_id FROM origin o
            WHERE o.is_hcc = kind.is_hcc AND o.place = pg_temp.draw(n, {part}, pool.records)) AS {name}"""
_PARTS = ("base", "summary", "criteria", "status", "phase", "ages", "sponsor", "treatments")
# The parts of a trial that come from another record than its title, by column
_DRAWN = {
    "brief_summary": "summary",
    "detailed_description": "summary",
    "eligibility_criteria": "criteria",
    "overall_status": "status",
    "phases": "phase",
    "study_type": "phase",
    "sex": "ages",
    "std_ages": "ages",
    "minimum_age": "ages",
    "maximum_age": "ages",
    "minimum_age_years": "ages",
    "maximum_age_years": "ages",
    "lead_sponsor_name": "sponsor",
    "lead_sponsor_class": "sponsor",
    "search_places": "sites",
}
_DAY = "DATE '2026-11-01' - (pg_temp.draw(copies.n, 'day', 3650))::integer"
_COMPUTED = {
    "nct_id": "copies.nct_id",
    "nct_id_aliases": "'{}'::text[]",
    "computed_last_update_day": _DAY,
    "last_update_post_date": f"({_DAY})::text",
    "registry_state": "'listed'",
}
_FACTS = """
INSERT INTO trials_eligibilityfact (trial_id, {columns})
SELECT copies.nct_id, {kept} FROM copies
CROSS JOIN (SELECT DISTINCT name FROM kept_eligibilityfact) AS names
JOIN pools AS pool ON pool.is_hcc = copies.is_hcc
JOIN LATERAL (SELECT CASE WHEN names.name = 'hcc_scope' THEN copies.base ELSE
    (SELECT o.nct_id FROM origin o WHERE o.is_hcc = copies.is_hcc
     AND o.place = pg_temp.draw(copies.n, names.name, pool.records)) END AS nct_id) AS drawn ON TRUE
JOIN kept_eligibilityfact AS kept ON kept.trial_id = drawn.nct_id AND kept.name = names.name
ORDER BY copies.n
"""
_CHILDREN = """
INSERT INTO {table} (trial_id, {columns})
SELECT copies.nct_id, {kept} FROM copies JOIN {source} AS kept ON kept.trial_id = copies.{part}
ORDER BY copies.n, kept.position
"""
_LIMITS = _CHILDREN.replace("kept.position", "kept.id")
_STATUSES = """(SELECT s.status FROM site_status s WHERE s.place =
    pg_temp.draw(copies.n * 10000 + kept.position, 'site', (SELECT count(*) FROM site_status)))"""
_CHANGES = """
INSERT INTO trials_trialchange (trial_id, field, old, new, changed_on, seen_at)
SELECT nct_id, 'overall_status', '"NOT_YET_RECRUITING"', '"RECRUITING"', day, day::timestamp AT TIME ZONE 'UTC'
FROM copies, LATERAL (SELECT DATE '2026-11-01' - (pg_temp.draw(n, 'change', 365))::integer AS day) AS changed
WHERE n % 5 = 0
"""
_MARKS = """
TRUNCATE trials_searchmark RESTART IDENTITY;
INSERT INTO trials_searchmark (nct_id) SELECT nct_id FROM trials_trial ORDER BY nct_id
"""


def make_store(admin_url: str, corpus: str, name: str, size: int) -> float:
    """A database of that name with that many trials; the seconds that it took, 0 where a kept one was right."""
    with psycopg.connect(admin_url, dbname=corpus) as loaded:
        ((migrated,),) = loaded.execute("SELECT max(name) FROM django_migrations WHERE app = 'trials'")
    wanted = f"benchmark store {RECIPE} of {size}, {migrated}"
    with psycopg.connect(admin_url, dbname="postgres", autocommit=True) as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found == (wanted,):
            return 0.0
        started = time.perf_counter()
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(corpus)))
    with psycopg.connect(admin_url, dbname=name, autocommit=True) as store:
        _fill(store, size)
        store.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted)))
    return time.perf_counter() - started


def _fill(store: Connection, size: int) -> None:
    for setting in ("synchronous_commit = off", "maintenance_work_mem = '512MB'", "work_mem = '256MB'", "jit = off"):
        store.execute(sql.SQL("SET {}").format(sql.SQL(setting)))
    _said(store, "corpus set aside", sql.SQL(_ORIGIN))
    parts = sql.SQL(", ").join(
        sql.SQL(_PART).format(part=sql.Literal(part), name=sql.Identifier(part)) for part in _PARTS
    )
    copies = sql.SQL(_COPIES).format(parts=parts, size=sql.Literal(size), share=sql.Literal(HCC_SHARE))
    _said(store, "records drawn", copies)
    tables = [f"trials_{name}" for name in COPIED]
    again = _without_indexes(store, tables)
    for table in tables:
        store.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    _said(store, "trials", _trials(store))
    _said(store, "facts", _children(store, "eligibilityfact", _FACTS, "base"))
    for kind, part in (("site", "sites"), ("intervention", "treatments"), ("identifier", "base")):
        _said(store, f"{kind}s", _children(store, kind, _CHILDREN, part))
    _said(store, "limits", _children(store, "lablimit", _LIMITS, "criteria"))
    _said(store, "changes", sql.SQL(_CHANGES))
    for table in tables:
        store.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    for command in again:
        _said(store, command.as_string()[:60], command)
    _said(store, "marks", sql.SQL(_MARKS))
    _said(store, "vacuum", sql.SQL("VACUUM (ANALYZE)"))


def _said(store: Connection, what: str, command: sql.SQL | sql.Composed) -> None:
    started = time.perf_counter()
    store.execute(command)
    if (seconds := time.perf_counter() - started) > 1:
        print(f"  {what}: {seconds:.1f} s", file=sys.stderr, flush=True)


def _columns(store: Connection, table: str) -> list[str]:
    """Those that are written: neither generated nor given by the database."""
    rows = store.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    return [str(name) for (name,) in rows]


def _trials(store: Connection) -> sql.Composed:
    columns = _columns(store, "trials_trial")
    values = [
        sql.SQL(_COMPUTED[column])
        if column in _COMPUTED
        else sql.Identifier(_DRAWN.get(column, "base") + "_of", column)
        for column in columns
    ]
    parts = dict.fromkeys(["base", *_DRAWN.values()])
    joins = [
        sql.SQL("JOIN kept_trial AS {} ON {} = {}").format(
            sql.Identifier(part + "_of"), sql.Identifier(part + "_of", "nct_id"), sql.Identifier("copies", part)
        )
        for part in parts
    ]
    return sql.SQL("INSERT INTO trials_trial ({}) SELECT {} FROM copies {} ORDER BY copies.n").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join(values), sql.SQL(" ").join(joins)
    )


def _children(store: Connection, kind: str, statement: str, part: str) -> sql.Composed:
    columns = [column for column in _columns(store, f"trials_{kind}") if column != "trial_id"]
    drawn = {
        ("site", "status"): sql.SQL(_STATUSES),
        ("identifier", "identifier"): sql.SQL("kept.identifier || '-' || copies.n"),
    }
    kept = [drawn.get((kind, column), sql.Identifier("kept", column)) for column in columns]
    return sql.SQL(statement).format(
        table=sql.Identifier(f"trials_{kind}"),
        source=sql.Identifier(f"kept_{kind}"),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        kept=sql.SQL(", ").join(kept),
        part=sql.Identifier(part),
    )


def _without_indexes(store: Connection, tables: list[str]) -> list[sql.Composed]:
    """Drops what is quicker made at the end: indexes, unique and foreign keys. Gives the commands that make them."""
    again = []
    for table, name, definition in store.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC, conname",
        [tables],
    ).fetchall():
        which = sql.SQL("ALTER TABLE {} {} CONSTRAINT {}")
        store.execute(which.format(sql.Identifier(str(table)), sql.SQL("DROP"), sql.Identifier(str(name))))
        made = which.format(sql.Identifier(str(table)), sql.SQL("ADD"), sql.Identifier(str(name)))
        again.append(sql.SQL("{} {}").format(made, sql.SQL(str(definition))))
    for name, definition in store.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conindid = format('%%I.%%I', schemaname, indexname)::regclass)",
        [tables],
    ).fetchall():
        store.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
        again.append(sql.Composed([sql.SQL(str(definition))]))
    return again
