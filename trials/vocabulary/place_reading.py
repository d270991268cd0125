"""What a typed place may mean: where its name ends, and what the rest says of country and region. Never looks it up.

"Frankfurt (Oder), DE", "Paris Texas" and "69008 Lyon" have several readings; whoever knows the towns takes the first
that fits one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from trials.vocabulary.place_names import country_of, fold_place, regions_of

_BREAK = re.compile(r"[,，、،;/()（）]")
_MOST_PARTS = 6
_MOST_WORDS_OF_A_COUNTRY = 4
_NEAR = "near "


class Situated(Protocol):
    """What a reading asks about a town. called is the folded name that it was found by."""

    @property
    def called(self) -> str: ...
    @property
    def country_code(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def qualifier(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """name is folded; places are what was said besides, as typed like the name itself."""

    name: str
    typed: str
    places: tuple[str, ...] = ()

    def fits(self, town: Situated) -> bool:
        """Whether the town bears the name and lies in all that was said."""
        return town.called == self.name and all(_lies_in(town, place) for place in self.places)


def _lies_in(town: Situated, place: str) -> bool:
    if country_of(place) == town.country_code or (town.country_code, town.region) in regions_of(place):
        return True
    return bool(town.qualifier) and fold_place(town.qualifier) == fold_place(place).removeprefix(_NEAR)


def read_place(text: str) -> list[PlaceReading]:
    """The readings of a text, the likeliest first; none if nothing in it can be a name."""
    parts = [part.strip() for part in _BREAK.split(text) if fold_place(part)][:_MOST_PARTS]
    readings = [_reading(" ".join(parts[:end]), parts[end:]) for end in range(len(parts), 0, -1)]
    if len(parts) == 1:
        readings += _split_by_words(parts[0].split())
    readings += [_without_numbers(reading) for reading in readings]
    return list(dict.fromkeys(reading for reading in readings if reading.name))


def _reading(name: str, places: Sequence[str]) -> PlaceReading:
    return PlaceReading(fold_place(name), name, tuple(places))


def _split_by_words(words: Sequence[str]) -> list[PlaceReading]:
    """ "paris texas": the last words where they are a country or region."""
    found = []
    for count in range(min(_MOST_WORDS_OF_A_COUNTRY, len(words) - 1), 0, -1):
        place = " ".join(words[-count:])
        if country_of(place) or regions_of(place):
            found.append(_reading(" ".join(words[:-count]), (place,)))
    return found


def _without_numbers(reading: PlaceReading) -> PlaceReading:
    """Postcodes and districts beside a town's name: "69008 lyon"."""
    words = [word for word in reading.typed.split() if not any(c.isdigit() for c in word)]
    places = [place for place in reading.places if not any(c.isdigit() for c in place)]
    return _reading(" ".join(words), places)
