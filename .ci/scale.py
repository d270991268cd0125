"""`.venv/bin/python .ci/scale.py`: what one web process needs on the store of DATABASE_URL, for docs/scale.md.

Processor seconds of this process and of its PostgreSQL, and memory, step by step; pages through Django's test client,
without the web server. It raises the enrolment of 2,000 trials, so give it a store of its own (`.ci/benchmark`
makes them). Variables as in production, HCCTRIALS_RATE_LIMITED=0 and HCCTRIALS_STATEMENT_TIMEOUT_SECONDS=3600 beside
them, static files collected, and on the database's machine: its processor time is read from /proc.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

REPOSITORY = Path(__file__).resolve().parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_CHANGE = "UPDATE trials_trial SET enrollment_count = coalesce(enrollment_count, 0) + 1 WHERE nct_id = ANY (%s)"
_PAGES = 40
_PERSON = {"sex": "male", "child_pugh": "A", "ecog": "1", "country": "FR"}


def memory_mib() -> float:
    """Own pages, and the share of those that several processes have."""
    found = re.search(r"^Pss: +(\d+) kB", Path("/proc/self/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def postgres_seconds() -> float:
    """Of the process behind this connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def measure(name: str, step: Callable[[int], object], times: int = 1) -> None:
    asked, used, began = postgres_seconds(), time.process_time(), time.perf_counter()
    for number in range(times):
        step(number)
    wall, used = (time.perf_counter() - began) / times, (time.process_time() - used) / times
    asked = (postgres_seconds() - asked) / times
    print(f"| {name} | {wall:.3f} | {used:.3f} | {asked:.3f} | {memory_mib():.0f} |", flush=True)


def main() -> None:
    sys.path.insert(0, str(REPOSITORY))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")
    django.setup()
    # Django's applications have to be set up before anything of theirs is imported
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from trials.matching.kept import KEPT
    from trials.models import Trial
    from trials.search.gazetteer import gazetteer
    from trials.search.index.live import LIVE
    from trials.search.version import data_version, marks_of, moment, version_of
    from trials.search.words.question import ask

    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])

    def page(path: str, **asked: str) -> None:
        answer = client.post(path, asked) if path == "/match/" else client.get(path, asked)
        if answer.status_code != 200:
            print(f"{path} answers {answer.status_code}", file=sys.stderr)

    def read_kept() -> None:
        with moment() as state:
            KEPT.of(version_of(state).token, lambda: marks_of(state))

    def change(nct_ids: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [nct_ids])

    stored = list(Trial.objects.order_by("nct_id").values_list("nct_id", flat=True))
    print(f"{len(stored)} trials, load {os.getloadavg()[0]:.1f}\n\n| step | wall s | Python s | PostgreSQL s | MiB |")
    print("|---|---|---|---|---|")
    measure("synonyms", lambda _: ask("liver cancer"))
    measure("index", lambda _: LIVE.prepare())
    measure("towns", lambda _: gazetteer())
    measure("first page of results", lambda _: page("/trials/"))
    measure("results, other cards", lambda number: page("/trials/", page=str(2 + number)), _PAGES)
    measure("results, the same", lambda _: page("/trials/", phase="PHASE3"), _PAGES)
    measure("a trial", lambda number: page(f"/trials/{stored[number * len(stored) // _PAGES]}/"), _PAGES)
    for word in ("sorafenib", "hepatitis", "ablation", "transplant", "nivolumab"):
        measure(f"new word {word}", lambda _, word=word: page("/trials/", q=word))  # type: ignore[misc]
    measure("trials of a match", lambda _: read_kept())
    measure("first match", lambda _: page("/match/", age="60", **_PERSON))
    measure("match", lambda number: page("/match/", age=str(50 + number), **_PERSON), 5)
    for some in (stored[:1], stored[1:2], stored[:2000]):
        change(some)
        measure(f"index after {len(some)} changed", lambda _: data_version())
        measure(f"trials of a match after {len(some)} changed", lambda _: read_kept())


if __name__ == "__main__":
    main()
