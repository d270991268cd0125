"""The client of ClinicalTrials.gov's API v2: its version, a search page by page, one study.

Raw records as the registry gives them. Never parses or keeps one, never faces the registry as anything but itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

from trials.registry.errors import RegistryChanged, RegistryGarbage, RegistryLoop, RegistryRefused
from trials.registry.limits import STANDARD, Limits
from trials.registry.question import FORM, page_parameters, search_parameters
from trials.registry.transport import Transport
from trials.registry.values import parse_nct_id

PRODUCT = "hcctrials/0.1.0"
_SEARCH = "/studies"


@dataclass(frozen=True, slots=True)
class RegistryVersion:
    """data_timestamp is "" where the registry does not say."""

    api_version: str
    data_timestamp: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """One page of raw records, as given: twice the same record on two pages is possible."""

    studies: tuple[Mapping[str, object], ...]
    number: int  # from 1
    total: int | None  # on the first page only
    attempt: int  # 1, or 2 after the one restart: what earlier pages gave counts no more


class _TokenDied(Exception):
    """The registry no longer knows the token that it gave."""


class RegistryClient:
    """Use as a context manager, in one thread, for one run: its budget is spent once."""

    def __init__(
        self,
        base_url: str,
        *,
        contact: str,
        is_tls_capped: bool = False,
        requests_a_second: float = 1.0,
        limits: Limits = STANDARD,
        proxy: str | None = None,
    ) -> None:
        """contact is an address that the registry's operators can write to; proxy is used only where it is named."""
        if not contact.strip() or not (contact.isascii() and contact.isprintable()):
            raise ValueError("contact: the registry's operators need an e-mail or web address, in plain letters")
        self.data_timestamp = ""  # of the data that the last complete search gave
        self._transport = Transport(
            base_url,
            user_agent=f"{PRODUCT} (+{contact.strip()})",
            is_tls_capped=is_tls_capped,
            requests_a_second=requests_a_second,
            limits=limits,
            proxy=proxy,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.close()

    @property
    def requests_made(self) -> int:
        """All of them: attempts and redirects too."""
        return self._transport.requests_made

    def version(self) -> RegistryVersion:
        data = _object(self._transport.get("/version", {}), "/version")
        return RegistryVersion(_text(data, "apiVersion"), _text(data, "dataTimestamp"))

    def pages(self, condition: str, *, updated_since: date | None = None, page_size: int = 200) -> Iterator[StudyPage]:
        """All pages of one state of the registry's data.

        When that state changes while they are read, the pages start again once, with attempt 2. Only when the iterator
        ends without an error is the search complete; data_timestamp then says of what.
        """
        search = search_parameters(condition, updated_since=updated_since, page_size=page_size)
        self.data_timestamp = ""
        return self._pages_of_one_state(search, page_size)

    def _pages_of_one_state(self, search: dict[str, str], page_size: int) -> Iterator[StudyPage]:
        reason = ""
        for attempt in (1, 2):
            started = self.version()
            try:
                yield from self._pages(search, page_size, attempt)
            except _TokenDied:
                reason = "a page could no longer be asked for"
                continue
            finished = self.version()
            if finished.data_timestamp == started.data_timestamp:
                self.data_timestamp = finished.data_timestamp
                return
            reason = f"data of {started.data_timestamp} became data of {finished.data_timestamp}"
        raise RegistryChanged(f"The registry's data changed while they were read, twice; the second time {reason}.")

    def _pages(self, search: dict[str, str], page_size: int, attempt: int) -> Iterator[StudyPage]:
        token: str | None = None
        tokens: set[str] = set()
        number, most = 1, None
        while True:
            data = self._page(search, token)
            total = _total(data) if token is None else None
            yield StudyPage(_studies(data), number, total, attempt)
            token = _text(data, "nextPageToken") or None
            if token is None:
                return
            if token in tokens:
                raise RegistryLoop(f"The registry gave the same page token twice, after page {number}.")
            tokens.add(token)
            number += 1
            # Empty pages are allowed, and each with a new token would be a loop too.
            most = 2 * (total // page_size) + 50 if total is not None else most
            if most is not None and number > most:
                raise RegistryLoop(f"The registry still offers pages after {most}, more than its own total can fill.")

    def _page(self, search: dict[str, str], token: str | None) -> Mapping[str, object]:
        try:
            return _object(self._transport.get(_SEARCH, page_parameters(search, token)), _SEARCH)
        except RegistryRefused as error:
            if error.status == 400 and token is not None:
                raise _TokenDied from error
            raise

    def study(self, nct_id: str) -> Mapping[str, object] | None:
        """The record of that number, or of the one that replaced it; None where the registry says there is none."""
        number = parse_nct_id(nct_id)
        if number is None:
            raise RegistryRefused(f"{nct_id[:40]!r} is not an NCT number; it was not asked for.")
        path = f"{_SEARCH}/{number}"
        try:
            return _object(self._transport.get(path, FORM), path)
        except RegistryRefused as error:
            # The registry says so in plain text. A web page comes from elsewhere: a wrong address, a proxy, a block.
            if error.status == 404 and not error.is_web_page:
                return None
            raise


def _object(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise RegistryGarbage(f"{path}: expected an object, found {type(data).__name__}")
    return data


def _studies(data: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    studies = data.get("studies")
    if not isinstance(studies, list):
        raise RegistryGarbage(f"{_SEARCH}: expected a list of studies, found {type(studies).__name__}")
    return tuple(_object(study, _SEARCH) for study in studies)


def _text(data: Mapping[str, object], key: str) -> str:
    """The text at key, "" where there is none. It has to survive the way back to the registry."""
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable():
        raise RegistryGarbage(f"{key}: expected text, found {type(value).__name__} or signs that are none")
    return value


def _total(data: Mapping[str, object]) -> int | None:
    value = data.get("totalCount")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RegistryGarbage(f"totalCount: expected a count, found {value!r:.40}")
    return value
