"""A naive search in plain Python: the same answers as the database must give, by another way."""

from collections.abc import Mapping, Sequence
from datetime import date

from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.tests.search.stores import PlainTrial

_COLUMNS = {"status": "overall_status", "study_type": "study_type", "sex": "sex", "sponsor_class": "lead_sponsor_class"}


def values_of(trial: PlainTrial, facet: str, choices: Mapping[str, Sequence[str]]) -> set[str]:
    """The values of a trial in a facet, given what is chosen in the facet's partner (country and site_status)."""
    if facet in _COLUMNS:
        return {trial.columns[_COLUMNS[facet]] or "NOT_STATED"}
    if facet == "phase":
        return set(trial.phases) or {"NOT_STATED"}
    if facet == "age_group":
        return set(trial.std_ages) or {"NOT_STATED"}
    if facet == "intervention_type":
        return {kind for kind in trial.types if kind}
    if facet == "country":
        wanted = choices.get("site_status")
        return {
            country for country, status in trial.sites if country and (not wanted or (status or "NOT_STATED") in wanted)
        }
    if facet == "site_status":
        wanted = choices.get("country")
        return {status or "NOT_STATED" for country, status in trial.sites if not wanted or country in wanted}
    declared = FACETS[facet]
    assert isinstance(declared, FactFacet)
    return trial.facts[declared.fact]


def _has_words(trial: PlainTrial, words: str) -> bool:
    wanted: set[str] = set()
    unwanted: set[str] = set()
    for word in words.split():
        (unwanted if word.startswith("-") else wanted).add(word.lstrip("-"))
    return wanted <= set(trial.words) and not unwanted & set(trial.words)


def fits(
    trial: PlainTrial,
    choices: Mapping[str, Sequence[str]],
    words: str,
    leaving_out: str = "",
    since: date | None = None,
) -> bool:
    """Whether a trial has a chosen value in every facet but the one left out, the words, and a change since the day."""
    if since and trial.changed_day < since:
        return False
    return _has_words(trial, words) and all(
        set(chosen) & values_of(trial, facet, choices)
        for facet, chosen in choices.items()
        if chosen and facet != leaving_out
    )


def naive_counts(
    trials: Sequence[PlainTrial], choices: Mapping[str, Sequence[str]], words: str, since: date | None = None
) -> dict[str, dict[str, int]]:
    """How many results each value of each facet would give, the facet's own choices left out."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        found: dict[str, int] = {}
        for trial in trials:
            if fits(trial, choices, words, leaving_out=facet, since=since):
                for value in values_of(trial, facet, choices):
                    found[value] = found.get(value, 0) + 1
        counts[facet] = found
    return counts
