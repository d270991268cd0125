"""Runs sending processes on the database of the test session, and kills them (-9) when told to. Ends only its own."""

import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings

from trials.tests.site.machine import PYTHON
from trials.tests.tasks.processes import EMBEDDED, Place

_PATIENCE = 60


class Sender:
    """Started when it is first needed, and again after a kill."""

    def __init__(self, folder: Path) -> None:
        self._place = Place(folder, EMBEDDED, 1)
        self._process: subprocess.Popen[str] | None = None
        self.kills = 0

    def send(self, now: datetime, *, kill_after: float | None = None) -> None:
        """One round to its end, or to its death so many seconds after its beginning."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{now.isoformat()}\n")
        process.stdin.flush()
        if kill_after is None:
            assert process.stdout.readline().startswith("{"), "the round failed"
            return
        time.sleep(kill_after)
        self.stop(signal.SIGKILL)
        self.kills += 1

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            mail = {
                "HCCTRIALS_SMTP_HOST": "127.0.0.1",
                "HCCTRIALS_SMTP_PORT": str(settings.EMAIL_PORT),
                "HCCTRIALS_SMTP_SECURITY": "none",
                "HCCTRIALS_SITE_URL": settings.HCCTRIALS_SITE_URL,
                "HCCTRIALS_MAIL_FROM": settings.HCCTRIALS_MAIL_FROM,
                "HCCTRIALS_MAIL_BOUNCES": settings.HCCTRIALS_MAIL_BOUNCES,
                "DJANGO_SECRET_KEY": settings.SECRET_KEY,
            }
            self._process = subprocess.Popen(
                [PYTHON, "-m", "trials.tests.alerts.sender"],
                env=self._place.environment("sender", **mail),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            assert self._process.stdout is not None
            assert self._process.stdout.readline().strip() == "ready"
        return self._process
