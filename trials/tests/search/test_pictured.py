"""The numbers behind pictures of a search, against counting by hand."""

import random
from collections import Counter

import pytest
from django.http import QueryDict

from trials.search.pictured import SHUT, STAGES, Pictured, picture
from trials.search.results import counted, over_all
from trials.tests.search.oracle import Asked, fits, naive_counts, values_of
from trials.tests.search.stores import PlainTrial, random_store

pytestmark = pytest.mark.django_db
SEARCHES: tuple[dict[str, list[str]], ...] = (
    {},
    {"phase": ["PHASE1", "PHASE3"]},
    {"status": ["RECRUITING"], "phase": ["PHASE2"]},
    {"country": ["FR"]},
    {"site_status": ["RECRUITING"]},
    {"country": ["CN", "US"], "site_status": ["COMPLETED", "NOT_STATED"]},
)


@pytest.fixture
def trials() -> list[PlainTrial]:
    return random_store(60, random.Random(6))


def _pictured(choices: dict[str, list[str]], most_countries: int = 1) -> Pictured:
    query = QueryDict(mutable=True)
    for name, values in {"hcc_scope": _every_scope(), **choices}.items():
        query.setlist(name, values)
    return over_all(query, lambda found: picture(found, most_countries, most_names=2))


def _every_scope() -> list[str]:
    return ["hcc", "mixed", "off_topic", "not_stated"]


def _found(trials: list[PlainTrial], choices: dict[str, list[str]]) -> list[PlainTrial]:
    return [trial for trial in trials if fits(trial, Asked({**choices, "hcc_scope": _every_scope()}))]


def _stage(trial: PlainTrial) -> str:
    status = trial.columns["overall_status"]
    return next((stage for stage, statuses in STAGES.items() if status in statuses), SHUT)


@pytest.mark.parametrize("choices", SEARCHES)
def test_years_are_those_of_the_results_each_counted_once(
    trials: list[PlainTrial], choices: dict[str, list[str]]
) -> None:
    found = _found(trials, choices)
    naive = Counter((trial.start.year if trial.start else None, _stage(trial)) for trial in found)
    years = _pictured(choices).years
    assert {(year, stage): count for year, stages in years.items() for stage, count in stages.items()} == naive
    assert sum(count for stages in years.values() for count in stages.values()) == len(found) > 0


@pytest.mark.parametrize("choices", SEARCHES)
def test_what_the_bars_leave_out_is_counted_in_trials_not_in_countries(
    trials: list[PlainTrial], choices: dict[str, list[str]]
) -> None:
    asked = Asked({**choices, "hcc_scope": _every_scope()})
    counts = naive_counts(trials, asked)["country"]
    first = sorted((code for code in counts if code), key=lambda code: (-counts[code], code))[:1]
    listed = {*first, *choices.get("country", ())}
    without_own = [trial for trial in trials if fits(trial, asked.leaving_out("country"))]
    countries = {trial.nct_id: values_of(trial, "country", asked.leaving_out("country")) - {""} for trial in trials}
    pictured = _pictured(choices)
    assert set(pictured.countries) == listed
    assert pictured.other_countries == sum(bool(countries[trial.nct_id] - listed) for trial in without_own)
    assert pictured.no_country == sum(not countries[trial.nct_id] for trial in _found(trials, choices))


@pytest.mark.parametrize("choices", SEARCHES)
def test_towns_are_those_of_sites_that_were_asked_for(trials: list[PlainTrial], choices: dict[str, list[str]]) -> None:
    every: dict[tuple[float, float], set[str]] = {}
    recruiting: dict[tuple[float, float], set[str]] = {}
    found = _found(trials, choices)
    for trial in found:
        for country, status, position in trial.sites:
            wanted = choices.get("country", [country]), choices.get("site_status", [status or "NOT_STATED"])
            if position and country in wanted[0] and (status or "NOT_STATED") in wanted[1]:
                every.setdefault(position, set()).add(trial.nct_id)
                if status == "RECRUITING":
                    recruiting.setdefault(position, set()).add(trial.nct_id)
    pictured = _pictured(choices)
    assert {town.position: (town.trials, town.recruiting) for town in pictured.towns} == {
        place: (len(numbers), len(recruiting.get(place, ()))) for place, numbers in every.items()
    }
    assert pictured.unplaced == len(found) - len(set().union(*every.values()))
    assert [town.trials for town in pictured.towns] == sorted((town.trials for town in pictured.towns), reverse=True)


def test_only_the_first_towns_are_named(trials: list[PlainTrial]) -> None:
    del trials
    towns = _pictured({}).towns
    assert len(towns) > 2
    assert [town.name for town in towns] == [*(str(town.position) for town in towns[:2]), *("" for _ in towns[2:])]


@pytest.mark.parametrize("choices", SEARCHES)
def test_as_many_as_a_search_with_these_values_finds(trials: list[PlainTrial], choices: dict[str, list[str]]) -> None:
    del trials
    evaluation = _pictured(choices).found.evaluation
    for name, values in (("phase", ["PHASE1", "NA"]), ("country", ["CN", "FR"]), ("site_status", ["COMPLETED"])):
        query = QueryDict(mutable=True)
        for parameter, chosen in {"hcc_scope": _every_scope(), **choices, name: values}.items():
            query.setlist(parameter, chosen)
        assert len(evaluation.with_any(name, values)) == counted(query)[0]
