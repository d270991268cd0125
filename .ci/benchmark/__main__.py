"""`PYTHONPATH=.ci python -m benchmark [--sizes N ...] [PATH ...]`: makes the stores, measures each, prints the tables.

HCCTRIALS_DATA_DIR (var/benchmark) keeps the embedded PostgreSQL with all stores; a store that is there already is used
again. PATHs are the corpus, loaded once if nothing is. Progress goes to standard error, JSON is the last line.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
os.environ.setdefault("HCCTRIALS_DATA_DIR", str(REPOSITORY / "var" / "benchmark"))
sys.path.insert(0, str(REPOSITORY))

from benchmark.report import tables  # noqa: E402
from benchmark.store import make_store  # noqa: E402
from hcctrials.embedded.environment import fill  # noqa: E402
from hcctrials.embedded.layout import DATABASE, default_data_dir, layout  # noqa: E402
from hcctrials.embedded.server import database  # noqa: E402

_SIZES = (5_000, 200_000)
_EMPTY = f"{DATABASE}_empty"


def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmark", description="Measures the search on stores of several sizes.")
    arguments.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files of the corpus")
    arguments.add_argument("--sizes", nargs="+", type=int, default=_SIZES, help="trials in each store (5000 200000)")
    arguments.add_argument("--rounds", type=int, default=21, help="times that each query is counted (21)")
    arguments.add_argument("--turns", type=int, default=5, help="times that kinds of pages are asked in turn (5)")
    arguments.add_argument("--seconds", type=float, default=6, help="for one COUNT a value, a query (6)")
    arguments.add_argument("--pages", type=int, default=240, help="different pages for each number of clients (240)")
    asked = arguments.parse_args()
    data_dir = default_data_dir()
    url = layout(data_dir).database_url()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hcctrials.settings",
        "HCCTRIALS_LOCAL": "1",
        "HCCTRIALS_DATA_DIR": str(data_dir),
        "HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "3600",
        "HCCTRIALS_RATE_LIMITED": "0",  # all its clients have one address
        "DATABASE_URL": url,
        "PYTHONPATH": f"{REPOSITORY / '.ci'}{os.pathsep}{REPOSITORY}",
    }
    fill(data_dir)
    # Not durable: a lost store is made again, and reading does not change by it
    with database(data_dir, durable=False):
        _prepare(url, asked.paths)
        measured = [_measure(url, size, asked) for size in asked.sizes]
    print(tables(measured))
    print(json.dumps(measured))


def _prepare(url: str, paths: list[Path]) -> None:
    """The corpus, by the loader (what it knows already costs it little), and a store without trials."""
    _run("manage.py", "migrate", "--verbosity", "0")
    _run("-m", "benchmark.static")
    if paths:
        _run("manage.py", "load_trials", *map(str, paths))
    make_store(url, DATABASE, _EMPTY, 0)


def _measure(url: str, size: int, asked: argparse.Namespace) -> dict[str, object]:
    print(f"{size} trials", file=sys.stderr, flush=True)
    seconds = make_store(url, DATABASE, f"{DATABASE}_{size}", size)
    done = subprocess.run(  # noqa: S603  # our own module
        [
            *(sys.executable, "-m", "benchmark.one_store", "--empty-url", f"{url}_empty"),
            *("--rounds", str(asked.rounds), "--seconds", str(asked.seconds)),
            *("--turns", str(asked.turns), "--pages", str(asked.pages)),
        ],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": f"{url}_{size}"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return {"made_s": seconds, **json.loads(done.stdout.splitlines()[-1])}


def _run(*arguments: str) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # our own commands


if __name__ == "__main__":
    main()
