"""All towns and their names in this process's memory, so that what a reader typed never enters a query.

A database may log its statements, and Django writes values into them: a patient's town would stand there. The towns
change with a migration alone, so that they are read once (half a second, about 15 MB).
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.db import connection

from trials.search.patience import patience

# A town's place in this order is its number here.
_TOWNS = """
SELECT latitude, longitude, population, id::text || E'\\t' || name || E'\\t' || country_code || E'\\t' || region
    || E'\\t' || qualifier
FROM trials_town ORDER BY latitude, id
"""
_NAMES = """
SELECT string_agg(folded || E'\\t' || number || CASE WHEN is_own THEN '+' ELSE '' END, E'\\n'
    ORDER BY folded COLLATE "C", number)
FROM trials_townname
JOIN (SELECT id, row_number() OVER (ORDER BY latitude, id) - 1 AS number FROM trials_town) town ON town.id = town_id
"""
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Named:
    """One name of one town; is_own where the town is called so in the first place."""

    folded: str
    number: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class TownText:
    """What is said of a town beside its place and size."""

    id: int
    name: str
    country_code: str
    region: str
    qualifier: str


class Gazetteer:
    """Towns by number, from south to north, and the sorted lines of their names. Compact, as every process has it."""

    def __init__(self, towns: Iterable[tuple[float, float, int, str]], names: str) -> None:
        self.latitudes, self.longitudes, self.populations = array("d"), array("d"), array("i")
        self._starts = array("i", [0])
        texts: list[bytes] = []
        for latitude, longitude, population, text in towns:
            self.latitudes.append(latitude)
            self.longitudes.append(longitude)
            self.populations.append(population)
            texts.append(text.encode())
            self._starts.append(self._starts[-1] + len(texts[-1]))
        self._texts = b"".join(texts)
        self._names = names.encode()

    def text(self, number: int) -> TownText:
        id_, *words = self._texts[self._starts[number] : self._starts[number + 1]].decode().split("\t")
        return TownText(int(id_), *words)

    def between(self, south: float, north: float) -> range:
        """The towns of these latitudes."""
        return range(bisect_left(self.latitudes, south), bisect_right(self.latitudes, north))

    def called(self, folded: str) -> Iterator[Named]:
        return self._beginning(f"{folded}\t")

    def names_beginning(self, folded: str) -> Iterator[Named]:
        return self._beginning(folded)

    def _beginning(self, text: str) -> Iterator[Named]:
        sought = text.encode(errors="surrogatepass")
        start = self._first(sought)
        while start < len(self._names) and self._names.startswith(sought, start):
            end = self._names.find(b"\n", start)
            line = self._names[start : end if end >= 0 else None].decode()
            folded, _, number = line.partition("\t")
            yield Named(folded, int(number.removesuffix("+")), number.endswith("+"))
            if end < 0:
                return
            start = end + 1

    def _first(self, sought: bytes) -> int:
        """Where the first line begins that is not before the sought one, by halving."""
        low, high = 0, len(self._names)
        while low < high:
            middle = (low + high) // 2
            start = self._names.rfind(b"\n", 0, middle) + 1
            if self._names[start : start + len(sought)] < sought:
                end = self._names.find(b"\n", middle)
                low = end + 1 if end >= 0 else len(self._names)
            else:
                high = start
        return low


def gazetteer() -> Gazetteer:
    """The towns of this process; whoever asks first reads them, the others wait."""
    with _reading:
        return _read()


@cache
def _read() -> Gazetteer:
    with patience(), connection.cursor() as cursor:
        cursor.execute(_NAMES)
        names = cursor.fetchone()[0] or ""
        cursor.execute(_TOWNS)
        return Gazetteer(cursor, names)
