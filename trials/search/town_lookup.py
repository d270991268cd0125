"""Towns by name, by likeness and by place. Towns change with a migration alone, so that answers are kept in memory.

Except those to a patient's town: `unremembered()` looks it up and keeps nothing.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, ParamSpec, TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Length

from trials.models import Town, TownName

_MOST_KEPT = 2000  # answers
_COLUMNS = ("name", "country_code", "region", "qualifier", "latitude", "longitude", "population")
_BEGINNING = 3  # letters that a misspelt name is expected to have right
_LIKE_ENOUGH, _MOST_SIMILAR, _MOST_COMPARED = 0.72, 6, 4000
_AROUND = (0.5, 5.0)  # degrees: nearly always enough, and the open sea
_FARTHEST_NORTH = 89.0


_P = ParamSpec("_P")
_Found = TypeVar("_Found")
_remembers = ContextVar("_remembers", default=True)


@contextmanager
def unremembered() -> Iterator[None]:
    """Inside, what is looked up leaves no trace in this process."""
    before = _remembers.set(False)
    try:
        yield
    finally:
        _remembers.reset(before)


class _Kept(Generic[_P, _Found]):
    """A function that keeps its answers, except inside `unremembered()`."""

    def __init__(self, look_up: Callable[_P, _Found]) -> None:
        self._look_up = look_up
        self._answers = lru_cache(maxsize=_MOST_KEPT)(look_up)

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _Found:
        return self._answers(*args, **kwargs) if _remembers.get() else self._look_up(*args, **kwargs)  # type: ignore[arg-type]

    def cache_clear(self) -> None:
        self._answers.cache_clear()

    @property
    def kept(self) -> int:
        """How many answers are kept."""
        return self._answers.cache_info().currsize


@dataclass(frozen=True, slots=True)
class FoundTown:
    """A town and the folded name that it was found by; is_own where that is what it is called in the first place."""

    called: str
    is_own: bool
    id: int
    name: str
    country_code: str
    region: str
    qualifier: str
    latitude: float
    longitude: float
    population: int


@_Kept
def towns_called(names: tuple[str, ...]) -> tuple[FoundTown, ...]:
    """The towns that bear one of these folded names, one entry for each name."""
    return _found(TownName.objects.filter(folded__in=names).order_by())


def _found(names: QuerySet[TownName]) -> tuple[FoundTown, ...]:
    columns = ("folded", "is_own", "town_id", *(f"town__{name}" for name in _COLUMNS))
    return tuple(FoundTown(*row) for row in names.values_list(*columns))


def in_meaning_order(towns: Iterable[FoundTown]) -> list[FoundTown]:
    """Each town once, the largest first."""
    once = {town.id: town for town in sorted(towns, key=lambda town: town.is_own)}
    return sorted(once.values(), key=lambda town: (-town.population, town.id))


@_Kept
def similar_towns(folded: str) -> tuple[FoundTown, ...]:
    """Towns whose name is nearly this, or begins with it, the likeliest first."""
    if len(folded) < _BEGINNING:
        return ()
    alike = TownName.objects.filter(folded__startswith=folded[:_BEGINNING]).annotate(length=Length("folded"))
    near = alike.filter(length__gte=len(folded) - 2, length__lte=len(folded) + 4)
    compared = _found(near.order_by("-town__population")[:_MOST_COMPARED])
    likeness: dict[int, tuple[float, FoundTown]] = {}
    for town in compared:
        like = _likeness(folded, town.called)
        if like >= _LIKE_ENOUGH and like > likeness.get(town.id, (0.0, town))[0]:
            likeness[town.id] = (like, town)
    best = sorted(likeness.values(), key=lambda pair: (-round(pair[0], 1), -pair[1].population, pair[1].id))
    return tuple(town for _, town in best[:_MOST_SIMILAR])


def _likeness(typed: str, name: str) -> float:
    if name.startswith(typed):
        return 0.95
    matcher = SequenceMatcher(None, name, typed, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE_ENOUGH else 0.0


@_Kept
def town_at(latitude: float, longitude: float) -> FoundTown | None:
    """The town nearest to a place, None far from all of them."""
    scale = math.cos(math.radians(min(abs(latitude), _FARTHEST_NORTH)))
    for around in _AROUND:
        near = Town.objects.filter(latitude__range=(latitude - around, latitude + around))
        if found := _nearest(near, latitude, longitude, scale, around):
            return found
    return None


def _nearest(towns: QuerySet[Town], latitude: float, longitude: float, scale: float, around: float) -> FoundTown | None:
    """Flat geometry is good enough for a few degrees; the date line lies 360 degrees from itself."""
    least, nearest = around, None
    for town_id, *place in towns.values_list("id", *_COLUMNS):
        north, east = place[4] - latitude, (place[5] - longitude + 180) % 360 - 180
        away = math.hypot(north, east * scale)
        if away <= least:
            least, nearest = away, FoundTown("", True, town_id, *place)  # noqa: FBT003
    return nearest
