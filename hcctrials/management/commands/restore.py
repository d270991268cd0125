"""`manage.py restore PATH`: a backup in place of all that the database holds. The work is in `hcctrials.backup`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hcctrials.backup.errors import BackupError
from hcctrials.backup.programs import place
from hcctrials.backup.restore import restore

_QUESTION = "Everything in this database is replaced by {path}. Type yes to go on: "


class Command(BaseCommand):
    help = "Puts a backup back in place of everything in the database, and brings it to this release's tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--no-input", action="store_true", help="does not ask, as where there is no terminal")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"].absolute()
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if sys.stdin.isatty() and not options["no_input"] and input(_QUESTION.format(path=path)) != "yes":
            raise CommandError("Nothing was changed.")
        known = frozenset(".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
        parameters = place(connection.get_connection_params())
        connection.close()
        try:
            put_back = restore(parameters, path, known)
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        said = {
            "made_at": put_back.made_at,
            "tables": len(put_back.tables),
            "rows": put_back.rows,
            "migrated": len(known - set(put_back.migrations)),
        }
        self.stdout.write(json.dumps(said))
