"""The trials of a match in memory: read once for each state of the store, by one thread."""

import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from trials.matching.kept import KEPT, KeptTrials
from trials.matching.matched import match
from trials.matching.profile import PatientProfile
from trials.matching.ranking import Group
from trials.matching.trial_facts import FactSeen, MatchableTrial, PeopleSeen
from trials.search.version import marks_of, moment, version_of
from trials.tests.builders import load, raw_record
from trials.vocabulary.facts import FactStatus

TODAY = date(2026, 11, 21)
ECOG = FactSeen("ecog", FactStatus.STATED, (0, 1))


def kept_now() -> Sequence[MatchableTrial]:
    with moment() as state:
        return KEPT.of(version_of(state).token, lambda: marks_of(state))


class Reads:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, nct_ids: Collection[str]) -> Sequence[MatchableTrial]:
        self.number += 1
        self.asked = set(nct_ids)
        time.sleep(0.02)
        return [MatchableTrial(nct_id, f"READ_{self.number}", PeopleSeen()) for nct_id in nct_ids]


def test_a_state_is_read_once_however_many_threads_ask() -> None:
    reads = Reads()
    kept = KeptTrials(reads)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: kept.of("a", lambda: {"NCT00000001": 1}), range(40)))
    assert reads.number == 1
    assert all(one is found[0] for one in found)


def test_another_state_is_read_anew_and_so_is_one_that_was_dropped() -> None:
    reads = Reads()
    kept = KeptTrials(reads)
    assert kept.of("a", lambda: {"NCT00000001": 1}) is kept.of("a", lambda: {"NCT00000001": 1})
    kept.of("b", lambda: {"NCT00000001": 2})
    assert reads.number == 2
    kept.drop()
    kept.of("b", lambda: {"NCT00000001": 2})
    assert reads.number == 3


def test_only_what_changed_is_read_again() -> None:
    reads = Reads()
    kept = KeptTrials(reads)
    kept.of("a", lambda: {f"NCT0000000{number}": number for number in range(1, 5)})
    marks = {"NCT00000005": 5, "NCT00000001": 1, "NCT00000003": 33, "NCT00000004": 4}
    found = kept.of("b", lambda: marks)
    assert reads.asked == {"NCT00000003", "NCT00000005"}
    assert [(trial.nct_id[-1], trial.overall_status[-1]) for trial in found] == [
        ("1", "1"),
        ("3", "2"),
        ("4", "1"),
        ("5", "2"),
    ]
    assert kept.of("c", dict) == []


@pytest.mark.django_db
def test_what_is_kept_is_what_the_store_holds_now() -> None:
    def record(status: str) -> dict[str, object]:
        return raw_record("NCT00000001", conditions=["Hepatocellular Carcinoma"], status=status)

    load(record("RECRUITING"))
    [before] = kept_now()
    load(record("COMPLETED"))
    load(raw_record("NCT00000002", title="Asthma", conditions=["Asthma"], criteria="Asthma"))
    [after] = kept_now()
    assert (before.overall_status, after.overall_status) == ("RECRUITING", "COMPLETED")


@pytest.mark.django_db
def test_equal_facts_stay_one_object_when_a_trial_is_read_again() -> None:
    """Otherwise a match would judge more and more facts, the longer a process lives."""

    def record(number: int, status: str) -> dict[str, object]:
        criteria = "Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0-1\n* Platelets >= 75 x 10^9/L"
        conditions = ["Hepatocellular Carcinoma"]
        return raw_record(f"NCT0000000{number}", conditions=conditions, status=status, criteria=criteria)

    load(record(1, "RECRUITING"), record(2, "RECRUITING"))
    kept_now()
    load(record(2, "COMPLETED"))
    unchanged, changed = kept_now()
    assert (unchanged.overall_status, changed.overall_status) == ("RECRUITING", "COMPLETED")
    assert unchanged.people is changed.people
    assert all(one is other for one, other in zip(unchanged.facts, changed.facts, strict=True))
    assert [*map(id, unchanged.limits)] == [*map(id, changed.limits)] != []


def test_closed_trials_are_left_out_and_counted() -> None:
    statuses = ("RECRUITING", "NOT_YET_RECRUITING", "COMPLETED", "UNKNOWN", "", "ENROLLING_BY_INVITATION")
    trials = [
        MatchableTrial(f"NCT{number:08d}", status, PeopleSeen(), (ECOG,)) for number, status in enumerate(statuses)
    ]
    asked = match(PatientProfile(ecog=1), trials, TODAY)
    assert [one.judgement.overall_status for one in asked.ranked] == [statuses[0], statuses[1], statuses[5]]
    assert asked.closed == 3
    every = match(PatientProfile(ecog=1), trials, TODAY, also_closed=True)
    assert (len(every.ranked), every.closed, every.first_group()) == (6, 0, Group.MAY_BE_POSSIBLE)
    assert match(PatientProfile(ecog=1), [], TODAY).first_group() is Group.MAY_BE_POSSIBLE


def test_what_is_nearer_comes_first_among_equals() -> None:
    trials = [MatchableTrial(f"NCT0000000{number}", "RECRUITING", PeopleSeen(), (ECOG,)) for number in range(3)]
    ways = {"NCT00000002": 5.0, "NCT00000001": 900.0}
    ranked = match(PatientProfile(ecog=1), trials, TODAY, ways).ranked
    assert [one.judgement.nct_id[-1] for one in ranked] == ["2", "1", "0"]


def test_an_open_status_that_is_too_old_is_not_believed() -> None:
    days = {"NCT00000001": TODAY - timedelta(days=1), "NCT00000002": TODAY, "NCT00000003": None}
    trials = [
        MatchableTrial(nct_id, "RECRUITING", PeopleSeen(), (ECOG,), believed_until=day) for nct_id, day in days.items()
    ]
    ranked = match(PatientProfile(ecog=1), trials, TODAY, {"NCT00000001": 1.0}).ranked
    assert [one.judgement.nct_id[-1] for one in ranked] == ["2", "3", "1"]
    assert [one.is_open for one in ranked] == [True, True, False]
