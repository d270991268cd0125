"""Asks a site for pages, from a process of its own: `python clients.py PORT`, one job a line, one answer a line.

A job is {"pages": [[kind, path, form or null], ...], "clients": n, "seconds": most, "requests": most, "pause": s}.
Its answer: [kind, status, milliseconds, seconds since the beginning] of each page; status 0 is no answer. Each client
is a thread with one connection that is kept open, and waits between two pages for a random time around the pause, as
people do. It knows nothing of the site but how a form is sent.
"""

import http.client
import itertools
import json
import random
import sys
import time
from threading import Thread
from typing import Any

_TOKEN = "a" * 32  # the form's own token: any secret will do, as long as cookie and form say the same
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={_TOKEN}"}
_HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
_TOO_LONG = 60  # seconds


def answer(port: int, job: dict[str, Any]) -> dict[str, Any]:
    pages, seen, numbers = job["pages"], [], itertools.count()
    begin, busy = time.monotonic(), time.process_time()

    def client(place: int) -> None:
        chance = random.Random(place)  # noqa: S311  # pauses that can be repeated, not a secret
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TOO_LONG)
        time.sleep(chance.random() * job["pause"])
        while time.monotonic() - begin < job["seconds"] and (number := next(numbers)) < job["requests"]:
            kind, path, form = pages[number % len(pages)]
            started = time.perf_counter()
            status = _ask(connection, path, form)
            seen.append([kind, status, (time.perf_counter() - started) * 1000, time.monotonic() - begin])
            time.sleep(chance.uniform(0.5, 1.5) * job["pause"])
        connection.close()

    threads = [Thread(target=client, args=[place]) for place in range(job["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"seen": seen, "seconds": time.monotonic() - begin, "busy_seconds": time.process_time() - busy}


def _ask(connection: http.client.HTTPConnection, path: str, form: str | None) -> int:
    """The status; a connection that the server closed meanwhile is opened once more, as browsers do."""
    for _ in range(2):
        try:
            if form is None:
                connection.request("GET", path, headers=_HEADERS)
            else:
                connection.request("POST", path, f"csrfmiddlewaretoken={_TOKEN}&{form}", _HEADERS | _FORM)
            response = connection.getresponse()
            response.read()
        except (http.client.HTTPException, OSError):
            connection.close()
        else:
            return response.status
    return 0


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(int(sys.argv[1]), json.loads(line))), flush=True)
