"""The session that speaks to the registry: honest headers, TLS, no proxy by accident, and a deadline that holds.

Never retries, never follows a redirect, never judges an answer.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

RequestFailed = (OSError, HTTPError)  # requests' own exceptions are OSErrors


class DeadlinePassed(Exception):
    """One request took longer than it may, however busily bytes arrived."""


class DeadlineAdapter(HTTPAdapter):
    """Connections that can be cut off at a point in time, and that can stay at TLS 1.2.

    A read timeout ends silence only; a server that sends a byte now and then, in headers or in chunks, is never silent.
    So a timer shuts the socket, which wakes the reader. One request at a time.
    """

    def __init__(self, *, is_tls_capped: bool) -> None:
        self._is_tls_capped = is_tls_capped
        self._socket: socket.socket | None = None
        self._is_late = False
        super().__init__(pool_connections=1, pool_maxsize=1)

    def _tls(self) -> dict[str, Any]:
        """Some blocks of the registry went by the TLS 1.3 handshake of Python (genomoncology/biomcp#87, 2025-04)."""
        if not self._is_tls_capped:
            return {}
        context = ssl.create_default_context()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        return {"ssl_context": context}

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:  # noqa: FBT001, FBT002
        super().init_poolmanager(connections, maxsize, block, **(self._tls() | options))

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, **(self._tls() | options))

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        if "ConnectionCls" not in vars(pool):
            pool.ConnectionCls = _reporting(pool.ConnectionCls, self._connected)
        return pool

    def _connected(self, connection: HTTPConnection) -> None:
        self._socket = connection.sock
        if self._is_late:
            raise TimeoutError("connected too late")

    def _cut_off(self) -> None:
        self._is_late = True
        if self._socket is not None:
            with suppress(OSError):  # it may be closed already
                # not the SSLSocket's own method, which would leave the reader with a socket that forgot its keys
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Ends whatever is read inside after so many seconds. Raises DeadlinePassed, also where the end was missed."""
        self._is_late = False
        timer = threading.Timer(seconds, self._cut_off)
        timer.daemon = True
        timer.start()
        try:
            yield
        except RequestFailed:
            if not self._is_late:
                raise
        finally:
            timer.cancel()
            timer.join()
        if self._is_late:
            raise DeadlinePassed


def _reporting(kind: Any, report: Callable[[HTTPConnection], None]) -> Any:
    """The same kind of connection that also tells when it has a socket."""

    class Connection(kind):  # type: ignore[misc]  # a class known at run time
        def connect(self) -> None:
            super().connect()
            report(self)

    return Connection


class _Session(requests.Session):
    """Leaves redirects alone: requests parses their address and reads their whole body, even when told not to go."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


def new_session(adapter: DeadlineAdapter, *, user_agent: str, proxy: str | None) -> requests.Session:
    """A session over that adapter.

    trust_env is off: a proxy or a .netrc that happens to be on a machine must not decide where the record of a trial
    comes from. Whoever needs a proxy names it.
    """
    session = _Session()
    session.trust_env = False
    session.verify = True
    # gzip alone: requests would also offer what other installed libraries happen to unpack
    session.headers.update({"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": "gzip"})
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
