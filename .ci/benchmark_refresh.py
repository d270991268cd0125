"""Measures the refresh: .ci/benchmark_refresh.py FILE... against a registry on this machine, with real workers.

Needs the environment of `make setup`. Everything stands under var/benchmark-refresh, which is emptied first. Prints a
table for docs/benchmarks.md. The pause between two requests is off; how many requests were made is in the table.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "var" / "benchmark-refresh"
SECONDS = 1800
WORKERS = (1, 2)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "hcctrials.settings",
    "HCCTRIALS_LOCAL": "1",
    "HCCTRIALS_DATA_DIR": str(FOLDER),
    "HCCTRIALS_REGISTRY_REQUESTS_A_SECOND": "1000",
    "HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "3600",
}
sys.path.insert(0, str(REPOSITORY))

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from hcctrials.embedded.commands import prepared  # noqa: E402
from trials.ingest.sources import read_file  # noqa: E402
from trials.tests.registry_server import RegistryServer  # noqa: E402


@contextmanager
def workers(number: int, url: str) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Real workers, each one process."""
    celery = [sys.executable, "-m", "celery", "-A", "hcctrials.celery", "worker", "-P", "solo", "-l", "WARNING"]
    celery += ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # as `serve` does
    environment = os.environ | {"HCCTRIALS_REGISTRY_URL": url}
    with (FOLDER / "workers.log").open("ab") as log:
        started = [
            subprocess.Popen(  # noqa: S603  # our own worker
                [*celery, "-n", f"worker{place}"], cwd=REPOSITORY, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
            for place in range(number)
        ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def run(**arguments: Any) -> Any:
    """Orders a refresh and waits until it has ended."""
    from trials.models import RefreshRun, RunStatus
    from trials.tasks import refresh_trials

    time.sleep(1)  # whoever drove the last one lets go of the lock a moment after its end
    before = RefreshRun.objects.count()
    refresh_trials.delay(asked_by="benchmark", **arguments)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        newest = RefreshRun.objects.first()
        if RefreshRun.objects.count() > before and newest is not None and newest.status != RunStatus.RUNNING:
            return newest
        time.sleep(0.1)
    raise SystemExit("the refresh did not end; see var/benchmark-refresh/workers.log")


def peak_mib(process: "subprocess.Popen[bytes]") -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report(name: str, done: Any, started: list["subprocess.Popen[bytes]"], whole: float | None) -> float:
    seconds = float((done.finished_at - done.started_at).total_seconds())
    share = f"{100 * seconds / whole:.1f} %" if whole else ""
    counts = f"{done.seen} | {done.created} | {done.updated} | {done.unchanged}"
    memory = max(map(peak_mib, started))
    print(
        f"| {name} | {done.status} | {counts} | {done.requests_made} | {seconds:.1f} | {done.seen / seconds:.0f} "
        f"| {share} | {memory:.0f} |",
        flush=True,
    )
    return seconds


def measure(registry: RegistryServer, records: list[dict[str, Any]]) -> None:
    print("| run | ended | seen | created | updated | unchanged | requests | seconds | records/s | share | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for number in WORKERS:
        call_command("flush", interactive=False, verbosity=0)
        with workers(number, registry.url) as started:
            whole = report(f"full, into an empty store, {number} worker(s)", run(full=True), started, None)
            report("full, nothing changed", run(full=True), started, whole)
            report("incremental, nothing changed", run(), started, whole)
            today = str(date.today())
            for record in records[::100]:
                status = record["protocolSection"].setdefault("statusModule", {})
                status["overallStatus"] = "SUSPENDED" if number == 1 else "TERMINATED"
                status["lastUpdatePostDateStruct"] = {"date": today, "type": "ACTUAL"}
                registry.update(record)
            report("incremental, 1 % changed", run(), started, whole)
        connection.close()


def main(paths: list[Path]) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    documents = (document.data for path in paths for document in read_file(path))
    records = [document for document in documents if isinstance(document, dict)]
    with prepared(["manage.py", "benchmark"]):
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        with RegistryServer(records) as registry:
            measure(registry, records)


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]])
