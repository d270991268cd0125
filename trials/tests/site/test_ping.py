"""The dead man's switch: called after each refresh that succeeded, never else, and never in a log."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from celery.signals import task_success
from django.test import override_settings

from hcctrials.serving.ping import ping, ping_after
from trials.tests.site.machine import free_port


class Watcher(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.calls: list[str] = []
        self.status = 200


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Watcher)
        self.server.calls.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    with Watcher() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/a-secret-id"
        try:
            with override_settings(HCCTRIALS_PING_URL=address):
                yield server
        finally:
            server.shutdown()
            thread.join()


def sent_by(name: str, **kwargs: object) -> Any:
    return SimpleNamespace(name=name, request=SimpleNamespace(kwargs=kwargs))


def test_a_refresh_that_succeeded_is_told(watcher: Watcher) -> None:
    ping_after(sender=sent_by("trials.refresh"), result={"status": "succeeded"})
    ping_after(sender=sent_by("trials.carry_on_refresh"), result={"status": "succeeded"})
    assert watcher.calls == ["/a-secret-id"] * 2


@pytest.mark.parametrize(
    ("sender", "result"),
    [
        (sent_by("trials.refresh"), {"status": "failed"}),
        (sent_by("trials.refresh"), {"status": "partial"}),
        (sent_by("trials.refresh"), {"status": "skipped"}),
        (sent_by("trials.refresh", nct_ids=["NCT99999901"]), {"status": "succeeded"}),
        (sent_by("trials.carry_on_refresh"), None),
        (sent_by("trials.reread_stale"), {"status": "succeeded"}),
        (None, None),
    ],
)
def test_nothing_else_is(watcher: Watcher, sender: Any, result: Any) -> None:
    ping_after(sender=sender, result=result)
    assert watcher.calls == []


def test_nobody_is_called_unless_the_operator_says_so() -> None:
    assert not ping("")


@pytest.mark.parametrize("status", [302, 500])
def test_a_watcher_that_refuses_is_told_without_its_address(
    watcher: Watcher, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """And where it points elsewhere, nobody goes there."""
    watcher.status = status
    ping_after(sender=sent_by("trials.refresh"), result={"status": "succeeded"})
    assert watcher.calls == ["/a-secret-id"]
    assert "secret" not in caplog.text
    assert ("answers 500" in caplog.text) == (status == 500)


def test_a_watcher_that_is_away_fails_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert not ping(f"http://127.0.0.1:{free_port()}/a-secret-id")
    assert "does not answer" in caplog.text
    assert "secret" not in caplog.text


def test_celery_calls_it() -> None:
    assert any(receiver[0][0] == "hcctrials.ping" for receiver in task_success.receivers)
