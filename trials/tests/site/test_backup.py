"""The restore drill: dump, drop, put back, and no row differs; and nothing is touched where that cannot be promised."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from hcctrials.backup import archive
from hcctrials.backup.dump import backup
from hcctrials.backup.errors import BackupError
from hcctrials.backup.programs import Connection, Place, place
from hcctrials.backup.restore import restore
from trials.ingest.refresh_lock import LOCK_KEY
from trials.tests.site.machine import PATIENCE

Spoil = Callable[[bytes], bytes]


@contextmanager
def django_on(name: str) -> Iterator[None]:
    """Django's own connection on another database of the same server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def new_database(usual: Place, label: str) -> Iterator[Place]:
    name = f"drill_{label}_{os.getpid()}"
    with usual.connect() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield Place({**usual.parameters, "dbname": name}, usual.folder)
    finally:
        with usual.connect() as server:  # not by force: that may end no autovacuum, while a plain one may
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def usual(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    with django_db_blocker.unblock():
        yield place(connection.get_connection_params())
        connection.close()


@pytest.fixture(scope="module")
def source(usual: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A store with the trials of fixtures/, on tables that themselves came out of a backup; without most towns."""
    path = tmp_path_factory.mktemp("empty") / "empty.tar"
    with new_database(usual, "source") as made:
        known = frozenset(backup(usual, path).migrations)
        restore(made, path, known)
        with made.connect() as store:
            store.execute("DELETE FROM trials_townname WHERE town_id NOT IN (SELECT id FROM trials_town LIMIT 500)")
        with django_on(made.parameters["dbname"]):
            call_command("load_trials", str(settings.BASE_DIR / "fixtures"), stdout=io.StringIO())
        yield made


@pytest.fixture
def target(usual: Place) -> Iterator[Place]:
    with new_database(usual, "target") as made:
        yield made


@pytest.fixture(scope="module")
def made(source: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "backup.tar"
    backup(source, path)
    return path


def known_to(where: Place) -> frozenset[str]:
    with where.connect() as store:
        return frozenset(f"{app}.{name}" for app, name in store.execute("SELECT app, name FROM django_migrations"))


def all_rows(where: Place) -> dict[str, str]:
    """The naive oracle: every row of every table as PostgreSQL writes it out, in order."""
    with where.connect() as store:
        names = [name for (name,) in store.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {str(name): _lines(store, str(name)) for name in names}


def _lines(store: Connection, table: str) -> str:
    command = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with store.cursor() as cursor, cursor.copy(command) as out:
        lines = sorted(b"".join(bytes(part) for part in out).splitlines())
    return f"{len(lines)} {hashlib.sha256(repr(lines).encode()).hexdigest()}"


def table_number(where: Place) -> int:
    """Another one after the table was dropped and made again."""
    with where.connect() as store:
        return int((store.execute("SELECT 'trials_trial'::regclass::oid").fetchone() or (0,))[0])


def test_dump_drop_and_put_back_without_a_differing_row(source: Place, target: Place, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    before = all_rows(source)
    made = backup(source, path)
    assert before["trials_trial"].startswith("5 ")
    assert made.rows == sum(int(said.split()[0]) for said in before.values())
    assert path.stat().st_mode & 0o777 == 0o600
    assert restore(target, path, known_to(source)) == made
    assert all_rows(target) == before
    with target.connect() as store:  # over a store that has other rows and tables of its own
        store.execute(
            "DELETE FROM trials_trialchange; CREATE TABLE another (a int); UPDATE trials_trial SET acronym = 'X'"
        )
    restore(target, path, known_to(source))
    assert all_rows(target) == before


def test_what_was_put_back_works(source: Place, target: Place, made: Path) -> None:
    """Triggers, sequences and views came along: the same records load again without a change."""
    restore(target, made, known_to(source))
    out = io.StringIO()
    with django_on(target.parameters["dbname"]):
        call_command("load_trials", str(settings.BASE_DIR / "fixtures"), stdout=out)
        call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())
    assert json.loads(out.getvalue().splitlines()[-1])["unchanged"] == 5
    with target.connect() as store, pytest.raises(psycopg.errors.RestrictViolation):
        store.execute("DELETE FROM trials_recordversion")


def test_a_backup_made_under_writes_is_of_one_moment(source: Place, target: Place, tmp_path: Path) -> None:
    """A writer moves one row at a time between two tables: at every moment there are as many."""
    stop, has_begun = Event(), Event()
    with source.connect() as store:
        store.execute("CREATE TABLE here AS SELECT n FROM generate_series(1, 20000) AS n; CREATE TABLE there (n int)")

    def write() -> None:
        with source.connect() as store:
            number = 0
            while not stop.is_set():
                number += 1
                with store.transaction():
                    store.execute("DELETE FROM here WHERE n = %s", [number])
                    store.execute("INSERT INTO there VALUES (%s)", [number])
                has_begun.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert has_begun.wait(PATIENCE)
        backup(source, tmp_path / "backup.tar")
    finally:
        stop.set()
        writer.join()
    restore(target, tmp_path / "backup.tar", known_to(source))
    counts = "SELECT (SELECT count(*) FROM here), (SELECT count(*) FROM there)"
    with source.connect() as store, target.connect() as copy:
        now, then = store.execute(counts).fetchone() or (), copy.execute(counts).fetchone() or ()
        store.execute("DROP TABLE here, there")
    assert sum(then) == sum(now) == 20000
    assert then[1] < now[1], "the writer did not write during the backup"


def test_a_server_that_ends_idle_transactions_ends_no_backup(source: Place, tmp_path: Path) -> None:
    """As docs/runbook.md sets it: the snapshot that pg_dump borrows is held by a transaction that does nothing."""
    patient = Place(
        {**source.parameters, "options": "-c idle_in_transaction_session_timeout=20 -c statement_timeout=60000"},
        source.folder,
    )
    assert backup(patient, tmp_path / "backup.tar").rows > 0


def _cut(share: float) -> Spoil:
    return lambda content: content[: int(len(content) * share)]


def _flip(word: bytes, further: int) -> Spoil:
    return lambda content: _flipped(content, content.index(word) + further)


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


SPOILT: dict[str, Spoil] = {
    "empty": lambda _content: b"",
    "no backup": lambda _content: b"-- a dump of something else" * 100,
    "cut in the dump": _cut(0.5),
    "cut near the end": _cut(0.98),
    "the dump": _flip(b"PGDMP", 40_000),
    "the manifest": _flip(b'"made_at"', 14),
    "a fingerprint": _flip(b'"trials_trial": "', 20),
    "the sums": _flip(b"  manifest.json", -3),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_damaged_file_is_refused_before_anything_is_touched(
    name: str, source: Place, made: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt.tar"
    spoilt.write_bytes(SPOILT[name](made.read_bytes()))
    before = table_number(source)
    with pytest.raises(BackupError):
        restore(source, spoilt, known_to(source))
    assert table_number(source) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["spoilt.tar"]


def forged(path: Path, other: Path, table: str) -> Path:
    """A file whose sums fit, and whose dump has other rows than it says."""
    with archive.opened(path) as (manifest, dump):
        number, _space, digits = manifest.tables[table].partition(" ")
        manifest.tables[table] = f"{number} {int(digits) + 1}"
        archive.write(other, dump, manifest)
    return other


def test_rows_that_differ_undo_everything(source: Place, made: Path, tmp_path: Path) -> None:
    before = table_number(source)
    with pytest.raises(BackupError, match="rows of trials_site differ"):
        restore(source, forged(made, tmp_path / "forged.tar", "trials_site"), known_to(source))
    assert table_number(source) == before


def test_a_dump_that_ends_early_undoes_everything(source: Place, made: Path, tmp_path: Path) -> None:
    """With sums that fit, so that only pg_restore notices."""
    with archive.opened(made) as (manifest, dump):
        os.truncate(dump, dump.stat().st_size // 2)
        archive.write(tmp_path / "short.tar", dump, manifest)
    before = table_number(source)
    with pytest.raises(BackupError, match="as it was"):
        restore(source, tmp_path / "short.tar", known_to(source))
    assert table_number(source) == before


def test_not_while_a_refresh_runs(source: Place, made: Path) -> None:
    before = table_number(source)
    with source.connect() as refresh:
        refresh.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        with pytest.raises(BackupError, match="A refresh is running"):
            restore(source, made, known_to(source))
    assert table_number(source) == before


def test_a_backup_of_a_later_release_is_refused(source: Place, made: Path) -> None:
    with pytest.raises(BackupError, match="later release"):
        restore(source, made, known_to(source) - {"trials.0011_lab_limits"})


# Their rows come with migrations that the test takes back and makes again: under new numbers, at another time.
MADE_BY_MIGRATIONS = {
    *("django_migrations", "trials_lablimit", "auth_group", "auth_group_permissions"),
    *("django_celery_beat_periodictask", "django_celery_beat_crontabschedule", "django_celery_beat_intervalschedule"),
}


def test_a_backup_of_an_earlier_release_is_migrated(usual: Place, source: Place, made: Path, tmp_path: Path) -> None:
    with new_database(usual, "older") as older:
        restore(older, made, known_to(source))
        with django_on(older.parameters["dbname"]):
            call_command("migrate", "trials", "0010_words_apart", verbosity=0)
            call_command("backup", str(tmp_path / "older.tar"), stdout=io.StringIO())
            out = io.StringIO()
            call_command("restore", str(tmp_path / "older.tar"), "--no-input", stdout=out)
            call_command("migrate", "--check", verbosity=0)
        assert json.loads(out.getvalue())["migrated"] >= 1
        after, before = all_rows(older), all_rows(source)
        empty = {name for name in after if after[name].startswith("0 ")}
        assert {name for name in before if after[name] != before[name]} <= MADE_BY_MIGRATIONS | empty


def test_the_commands_speak_plainly(source: Place, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    with django_on(source.parameters["dbname"]):
        out = io.StringIO()
        call_command("backup", str(path), stdout=out)
        said = json.loads(out.getvalue())
        assert said["bytes"] == path.stat().st_size
        with pytest.raises(CommandError, match="exists already"):
            call_command("backup", str(path))
        with pytest.raises(CommandError, match="There is no file"):
            call_command("restore", str(tmp_path / "other.tar"))


@pytest.mark.django_db  # the others work on databases of their own, and the session's is made only if asked for
def test_the_programs_fit_the_server() -> None:
    where = place(connection.get_connection_params())
    assert (where.folder / "pg_dump").is_file()
    with pytest.raises(BackupError, match="does not answer"):
        place({**where.parameters, "dbname": "there_is_none"})


def test_no_password_stands_on_a_command_line() -> None:
    where = Place({"host": "h", "user": "u", "password": "secret", "dbname": "d"}, Path("/bin"))
    assert "secret" not in " ".join(where.command("psql"))
    assert where.environment()["PGPASSWORD"] == "secret"


def test_the_file_opens_without_this_site(made: Path) -> None:
    with tarfile.open(made) as tar:
        assert tar.getnames() == ["manifest.json", "database.dump", "SHA256SUMS"]
        assert {(member.uid, member.uname) for member in tar} == {(0, "")}
