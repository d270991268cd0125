"""`manage.py add_staff NAME`: a person who may use the staff pages, with the password asked for at the terminal.

The first one is usually a superuser. The second factor is set up by that person, at the first log-in.
"""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = "Adds a member of staff. Asks for the password, or reads it from standard input where there is no terminal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--group", action="append", default=[], help="curator, operator or auditor; may be repeated"
        )
        parser.add_argument("--superuser", action="store_true", help="may do everything, and give rights to others")

    def handle(self, *_args: Any, name: str, group: list[str], superuser: bool, **_options: Any) -> None:
        if User.objects.filter(username=name).exists():
            raise CommandError(f"{name} is there already.")
        groups = list(Group.objects.filter(name__in=group))
        unknown = set(group) - {found.name for found in groups}
        if unknown:
            raise CommandError(f"No such group: {', '.join(sorted(unknown))}.")
        if not (groups or superuser):
            raise CommandError(
                "Give --group (curator, operator, auditor) or --superuser: without rights nothing is shown."
            )
        user = User(username=name, is_staff=True, is_superuser=superuser)
        password = _password()
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        user.set_password(password)
        with transaction.atomic():
            user.save()
            user.groups.set(groups)
        self.stdout.write(f"{name} may log in at /admin/. The first log-in sets up the second factor.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise CommandError("The two are not the same.")
    return password
