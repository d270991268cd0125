"""A registry, or a way to it, that fails: what is tried again, what is not, and what staff are told."""

import logging
import secrets
import socket
import time
import traceback
from typing import Any

import pytest

from trials.registry.errors import (
    RegistryBlocked,
    RegistryError,
    RegistryGarbage,
    RegistryRedirected,
    RegistryRefused,
    RegistryUnavailable,
)
from trials.tests import registry_faults as faults
from trials.tests.registry.asking import CONDITION, client, numbers, record
from trials.tests.registry_server import RegistryServer

PASSING = {
    "F-02 a web page": (faults.web_page(), RegistryGarbage, "a web page instead of data"),
    "F-02 a web page that says it is JSON": (faults.body(b"\n<html>..."), RegistryGarbage, "a web page"),
    "F-02 no JSON": (faults.body(b"please wait", "text/plain"), RegistryGarbage, "text/plain instead of JSON"),
    "F-02 nothing": (faults.body(b""), RegistryGarbage, "broken JSON"),
    "F-03 429": (faults.status(429), RegistryUnavailable, "too many requests"),
    "F-04 500": (faults.status(500), RegistryUnavailable, "500"),
    "F-04 502": (faults.web_page(502), RegistryUnavailable, "502"),
    "F-04 503": (faults.status(503), RegistryUnavailable, "503"),
    "F-04 504": (faults.status(504), RegistryUnavailable, "504"),
    "F-04 reset": (faults.reset(), RegistryUnavailable, "reset"),
    "F-04 reset in the body": (faults.reset(is_in_body=True), RegistryUnavailable, "broke off|reset"),
    "F-04 closed in the body": (faults.cut_short(), RegistryUnavailable, "broke off"),
    "F-04 truncated JSON": (faults.truncated_json(), RegistryGarbage, "broken JSON"),
    "F-04 truncated gzip": (faults.truncated_gzip(), RegistryGarbage, "broken JSON"),
    "F-04 NaN": (faults.body(b'{"studies": [{"a": NaN}]}'), RegistryGarbage, "NaN is not a JSON number"),
    "F-04 a number that is none": (faults.body(b'{"studies": [{"a": 1e999}]}'), RegistryGarbage, "cannot be kept"),
    "F-04 too deep": (faults.body(b"[" * 100_000), RegistryGarbage, "nested too deeply"),
    "F-04 not UTF-8": (faults.body(b'{"studies": ["\xff"]}'), RegistryGarbage, "broken JSON"),
    "F-04 an unexpected status": (faults.status(204), RegistryGarbage, "204"),
}


@pytest.mark.parametrize("fault", [fault for fault, *_ in PASSING.values()], ids=PASSING)
def test_a_fault_that_passes_is_not_noticed(registry: RegistryServer, fault: faults.Fault) -> None:
    registry.fail(fault, times=2, path="/studies", after=1)
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
        assert asking.requests_made == 7
    assert numbers(pages) == [1, 2, 3, 4, 5]
    assert {page.attempt for page in pages} == {1}


@pytest.mark.parametrize(("fault", "error", "words"), PASSING.values(), ids=PASSING)
def test_a_fault_that_stays(
    registry: RegistryServer, fault: faults.Fault, error: type[RegistryError], words: str
) -> None:
    registry.fail(fault, times=None)
    with client(registry.url) as asking:
        with pytest.raises(error, match=rf"{words}.*Tried 3 times\.$") as caught:
            asking.study("NCT00000001")
        assert asking.requests_made == 3
    assert str(caught.value).startswith(f"127.0.0.1:{registry.port}/studies/NCT00000001: ")


@pytest.mark.parametrize("is_in_body", [False, True])
def test_f_04_silence_ends(registry: RegistryServer, is_in_body: bool) -> None:
    registry.fail(faults.stall(is_in_body=is_in_body))
    with client(registry.url, read_seconds=0.3, attempts=50) as asking:
        assert asking.study("NCT00000001")
        assert asking.requests_made >= 2


@pytest.fixture
def slow_registry(registry: RegistryServer) -> RegistryServer:
    """Its answer about one study takes minutes, with a byte every few milliseconds, which no read timeout notices."""
    registry.update({**record(1), "noise": secrets.token_hex(4000)})
    return registry


@pytest.mark.parametrize("is_in_headers", [False, True])
def test_f_05_a_slow_drip_ends(slow_registry: RegistryServer, is_in_headers: bool) -> None:
    slow_registry.fail(faults.drip(0.05, is_in_headers=is_in_headers), times=None)
    with client(slow_registry.url, request_seconds=0.4, attempts=2) as asking:
        with pytest.raises(RegistryUnavailable, match=r"no complete answer within 0\.4 s"):
            asking.study("NCT00000001")
        assert asking.requests_made == 2


def test_f_05_a_deadline_that_passed_before_there_was_a_connection(
    slow_registry: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def slow(*arguments: Any, **options: Any) -> Any:
        time.sleep(0.2)
        return look_up(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    slow_registry.fail(faults.drip(0.02), times=None)
    asking = client(slow_registry.url, request_seconds=0.1, attempts=1)
    with asking, pytest.raises(RegistryUnavailable, match="no complete answer"):
        asking.study("NCT00000001")


def test_f_05_after_a_drip_the_next_request_is_not_hurt(registry: RegistryServer) -> None:
    registry.fail(faults.drip(0.02))
    with client(registry.url, request_seconds=0.5, attempts=50) as asking:
        assert asking.study("NCT00000001") == registry.record("NCT00000001")
        assert asking.study("NCT00000002") == registry.record("NCT00000002")
        assert asking.requests_made >= 3


def test_f_04_no_such_host(registry: RegistryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with client(f"http://registry.invalid:{registry.port}") as asking:
        with pytest.raises(RegistryUnavailable, match=r"its name was not found \(DNS\)"):
            asking.version()
        assert asking.requests_made == 3


def test_f_04_nobody_listens() -> None:
    with RegistryServer() as gone:
        url = gone.url
    with client(url) as asking, pytest.raises(RegistryUnavailable, match="refused the connection"):
        asking.version()


def test_f_04_no_tls(registry: RegistryServer) -> None:
    with client(registry.url.replace("http:", "https:")) as asking:
        with pytest.raises(RegistryUnavailable, match=r"no secure connection \(TLS\)"):
            asking.version()
        assert asking.requests_made == 3


@pytest.mark.parametrize("fault", [faults.status(403, "denied"), faults.web_page(403)])
def test_f_01_blocked_is_said_and_never_tried_again(registry: RegistryServer, fault: faults.Fault) -> None:
    registry.fail(fault, times=None)
    with client(registry.url) as asking, pytest.raises(RegistryBlocked, match="blocked"):
        list(asking.pages(CONDITION))
    assert len(registry.requests) == 1


@pytest.mark.parametrize("code", [400, 401, 404, 405, 408, 410, 414, 418, 451])
def test_another_4xx_is_never_tried_again(registry: RegistryServer, code: int) -> None:
    registry.fail(
        faults.status(code, "Error parsing query:\n  \x1b[31m mismatched input" + " again" * 500), path="/studies"
    )
    with client(registry.url) as asking, pytest.raises(RegistryRefused) as caught:
        list(asking.pages(CONDITION))
    assert len(registry.asked("/studies")) == 1
    assert caught.value.status == code
    assert f"({code}): Error parsing query: [31m mismatched input again" in str(caught.value)
    assert str(caught.value).endswith("...")
    assert len(str(caught.value)) < 400


ELSEWHERE = [
    "http://127.0.0.1:{other}/api/v2/studies/NCT00000002",
    "//127.0.0.1:{other}/api/v2/studies/NCT00000002",
    "http://localhost:{port}/api/v2/studies/NCT00000002",
    "https://127.0.0.1:{port}/api/v2/studies/NCT00000002",
    "http://user@127.0.0.1:{port}/api/v2/studies/NCT00000002",
    "http://127.0.0.1:{port}@127.0.0.1:{other}/api/v2/version",
    "http://127.0.0.1:{other}\\@127.0.0.1:{port}/api/v2/version",
    "file:///etc/passwd",
    "http://127.0.0.1:999999/",
    "http://[",
    "",
]


@pytest.mark.parametrize("location", ELSEWHERE)
def test_a_redirect_to_anywhere_else_is_not_followed(registry: RegistryServer, location: str) -> None:
    with RegistryServer() as other, client(registry.url) as asking:
        registry.fail(faults.redirect(location.format(port=registry.port, other=other.port)), times=None)
        with pytest.raises(RegistryRedirected, match="another host is not followed"):
            asking.study("NCT00000001")
        assert (asking.requests_made, other.requests) == (1, [])


@pytest.mark.parametrize(
    "location",
    ["NCT00000002", "/api/v2/studies/NCT00000002?format=json", "http://127.0.0.1:{port}/api/v2/studies/NCT00000002#a"],
)
def test_a_redirect_on_the_same_host_is_followed(registry: RegistryServer, location: str) -> None:
    registry.fail(faults.redirect(location.format(port=registry.port), 308))
    with client(registry.url) as asking:
        assert asking.study("NCT00000001") == registry.record("NCT00000002")


@pytest.mark.parametrize(
    ("fault", "number"), [(faults.redirect("NCT00000002"), "NCT00000002"), (faults.status(404), None)]
)
def test_the_body_of_a_redirect_or_a_refusal_is_not_read_whole(
    registry: RegistryServer, fault: faults.Fault, number: str | None
) -> None:
    """Half of the body never comes, and nobody waits for it."""

    def endless(exchange: faults.Exchange) -> None:
        fault(exchange)
        exchange.reply.body = b"text" * 1_000_000
        exchange.reply.headers["Content-Encoding"] = "identity"
        faults.stall(is_in_body=True)(exchange)

    registry.fail(endless)
    with client(registry.url, attempts=1) as asking:
        assert asking.study("NCT00000001") == (registry.record(number) if number else None)


def test_redirects_in_a_circle_end(registry: RegistryServer) -> None:
    registry.fail(faults.redirect("/api/v2/studies/NCT00000001"), times=None)
    with client(registry.url) as asking:
        with pytest.raises(RegistryRedirected, match="more than 3 redirects"):
            asking.study("NCT00000001")
        assert asking.requests_made == 4


QUIET = [faults.status(503), faults.reset(), faults.drip(0.02), faults.stall(), faults.web_page(), faults.cut_short()]


@pytest.mark.parametrize("fault", QUIET)
def test_neither_logs_nor_errors_show_the_query(
    registry: RegistryServer, fault: faults.Fault, caplog: pytest.LogCaptureFixture
) -> None:
    registry.fail(fault, times=None, path="/studies")
    caplog.set_level(logging.INFO)
    with client(registry.url, request_seconds=0.2, read_seconds=0.1) as asking, pytest.raises(RegistryError) as caught:
        list(asking.pages("confidential words"))
    shown = caplog.text + "".join(traceback.format_exception(caught.value))
    assert "attempt 1 of 3" in shown
    assert "confidential" not in shown.replace('asking.pages("confidential words")', "")
    assert "query.cond" not in shown
