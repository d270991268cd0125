"""`PYTHONPATH=.ci python -m load [options] FILE...`: prepares the store once, runs the phases, prints the tables.

HCCTRIALS_DATA_DIR (var/load) keeps the store. FILEs are records: they are loaded, and the registry of this machine
answers with them. Progress goes to standard error.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
os.environ.setdefault("HCCTRIALS_DATA_DIR", str(REPOSITORY / "var" / "load"))
sys.path.insert(0, str(REPOSITORY))

from hcctrials.embedded.environment import fill  # noqa: E402
from hcctrials.embedded.layout import default_data_dir, layout  # noqa: E402

fill(default_data_dir())
os.environ |= {"DJANGO_SETTINGS_MODULE": "hcctrials.settings", "HCCTRIALS_LOCAL": "1", "HCCTRIALS_RATE_LIMITED": "0"}

import django  # noqa: E402
from django.db import connections  # noqa: E402

django.setup()

from hcctrials.embedded.server import Hold  # noqa: E402
from load.pages import pages_of_the_store  # noqa: E402
from load.refreshing import refreshing  # noqa: E402
from load.report import head, memory, p95, ratios, row  # noqa: E402
from load.site import Page, Site, served  # noqa: E402
from trials.ingest.sources import read_file  # noqa: E402
from trials.tests.registry_server import RegistryServer  # noqa: E402

_AWAY = 1.0  # seconds without the database
_CORES = os.cpu_count() or 1
_FEWEST = 100  # pages of a row, so that few clients that pause have a 95th percentile


def main() -> None:
    asked = _arguments()
    hold = Hold(layout(default_data_dir()))
    hold.open()
    try:
        _prepare(asked.paths)
        hold = _measure(asked, hold)
    finally:
        hold.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="load", description="Loads the served site on this machine.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="records, as `load_trials` takes them")
    parser.add_argument("--clients", nargs="+", type=int, default=[1, _CORES, 16, 64])
    parser.add_argument("--warm-up", type=int, default=4000, help="requests before anything is measured (4000)")
    parser.add_argument("--seconds", type=float, default=30, help="for each phase and number of clients (30)")
    parser.add_argument("--pause", type=float, default=4, help="mean between two pages of one client, as people (4)")
    parser.add_argument("--changed", type=float, default=0.05, help="share of the records that a refresh finds changed")
    parser.add_argument("--memory-requests", type=int, default=50_000, help="requests that memory is watched over")
    return parser.parse_args()


def _prepare(paths: list[Path]) -> None:
    for command in (["migrate"], ["load_trials", *map(str, paths)], ["collectstatic", "--noinput", "--verbosity", "0"]):
        done = [sys.executable, "manage.py", *command]
        subprocess.run(done, cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # our own commands


def _measure(asked: argparse.Namespace, hold: Hold) -> Hold:
    """The hold on the database at the end, which a restart replaces."""
    records = [one.data for path in asked.paths for one in read_file(path) if isinstance(one.data, dict)]
    pages = pages_of_the_store()
    connections.close_all()
    with RegistryServer(records) as registry:
        os.environ["HCCTRIALS_REGISTRY_URL"] = registry.url
        with served(hold) as site:
            try:
                _phases(site, asked, pages, registry, records)
            finally:
                hold = site.hold
    return hold


def _phases(
    site: Site, asked: argparse.Namespace, pages: list[Page], registry: Any, records: list[dict[str, Any]]
) -> None:
    _say(f"load of the machine {os.getloadavg()[0]:.1f}; warming up")
    site.ask(pages, 8, requests=asked.warm_up)
    rows: list[str] = []
    slow: dict[tuple[str, float, int], float] = {}  # 95th percentiles

    def measure(phase: str, clients: int, pause: float) -> None:
        seconds = max(asked.seconds, _FEWEST * pause / clients)
        answer = site.ask(pages, clients, seconds=seconds, pause=pause)
        slow[phase, pause, clients] = p95([one[2] for one in answer["seen"]])
        rows.append(row(phase, clients, pause, answer))
        _say(rows[-1])

    every = sorted({*asked.clients, _CORES})
    with_pause = [clients for clients in every if clients >= _CORES]
    for clients, pause in [(each, 0) for each in every] + [(each, asked.pause) for each in with_pause]:
        measure("alone", clients, pause)
    with refreshing(registry, records, asked.changed) as runs:
        for clients, pause in [(each, 0) for each in every] + [(each, asked.pause) for each in with_pause[1:]]:
            measure("refresh", clients, pause)
    rows.append(_restart(site, asked, pages))
    ended = Counter(f"{run.status}, {run.updated} changed" for run in runs)
    print("\n".join([head(), *rows, "", *ratios(slow, _CORES, every[-1])]))
    print(f"Refreshes that ended meanwhile: {dict(ended)}. Load of the machine: {os.getloadavg()}", flush=True)
    _memory(site, asked, pages)


def _restart(site: Site, asked: argparse.Namespace, pages: list[Page]) -> str:
    back: list[float] = []

    def restart() -> None:
        time.sleep(asked.seconds / 3)
        back.append(site.restart_database(_AWAY))

    thread, begin = Thread(target=restart), time.monotonic()
    thread.start()
    answer = site.ask(pages, 16, seconds=asked.seconds)
    end = time.monotonic()
    thread.join()
    # Both clocks begin with the process of the clients; its start is the difference
    late = end - begin - answer["seconds"]
    last = max((one[3] for one in answer["seen"] if one[1] != 200), default=0.0)
    _say(f"last page that was not 200: {last + late - (back[0] - begin):.2f} s after PostgreSQL was back")
    return row("database restarted", 16, 0, answer)


def _memory(site: Site, asked: argparse.Namespace, pages: list[Page]) -> None:
    """After the phases and a tenth of the requests all that is kept on purpose is there: what grows then, grows."""
    warm = asked.memory_requests // 10
    with site.watch.running():
        site.ask(pages, 16, requests=warm)
        first = site.watch.take()
        answer = site.ask(pages, 16, requests=asked.memory_requests)
        last = site.watch.take()
    print("\n".join([head(), row(f"memory, after {warm}", 16, 0, answer), ""]))
    print(memory(first, last, {name: site.watch.most(name) for name in first}))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
