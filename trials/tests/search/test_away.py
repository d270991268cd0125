"""Where trials run, seen from a patient's place: against a naive count, and without a trace in memory."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trials.models import Site, Trial
from trials.search.away import order_of_ways, patients_origin, whereabouts
from trials.search.gazetteer import gazetteer
from trials.search.index.circles import _at
from trials.search.index.live import LIVE
from trials.search.index.state import IndexState
from trials.search.near import Origin, kilometres
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db
LYON = Origin(45.8, 4.8, "Lyon", "45.8,4.8")


def _state() -> IndexState:
    made = [random_trial(number, random.Random(number)) for number in range(1, 41)]
    store(made)
    return LIVE.current()


def _naive(nct_id: str) -> tuple[float | None, bool]:
    """The nearest site that may recruit, or the nearest of all."""
    status = Trial.objects.get(pk=nct_id).overall_status
    found = [
        (site.status != "RECRUITING" and (site.status != "" or status != "RECRUITING"), way)
        for site in Site.objects.filter(trial=nct_id)
        if site.computed_latitude is not None and site.computed_longitude is not None
        for way in [kilometres(LYON.latitude, LYON.longitude, site.computed_latitude, site.computed_longitude)]
    ]
    closed, way = min(found, default=(True, None))
    return way, not closed


def test_ways_and_whereabouts_are_the_naive_ones() -> None:
    state = _state()
    ways = order_of_ways(state, LYON, "")
    trials = list(Trial.objects.all())
    where = whereabouts(trials, LYON, "FR")
    placed = 0
    for trial in trials:
        way, may_recruit = _naive(trial.nct_id)
        found = where[trial.nct_id]
        assert found.kilometres == pytest.approx(way)
        sites = Site.objects.filter(trial=trial)
        assert (found.sites, found.here) == (sites.count(), sites.filter(country_code="FR").count())
        assert found.tells_status is sites.exclude(status="").exists()
        assert found.recruiting == sites.filter(status="RECRUITING").count()
        assert found.recruiting_here == sites.filter(status="RECRUITING", country_code="FR").count()
        if way is None:
            assert trial.nct_id not in ways
            continue
        placed += 1
        assert found.may_recruit is may_recruit
        assert ways[trial.nct_id] == pytest.approx(way if may_recruit else way + 20_040)
    assert placed > 10


def test_a_country_alone_brings_its_trials_forward() -> None:
    state = _state()
    ways = order_of_ways(state, None, "FR")
    here = set(Site.objects.filter(country_code="FR").values_list("trial_id", flat=True))
    assert set(ways) == here
    assert {nct_id for nct_id, way in ways.items() if way == 0} >= set(
        Site.objects.filter(country_code="FR", status="RECRUITING").values_list("trial_id", flat=True)
    )
    assert order_of_ways(state, None, "") == {}


def test_a_patients_place_leaves_no_trace_in_memory_and_enters_no_query() -> None:
    _at.cache_clear()
    state = _state()
    gazetteer()
    with CaptureQueriesContext(connection) as queries:
        for place in ("Lyon", "Lyom", "45.8,4.8", "Springfield", "a\x00b", "\ud800"):
            patients_origin(place, "", "en")
        order_of_ways(state, LYON, "")
    assert len(queries) == 0
    whereabouts(list(Trial.objects.all()), LYON, "FR")
    assert _at.cache_info().currsize == 0


def test_the_country_settles_a_name_and_never_hides_a_town() -> None:
    found = patients_origin("Valencia", "ES", "en").origin
    assert found
    assert "Spain" in found.label
    lyon = patients_origin("Lyon", "JP", "en").origin
    assert lyon
    assert "France" in lyon.label
