"""The faults that the test registry can be told to have: what upstream does on a bad day (docs: FAULTS, F-01 to F-14).

`server.fail(web_page(), times=2, path="/studies")`. A fault changes an exchange before it is sent, or how it is sent.
"""

import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trials.tests.registry_answers import Reply


@dataclass
class Wire:
    """The open connection of one request."""

    connection: socket.socket
    is_closing: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self, seconds: float) -> None:
        """Less where the server closes before."""
        self.is_closing.wait(seconds)

    def reset(self) -> None:
        """An abortive close: the client sees "connection reset by peer"."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionAbortedError


Sender = Callable[[Wire, bytes, bytes], None]


def send_whole(wire: Wire, head: bytes, body: bytes) -> None:
    wire.send(head + body)


@dataclass
class Exchange:
    """One request's answer on its way."""

    reply: Reply
    send: Sender = send_whole


Fault = Callable[[Exchange], None]


def status(code: int, text: str = "", **headers: str) -> Fault:
    """Another status with a plain text; headers as Retry_After="3"."""

    def fault(exchange: Exchange) -> None:
        exchange.reply = Reply.plain(code, text or f"status {code}")
        exchange.reply.headers |= {name.replace("_", "-"): value for name, value in headers.items()}

    return fault


def web_page(code: int = 200) -> Fault:
    """A page of HTML in place of data: a block, maintenance, a captive portal."""

    def fault(exchange: Exchange) -> None:
        body = b"<!DOCTYPE html><html><title>Please wait</title></html>"
        exchange.reply = Reply(body, code, {"Content-Type": "text/html; charset=utf-8"})

    return fault


def body(data: bytes, content_type: str = "application/json") -> Fault:
    """Anything else under status 200."""

    def fault(exchange: Exchange) -> None:
        exchange.reply = Reply(data, 200, {"Content-Type": content_type})

    return fault


def redirect(location: str, code: int = 301) -> Fault:
    def fault(exchange: Exchange) -> None:
        exchange.reply = Reply(b"", code, {"Location": location})

    return fault


def truncated_json() -> Fault:
    """Half of the JSON, correctly delivered."""

    def fault(exchange: Exchange) -> None:
        exchange.reply.body = exchange.reply.body[: len(exchange.reply.body) // 2]

    return fault


def truncated_gzip() -> Fault:
    """Half of the packed bytes, correctly delivered."""

    def fault(exchange: Exchange) -> None:
        packed = gzip.compress(exchange.reply.body)
        exchange.reply.body = packed[: len(packed) // 2]
        exchange.reply.headers["Content-Encoding"] = "gzip"

    return fault


def huge(size: int, *, is_packed: bool = False) -> Fault:
    """An answer of that many bytes; packed, it is small on the way."""

    def fault(exchange: Exchange) -> None:
        exchange.reply.body = b" " * size
        if is_packed:
            exchange.reply.body = gzip.compress(exchange.reply.body)
            exchange.reply.headers["Content-Encoding"] = "gzip"

    return fault


def _sending(sender: Sender) -> Fault:
    def fault(exchange: Exchange) -> None:
        exchange.send = sender

    return fault


def reset(*, is_in_body: bool = False) -> Fault:
    """The connection is reset, before anything or in the middle of the body."""

    def sender(wire: Wire, head: bytes, body: bytes) -> None:
        if is_in_body:
            wire.send(head + body[: len(body) // 2])
        wire.reset()

    return _sending(sender)


def cut_short() -> Fault:
    """The connection is closed in an orderly way in the middle of the body."""

    def sender(wire: Wire, head: bytes, body: bytes) -> None:
        wire.send(head + body[: len(body) // 2])
        raise ConnectionAbortedError

    return _sending(sender)


def stall(seconds: float = 60, *, is_in_body: bool = False) -> Fault:
    """Silence, before anything or in the middle of the body."""

    def sender(wire: Wire, head: bytes, body: bytes) -> None:
        middle = len(body) // 2 if is_in_body else 0
        if is_in_body:
            wire.send(head + body[:middle])
        wire.wait(seconds)
        wire.send(body[middle:] if is_in_body else head + body)

    return _sending(sender)


def held(let_go: threading.Event) -> Fault:
    """Silence until the test lets go, or the server closes; then the answer."""

    def sender(wire: Wire, head: bytes, body: bytes) -> None:
        while not (let_go.is_set() or wire.is_closing.is_set()):
            wire.wait(0.02)
        wire.send(head + body)

    return _sending(sender)


def drip(seconds: float = 1, *, is_in_headers: bool = False) -> Fault:
    """One byte at a time, with that pause after each: never silent, never done."""

    def sender(wire: Wire, head: bytes, body: bytes) -> None:
        start = 0 if is_in_headers else len(head)
        data = head + body
        wire.send(data[:start])
        for position in range(start, len(data)):
            wire.send(data[position : position + 1])
            wire.wait(seconds)

    return _sending(sender)


def changed_page(change: Callable[[dict[str, Any]], None]) -> Fault:
    """The page's JSON after change has worked on it."""

    def fault(exchange: Exchange) -> None:
        page = json.loads(exchange.reply.body)
        change(page)
        exchange.reply.body = json.dumps(page).encode()

    return fault


def wrong_total(total: object) -> Fault:
    """Another totalCount, where there is one."""
    return changed_page(lambda page: page.update(totalCount=total) if "totalCount" in page else None)


def same_token(token: str) -> Fault:
    """That nextPageToken, whatever is left."""
    return changed_page(lambda page: page.update(nextPageToken=token))


def duplicate(*records: dict[str, Any]) -> Fault:
    """These records too, which other pages hold."""
    return changed_page(lambda page: page["studies"].extend(records))


def dead_token() -> Fault:
    """A token that the registry no longer knows."""
    return status(400, "`pageToken` parameter has incorrect value")


def afterwards(action: Callable[[], object]) -> Fault:
    """Does something as soon as this answer is made: data that change between two pages."""

    def fault(_exchange: Exchange) -> None:
        action()

    return fault
