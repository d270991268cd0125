"""The index, SQL and a naive oracle must agree: over random stores, random queries and random changes between them."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.http import QueryDict

from trials.models import EligibilityFact, FactReview, Intervention, Site, Trial, TrialChange
from trials.search.consistency import differences
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.filterset import TrialFilterSet
from trials.search.index.live import LIVE
from trials.tests.search.oracle import Asked, fits, in_order, naive_counts
from trials.tests.search.searching import search
from trials.tests.search.stores import (
    COUNTRIES,
    PHASES,
    POSITIONS,
    SITE_STATUSES,
    STATUSES,
    TYPES,
    WORDS,
    PlainTrial,
    random_site,
    random_store,
    random_trial,
    store,
    store_sites,
)

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
_LISTED_SORTS = ("updated", "changed", "start", "enrollment")


def _random_asked(chance: random.Random) -> Asked:
    choices = {}
    for facet in chance.sample(list(FACETS), k=chance.choice((0, 1, 1, 2, 3, 4))):
        values = _VALUES.get(facet) or list(FACETS[facet].labels)
        choices[facet] = chance.sample(values, k=chance.randint(1, 2))
    words = chance.choice(("", "", chance.choice(WORDS), f"{WORDS[0]} -{WORDS[2]}"))
    since = chance.choice((None, None, date(2026, 1, 1) + timedelta(days=chance.randint(-10, 25))))
    place = chance.choice([position for position in POSITIONS if position])
    around = chance.choice((None, None, (*place, chance.choice((1.0, 600.0, 2000.0, 11_000.0, 20_000.0)))))
    return Asked(choices, words, since, around)


def _query(asked: Asked, sort: str = "") -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in asked.choices.items():
        query.setlist(name, list(values))
    if asked.words:
        query["q"] = asked.words
    if asked.since:
        query["changed_since"] = asked.since.isoformat()
    if asked.around:
        latitude, longitude, radius = asked.around
        query["near"], query["radius"] = f"{latitude},{longitude}", str(radius)
    if sort:
        query["sort"] = sort
    query["page_size"] = "100"
    return query


def _assert_agree(trials: list[PlainTrial], asked: Asked, sort: str, *, ask_sql: bool) -> None:
    query = _query(asked, sort)
    results = search(query)
    effective = Asked({"hcc_scope": ["hcc", "mixed"], **asked.choices}, asked.words, asked.since, asked.around)
    expected = [trial for trial in trials if fits(trial, effective)]
    found = [trial.nct_id for trial in results.rows]
    assert set(found) == {trial.nct_id for trial in expected}, query.urlencode()
    assert results.count == len(expected), query.urlencode()
    assert results.facets == naive_counts(trials, effective), query.urlencode()
    if sort:
        place = asked.around[:2] if asked.around else None
        assert found == in_order(expected, sort, place), query.urlencode()
    if ask_sql:
        filterset = TrialFilterSet(query)
        assert set(filterset.qs.values_list("pk", flat=True)) == set(found), query.urlencode()
        assert not list(differences(filterset, results.facets, query.urlencode()))


def _other_status(trial: PlainTrial, chance: random.Random) -> None:
    trial.columns["overall_status"] = chance.choice(STATUSES)
    Trial.objects.filter(pk=trial.nct_id).update(overall_status=trial.columns["overall_status"])


def _other_sites(trial: PlainTrial, chance: random.Random) -> None:
    Site.objects.filter(trial_id=trial.nct_id).delete()
    trial.sites = [random_site(chance) for _ in range(chance.randint(0, 3))]
    store_sites(trial)


def _other_site_status(trial: PlainTrial, chance: random.Random) -> None:
    status = chance.choice(SITE_STATUSES)
    trial.sites = [(country, status, position) for country, _, position in trial.sites]
    Site.objects.filter(trial_id=trial.nct_id).update(status=status)


def _other_reading(trial: PlainTrial, chance: random.Random) -> None:
    values = {chance.choice(list(FACETS["child_pugh"].labels))}
    trial.machine_facts["child_pugh"] = values
    fact = EligibilityFact.objects.filter(trial_id=trial.nct_id, name="child_pugh")
    fact.update(computed_values=sorted(values))


def _decision_withdrawn(trial: PlainTrial, chance: random.Random) -> None:
    FactReview.objects.filter(trial_id=trial.nct_id, superseded_at=None).delete()
    trial.reviews = {}


def _newer_change(trial: PlainTrial, chance: random.Random) -> None:
    day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 25))
    trial.changes.append(day)
    change = TrialChange.objects.create(trial_id=trial.nct_id, field="phases", old=[], new=["PHASE1"], changed_on=day)
    TrialChange.objects.filter(pk=change.pk).update(seen_at=datetime.combine(day, time.min, UTC))


def _other_words(trial: PlainTrial, chance: random.Random) -> None:
    trial.words = chance.sample(WORDS, k=chance.randint(0, 3))
    Trial.objects.filter(pk=trial.nct_id).update(brief_title=" ".join(trial.words) or "Untitled")


def _other_interventions(trial: PlainTrial, chance: random.Random) -> None:
    trial.types = [chance.choice(TYPES)]
    Intervention.objects.filter(trial_id=trial.nct_id).delete()
    Intervention.objects.create(trial_id=trial.nct_id, position=0, type=trial.types[0], name="Another")


_CHANGES: tuple[Callable[[PlainTrial, random.Random], None], ...] = (
    _other_status,
    _other_sites,
    _other_site_status,
    _other_reading,
    _decision_withdrawn,
    _newer_change,
    _other_words,
    _other_interventions,
)


def _change(trials: list[PlainTrial], chance: random.Random) -> None:
    """Something happens to the store, and the same to the plain trials."""
    if chance.random() < 0.15:
        gone = trials.pop(chance.randrange(len(trials)))
        FactReview.objects.filter(trial_id=gone.nct_id).delete()
        Trial.objects.filter(pk=gone.nct_id).delete()
    if chance.random() < 0.2:
        number = max(int(trial.nct_id[3:]) for trial in trials) + 1
        trials.append(random_trial(number, chance))
        store(trials[-1:])
    for trial in chance.sample(trials, k=chance.randint(1, 3)):
        chance.choice(_CHANGES)(trial, chance)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(4))
def test_index_sql_and_oracle_agree_while_the_store_changes(seed: int) -> None:
    chance = random.Random(seed)
    trials = random_store(24, chance)
    for step in range(300):
        if step % 3 == 2:
            _change(trials, chance)
        if step == 200:
            LIVE.drop()  # whoever loses the index builds it again
        asked = _random_asked(chance)
        sorts = [*_LISTED_SORTS, "distance"] if asked.around else _LISTED_SORTS
        _assert_agree(trials, asked, chance.choice(["", *sorts]), ask_sql=step % 25 == 0)


def test_every_fact_facet_offers_not_stated() -> None:
    for facet in FACETS.values():
        if isinstance(facet, FactFacet):
            assert "not_stated" in facet.labels, facet.name
