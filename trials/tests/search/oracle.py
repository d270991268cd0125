"""A naive search in plain Python: the same answers as the index and the database must give, by another way."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.tests.search.stores import PlainSite, PlainTrial

_COLUMNS = {"status": "overall_status", "study_type": "study_type", "sex": "sex", "sponsor_class": "lead_sponsor_class"}
_OF_SITES = ("country", "site_status")


@dataclass
class Asked:
    """A search in plain values; around is (latitude, longitude, kilometres)."""

    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: str = ""
    since: date | None = None
    around: tuple[float, float, float] | None = None

    def leaving_out(self, facet: str) -> "Asked":
        choices = {name: values for name, values in self.choices.items() if name != facet}
        return Asked(choices, self.words, self.since, self.around)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the angle between two vectors, not by the haversine."""

    def vector(place: tuple[float, float]) -> tuple[float, float, float]:
        north, east = map(math.radians, place)
        return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)

    (a, b, c), (d, e, f) = vector(one), vector(other)
    cross = math.hypot(b * f - c * e, c * d - a * f, a * e - b * d)
    return 6371.0088 * math.atan2(cross, a * d + b * e + c * f)


def _site_values(site: PlainSite) -> dict[str, str]:
    return {"country": site[0], "site_status": site[1] or "NOT_STATED"}


def _fitting_sites(trial: PlainTrial, asked: Asked) -> Iterator[PlainSite]:
    """The sites that fulfil everything that is asked about one site."""
    for site in trial.sites:
        values = _site_values(site)
        if asked.around and (site[2] is None or kilometres(asked.around[:2], site[2]) > asked.around[2]):
            continue
        if all(values[facet] in asked.choices[facet] for facet in _OF_SITES if asked.choices.get(facet)):
            yield site


def values_of(trial: PlainTrial, facet: str, asked: Asked) -> set[str]:
    """The values of a trial in a facet; of its sites only those that fit what is asked beside the facet."""
    if facet in _OF_SITES:
        sites = _fitting_sites(trial, asked.leaving_out(facet))
        return {value for site in sites if (value := _site_values(site)[facet])}
    if facet in _COLUMNS:
        return {trial.columns[_COLUMNS[facet]] or "NOT_STATED"}
    if facet == "phase":
        return set(trial.phases) or {"NOT_STATED"}
    if facet == "age_group":
        return set(trial.std_ages) or {"NOT_STATED"}
    if facet == "intervention_type":
        return {kind for kind in trial.types if kind}
    declared = FACETS[facet]
    assert isinstance(declared, FactFacet)
    return trial.facts[declared.fact]


def _has_words(trial: PlainTrial, words: str) -> bool:
    wanted: set[str] = set()
    unwanted: set[str] = set()
    for word in words.split():
        (unwanted if word.startswith("-") else wanted).add(word.lstrip("-"))
    return wanted <= set(trial.words) and not unwanted & set(trial.words)


def fits(trial: PlainTrial, asked: Asked) -> bool:
    """Whether a trial has a chosen value in every facet, the words, a change since the day, a site in the circle."""
    if asked.since and trial.changed_day < asked.since:
        return False
    about_sites = asked.around or any(asked.choices.get(facet) for facet in _OF_SITES)
    if about_sites and not any(True for _ in _fitting_sites(trial, asked)):
        return False
    return _has_words(trial, asked.words) and all(
        set(chosen) & values_of(trial, facet, asked)
        for facet, chosen in asked.choices.items()
        if chosen and facet not in _OF_SITES
    )


def naive_counts(trials: Sequence[PlainTrial], asked: Asked) -> dict[str, dict[str, int]]:
    """How many results each value of each facet would give, the facet's own choices left out."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        found: dict[str, int] = {}
        others = asked.leaving_out(facet)
        for trial in trials:
            if fits(trial, others):
                for value in values_of(trial, facet, others):
                    found[value] = found.get(value, 0) + 1
        counts[facet] = found
    return counts


def in_order(trials: Sequence[PlainTrial], sort: str, place: tuple[float, float] | None = None) -> list[str]:
    """NCT numbers in the order of a sort other than by words; ties by number, what is not stated last."""

    def newest_first(day: date | None) -> int:
        return -day.toordinal() if day else 1

    def key(trial: PlainTrial) -> tuple[float, ...]:
        if sort == "enrollment":
            return (1 if trial.enrollment is None else -trial.enrollment,)
        if sort == "start":
            return (newest_first(trial.start),)
        if sort == "distance" and place:
            return (*_nearest(trial, place), newest_first(trial.updated))
        if sort == "changed":
            return (newest_first(trial.changed_day), newest_first(trial.updated))
        return (newest_first(trial.updated),)

    return [trial.nct_id for trial in sorted(trials, key=lambda trial: (key(trial), trial.nct_id))]


def _nearest(trial: PlainTrial, place: tuple[float, float]) -> tuple[float, float]:
    """First those with a site that may recruit, by that site; then those with others; then those without a place."""
    is_open = trial.columns["overall_status"] == "RECRUITING"
    away = [
        (0.0 if status == "RECRUITING" or (is_open and not status) else 1.0, round(kilometres(place, position), 6))
        for _, status, position in trial.sites
        if position
    ]
    return min(away, default=(2.0, 0.0))
