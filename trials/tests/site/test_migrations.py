"""Migrations that the release before can live with, and that never make the site wait."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as Usual
from django.db import OperationalError, connection, models
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from psycopg.errors import LockNotAvailable

from hcctrials.management.commands import migrate
from trials.tests.site.migration_rules import broken_promises

# The tables as they were first handed to anybody; what comes later meets code that runs.
FIRST = "0011_lab_limits"
# "migration: the rule's words": why the release before can live with it all the same.
EXPLAINED: dict[str, str] = {}


def test_every_migration_since_the_first_release_keeps_the_promise() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = {
        f"{name}: {problem}"
        for (app, name), migration in loader.disk_migrations.items()
        if app == "trials" and name > FIRST
        for problem in broken_promises(migration.operations)
    }
    assert found == set(EXPLAINED)


TEXT: Any = models.TextField()
BAD: list[Any] = [
    ops.RemoveField("trial", "acronym"),
    ops.RenameField("trial", "acronym", "name"),
    ops.RenameModel("Trial", "Study"),
    ops.DeleteModel("Trial"),
    ops.AddField("trial", "added", TEXT),
    ops.AddField("trial", "added", models.TextField(default="")),
    ops.AlterField("trial", "acronym", models.TextField(null=True)),
    ops.AddIndex("trial", models.Index(fields=["acronym"], name="one")),
    ops.AddConstraint("trial", models.UniqueConstraint(fields=["acronym"], name="two")),
    ops.RunSQL("ALTER TABLE trials_trial DROP COLUMN acronym"),
    ops.RunSQL("ALTER TABLE trials_trial ALTER COLUMN acronym SET NOT NULL"),
    ops.RunSQL("CREATE UNIQUE INDEX one ON trials_trial (acronym)"),
    ops.SeparateDatabaseAndState(database_operations=[ops.RemoveField("trial", "acronym")]),
]
GOOD: list[Any] = [
    ops.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("text", TEXT)]),
    ops.AddField("new", "more", TEXT),
    ops.AddConstraint("new", models.UniqueConstraint(fields=["more"], name="three")),
    ops.AddIndex("new", models.Index(fields=["more"], name="four")),
    ops.AddField("trial", "added", models.TextField(null=True)),
    ops.AddField("trial", "added", models.TextField(db_default="")),
    AddIndexConcurrently("trial", models.Index(fields=["acronym"], name="five")),
    ops.RunSQL("CREATE TABLE other (a int)"),
    ops.RunSQL("CREATE INDEX CONCURRENTLY six ON trials_trial (acronym)"),
    ops.SeparateDatabaseAndState(state_operations=[ops.RemoveField("trial", "acronym")]),
]


@pytest.mark.parametrize("operation", BAD, ids=lambda operation: operation.describe())
def test_the_rule_finds_what_breaks_the_promise(operation: Any) -> None:
    assert list(broken_promises([operation]))


def test_the_rule_lets_the_rest_pass() -> None:
    assert list(broken_promises(GOOD)) == []


@pytest.mark.django_db
def test_a_migration_waits_ten_seconds_for_a_table_and_no_longer() -> None:
    with connection.cursor() as cursor:
        seen = []

        class Look(Usual):
            def handle(self, *args: Any, **options: Any) -> None:
                cursor.execute("SHOW lock_timeout")
                seen.append(cursor.fetchone())

        ours = type("Ours", (migrate.Command, Look), {})()
        call_command(ours, verbosity=0)
        assert seen == [("10s",)]
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_a_table_in_use_is_told_in_words() -> None:
    class Waits(Usual):
        def handle(self, *args: Any, **options: Any) -> None:
            raise OperationalError("canceling statement due to lock timeout") from LockNotAvailable()

    ours = type("Ours", (migrate.Command, Waits), {})()
    with pytest.raises(CommandError, match="in use for 10 seconds"):
        call_command(ours, verbosity=0)
