"""`manage.py reset_second_factor NAME`: for a lost phone. The next log-in sets up a new one; open sessions end."""

from argparse import ArgumentParser
from typing import Any

from axes.utils import reset
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from hcctrials.staff.enrolment import forget_devices


class Command(BaseCommand):
    help = "Forgets a person's second factor and recovery codes, and opens the account where it was locked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no {name}.")
        number = forget_devices(user)
        reset(username=name)
        self.stdout.write(
            f"{number} device(s) of {name} forgotten. Be sure who asked: the password alone enrols a new one."
        )
