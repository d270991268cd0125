"""PostgreSQL's own log holds nothing of a patient, even where an operator lets it log every statement with its values.

The embedded server logs no statement at all; here it is told to log all of them, and those that fail.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg import sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.environment import uses_embedded_server
from hcctrials.embedded.layout import ROLE, layout
from trials.matching.kept import KEPT
from trials.search import gazetteer
from trials.tests.site.machine import until
from trials.tests.web.matching import three_trials

pytestmark = pytest.mark.django_db
MARKERS = ("villeurban", "63.75", "7.7717", "33.31", "45.76", "45.8", "4.87")
FORM = {"age": "63.75", "place": "Villeurbanne", "country": "FR", "largest_cm": "7.7717", "child_pugh": "B"}
BODY = {**FORM, "age": 63.75, "largest_cm": 7.7717}
_LOGGED = (
    "log_statement",
    "log_min_error_statement",
    "log_min_duration_statement",
    "log_parameter_max_length_on_error",
)
_CLOCK = re.compile(r"\d\d:\d\d:\d\d\.\d+|duration: [\d.]+ ms")  # the log's own numbers, which may be anything
Log = Callable[[], str]


@pytest.fixture
def log() -> Iterator[Log]:
    """What the server has logged since, with every statement of this test's connection."""
    if not uses_embedded_server(settings.DATA_DIR):
        pytest.skip("the log of another server cannot be read here")
    place = layout(settings.DATA_DIR)
    path = place.log_dir / "postgres.log"
    names = sql.SQL(", ").join(map(sql.Identifier, _LOGGED))
    with psycopg.connect(host=str(place.socket_dir), user=SUPERUSER, dbname="postgres", autocommit=True) as server:
        server.execute("SET log_statement = 'all'")
        server.execute(sql.SQL("GRANT SET ON PARAMETER {} TO {}").format(names, sql.Identifier(ROLE)))
        try:
            start = path.stat().st_size
            with connection.cursor() as cursor:  # undone with the test's transaction
                cursor.execute("SET LOCAL log_statement = 'all'; SET LOCAL log_min_error_statement = 'error'")
                cursor.execute("SET LOCAL log_parameter_max_length_on_error = -1")
            yield lambda: _until_now(server, path, start)
        finally:
            server.execute(sql.SQL("REVOKE SET ON PARAMETER {} FROM {}").format(names, sql.Identifier(ROLE)))


def _until_now(server: psycopg.Connection, path: Path, start: int) -> str:
    """The log is written by another process: a last statement of our own tells that all before it is there."""
    server.execute("SELECT 'the end of the log'")

    def said() -> str:
        return path.read_bytes()[start:].decode(errors="replace").lower()

    until(lambda: "the end of the log" in said(), "the server's log")
    return _CLOCK.sub("", said())


@pytest.mark.parametrize(
    ("place", "status"),
    [("Villeurbanne", 200), ("Villeurbane", 400), ("45.7660,4.8795", 200), ("Villeurbanne, Atlantis", 400)],
)
def test_no_statement_of_a_match_holds_a_patients_values(log: Log, place: str, status: int) -> None:
    three_trials()
    gazetteer._read.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["a control of the log"])
    assert Client().post("/match/", {**FORM, "place": place}).status_code == status
    Client().post("/api/v1/match/", json.dumps({**BODY, "place": place}), content_type="application/json")
    logged = log()
    assert "a control of the log" in logged
    assert "from trials_townname" in logged
    assert not [marker for marker in MARKERS if marker in logged]


@pytest.mark.parametrize("table", ["trials_town", "trials_site", "trials_lablimit"])
def test_nor_does_one_that_fails(log: Log, table: str) -> None:
    three_trials()
    gazetteer._read.cache_clear()
    KEPT.drop()
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ALTER TABLE {} RENAME TO gone").format(sql.Identifier(table)))
    assert Client(raise_request_exception=False).post("/match/", FORM).status_code >= 500
    logged = log()
    assert "error:" in logged
    assert "statement:" in logged.split("error:", 1)[1]
    assert not [marker for marker in MARKERS if marker in logged]
