"""What is noted after a run: what is new, once; nothing old, nothing of a failed run, nothing while one is loading."""

from typing import Any

import pytest
from django.utils import timezone

from trials.alerts.gathering import gather_all
from trials.alerts.looking import look
from trials.models import AlertEvent, AlertMail, Following, MailKind, Rhythm, RunStatus, SavedSearch
from trials.tasks.alerts import EYES
from trials.tests.alerts.following_searches import close_run, follow, good_run, open_run
from trials.tests.builders import load, site
from trials.tests.ingest.refreshes import study

pytestmark = pytest.mark.django_db
A = "Inclusion Criteria:\n\n* Child-Pugh A"
B = "Inclusion Criteria:\n\n* Child-Pugh A or B"


def noted() -> list[tuple[str, str]]:
    """Trial and what happened: a change by its field."""
    rows = AlertEvent.objects.order_by("trial", "event").select_related("change")
    return [(row.trial_id[-1], row.change.field if row.change else row.event.partition(":")[0]) for row in rows]


def see() -> int:
    return look(EYES, timezone.now())


def test_nothing_that_stands_at_the_beginning_is_told() -> None:
    load(study(1), study(2))
    follow()
    assert see() == 0
    good_run(study(1), study(2))
    assert see() == 0
    assert not AlertMail.objects.exists()


def test_what_is_new_changed_and_gone_is_noted_once() -> None:
    load(study(1), study(2), study(3))
    search = follow(query="status=RECRUITING")
    run = good_run(study(2, status="COMPLETED"), study(3, updated="2026-11-20"), study(4), study(5, status="COMPLETED"))
    assert see() == 3
    assert noted() == [("2", "overall_status"), ("2", "left"), ("4", "found")]
    search.refresh_from_db()
    assert search.looked_run == run.pk
    [mail] = AlertMail.objects.all()
    assert mail.events.count() == 3
    for _ in range(2):
        assert see() == 0
    assert AlertMail.objects.count() == 1
    SavedSearch.objects.update(looked_run=0)  # even if it were looked at again: the ledger knows
    see()
    assert AlertEvent.objects.count() == 3
    assert AlertMail.objects.count() == 1


def test_the_same_trial_may_come_and_go_and_each_time_is_told() -> None:
    load(study(1))
    follow(query="status=RECRUITING")
    for status in ("COMPLETED", "RECRUITING", "COMPLETED"):
        good_run(study(1, status=status))
        see()
    kinds = [what for _, what in noted()]
    assert sorted(kinds) == ["found", "left", "left", *["overall_status"] * 3]


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.PARTIAL])
def test_a_failed_run_is_never_told_and_a_partial_one_is(status: RunStatus) -> None:
    load(study(1))
    follow()
    good_run(study(1, status="COMPLETED"), study(2), status=status)
    assert see() == (2 if status == RunStatus.PARTIAL else 0)


def test_while_a_run_is_loading_nothing_is_looked_at() -> None:
    load(study(1))
    follow()
    run = open_run()
    load(study(2))
    assert see() == 0
    assert not AlertEvent.objects.exists()
    close_run(run)
    assert see() == 1


def test_who_confirms_during_a_load_begins_after_it() -> None:
    load(study(1))
    run = open_run()
    search = follow()
    assert search.looked_run is None
    load(study(2))
    close_run(run)
    assert see() == 0
    good_run(study(3))
    see()
    assert noted() == [("3", "found")]


def test_several_runs_that_nobody_looked_at_are_told_together() -> None:
    load(study(1))
    follow()
    good_run(study(1, status="COMPLETED"))
    good_run(study(1, status="TERMINATED"), study(2))
    assert see() == 3
    assert AlertMail.objects.count() == 1


@pytest.mark.parametrize("query", ["country=FR", "near=Lyon%2C+FR&radius=100"])
def test_sites_are_told_in_the_country_of_the_search(query: str) -> None:
    french = site("Lyon", "France", facility="A", status="RECRUITING", point=(45.75, 4.85))
    load(study(1, sites=[french]))
    follow(query=query)
    follow("other@example.org")
    added = [site("Paris", "France", facility="B"), site("Berlin", "Germany", facility="C")]
    moved = {**french, "status": "COMPLETED"}
    good_run(study(1, sites=[moved, *added]))
    see()
    cities = AlertEvent.objects.filter(search__query=query, kind="change").values_list("change__new__city", flat=True)
    assert sorted(cities) == ["Lyon", "Paris"]
    assert AlertEvent.objects.filter(search__query="", kind="change").count() == 3


def test_small_changes_make_no_mail() -> None:
    sites = [site("Lyon", "France", facility="A", status="RECRUITING")]
    load(study(1, sites=sites))
    follow()
    good_run(study(1, sites=sites, summary="Other words", completion="2030-01", sponsor="Somebody"))
    assert see() == 0


def test_facts_that_the_new_text_changes_are_told_with_both_answers() -> None:
    load(study(1, criteria=A))
    follow()
    good_run(study(1, criteria=B))
    see()
    [event] = AlertEvent.objects.filter(kind="facts")
    assert event.facts == {
        "child_pugh": {
            "old": {"status": "stated", "value": [5, 6]},
            "new": {"status": "stated", "value": [5, 6, 7, 8, 9]},
        }
    }


def test_weekly_readers_are_told_when_their_day_comes() -> None:
    load(study(1))
    follow(rhythm=Rhythm.WEEKLY)
    for number in (2, 3):
        good_run(study(number))
        see()
    assert not AlertMail.objects.exists()
    assert gather_all(Rhythm.WEEKLY, timezone.now()) == 1
    assert gather_all(Rhythm.WEEKLY, timezone.now()) == 0
    assert AlertMail.objects.get().events.count() == 2


def test_a_search_that_is_not_valid_any_more_pauses_with_a_mail() -> None:
    load(study(1))
    search = follow(rhythm=Rhythm.WEEKLY)
    good_run(study(2))
    see()
    SavedSearch.objects.update(query="phase=NO_SUCH_PHASE")
    good_run(study(3))
    see()
    search.refresh_from_db()
    assert search.state == Following.PAUSED
    kinds = dict(AlertMail.objects.values_list("kind", "state"))
    assert kinds == {MailKind.PAUSED: "waiting", MailKind.TRIALS: "waiting"}
    see()
    assert AlertMail.objects.count() == 2


def test_quiet_searches_cost_next_to_nothing(django_assert_max_num_queries: Any) -> None:
    load(study(1), study(2, status="COMPLETED"))
    follow("busy@example.org", "status=RECRUITING")
    for number in range(30):
        follow(f"reader{number}@example.org", "status=COMPLETED")
    good_run(study(3))
    see()  # the index of this process is made once
    good_run(study(4))
    with django_assert_max_num_queries(32):
        see()
    assert AlertEvent.objects.filter(search__query="status=COMPLETED").count() == 0
    assert AlertEvent.objects.count() == 2


def test_one_that_is_quiet_has_been_looked_at() -> None:
    load(study(1))
    search = follow(query="status=COMPLETED")
    run = good_run(study(2))
    see()
    search.refresh_from_db()
    assert search.looked_run == run.pk
