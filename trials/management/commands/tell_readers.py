"""manage.py tell_readers: a door. One round of alerts, for sites without a worker or to look at what happens."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from trials.alerts.rounds import tell, tell_weekly
from trials.tasks.alerts import EYES, compose


class Command(BaseCommand):
    help = "Looks at the searches that are followed, and hands waiting mails over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--weekly", action="store_true", help="also to readers who want one mail a week")

    def handle(self, *, weekly: bool, **options: object) -> None:
        self.stdout.write(json.dumps((tell_weekly if weekly else tell)(EYES, compose())))
