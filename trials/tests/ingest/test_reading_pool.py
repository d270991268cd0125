"""Reading in processes: the same as in one, in order, never far ahead, without Django, and with a clear end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from trials.eligibility import read
from trials.ingest import reading_pool
from trials.ingest.reading_pool import ReadingProcessDied, StoredText, available_cores, read_batches, read_texts
from trials.registry.parser import parse_record
from trials.tests.builders import raw_record
from trials.tests.ingest.dying import die
from trials.tests.site.machine import until

ROOT = Path(__file__).resolve().parents[3]
LONELY = """
import os, time
from trials.ingest.reading_pool import StoredText, read_batches
if __name__ == "__main__":
    readings = read_batches(([StoredText(f"NCT{n:08d}", n, "{}")] for n in range(9)), 2)
    next(readings)
    print("ready", flush=True)
    time.sleep(60)
"""


def _texts(count: int, *, criteria: str = "Inclusion Criteria:\n\n* Child-Pugh A") -> list[StoredText]:
    ids = [f"NCT{number:08d}" for number in range(count)]
    return [StoredText(nct_id, pk, json.dumps(raw_record(nct_id, criteria=criteria))) for pk, nct_id in enumerate(ids)]


def _batches(texts: Sequence[StoredText], size: int) -> list[Sequence[StoredText]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def test_a_text_is_read_as_the_reader_reads_its_record() -> None:
    [text] = _texts(1)
    [reading] = read_texts([text])
    assert (reading.nct_id, reading.version_id, reading.reason) == (text.nct_id, text.version_id, "")
    assert reading.facts == dict(read(parse_record(json.loads(text.raw))).facts)


def test_a_text_that_cannot_be_read_says_why_and_does_not_stop_the_others() -> None:
    first, last = _texts(2)
    broken = [StoredText("NCT00000008", 8, "{"), StoredText("NCT00000009", 9, "[]")]
    readings = read_texts([first, *broken, last])
    assert [bool(reading.facts) for reading in readings] == [True, False, False, True]
    assert readings[1].reason.startswith("JSONDecodeError: ")
    assert readings[2].reason == "RecordError: expected an object, found list"


def test_several_processes_read_the_same_in_the_same_order() -> None:
    batches = _batches([*_texts(7), StoredText("NCT00000009", 9, "{")], 3)
    alone = list(read_batches(batches, 1))
    assert list(read_batches(batches, 2)) == alone
    assert [[reading.version_id for reading in batch] for batch in alone] == [[0, 1, 2], [3, 4, 5], [6, 9]]


@pytest.mark.parametrize(("jobs", "ahead"), [(1, 1), (2, 4)])
def test_batches_are_taken_only_as_far_ahead_as_there_is_work(jobs: int, ahead: int) -> None:
    taken = 0

    def batches() -> Iterator[Sequence[StoredText]]:
        nonlocal taken
        for text in _texts(12):
            taken += 1
            yield [text]

    for done, _ in enumerate(read_batches(batches(), jobs), start=1):
        assert taken < done + ahead


def test_a_process_that_dies_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "read_texts", die)
    with pytest.raises(ReadingProcessDied, match=r"a reading process died at NCT00000000 or soon after"):
        list(read_batches(_batches(_texts(9), 1), 2))


def test_at_least_one_core() -> None:
    assert available_cores() >= 1


def test_a_worker_needs_neither_django_nor_a_driver() -> None:
    code = "import sys, trials.ingest.reading_pool\nprint({'django', 'psycopg', 'trials.models'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def _is_running(pid: int) -> bool:
    with suppress(OSError):
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks /proc for child processes")
def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "lonely.py"
    script.write_text(LONELY)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        tasks = Path(f"/proc/{parent.pid}/task").glob("*/children")
        children = [int(pid) for task in tasks for pid in task.read_text().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(children) >= 2
    until(lambda: not any(map(_is_running, children)), "the workers' end")
