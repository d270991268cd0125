"""How long a change in the store takes to be seen on the pages, in every web process.

A trial is set to "suspended" by SQL, and the page of suspended trials is asked until it shows it: over several
connections, so that both web processes are asked. What was changed is put back.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from django.db import connection

from benchmark.site import Site

_PAGE = "/trials/?status=SUSPENDED"
_CONNECTIONS = 6
_MOST_SECONDS = 20.0
_CHOICE = """
SELECT trial.nct_id FROM trials_trial trial
JOIN trials_factinforce fact ON fact.trial_id = trial.nct_id AND fact.name = 'hcc_scope'
WHERE trial.overall_status = 'RECRUITING' AND fact.computed_values && '{hcc,mixed}' ORDER BY trial.nct_id LIMIT %s
"""
_KEPT = "SELECT nct_id, overall_status, computed_last_update_day FROM trials_trial WHERE nct_id = ANY (%s)"
_CHANGE = """
UPDATE trials_trial SET overall_status = 'SUSPENDED', computed_last_update_day = DATE '2099-01-01'
WHERE nct_id = ANY (%s)
"""
_BACK = "UPDATE trials_trial SET overall_status = %s, computed_last_update_day = %s WHERE nct_id = %s"


def measure_freshness(site: Site, trials: int, changes: int) -> list[dict[str, Any]]:
    """One trial at a time, then a hundredth of the store at once, as a refresh may bring."""
    many = max(trials // 100, 2)
    with connection.cursor() as cursor:
        cursor.execute(_CHOICE, [max(many, changes)])
        chosen = [nct_id for (nct_id,) in cursor.fetchall()]
    return [_measure("one trial", site, [[one] for one in chosen[:changes]]), _measure("1 %", site, [chosen[:many]])]


def _measure(name: str, site: Site, groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    asked = [HTTPConnection("127.0.0.1", site.port, timeout=60) for _ in range(_CONNECTIONS)]
    ordinary, first, later, late = [], [], [], 0
    for group in groups:
        ordinary += [_asked(one)[0] for one in asked]
        with _changed(group) as shown:
            times = list(_until_shown(asked, shown))
        first.append(times[0][0])
        later += [milliseconds for milliseconds, _ in times[1:]]
        late += sum(tries > 1 for _, tries in times)
    for one in asked:
        one.close()
    usual = statistics.median(ordinary)
    return {
        "changed": name,
        "trials": len(groups[0]),
        "ordinary_ms": usual,
        "first_request_ms": statistics.median(first),
        "first_request_more_ms": statistics.median(first) - usual,
        "slowest_request_more_ms": max([*first, *later]) - usual,
        "not_shown_at_once": late,
    }


@contextmanager
def _changed(nct_ids: Sequence[str]) -> Iterator[str]:
    """Committed; gives what the page has to show, and puts everything back."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [list(nct_ids)])
        before = cursor.fetchall()
        cursor.execute(_CHANGE, [list(nct_ids)])
        try:
            yield f"/trials/{min(nct_ids)}/"
        finally:
            cursor.executemany(_BACK, [(status, day, nct_id) for nct_id, status, day in before])


def _until_shown(asked: Sequence[HTTPConnection], shown: str) -> Iterator[tuple[float, int]]:
    """For each connection, the milliseconds of the request that showed it, and which request that was."""
    deadline = time.monotonic() + _MOST_SECONDS
    for one in asked:
        tries = 0
        while True:
            milliseconds, body = _asked(one)
            tries += 1
            if shown in body:
                yield milliseconds, tries
                break
            if time.monotonic() > deadline:
                raise RuntimeError(f"{shown} was not shown within {_MOST_SECONDS:.0f} s")


def _asked(one: HTTPConnection) -> tuple[float, str]:
    started = time.perf_counter()
    one.request("GET", _PAGE)
    body = one.getresponse().read().decode()
    return (time.perf_counter() - started) * 1000, body
