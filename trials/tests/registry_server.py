"""A registry on this machine, over a real socket, for tests and for trying out; fails on order. Needs no Django.

    with RegistryServer(records) as registry:
        registry.fail(status(503), times=2, path="/studies")
        ... registry.url ... registry.requests ...

`python -m trials.tests.registry_server FILE...` serves records of files and prints its address for
HCCTRIALS_REGISTRY_URL. The rules of its answers stand in `registry_answers`, the faults in `registry_faults`.
"""

import argparse
import gzip
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from trials.ingest.sources import find_files, read_file
from trials.tests.registry_answers import BASE_PATH, Answers, Record, Reply
from trials.tests.registry_faults import Exchange, Fault, Wire

_SMALLEST_PACKED = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came. path is without the base path, raw_path with it and with the query."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    raw_path: str


@dataclass
class _Order:
    fault: Fault
    path: str
    skip: int
    times: int | None


class RegistryServer(Answers):
    """Answers on 127.0.0.1; the records may change while it runs (see `Answers`)."""

    def __init__(self, records: Iterable[Record] = (), *, port: int = 0, **options: Any) -> None:
        super().__init__(records, **options)
        self.requests: list[Request] = []
        self._orders: list[_Order] = []
        self._server = _Server(("127.0.0.1", port), self._exchange)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """What HCCTRIALS_REGISTRY_URL has to be."""
        return f"http://127.0.0.1:{self.port}{BASE_PATH}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.close_all()

    def fail(self, fault: Fault, *, times: int | None = 1, path: str = "", after: int = 0) -> None:
        """The next `times` requests (None: all) of that path ("": any) meet the fault, after so many that do not.

        Several orders are kept in turn: a request meets the first that fits.
        """
        with self._lock:
            self._orders.append(_Order(fault, path, after, times))

    def heal(self) -> None:
        """Forgets all faults that were ordered."""
        with self._lock:
            self._orders.clear()

    def asked(self, path: str) -> list[Request]:
        """The requests of that path."""
        with self._lock:
            return [request for request in self.requests if request.path == path]

    def _exchange(self, raw_path: str, headers: Mapping[str, str]) -> Exchange:
        parts = urlsplit(raw_path)
        path = parts.path.removeprefix(BASE_PATH) if parts.path.startswith(BASE_PATH) else parts.path
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        parameters = dict(pairs)
        with self._lock:
            self.requests.append(Request(path, parameters, headers, raw_path))
            is_known = parts.path.startswith(BASE_PATH + "/") and len(pairs) == len(parameters)
            reply = self.reply(path, parameters) if is_known else Reply.plain(404, "Not Found")
            exchange = Exchange(reply)
            if fault := self._ordered(path):
                fault(exchange)
        return exchange

    def _ordered(self, path: str) -> Fault | None:
        for order in [order for order in self._orders if order.path in {"", path}]:
            if order.skip:
                order.skip -= 1
                continue
            if order.times is not None:
                order.times -= 1
                if order.times == 0:
                    self._orders.remove(order)
            return order.fault
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # close_all waits, for the threads that it has woken

    def __init__(self, address: tuple[str, int], exchange: Callable[[str, Mapping[str, str]], Exchange]) -> None:
        super().__init__(address, _Handler)
        self.exchange = exchange
        self.is_closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._answering: list[threading.Thread] = []
        self._open_lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._open_lock:
            self._open.add(request)
            self._answering = [one for one in self._answering if one.is_alive()] + [thread]
            thread.start()

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        # not socketserver's own, which sends an orderly end before a reset
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what tests do; anything else is a fault of this file and shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def close_all(self) -> None:
        """Wakes every thread that waits for a client or stalls on order, and waits for their end."""
        self.is_closing.set()
        with self._open_lock:
            threads = list(self._answering)
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        headers = dict(self.headers.items())
        exchange = self.server.exchange(self.path, headers)
        reply = exchange.reply
        packs = "gzip" in headers.get("Accept-Encoding", "") and "Content-Encoding" not in reply.headers
        if packs and len(reply.body) > _SMALLEST_PACKED:
            reply.body = gzip.compress(reply.body, compresslevel=1)
            reply.headers["Content-Encoding"] = "gzip"
        fields = reply.headers | {"Content-Length": str(len(reply.body))}
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('',))[0]}"]
        head = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in fields.items()), "", ""]).encode("latin-1")
        exchange.send(Wire(self.connection, self.server.is_closing), head, reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """The requests are kept, not printed."""


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m trials.tests.registry_server", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="a folder, .json, .jsonl or .jsonl.gz")
    parser.add_argument("--port", type=int, default=0, help="a free one if not given")
    chosen = parser.parse_args(arguments)
    files = [file for path in chosen.paths for file in find_files(path)]
    records = [document.data for file in files for document in read_file(file) if isinstance(document.data, dict)]
    with RegistryServer(records, port=chosen.port) as registry:
        print(registry.url, flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
