"""One question to the registry at a time, asked again within limits until there is JSON or a reason why not.

Keeps the pace, the deadlines, the size and the host. Never logs a query, never knows what an answer is about.
"""

import logging
import random
import time
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import requests
import stamina
from urllib3.exceptions import NameResolutionError, ReadTimeoutError

from trials.registry.answers import Answer, PassingFault, content
from trials.registry.connection import DeadlineAdapter, DeadlinePassed, RequestFailed, new_session
from trials.registry.errors import RegistryGarbage, RegistryRedirected, RegistryUnavailable
from trials.registry.limits import Limits
from trials.registry.pacing import Budget, Pace

logger = logging.getLogger(__name__)
_CHUNK = 65_536
_ERROR_BYTES = 4_000  # of the text of an error that is read at all
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3


class Transport:
    """Asks one host. Not for several threads at once: the pace and the deadline are its own."""

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str,
        is_tls_capped: bool,
        requests_a_second: float,
        limits: Limits,
        proxy: str | None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._origin = _origin(self.base_url)
        self._limits = limits
        self._pace = Pace(requests_a_second)
        self._budget = Budget(limits.budget_seconds)
        self._adapter = DeadlineAdapter(is_tls_capped=is_tls_capped)
        self._session = new_session(self._adapter, user_agent=user_agent, proxy=proxy)
        self.requests_made = 0

    def close(self) -> None:
        self._session.close()

    def get(self, path: str, parameters: Mapping[str, str]) -> object:
        """The JSON at path. Raises a RegistryError."""
        with self._budget.spending():
            ends = time.monotonic() + min(self._limits.call_seconds, self._budget.left)
            return self._asked_again(path, parameters, ends)

    def _asked_again(self, path: str, parameters: Mapping[str, str], ends: float) -> object:
        limits, tried = self._limits, 0

        def wait(fault: Exception) -> bool | float:
            left = ends - time.monotonic()
            if not isinstance(fault, PassingFault) or left <= limits.first_wait_seconds:
                return False
            logger.warning("Registry, attempt %d of %d: %s", tried, limits.attempts, fault)
            if fault.retry_after is None:
                return True
            least = min(max(fault.retry_after, limits.first_wait_seconds), limits.longest_wait_seconds)
            asked = least + random.uniform(0, limits.first_wait_seconds)  # noqa: S311  # jitter, not a secret
            return asked if asked < left else False

        try:
            for attempt in stamina.retry_context(
                on=wait,
                attempts=limits.attempts,
                timeout=None,  # `ends` says when, and the hook above keeps to it
                wait_initial=limits.first_wait_seconds,
                wait_jitter=limits.first_wait_seconds,
                wait_max=limits.longest_wait_seconds,
            ):
                with attempt:
                    tried = attempt.num
                    return content(self._answer(path, parameters, ends), self._name(path))
        except PassingFault as last:
            fault = last
        raise type(fault.error)(f"{fault.error}. {_tried(tried)}.") from None

    def _name(self, path: str) -> str:
        return f"{urlsplit(self._origin).netloc}{path}"

    def _answer(self, path: str, parameters: Mapping[str, str], ends: float) -> Answer:
        """The answer where redirects on the same host lead."""
        answer = self._exchange(f"{self.base_url}{path}", parameters, path, ends)
        for _ in range(_MOST_REDIRECTS):
            if answer.status not in _REDIRECTS:
                return answer
            target = self._redirected(answer.headers.get("Location", ""), path)
            answer = self._exchange(target, {}, path, ends)
        if answer.status in _REDIRECTS:
            raise RegistryRedirected(f"{self._name(path)}: more than {_MOST_REDIRECTS} redirects in a row")
        return answer

    def _redirected(self, location: str, path: str) -> str:
        """The address that a redirect names, on our own host whatever it says."""
        try:
            target = urlsplit(urljoin(f"{self.base_url}{path}", location))
            is_ours = location != "" and _origin(target.geturl()) == self._origin
        except ValueError:
            is_ours = False
        if not is_ours:
            raise RegistryRedirected(f"{self._name(path)}: a redirect to another host is not followed")
        return f"{self._origin}{target.path}" + (f"?{target.query}" if target.query else "")

    def _exchange(self, url: str, parameters: Mapping[str, str], path: str, ends: float) -> Answer:
        """One request and its whole answer. Raises PassingFault, or RegistryGarbage where it is too large."""
        self._pace.wait()
        name, limits = self._name(path), self._limits
        left = min(limits.request_seconds, ends - time.monotonic())
        if left <= 0:
            raise RegistryUnavailable(f"{name}: the time that the registry may take is used up")
        timeout = (min(limits.connect_seconds, left), min(limits.read_seconds, left))
        self.requests_made += 1
        try:
            with (
                self._adapter.deadline(left),
                self._session.get(
                    url, params=parameters, timeout=timeout, stream=True, allow_redirects=False
                ) as response,
            ):
                return Answer(response.status_code, response.headers, self._body(response, name))
        except DeadlinePassed:
            raise PassingFault(RegistryUnavailable(f"{name}: no complete answer within {left:.3g} s")) from None
        except RequestFailed as error:  # its own text would show the query
            raise PassingFault(RegistryUnavailable(f"{name}: {_reason(error)}")) from None

    def _body(self, response: requests.Response, name: str) -> bytes:
        is_whole = response.status_code == 200
        largest = self._limits.largest_bytes if is_whole else _ERROR_BYTES
        parts, size = [], 0
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            if size > largest and is_whole:
                raise RegistryGarbage(f"{name}: an answer of more than {largest:,} bytes; smaller pages may help")
            parts.append(chunk)
            if size > largest:
                break
        return b"".join(parts)[:largest]


def _origin(url: str) -> str:
    """Scheme, host and port. Raises ValueError for anything but a plain http or https address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError("the registry's address is http or https, with a host and without a user")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if parts.port in {None, default} else f":{parts.port}")


def _tried(attempts: int) -> str:
    return "Tried once" if attempts == 1 else f"Tried {attempts} times"


def _reason(error: Exception) -> str:
    """What went wrong on the way, without the address that the library's own message shows."""
    causes: list[object] = [error]
    for cause in causes:  # requests and urllib3 wrap each other's exceptions in three ways
        if isinstance(cause, Exception) and len(causes) < 20:
            causes += [*cause.args, getattr(cause, "reason", None), cause.__cause__]
    for kind, words in _REASONS:
        if any(isinstance(cause, kind) for cause in causes):
            return words
    return f"the connection failed ({type(error).__name__})"


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (NameResolutionError, "its name was not found (DNS)"),
    (requests.exceptions.SSLError, "no secure connection (TLS)"),
    (requests.exceptions.ProxyError, "the proxy did not let us through"),
    (requests.exceptions.ConnectTimeout, "it could not be reached in time"),
    (requests.exceptions.ReadTimeout, "it fell silent"),
    (ReadTimeoutError, "it fell silent in the middle of its answer"),
    (requests.exceptions.ContentDecodingError, "its answer could not be unpacked"),
    (ConnectionRefusedError, "it refused the connection"),
    (requests.exceptions.ChunkedEncodingError, "its answer broke off"),
    (ConnectionError, "the connection was reset"),
)
