"""Related trials: what two trials share, how much it weighs, and who is never named."""

import random

import pytest

from trials.models import Trial
from trials.search.related import MOST_RELATED, RelatedTrial, related_trials
from trials.search.version import moment
from trials.tests.search.stores import PlainTrial, random_trial, store

pytestmark = pytest.mark.django_db


def _trial(number: int, status: str = "RECRUITING", scope: str = "hcc", **facts: str) -> PlainTrial:
    """A trial that shares nothing but what is said."""
    trial = random_trial(number, random.Random(number))
    trial.columns["overall_status"] = status
    trial.sites, trial.std_ages, trial.reviews = [], ["ADULT"], {}
    trial.machine_facts = {name: {"not_stated"} for name in trial.machine_facts}
    trial.machine_facts |= {"hcc_scope": {scope}, **{name: {value} for name, value in facts.items()}}
    return trial


def _related(nct_id: str = "NCT00000001") -> list[RelatedTrial]:
    with moment() as state:
        return related_trials(nct_id, state)


def _named(nct_id: str = "NCT00000001") -> list[str]:
    return [one.trial.nct_id for one in _related(nct_id)]


def test_what_is_shared_is_said_with_the_weightiest_first() -> None:
    facts = {"modalities": "haic", "portal_vein_invasion": "required", "child_pugh": "5"}
    store([_trial(1, **facts), _trial(2, **facts), _trial(3, child_pugh="5")])
    [related] = _related()
    assert related.trial.nct_id == "NCT00000002"
    shared = [(one.facet, one.value) for one in related.shared]
    assert shared == [("portal_vein_invasion", "required"), ("modality", "haic")]


def test_more_in_common_comes_first() -> None:
    store(
        [
            _trial(1, modalities="haic", portal_vein_invasion="required", hbv="required"),
            _trial(2, modalities="haic", portal_vein_invasion="required"),
            _trial(3, modalities="haic", portal_vein_invasion="required", hbv="required"),
            _trial(4, modalities="haic", hbv="required"),
        ]
    )
    assert _named() == ["NCT00000003", "NCT00000002", "NCT00000004"]


def test_only_trials_that_take_people_or_are_about_to_and_are_about_hcc() -> None:
    facts = {"modalities": "cell_therapy"}
    store(
        [
            _trial(1, "COMPLETED", **facts),
            _trial(2, "COMPLETED", **facts),
            _trial(3, "RECRUITING", "off_topic", **facts),
            _trial(4, "NOT_YET_RECRUITING", "mixed", **facts),
        ]
    )
    assert _named() == ["NCT00000004"]


def test_one_common_treatment_alone_relates_nothing() -> None:
    store([_trial(1, modalities="targeted"), _trial(2, modalities="targeted")])
    assert _named() == []


def test_a_country_counts_where_the_other_trial_recruits_there() -> None:
    here, there, shut = (_trial(number, modalities="targeted", hbv="required") for number in (1, 2, 3))
    here.sites = [("FR", "COMPLETED", None)]
    there.sites = [("FR", "RECRUITING", None)]
    shut.sites = [("FR", "COMPLETED", None)]
    store([here, there, shut])
    by_id = {one.trial.nct_id: {(item.facet, item.value) for item in one.shared} for one in _related()}
    assert ("country", "FR") in by_id["NCT00000002"]
    assert ("country", "FR") not in by_id["NCT00000003"]


def test_at_most_so_many_and_never_itself() -> None:
    store([_trial(number, modalities="vaccine") for number in range(1, MOST_RELATED + 5)])
    assert len(_named()) == MOST_RELATED
    assert "NCT00000001" not in _named()


def test_a_trial_that_is_not_there_has_none() -> None:
    store([_trial(1, modalities="vaccine"), _trial(2, modalities="vaccine")])
    assert _named("NCT00009999") == []
    Trial.objects.filter(pk="NCT00000001").update(registry_state="gone")
    assert _named() == []
