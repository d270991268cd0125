"""What the index keeps of each trial beside the bitmaps, by number: the keys that results are ordered by. Pure."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from trials.search.index.rows import IndexedRow
from trials.vocabulary.registry_terms import OverallStatus

_NONE = -1  # of a day or an enrolment that the record does not state
_LAST_REACH = 4
_REACH = {
    OverallStatus.RECRUITING: 0,
    OverallStatus.AVAILABLE: 0,
    OverallStatus.ENROLLING_BY_INVITATION: 1,
    OverallStatus.NOT_YET_RECRUITING: 1,
    "": 2,
    OverallStatus.UNKNOWN: 2,
}
_KINDS = {
    "identifier": "L",
    "updated": "l",
    "start": "l",
    "enrollment": "l",
    "newest_change": "l",
    "changed": "l",
    "reach": "b",
    "fingerprint": "q",
}


def _day(value: date | None) -> int:
    return value.toordinal() if value else _NONE


def _values(row: IndexedRow) -> dict[str, int]:
    return {
        "identifier": int(row.nct_id[3:]),
        "updated": _day(row.updated),
        "start": _day(row.start),
        "enrollment": _NONE if row.enrollment is None else row.enrollment,
        "newest_change": _day(row.newest_change),
        "changed": _day(row.changed),
        "reach": _REACH.get(str(row.columns.get("overall_status", "")), _LAST_REACH),
        "fingerprint": row.fingerprint,
    }


@dataclass(frozen=True, slots=True)
class Columns:
    """One array a key, by the trial's number. Never changed once a version of the index has them.

    identifier is the number in "NCT01234567"; days are ordinals; reach is 0 for trials that recruit, more for those
    that do not (yet, any more); fingerprint differs whenever the trial's mark does.
    """

    identifier: "array[int]"
    updated: "array[int]"
    start: "array[int]"
    enrollment: "array[int]"
    newest_change: "array[int]"
    changed: "array[int]"
    reach: "array[int]"
    fingerprint: "array[int]"

    @classmethod
    def empty(cls) -> "Columns":
        return cls(**{name: array(kind) for name, kind in _KINDS.items()})

    def without(self, gone: Iterable[int]) -> "Columns":
        """Arrays of its own, to be written into before anybody else sees them."""
        copied = Columns(**{name: getattr(self, name)[:] for name in _KINDS})
        for number in gone:
            if number < len(copied.fingerprint):
                copied.fingerprint[number] = 0
        return copied

    def fingerprint_of(self, number: int) -> int:
        """0 of a trial that is not known."""
        return self.fingerprint[number] if number < len(self.fingerprint) else 0

    def write(self, row: IndexedRow) -> None:
        for name, value in _values(row).items():
            column: array[int] = getattr(self, name)
            if row.number >= len(column):
                column.frombytes(bytes(column.itemsize * (row.number + 1 - len(column))))
            column[row.number] = value

    def nct_id(self, number: int) -> str:
        return f"NCT{self.identifier[number]:08d}"


Key = Callable[[int], tuple[int, ...]]


def order_key(columns: Columns, name: str) -> Key:
    """What a sort goes by, smallest first; what a record does not state comes last, ties go by identifier."""
    identifier, updated = columns.identifier, columns.updated
    if name == "updated":
        return lambda number: (-updated[number], identifier[number])
    if name == "changed":
        newest = columns.newest_change
        return lambda number: (-newest[number], -updated[number], identifier[number])
    if name == "reach":
        reach = columns.reach
        return lambda number: (reach[number], -updated[number], identifier[number])
    if name == "identifier":
        return lambda number: (identifier[number],)
    column: array[int] = getattr(columns, name)
    return lambda number: (-column[number], identifier[number])
