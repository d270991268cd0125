"""Counts and results against a naive oracle, over random stores and random queries."""

import random
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.results import search
from trials.tests.search.oracle import fits, naive_counts
from trials.tests.search.stores import COUNTRIES, PHASES, SITE_STATUSES, STATUSES, TYPES, WORDS, random_store

_VALUES = {
    "status": [status or "NOT_STATED" for status in STATUSES],
    "phase": [*PHASES, "NOT_STATED"],
    "country": [country for country in COUNTRIES if country],
    "site_status": [status or "NOT_STATED" for status in SITE_STATUSES],
    "study_type": ["INTERVENTIONAL", "OBSERVATIONAL", "NOT_STATED"],
    "sex": ["ALL", "FEMALE", "MALE", "NOT_STATED"],
    "sponsor_class": ["INDUSTRY", "OTHER", "NOT_STATED"],
    "age_group": ["CHILD", "ADULT", "OLDER_ADULT", "NOT_STATED"],
    "intervention_type": [kind for kind in TYPES if kind],
}


def _random_query(chance: random.Random) -> tuple[dict[str, list[str]], str, date | None]:
    choices = {}
    for facet in chance.sample(list(FACETS), k=chance.randint(0, 4)):
        values = _VALUES.get(facet) or list(FACETS[facet].labels)
        choices[facet] = chance.sample(values, k=chance.randint(1, 2))
    words = chance.choice(("", "", chance.choice(WORDS), f"{WORDS[0]} -{WORDS[2]}"))
    since = chance.choice((None, None, date(2026, 1, 1) + timedelta(days=chance.randint(-10, 25))))
    return choices, words, since


def _query_dict(choices: dict[str, list[str]], words: str, since: date | None) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in choices.items():
        query.setlist(name, values)
    if words:
        query["q"] = words
    if since:
        query["changed_since"] = since.isoformat()
    query["page_size"] = "100"
    return query


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_counts_and_results_are_those_of_the_oracle(seed: int) -> None:
    chance = random.Random(seed)
    trials = random_store(60, chance)
    for _ in range(30):
        choices, words, since = _random_query(chance)
        results = search(_query_dict(choices, words, since))
        effective = {"hcc_scope": ["hcc", "mixed"], **choices}
        expected = {trial.nct_id for trial in trials if fits(trial, effective, words, since=since)}
        assert {trial.nct_id for trial in results.trials} == expected, (choices, words, since)
        assert results.count == len(expected), (choices, words, since)
        assert results.facets == naive_counts(trials, effective, words, since), (choices, words, since)


def test_every_fact_facet_offers_not_stated() -> None:
    for facet in FACETS.values():
        if isinstance(facet, FactFacet):
            assert "not_stated" in facet.labels, facet.name
