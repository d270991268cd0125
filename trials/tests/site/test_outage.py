"""The database goes away under the real web server, is crowded, breaks off a stream, and comes back.

Every page and every program gets a calm 503, nobody a 500, and nothing has to be restarted.
"""

import http.client
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from psycopg import sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.layout import ROLE, layout
from hcctrials.embedded.server import Hold
from trials.tests.site.machine import PYTHON, Program, clean_environment, free_port, running, served, status, until

# What shows data; and what shows none, and goes on.
WITH_DATA = (
    *("/", "/trials/", "/trials/?q=liver", "/trials/charts/", "/trials/feed.atom", "/trials/NCT99999901/"),
    *("/trials/NCT99999901/history/", "/compare/?id=NCT99999901&id=NCT06828380", "/about/", "/sitemap.xml"),
    *("/status", "/readyz", "/fr/trials/", "/zh-hans/status"),
    *("/api/v1/trials/", "/api/v1/trials/NCT99999901/", "/api/v1/trials.csv"),
)
WITHOUT_DATA = ("/livez", "/privacy/", "/child-pugh/", "/match/", "/robots.txt", "/api/v1/openapi.json")
PATIENT = {"age": 63, "child_pugh": "B"}


class Outage:
    """A web server whose database can be taken away."""

    def __init__(self, port: int, hold: Hold, web: Program) -> None:
        self.port, self.hold, self.web = port, hold, web

    def superuser(self) -> "psycopg.Connection[tuple[object, ...]]":
        socket = str(self.hold.place.socket_dir)
        return psycopg.connect(host=socket, user=SUPERUSER, dbname="hcctrials", autocommit=True)

    def asked(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def outage(site: Path) -> Iterator[Outage]:
    if not (site / "static" / "staticfiles.json").exists():
        with served(site):
            pass  # makes the store and the static files
    hold, port = Hold(layout(site), durable=False), free_port()
    hold.open()
    environment = clean_environment(
        DJANGO_SECRET_KEY="k" * 60,
        DJANGO_ALLOWED_HOSTS="127.0.0.1",
        DATABASE_URL=layout(site).database_url(),
        HCCTRIALS_DATA_DIR=str(site),
        HCCTRIALS_LOCAL_HTTP="1",
        HCCTRIALS_RATE_LIMITED="0",
        HCCTRIALS_STATEMENT_TIMEOUT_SECONDS="60",
        HCCTRIALS_METRICS_ALLOWED="127.0.0.1",
    )
    command = [PYTHON, "-m", "gunicorn", "--config", "python:hcctrials.serving.gunicorn_conf"]
    try:
        with running([*command, "--bind", f"127.0.0.1:{port}", "hcctrials.wsgi"], site / "web.out", environment) as web:
            until(lambda: status(port, "/trials/") == 200, "the first page")
            made = Outage(port, hold, web)
            yield made
            hold = made.hold
    finally:
        hold.close()


@contextmanager
def away(outage: Outage) -> Iterator[None]:
    outage.hold.close()
    try:
        yield
    finally:
        outage.hold = Hold(outage.hold.place, durable=False)
        outage.hold.open()


def test_the_walk_is_over_pages_that_are_there(outage: Outage) -> None:
    for path in (*WITH_DATA, *WITHOUT_DATA):
        assert outage.asked(path)[0] == 200, path


def test_everything_that_needs_the_database_says_so_and_nothing_else_fails(outage: Outage) -> None:
    with away(outage):
        for path in WITH_DATA:
            code, headers, body = outage.asked(path)
            assert code == 503, path
            assert b"Traceback" not in body
            assert b"psycopg" not in body
            if path != "/readyz":
                assert 1 <= int(headers["Retry-After"]) <= 60, path
            assert "max-age=0" in headers["Cache-Control"] or "no-store" in headers["Cache-Control"], path
        for path in WITHOUT_DATA:
            assert outage.asked(path)[0] == 200, path
        assert json.loads(outage.asked("/api/v1/trials/")[2])["detail"]
        code, headers, body = outage.asked("/status", Accept="application/json")
        assert (code, headers["Content-Type"]) == (503, "application/json")
        assert json.loads(body)["detail"]
        code, headers, body = outage.asked(
            "/api/v1/match/", "POST", json.dumps(PATIENT), Content_Type="application/json", Accept="application/json"
        )
        assert (code, headers["Cache-Control"]) == (503, "no-store")
        cookie = "sessionid=" + "a" * 32
        assert outage.asked("/admin/", Cookie=cookie)[0] == 503
        code, _headers, counted = outage.asked("/metrics")
        assert code == 200
        assert b"hcctrials_database_up 0.0" in counted
    until(lambda: status(outage.port, "/readyz") == 200, "the database")


def test_it_serves_again_without_a_restart(outage: Outage) -> None:
    """Four clients ask all the time. How many seconds it takes is measured by `make load`."""
    stop = Event()
    seen: dict[str, list[int]] = {path: [] for path in ("/trials/", "/", "/api/v1/trials/", "/trials/NCT99999901/")}

    def ask(path: str) -> None:
        while not stop.is_set():
            seen[path].append(status(outage.port, path))

    def until_all_got(code: int) -> None:
        """The last five of each client's answers from now on."""
        start = {path: len(codes) for path, codes in seen.items()}
        until(lambda: all(codes[start[path] :][-5:] == [code] * 5 for path, codes in seen.items()), f"{code} for all")

    clients = [Thread(target=ask, args=[path]) for path in seen]
    for client in clients:
        client.start()
    try:
        until_all_got(200)
        with away(outage):
            until_all_got(503)
        until_all_got(200)
    finally:
        stop.set()
        for client in clients:
            client.join()
    assert {code for codes in seen.values() for code in codes} == {200, 503}


def test_a_crowded_database_is_one_that_is_away(outage: Outage) -> None:
    """Limits on connections: the page says so, and the next request tries again."""
    limit = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}")
    with outage.superuser() as server:
        server.execute(limit.format(sql.Identifier(ROLE), sql.Literal(0)))
        try:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [ROLE])
            assert outage.asked("/trials/")[0] == 503
            assert outage.asked("/livez")[0] == 200
        finally:
            server.execute(limit.format(sql.Identifier(ROLE), sql.Literal(-1)))
    assert outage.asked("/trials/")[0] == 200


def test_a_stream_that_breaks_off_is_not_taken_for_a_whole_one(outage: Outage) -> None:
    """The head of the CSV is out when its rows cannot be read: the connection is cut, without the mark of its end."""

    def break_off() -> None:
        until(lambda: _waits_for_a_lock(watching), "the rows at the lock")
        watching.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")

    breaking = Thread(target=break_off)
    with outage.superuser() as watching, outage.superuser() as server, server.transaction():
        server.execute("LOCK TABLE trials_factreview IN ACCESS EXCLUSIVE MODE")
        breaking.start()
        with pytest.raises(http.client.IncompleteRead):
            outage.asked("/api/v1/trials.csv")
        breaking.join()
    code, _headers, body = outage.asked("/api/v1/trials.csv")
    assert code == 200
    assert len(body.splitlines()) >= 2


def test_counts_are_of_all_processes(outage: Outage) -> None:
    """Two processes serve; whichever answers tells of both."""

    def livez() -> float:
        lines = outage.asked("/metrics")[2].decode().splitlines()
        found = [line for line in lines if line.startswith("hcctrials_requests_total") and 'route="livez"' in line]
        return sum(float(line.split()[-1]) for line in found)

    before = livez()
    for _ in range(40):
        assert outage.asked("/livez")[0] == 200
    assert {livez() for _ in range(10)} == {before + 40}
    body = outage.asked("/metrics")[2].decode()
    assert len([line for line in body.splitlines() if line.startswith("hcctrials_web_memory_bytes{")]) == 2


def test_a_request_that_runs_is_answered_before_the_server_stops(outage: Outage) -> None:
    """The last test of this file: afterwards there is no web server."""
    answers: list[int] = []
    request = Thread(target=lambda: answers.append(outage.asked("/trials/NCT99999901/")[0]))
    with outage.superuser() as watching, outage.superuser() as server, server.transaction():
        server.execute("LOCK TABLE trials_site IN ACCESS EXCLUSIVE MODE")
        request.start()
        until(lambda: _waits_for_a_lock(watching), "the request at the lock")
        outage.web.send(signal.SIGTERM)
        until(lambda: "Handling signal: term" in outage.web.text(), "the end's beginning")
        assert answers == []
    request.join()
    assert answers == [200]
    assert outage.web.wait() == 0
    assert status(outage.port) == 0


def _waits_for_a_lock(server: "psycopg.Connection[tuple[object, ...]]") -> bool:
    """Asked outside of a transaction: in one, PostgreSQL shows no connection that was made since the first look."""
    waiting = "SELECT FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
    return server.execute(waiting, [ROLE]).fetchone() is not None
