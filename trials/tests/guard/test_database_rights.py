"""Real roles on a real server: what the web server and the worker may do with tables, tried."""

from collections.abc import Iterator
from io import StringIO

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import errors, sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.environment import uses_embedded_server
from hcctrials.embedded.layout import layout

pytestmark = pytest.mark.django_db(transaction=True)
WEB, WORKER = "rights_test_web", "rights_test_worker"
Connection = psycopg.Connection[tuple[object, ...]]


def connect(user: str) -> Connection:
    socket = str(layout(settings.DATA_DIR).socket_dir)
    return psycopg.connect(host=socket, user=user, dbname=connection.settings_dict["NAME"], autocommit=True)


@pytest.fixture
def roles() -> Iterator[None]:
    if not uses_embedded_server(settings.DATA_DIR):
        pytest.skip("making roles needs a superuser of the server, which only the embedded one gives")
    with connect(SUPERUSER) as server:
        for role in (WEB, WORKER):
            server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        call_command("grant_rights", web=WEB, worker=WORKER, stdout=StringIO())
        yield
        for role in (WEB, WORKER):
            server.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def may(server: Connection, statement: str) -> bool:
    """Tried and taken back."""
    try:
        with server.transaction(force_rollback=True):
            server.execute(statement)
    except errors.InsufficientPrivilege:
        return False
    return True


READS = ["SELECT 1 FROM trials_trial", "SELECT 1 FROM trials_factinforce", "SELECT 1 FROM trials_refreshrun"]
REGISTRY = [
    "UPDATE trials_trial SET brief_title = 'x'",
    "DELETE FROM trials_site",
    "DELETE FROM trials_eligibilityfact",
    "UPDATE trials_refreshrun SET status = 'failed'",
    "DELETE FROM trials_trialchange",
]
STAFFS = ["SELECT password FROM auth_user", "SELECT key FROM otp_totp_totpdevice", "DELETE FROM django_session"]
DAMAGE = [
    "DROP TABLE trials_trial",
    "TRUNCATE trials_trial",
    "ALTER TABLE trials_trial ADD COLUMN x integer",
    "CREATE TABLE x (y integer)",
    "DROP TRIGGER trials_recordversion_append_only ON trials_recordversion",
    "UPDATE trials_recordversion SET raw = '{}'",
    "UPDATE django_migrations SET name = 'x'",
]


def test_the_web_server_reads_the_registry_and_writes_what_people_decide(roles: None) -> None:
    with connect(WEB) as web:
        assert [one for one in READS + STAFFS if not may(web, one)] == []
        assert [one for one in REGISTRY + DAMAGE if may(web, one)] == []
        assert may(web, "UPDATE trials_factreview SET superseded_at = now()")
        assert may(web, "UPDATE trials_quarantinedrecord SET set_aside = true")
        assert may(web, "DELETE FROM trials_savedsearch")
        assert not may(web, "DELETE FROM trials_factreview")
        assert not may(web, "DELETE FROM auditlog_logentry")
        assert not may(web, "UPDATE django_admin_log SET object_repr = 'x'")


def test_the_worker_writes_records_and_can_drop_nothing(roles: None) -> None:
    with connect(WORKER) as worker:
        assert [one for one in READS + REGISTRY if not may(worker, one)] == []
        assert [one for one in DAMAGE + STAFFS if may(worker, one)] == []
        worker.execute("ANALYZE trials_trial")  # as after every refresh; without the right it would only warn
        when = "SELECT last_analyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'trials_trial'"
        worker.execute("SELECT pg_stat_force_next_flush()")
        assert worker.execute(when).fetchone() == (True,)


def test_granting_again_takes_back_what_is_too_much(roles: None) -> None:
    with connect(SUPERUSER) as server:
        server.execute(sql.SQL("GRANT ALL ON trials_trial TO {}").format(sql.Identifier(WEB)))
    with connect(WEB) as web:
        assert may(web, REGISTRY[0])
        call_command("grant_rights", web=WEB, worker=WORKER, stdout=StringIO())
        assert not may(web, REGISTRY[0])
