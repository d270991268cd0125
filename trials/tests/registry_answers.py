"""What a registry answers to which question, by the rules of ClinicalTrials.gov's API v2 (OpenAPI 2.0.5).

Records, pages, tokens and identifiers, without sockets and without Django. Stricter than the real one where that one is
silent about a mistake: an unknown parameter is refused. It does not search: every record answers every condition.
"""

import copy
import json
import re
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trials.registry.parser import nct_id_of

BASE_PATH = "/api/v2"
Record = Mapping[str, Any]
_STUDY_ID = re.compile(r"NCT0*[1-9]\d{0,7}", re.IGNORECASE | re.ASCII)
_UPDATED = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[\s*([\d-]+|MIN)\s*,\s*([\d-]+|MAX)\s*\]")
_FORMS = {"format": {"json"}, "markupFormat": {"markdown", "legacy"}, "countTotal": {"true", "false"}}
_SEARCH = frozenset({*_FORMS, "query.cond", "query.term", "filter.advanced", "pageSize", "pageToken"})
_MAY_DIFFER = ("countTotal", "pageSize", "pageToken")


@dataclass
class Reply:
    """What is going to be sent. Faults change it."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})

    @classmethod
    def plain(cls, status: int, text: str) -> "Reply":
        return cls(text.encode(), status, {"Content-Type": "text/plain; charset=utf-8"})


class _BadQuestion(Exception):
    pass


@dataclass
class _Kept:
    record: dict[str, Any]
    is_found: bool = True

    def __post_init__(self) -> None:
        self.text = json.dumps(self.record, ensure_ascii=False)
        if not self.text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in self.text):
            self.text = json.dumps(self.record)  # half a character has no UTF-8, only an escape

    @property
    def updated(self) -> str:
        status = (self.record.get("protocolSection") or {}).get("statusModule") or {}
        return str((status.get("lastUpdatePostDateStruct") or {}).get("date") or "")


class Answers:
    """The records and what is said about them. Every method may be called while questions are answered."""

    def __init__(self, records: Iterable[Record] = (), *, data_timestamp: str = "2026-11-20T09:00:00") -> None:
        self._lock = threading.RLock()
        self._kept: dict[str, _Kept] = {}
        self._aliases: dict[str, str] = {}
        self._tokens: dict[str, tuple[int, dict[str, str]]] = {}
        self.token_length = 24
        self.data_timestamp = data_timestamp
        self.update(*records)

    # --- Changes --------------------------------------------------------------------------------------------------

    def update(self, *records: Record) -> None:
        """Adds records, or replaces those of the same number; one that was hidden is found again."""
        with self._lock:
            for record in records:
                key = nct_id_of(record) or f"without a number {len(self._kept)}"
                self._kept[key] = _Kept(copy.deepcopy(dict(record)))

    def remove(self, nct_id: str) -> None:
        """Gone altogether: 404."""
        with self._lock:
            del self._kept[nct_id]

    def hide(self, nct_id: str) -> None:
        """No longer found by a search, still there by its number."""
        with self._lock:
            self._kept[nct_id].is_found = False

    def withdraw(self, nct_id: str, day: str | None = None, *, status: str = "WITHDRAWN") -> None:
        """Another overall status, since that day."""
        with self._lock:
            record = self.record(nct_id)
            module = record.setdefault("protocolSection", {}).setdefault("statusModule", {})
            module["overallStatus"] = status
            if day:
                module["lastUpdatePostDateStruct"] = {"date": day, "type": "ACTUAL"}
            self._kept[nct_id] = _Kept(record, self._kept[nct_id].is_found)

    def rename(self, old: str, new: str) -> None:
        """Another number; the old one becomes an alias. If there is a record of that number already, it stays."""
        with self._lock:
            record = self.record(old)
            del self._kept[old]
            self._aliases[old] = new
            record = self.record(new) if new in self._kept else record
            module = record["protocolSection"]["identificationModule"]
            module["nctId"] = new
            module["nctIdAliases"] = [*module.get("nctIdAliases", []), old]
            self._kept[new] = _Kept(record)

    def move(self, nct_id: str, position: int) -> None:
        """To another place in the order of the results."""
        with self._lock:
            kept = self._kept.pop(nct_id)
            items = list(self._kept.items())
            items.insert(position, (nct_id, kept))
            self._kept = dict(items)

    def new_data(self, timestamp: str, *, keep_tokens: bool = False) -> None:
        """The daily update: another timestamp; tokens of the old data die."""
        with self._lock:
            self.data_timestamp = timestamp
            if not keep_tokens:
                self._tokens.clear()

    def kill_tokens(self) -> None:
        with self._lock:
            self._tokens.clear()

    def record(self, nct_id: str) -> dict[str, Any]:
        """A copy of a record, to change and hand back to `update`."""
        with self._lock:
            return copy.deepcopy(self._kept[nct_id].record)

    # --- Questions ------------------------------------------------------------------------------------------------

    def reply(self, path: str, parameters: Mapping[str, str]) -> Reply:
        """path is without the base path."""
        with self._lock:
            try:
                if path == "/version":
                    version = {"apiVersion": "2.0.5", "dataTimestamp": self.data_timestamp}
                    return Reply(json.dumps(version).encode())
                if path == "/studies":
                    return self._page(dict(parameters))
                if path.startswith("/studies/"):
                    return self._study(path.removeprefix("/studies/"), parameters)
            except _BadQuestion as error:
                return Reply.plain(400, str(error))
            return Reply.plain(404, "Not Found")

    def _page(self, parameters: dict[str, str]) -> Reply:
        _check(parameters, _SEARCH)
        search = {name: value for name, value in parameters.items() if name not in _MAY_DIFFER}
        start, token = 0, parameters.get("pageToken")
        if token is not None:
            start, same = self._tokens.get(token, (0, {}))
            if token not in self._tokens or same != search:
                raise _BadQuestion("`pageToken` parameter has incorrect value or does not belong to this query")
        found = self._found(search)
        size = min(int(parameters.get("pageSize", "0")) or 10, 1000)
        page = found[start : start + size]
        fields = [f'"studies":[{",".join(page)}]']
        if token is None and parameters.get("countTotal") == "true":
            fields.insert(0, f'"totalCount":{len(found)}')
        # As the real one: a page that is exactly full gets a token even when nothing is left.
        if page and len(page) == size:
            fields.append(f'"nextPageToken":{json.dumps(self._new_token(start + size, search))}')
        return Reply(f"{{{','.join(fields)}}}".encode())

    def _new_token(self, start: int, search: dict[str, str]) -> str:
        token = "+/=&%" + secrets.token_urlsafe(self.token_length)[: self.token_length]
        self._tokens[token] = start, search
        return token

    def _found(self, search: Mapping[str, str]) -> list[str]:
        found = [kept for kept in self._kept.values() if kept.is_found]
        condition = search.get("query.cond", "")
        if re.search(r"[\[\]]", condition) or condition.count("(") != condition.count(")"):
            raise _BadQuestion("Error parsing query in Conditions or disease: no viable alternative at input")
        if "filter.advanced" in search:
            match = _UPDATED.fullmatch(search["filter.advanced"])
            if match is None:
                raise _BadQuestion("Error parsing query in Advanced filter: mismatched input")
            first, last = match[1].replace("MIN", "0"), match[2].replace("MAX", "9")
            # A record without the date is in no range (cyanheads/clinicaltrialsgov-mcp-server #105).
            found = [kept for kept in found if kept.updated and first <= kept.updated <= last]
        return [kept.text for kept in found]

    def _study(self, asked: str, parameters: Mapping[str, str]) -> Reply:
        _check(parameters, frozenset({"format", "markupFormat"}))
        if not _STUDY_ID.fullmatch(asked):
            raise _BadQuestion("`nctId` path variable has incorrect format")
        nct_id = f"NCT{int(asked[3:]):08d}"
        if nct_id in self._aliases:
            location = f"{BASE_PATH}/studies/{self._aliases[nct_id]}"
            return Reply(b"", 301, {"Location": location, "Content-Type": "text/plain"})
        if nct_id not in self._kept:
            return Reply.plain(404, f"NCT number {nct_id} not found")
        return Reply(self._kept[nct_id].text.encode())


def _check(parameters: Mapping[str, str], known: frozenset[str]) -> None:
    for name, value in parameters.items():
        if name not in known:
            raise _BadQuestion(f"`{name}` is not a parameter")
        if name in _FORMS and value not in _FORMS[name]:
            raise _BadQuestion(f"`{name}` parameter has incorrect value")
    if not parameters.get("pageSize", "0").isdecimal():
        raise _BadQuestion("`pageSize` parameter has incorrect value")
