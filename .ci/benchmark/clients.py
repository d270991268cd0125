"""Asks a site for pages, from a process of its own: `python clients.py PORT`, one job a line, one answer a line.

A job is {"paths": [...], "clients": n, "seconds": most, "form": "a=1"}, where a form is sent by POST ("" asks by GET);
the answer has the milliseconds of each page and how often each status came. Each client is a thread with one connection
that is kept open. It knows nothing of the site.
"""

import http.client
import json
import sys
import time
from collections import Counter, deque
from threading import Thread
from typing import Any

_TOKEN = "a" * 32  # a form is taken where cookie and field have the same, whatever it is


def answer(port: int, job: dict[str, Any]) -> dict[str, Any]:
    paths: deque[str] = deque(job["paths"])
    form = str(job.get("form", ""))
    times: list[float] = []
    statuses: Counter[str] = Counter()
    deadline = time.monotonic() + job["seconds"]

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        while time.monotonic() < deadline:
            try:
                path = paths.popleft()
            except IndexError:
                break
            started = time.perf_counter()
            status = _ask(connection, path, form)
            times.append((time.perf_counter() - started) * 1000)
            statuses[status] += 1
        connection.close()

    threads = [Thread(target=client) for _ in range(job["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"times": times, "statuses": statuses}


def _ask(connection: http.client.HTTPConnection, path: str, form: str) -> str:
    """The status; a connection that the server closed is opened once more, as browsers do."""
    for _ in range(2):
        try:
            _send(connection, path, form)
            response = connection.getresponse()
            response.read()
        except (http.client.HTTPException, OSError):
            connection.close()
        else:
            return str(response.status)
    return "none"


def _send(connection: http.client.HTTPConnection, path: str, form: str) -> None:
    if not form:
        connection.request("GET", path)
        return
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={_TOKEN}"}
    connection.request("POST", path, f"csrfmiddlewaretoken={_TOKEN}&{form}", headers)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(int(sys.argv[1]), json.loads(line))), flush=True)
