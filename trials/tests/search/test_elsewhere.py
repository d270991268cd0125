"""What a radius leaves out, against plain counting."""

import random

import pytest
from django.http import QueryDict

from trials.search.elsewhere import Elsewhere, elsewhere
from trials.tests.search.oracle import Asked, fits, kilometres
from trials.tests.search.searching import search
from trials.tests.search.stores import PlainTrial, random_store

pytestmark = pytest.mark.django_db

LYON, RENNES, PACIFIC = (45.8, 4.8), (48.1, -1.7), (0.0, -130.0)
SCOPE = "hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic&hcc_scope=not_stated"


def _asked(place: tuple[float, float], km: int, choices: str) -> Elsewhere | None:
    found = search(QueryDict(f"near={place[0]},{place[1]}&radius={km}&{SCOPE}&{choices}")).found
    return elsewhere(found)


def _naive(trials: list[PlainTrial], place: tuple[float, float], km: int, choices: dict[str, list[str]]) -> Elsewhere:
    anywhere = [trial for trial in trials if fits(trial, Asked(choices))]
    outside = [trial for trial in anywhere if not fits(trial, Asked(choices, around=(*place, km)))]
    placed = [trial for trial in outside if any(position for _, _, position in trial.sites)]
    if len(outside) < len(anywhere):
        return Elsewhere(len(placed), len(outside) - len(placed))
    countries = choices.get("country")
    away = [
        (round(kilometres(place, position), 6), str(position))
        for trial in placed
        for country, _, position in trial.sites
        if position and (not countries or country in countries)
    ]
    return Elsewhere(len(placed), len(outside) - len(placed), *min(away, default=(None, "")))


@pytest.mark.parametrize("seed", range(2))
def test_counts_and_the_nearest_site_are_those_of_plain_counting(seed: int) -> None:
    trials = random_store(25, random.Random(seed))
    for place in (LYON, RENNES, PACIFIC):
        for km in (10, 600):
            for text, choices in (("", {}), ("country=FR", {"country": ["FR"]}), ("country=CN", {"country": ["CN"]})):
                found, wanted = _asked(place, km, text), _naive(trials, place, km, choices)
                assert found is not None
                assert (found.trials, found.unplaced, found.city) == (wanted.trials, wanted.unplaced, wanted.city)
                assert found.kilometres == pytest.approx(wanted.kilometres, abs=0.001)


def test_without_a_radius_nothing_is_left_out() -> None:
    random_store(5, random.Random(1))
    assert elsewhere(search(QueryDict("near=45.8,4.8")).found) is None
