"""Nothing found: every way out shows the number that its search then finds, and none that would help is left out."""

import random
from collections.abc import Iterator

import pytest
from django.http import QueryDict

from trials.models import Identifier, Trial
from trials.search.declarations import FACETS
from trials.search.funnel import Way, ways_out
from trials.tests.search.searching import search
from trials.tests.search.stores import POSITIONS, WORDS, random_store, random_trial, store

pytestmark = pytest.mark.django_db

CHOICES = ("status", "country", "site_status", "child_pugh", "phase", "hbv", "study_type", "hcc_scope", "age_group")


def _changed(query: QueryDict, way: Way) -> QueryDict:
    changed = query.copy()
    for name, values in way.parameters.items():
        if values:
            changed.setlist(name, list(values))
        else:
            changed.pop(name, None)
    return changed


def _random_query(chance: random.Random) -> QueryDict:
    query = QueryDict(mutable=True)
    for name in chance.sample(CHOICES, k=chance.randint(1, 4)):
        counts = search(QueryDict()).facets[name]
        if counts:
            query[name] = chance.choice(sorted(counts))
    if chance.random() < 0.6:
        query["q"] = " ".join(chance.sample([*WORDS, "unheardofword", "-placebo"], k=chance.randint(1, 3)))
    if chance.random() < 0.4:
        place = chance.choice([position for position in POSITIONS if position])
        query["near"], query["radius"] = f"{place[0]},{place[1]}", chance.choice(("10", "900"))
    if chance.random() < 0.2:
        query["changed_since"] = "2026-01-12"
    return query


def _empty_queries(chance: random.Random, number: int) -> Iterator[QueryDict]:
    while number:
        query = _random_query(chance)
        if not search(query).count:
            yield query
            number -= 1


def _one_less(query: QueryDict) -> Iterator[QueryDict]:
    """Naively: the query without one parameter. A facet with a default has to name all its values."""
    for name in query:
        less = query.copy()
        if name == "hcc_scope":
            less.setlist(name, list(FACETS[name].labels))
        else:
            del less[name]
        if name != "near":
            yield less


@pytest.mark.parametrize("seed", range(3))
def test_each_number_is_what_the_link_then_shows(seed: int) -> None:
    chance = random.Random(seed)
    random_store(30, chance)
    found: set[int] = set()
    for query in _empty_queries(chance, 8):
        ways = ways_out(search(query).found)
        for way in ways:
            assert search(_changed(query, way)).count == way.count > 0, (query.urlencode(), way)
            found.add(len(way.choices))
        assert [way.count for way in ways] == sorted((way.count for way in ways), reverse=True)
        best = max((search(less).count for less in _one_less(query)), default=0)
        if best:
            assert len(ways[0].choices) == 1
            assert ways[0].count >= best, query.urlencode()
        else:
            assert all(
                len(way.choices) == 2 or way.choices[0].word or way.choices[0].name == "hcc_scope" for way in ways
            )
    assert found == {1, 2}


def _store(number: int) -> None:
    trials = [random_trial(place, random.Random(place)) for place in range(1, number + 1)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
        trial.words = ["sorafenib"]
        trial.phases = ["PHASE2"]
    store(trials)


def _ways(query: str) -> list[tuple[list[str], int]]:
    results = search(QueryDict(query))
    assert results.count == 0
    return [([choice.name for choice in way.choices], way.count) for way in ways_out(results.found)]


def test_a_word_that_no_trial_has_is_named_by_itself() -> None:
    _store(3)
    results = search(QueryDict("q=sorafenib+unheardofword"))
    (word, _everything) = sorted(ways_out(results.found), key=lambda way: way.choices[0].word is None)
    assert word.choices[0].word is not None
    assert word.choices[0].word.typed == "unheardofword"
    assert word.parameters == {"q": ("sorafenib",)}
    assert word.count == 3


def test_pairs_where_no_single_choice_helps() -> None:
    _store(3)
    assert (["phase", "q"], 3) in _ways("q=unheardofword&phase=PHASE3")


def test_a_number_of_a_trial_without_it_falls_back_to_the_default_scope() -> None:
    _store(3)
    Identifier.objects.create(trial_id="NCT00000001", identifier="UC-GIG-2406", position=1)
    Trial.objects.get(pk="NCT00000001").machine_facts.filter(name="hcc_scope").update(computed_values=["off_topic"])
    Trial.objects.filter(pk="NCT00000001").update(phases=["PHASE1"])
    ways = {tuple(names): count for names, count in _ways("q=UC-GIG-2406&phase=PHASE2")}
    assert ways == {("phase",): 1, ("q",): 2}


def test_an_empty_store_has_no_way_out() -> None:
    assert _ways("phase=PHASE3") == []
