"""`manage.py backup PATH`: everything that the database holds, into one file. The work is in `hcctrials.backup`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from hcctrials.backup.dump import backup
from hcctrials.backup.errors import BackupError
from hcctrials.backup.programs import place


class Command(BaseCommand):
    help = "Writes a backup of the whole database into a new file. The site goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"].absolute()
        if path.exists():
            raise CommandError(f"{path} exists already: a backup is never written over.")
        try:
            made = backup(place(connection.get_connection_params()), path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        said = {"path": str(path), "bytes": path.stat().st_size, "tables": len(made.tables), "rows": made.rows}
        self.stdout.write(json.dumps(said))
