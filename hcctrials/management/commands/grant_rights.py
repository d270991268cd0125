"""`manage.py grant_rights --web NAME --worker NAME`: the rights of two database roles, after each migration.

Runs as the owner of the tables; the roles are made before, by SQL in docs/security.md.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from hcctrials.database_rights import statements, web_rights, worker_rights


class Command(BaseCommand):
    help = "Grants the web server's and the worker's database roles what they need, and takes back what they do not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--web", required=True, help="the role in the web server's DATABASE_URL")
        parser.add_argument("--worker", required=True, help="the role in the worker's and the scheduler's")

    def handle(self, *_args: Any, web: str, worker: str, **_options: Any) -> None:
        wanted = [*statements(web, web_rights()), *statements(worker, worker_rights(), analyses=True)]
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in wanted:
                cursor.execute(statement)
        self.stdout.write(f"{len(wanted)} statements for {web} and {worker}.")
