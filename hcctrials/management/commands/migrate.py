"""`manage.py migrate` as Django has it, but never waiting long for a table that the running site uses.

A change of a table waits for every reader of it, and everybody who comes later waits behind the change: a site that
seems to hang. After ten seconds the change gives up instead, undone, and can be tried again (docs/runbook.md).
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

LOCK_SECONDS = 10


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                f"A table was in use for {LOCK_SECONDS} seconds, so the migration that waited for it is undone. Try "
                "again; if a refresh is running (/status), after its end."
            ) from error
        if connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
