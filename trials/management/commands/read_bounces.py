"""manage.py read_bounces: a door. Reads reports from a mailbox or standard input; `trials.alerts` acts on them."""

import json
import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from email import message_from_binary_file, policy
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trials.alerts.delivery_reports import act_on, read_report

_STDIN = "-"


class Command(BaseCommand):
    help = "Reads what mail servers report of our mails, and ends searches whose mails do not arrive or are unwanted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a Maildir, an mbox file, or - for one message on standard input")
        parser.add_argument(
            "--remove",
            action="store_true",
            help="remove the reports that were read from the mailbox: they hold addresses",
        )

    def handle(self, *, path: str, remove: bool, **options: object) -> None:
        counts: Counter[str] = Counter(read=0, acted=0, known=0, other=0)
        for message, box, key in _messages(path):
            counts["read"] += 1
            report = read_report(message)
            if report is None:
                counts["other"] += 1
                continue
            counts["acted" if act_on(report, timezone.now()) else "known"] += 1
            if remove and box is not None:
                box.remove(key)
        self.stdout.write(json.dumps(counts))


def _messages(path: str) -> Iterator[tuple[Message, "mailbox.Mailbox[mailbox.Message] | None", Any]]:
    """Each with the mailbox that holds it and its key there. The mailbox is locked meanwhile, written at the end."""
    if path == _STDIN:
        yield message_from_binary_file(sys.stdin.buffer, policy=policy.compat32), None, None
        return
    box = _opened(Path(path))
    try:
        box.lock()
        for key in box.keys():  # noqa: SIM118  # not a dictionary: iterating gives messages
            if (message := box.get(key)) is not None:
                yield message, box, key
        box.flush()
    except mailbox.ExternalClashError as error:
        raise CommandError(f"another program is using {path}") from error
    finally:
        box.close()


def _opened(path: Path) -> "mailbox.Mailbox[mailbox.Message]":
    if path.is_dir():
        return mailbox.Maildir(path, create=False)  # type: ignore[return-value]  # a mailbox of its own messages
    if path.is_file():
        return mailbox.mbox(path, create=False)  # type: ignore[return-value]
    raise CommandError(f"no Maildir and no file: {path}")
