"""A child of `manage.py serve`: started as it was told, behind others where it was told so."""

import os
import socket
from pathlib import Path

from hcctrials.serving.child import Child
from hcctrials.serving.site import children
from trials.tests.site.machine import PYTHON


def test_a_child_that_can_wait_steps_back(tmp_path: Path) -> None:
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    waiting = [PYTHON, "-c", "import time; time.sleep(60)"]
    before = Child("one that matters", waiting, tmp_path / "one.log")
    behind = Child("one that can wait", waiting, tmp_path / "other.log", niceness=7)
    try:
        for child in (before, behind):
            child.start()
        assert before.process
        assert behind.process
        assert os.getpriority(os.PRIO_PROCESS, before.process.pid) == usual
        assert os.getpriority(os.PRIO_PROCESS, behind.process.pid) == max(usual, 7)
    finally:
        for child in (before, behind):
            child.kill()


def test_readers_come_before_the_worker_and_the_scheduler() -> None:
    with socket.socket() as listener:
        [[web], workers] = children(listener)
    assert web.niceness == 0
    assert len(workers) == 2
    assert all(child.niceness > 0 for child in workers)
