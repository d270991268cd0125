"""Situations of the start page: each search is accepted, finds what its card says, and shows its choices as chips."""

import random
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from trials.search.declarations import FACETS
from trials.search.filterset import TrialFilterSet
from trials.search.results import counted
from trials.search.version import moment
from trials.tests.builders import load, raw_record
from trials.tests.search.stores import PlainTrial, random_store, random_trial, store
from trials.web.query_links import QueryLinks
from trials.web.results_chips import present_chips
from trials.web.situations import SITUATIONS, Situation, SituationView, present_situations

pytestmark = pytest.mark.django_db
PATIENT = {"age", "place", "near", "radius", "lat", "lon"}  # belongs to somebody, not to a trial
BY_NAME = {situation.name: situation for situation in SITUATIONS}
OF_FACETS = [situation for situation in SITUATIONS if "q" not in situation.parameters]


def _query(situation: Situation) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in situation.parameters.items():
        query.setlist(name, list(values))
    return query


def _views() -> dict[str, SituationView]:
    with moment() as state:
        return {view.name: view for view in present_situations(state)}


def _number(text: str) -> int:
    return int(text.split()[0]) if text else 0


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_parameters_are_accepted_and_hold_trial_facets_only(situation: Situation) -> None:
    assert TrialFilterSet(_query(situation)).refusals == {}
    assert set(situation.parameters) <= set(FACETS) | {"q"}
    assert not set(situation.parameters) & PATIENT
    if situation.fact:
        assert situation.fact in situation.chosen
        assert "not_stated" not in situation.chosen[situation.fact]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_every_choice_is_a_chip_that_can_be_taken_off(situation: Situation) -> None:
    query = _query(situation)
    chips = list(present_chips(TrialFilterSet(query), QueryLinks("/trials/", query)))
    chosen = sum(len(values) for values in situation.parameters.values())
    assert len(chips) == chosen + 1  # the scope, which every search has
    assert len({chip.url for chip in chips}) == len(chips)


def _is_found(trial: PlainTrial, situation: Situation) -> bool:
    """By the plain values alone, and the words of FACTS.md."""
    facts = trial.facts
    accepts = {
        "just-diagnosed": facts["prior_systemic_therapy"] & {"none", "allowed", "not_stated"},
        "found-early": facts["tumor_burden"] & {"early"},
        "after-first-treatment": facts["prior_systemic_therapy"] & {"required", "allowed"},
        "in-vessel": facts["portal_vein_invasion"] & {"required", "allowed"},
        "outside-liver": facts["extrahepatic_spread"] & {"required", "allowed"},
        "weak-liver": facts["child_pugh"] & {"B", "C"},
        "recruiting": {"any"},
    }
    is_open = trial.columns["overall_status"] == "RECRUITING"
    return is_open and bool(facts["hcc_scope"] & {"hcc", "mixed"}) and bool(accepts[situation.name])


def test_numbers_are_those_of_plain_values_and_of_the_pages_behind_them() -> None:
    """Random trials: a count that reads facts by itself, and the page that a card leads to, agree with the card."""
    trials = random_store(60, random.Random(6))
    views = _views()
    found_any = 0
    for situation in OF_FACETS:
        view = views[situation.name]
        expected = sum(_is_found(trial, situation) for trial in trials)
        found_any += expected
        assert _number(view.count) == expected, situation.name
        assert counted(QueryDict(view.url.partition("?")[2]))[0] == expected, situation.name
        if situation.fact:
            silent = counted(QueryDict(view.silent_url.partition("?")[2]))[0]
            assert _number(view.silent) == silent, situation.name
    assert found_any > 10


def test_trials_that_do_not_say_are_counted_beside_or_taken_in() -> None:
    trial = random_trial(1, random.Random(1))
    trial.columns["overall_status"] = "RECRUITING"
    for name in trial.machine_facts:
        trial.find_under(name, {"hcc"} if name == "hcc_scope" else {"not_stated"})
    store([trial])
    for view in _views().values():
        situation = BY_NAME[view.name]
        asks_for_facts = set(situation.chosen) - {"q"}
        if not asks_for_facts:
            continue
        is_taken_in = any("not_stated" in situation.chosen[name] for name in asks_for_facts)
        assert (_number(view.count), _number(view.silent)) == ((1, 0) if is_taken_in else (0, 1)), view.name


HCC = "Hepatocellular carcinoma"


def _came_back(**texts: str) -> int:
    load(raw_record("NCT00000001", status="RECRUITING", conditions=[HCC], **texts))  # type: ignore[arg-type]
    return _number(_views()["came-back"].count)


@pytest.mark.parametrize(
    "text", ["Sorafenib for recurrent HCC", "Recurrent hepatocellular carcinoma", "recurrent liver cancer"]
)
def test_a_trial_for_cancer_that_came_back_is_found(text: str) -> None:
    assert _came_back(title=text) == 1


@pytest.mark.parametrize("text", ["Recurrence-free survival after resection of HCC", "HCC at high risk of recurrence"])
def test_a_trial_that_prevents_it_is_not(text: str) -> None:
    assert _came_back(title=text) == 0


def test_the_start_page_leads_into_each_search_and_shows_its_chips(client: Client) -> None:
    load(raw_record("NCT00000001", status="RECRUITING", conditions=[HCC], title=HCC))
    page = client.get("/").content.decode()
    ways = re.findall(r'<a id="([\w-]+)" href="([^"]+)"', page)
    assert [name for name, _ in ways] == [situation.name for situation in SITUATIONS]
    for name, url in ways:
        answer = client.get(unescape(url))
        assert answer.status_code == 200, name
        assert answer.content.decode().count('class="chip"') >= len(BY_NAME[name].parameters), name


def test_links_keep_the_language_of_the_page(client: Client) -> None:
    assert 'href="/fr/trials/?status=RECRUITING' in client.get("/fr/").content.decode()
    with translation.override("fr"):
        assert all(view.title for view in _views().values())
