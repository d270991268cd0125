"""A process that hands mails over, one round for each time it reads, until it is killed. It prints what it did."""

import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")
django.setup()

from django.core.mail import get_connection  # noqa: E402  # Django has to be set up first

from trials.alerts.handing import hand_over  # noqa: E402
from trials.tasks.alerts import compose  # noqa: E402

if __name__ == "__main__":
    print("ready", flush=True)
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        print(dict(hand_over(get_connection, compose(), lambda now=now: now)), flush=True)  # type: ignore[misc]
