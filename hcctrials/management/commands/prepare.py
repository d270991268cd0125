"""`manage.py prepare`: tables, and the trials of `fixtures/` where there is none.

It never changes trials that exist.
"""

from typing import Any

from django.core.management.base import BaseCommand

from hcctrials.serving.site import prepare_store


class Command(BaseCommand):
    help = "Migrates, and loads fixtures/ into an empty store."

    def handle(self, *_args: Any, **_options: Any) -> None:
        prepare_store()
