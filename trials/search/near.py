"""Where a reader is, from what they typed, and how far it is from there. Asks our own table of towns and nobody else.

Never takes a wrong town in silence: a name that several towns bear is answered with a question, and where one of them
is meant beyond doubt, the others of that name stand beside it. Positions are rounded to 0.1 degree, about 10 km.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from trials.search.town_lookup import FoundTown, in_meaning_order, similar_towns, town_at, towns_called
from trials.vocabulary.countries import country_name
from trials.vocabulary.place_names import country_of, fold_place
from trials.vocabulary.place_reading import PlaceReading, read_place

# A name means the largest of its towns where that has 15 times the people of the next: Paris is not Paris, Texas, and
# London not London, Ontario (21 times); but Birmingham (5 times) and Valencia are asked about.
_BEYOND_DOUBT = 15
_OVER_A_BYNAME = 3  # times, where the others have the name beside their own, as Saint-Étienne-du-Rouvray has
_SAME_PLACE_KM = 25  # a town and its own district, or a city that the data hold twice
_MOST_CHOICES = 12
_LONGEST = 200  # characters
_EARTH_KM = 6371.0088  # mean radius, IUGG 1980
_LARGEST_RADIUS = 20_000  # km: half way round the earth

_DEGREES = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)"
_COORDINATES = re.compile(rf"\s*({_DEGREES})\s*[,;\s]\s*({_DEGREES})\s*", re.ASCII | re.IGNORECASE)
_RADIUS = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?(?:\s*km)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """A place to measure from: words for the reader, and what stands in an address for exactly this place."""

    latitude: float
    longitude: float
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class NearAnswer:
    """origin is None where nothing is known or several are meant; others are choices, or further towns of the name."""

    origin: Origin | None
    others: tuple[Origin, ...] = ()
    is_ambiguous: bool = False
    message: str = ""


def find_origin(text: str, language: str = "en") -> NearAnswer:
    """The place that a text names. No query holds it; no text is too odd to be answered."""
    if len(text) > _LONGEST:
        return NearAnswer(None, message=_("This is too long for the name of a place."))
    if match := _COORDINATES.fullmatch(text):
        return _at(float(match[1]), float(match[2]), language)
    readings = read_place(text)
    if not readings:
        return NearAnswer(None, message=_("Name a town, for example: Lyon, France."))
    towns = towns_called(reading.name for reading in readings)
    for reading in readings:
        if meant := in_meaning_order(town for town in towns if reading.fits(town)):
            return _choose(meant, reading, language)
    if elsewhere := in_meaning_order(towns):
        message = _("We know no place “%(place)s”, but these towns.") % {"place": _shown(text)}
        return NearAnswer(None, _origins(elsewhere, language), message=message)
    return _unknown(text, language)


def _choose(towns: Sequence[FoundTown], reading: PlaceReading, language: str) -> NearAnswer:
    """towns are the largest first; a smaller one beside a larger one is the same place.

    A town that bears the name as a byname is meant only if none that is really called so is larger.
    """
    apart: list[FoundTown] = []
    largest = max((town.population for town in towns if town.is_own), default=-1)
    for town in towns:
        is_meant = town.is_own or town.population > largest
        if is_meant and all(_between(town, other) > _SAME_PLACE_KM for other in apart):
            apart.append(town)
    meant = _meant(apart, told_where=bool(reading.places))
    if meant is None:
        message = _("Several places are called “%(place)s”. Which one do you mean?") % {"place": _shown(reading.typed)}
        return NearAnswer(None, _origins(apart, language), is_ambiguous=True, message=message)
    apart = [meant, *(town for town in apart if town is not meant)]
    first, *others = _origins(apart, language)
    return NearAnswer(first, tuple(others))


def _meant(towns: Sequence[FoundTown], *, told_where: bool) -> FoundTown | None:
    """The one town that a name means, None if the reader has to say."""
    if told_where:
        own = [town for town in towns if town.is_own]
        for only in (own, [town for town in own if not town.qualifier]):
            if len(only) == 1:
                return only[0]
    first, *others = towns
    for other in others:
        by_right = other.is_own or not first.is_own
        if first.population < (_BEYOND_DOUBT if by_right else _OVER_A_BYNAME) * other.population:
            return None
    return first


def _unknown(text: str, language: str) -> NearAnswer:
    shown = _shown(text)
    if country := country_of(text):
        message = _("%(place)s is a country. Name a town in it.") % {"place": country_name(country, language)}
        return NearAnswer(None, message=message)
    if any(character.isdigit() for character in text):
        message = _("We find places by the name of a town, not by a postcode. Name a town near you.")
        return NearAnswer(None, message=message)
    similar = _origins(similar_towns(fold_place(text)), language)
    if similar:
        return NearAnswer(
            None, similar, message=_("We know no town “%(place)s”. Is it one of these?") % {"place": shown}
        )
    message = _("We know no town “%(place)s”. Try a larger town near it, or add the country.") % {"place": shown}
    return NearAnswer(None, message=message)


def _at(latitude: float, longitude: float, language: str) -> NearAnswer:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # NaN is not either
        message = _("A latitude from -90 to 90 and a longitude from -180 to 180 are needed, for example 45.8,4.8.")
        return NearAnswer(None, message=message)
    latitude, longitude = round(latitude, 1) + 0.0, round(longitude, 1) + 0.0  # no -0.0
    value = f"{latitude:.1f},{longitude:.1f}"
    town = town_at(latitude, longitude)
    if town is None:
        return NearAnswer(Origin(latitude, longitude, value, value))
    label = _("about here: %(town)s") % {"town": _label(town, language)}
    return NearAnswer(Origin(latitude, longitude, label, value))


def _shown(text: str) -> str:
    """What was typed, on one line and short enough to be repeated."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 60 else line[:59] + "…"


def _origins(towns: Sequence[FoundTown], language: str) -> tuple[Origin, ...]:
    return tuple(
        Origin(town.latitude, town.longitude, _label(town, language), _value(town)) for town in towns[:_MOST_CHOICES]
    )


def _label(town: FoundTown, language: str) -> str:
    """ "Lyon, France", "Springfield, Illinois, United States", "Qixia, near Nanjing, China"."""
    apart = town.qualifier
    if apart and apart != town.region:
        apart = _("near %(town)s") % {"town": apart}
    return ", ".join(part for part in (town.name, apart, country_name(town.country_code, language)) if part)


def _value(town: FoundTown) -> str:
    return ", ".join(part for part in (town.name, town.qualifier, town.country_code) if part)


def _between(one: FoundTown, other: FoundTown) -> float:
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude)


def kilometres(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """The way over the earth's surface, in degrees given: the haversine formula, where beyond 1 is rounding."""
    return distances(latitude1, longitude1, [(latitude2, longitude2)])[0]


def distances(latitude: float, longitude: float, positions: Sequence[tuple[float, float]]) -> list[float]:
    """The ways from one place to many, in kilometres and in their order."""
    sin, cos, asin, sqrt = math.sin, math.cos, math.asin, math.sqrt
    half = math.pi / 360
    cosine = cos(2 * half * latitude)
    return [
        2
        * _EARTH_KM
        * asin(
            min(
                1.0,
                sqrt(
                    sin((north - latitude) * half) ** 2
                    + cosine * cos(2 * half * north) * sin((east - longitude) * half) ** 2
                ),
            )
        )
        for north, east in positions
    ]


def about(km: float) -> str:
    """A distance for the reader. Sites are known by their town, so that it is never more exact than 10 km."""
    if km < 10:
        return _("less than 10 km")
    step = 10 if km < 300 else 50 if km < 1000 else 100
    rounded = int(km / step + 0.5) * step
    return _("about %(km)s km") % {"km": number_format(rounded, use_l10n=True, force_grouping=True)}


def parse_radius(text: str) -> float:
    """Kilometres from 1 to 20,000. Raises ValueError with a message for the reader."""
    match = _RADIUS.fullmatch(text.strip())
    radius = float(f"{match[1]}.{match[2] or 0}") if match else math.nan
    if not 1 <= radius <= _LARGEST_RADIUS:
        raise ValueError(_("A number of kilometres from 1 to 20,000 is needed."))
    return radius
