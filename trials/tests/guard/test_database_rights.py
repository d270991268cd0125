"""Real roles on a real server: what the web server and the worker may do with tables, tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from psycopg import errors, sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.environment import uses_embedded_server
from hcctrials.embedded.layout import layout
from trials.alerts.secret_links import link_key
from trials.ingest.reviews import Judgement, Verdict, review_fact, what_was_seen
from trials.models import FactInForce, QuarantinedRecord, SavedSearch, Trial
from trials.tasks import alerts as tasks
from trials.tests.admin.signing_in import signed_in
from trials.tests.builders import load
from trials.tests.whole_site.invented import load_invented_trials
from trials.tests.whole_site.pages import PAGES

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


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """What the site does, with that role's rights."""
    with connect(SUPERUSER) as server, connection.cursor() as cursor:
        owner = sql.Identifier(connection.settings_dict["USER"])
        server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), owner))
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        try:
            yield
            assert cursor.execute("SELECT current_user").fetchone() == (role,), "the connection was another one"
        finally:
            cursor.execute("RESET ROLE")


ASIDE = {"action": "set_aside", "index": "0"}
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


def test_every_page_works_with_the_web_servers_rights(roles: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what people write: a followed search, a log-in, a decision, a quarantine cleared, rights."""
    load_invented_trials()
    load({"protocolSection": {}})
    User.objects.create_superuser("ana")
    monkeypatch.setattr(tasks.tell_readers, "delay", lambda: None)
    with acting_as(WEB):
        reader = Client()
        assert [page.path for page in PAGES if reader.get(page.path).status_code not in {200, page.status}] == []
        assert reader.post("/match/", {"age": "63", "place": "Lyon", "country": "FR"}).status_code == 200
        assert reader.get("/api/v1/trials.csv").status_code == 200
        assert reader.post("/follow/", {"address": "ann@example.org", "rhythm": "weekly"}).status_code == 302
        key = link_key(SavedSearch.objects.get())
        assert [reader.post(f"/follow/{page}/?key={key}").status_code for page in ("confirm", "manage", "stop")] == [
            200
        ] * 3
        staff = signed_in(User.objects.get())
        fact = FactInForce.objects.filter(name="child_pugh").order_by("pk")[0]
        review_fact(
            fact.pk, Judgement(Verdict.NOT_STATED, reason="Read."), User.objects.get(), seen=what_was_seen(fact)
        )
        assert (
            staff.post(
                "/admin/trials/quarantinedrecord/",
                ASIDE | {"_selected_action": [str(QuarantinedRecord.objects.get().pk)]},
            ).status_code
            == 302
        )
        assert QuarantinedRecord.objects.get().resolved_at is not None
        assert staff.post("/admin/auth/group/add/", {"name": "others"}).status_code == 302
        assert reader.post("/admin/login/", {"username": "ana", "password": "wrong"}).status_code == 200


def test_records_are_loaded_and_mails_sent_with_the_workers_rights(roles: None) -> None:
    with acting_as(WORKER):
        load_invented_trials()
        load({"protocolSection": {}})
        tasks.tell_readers()
    assert Trial.objects.count() == 6
