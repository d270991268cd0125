"""/status: the age of the data, the last runs, and the one that is under way; for people and for programs."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trials.admin.review_queue import WAITING
from trials.models import EligibilityFact, FactInForce, RefreshRun
from trials.search.refresh_progress import duration_words, progress_of
from trials.search.refresh_state import RefreshState
from trials.search.work_state import WAITING_FOR_A_PERSON, facts_state
from trials.tasks.waiting import WaitingTasks
from trials.tests.builders import load, load_trial, raw_record, site
from trials.tests.search.test_refresh_state import run
from trials.tests.web.trial_page.pages import tags_of, visit
from trials.web import status_page
from trials.web.status_presenter import judge

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """The count of facts is kept for a minute."""
    cache.clear()
    yield
    cache.clear()


def test_an_empty_store(client: Client) -> None:
    page = visit(client, "/status")
    assert "never: nothing is stored" in page.words
    assert "None yet." in page.words
    assert "hx-get" not in page.html


def test_age_date_and_runs(client: Client) -> None:
    load_trial()
    run(hours=76, seen=2412, created=3, updated=40, unchanged=2369, data_timestamp="2026-11-17T09:00:05")
    run("failed", "incremental", hours=2, reason="ClinicalTrials.gov answered 403. <script>alert(1)</script>")
    run("partial", "chosen", hours=1, seen=38, quarantined=2, missing=5)
    page = visit(client, "/status")
    for words in (
        "The data are older than 48 hours.",
        "How old 3 days 4 hours",
        "The registry's own date of the data 17 November 2026",
        "2412 received: 3 new, 40 changed, 2369 as before",
        "Failed What is new",
        "ClinicalTrials.gov answered 403. <script>alert(1)</script>",
        "38 received: 0 new, 0 changed, 0 as before, 2 in quarantine, 5 not sent",
        "Parser version",
        "Reader version",
    ):
        assert words in page.words, words
    assert sum(tag == "script" for tag, _ in tags_of(page.html)) == 3


def test_what_waits_for_staff_is_counted(client: Client) -> None:
    load_trial(raw_record(status="BRAND_NEW", sites=[site("A", "<b>Atlantis</b>")]))
    load({"protocolSection": {}})
    page = visit(client, "/status")
    assert "Records in quarantine 1" in page.words
    assert "overall_status=BRAND_NEW 1 record" in page.words
    assert "<b>Atlantis</b> 1 site" in page.words


def running(phase: str, **values: Any) -> RefreshRun:
    return run("running", phase=phase, **values)


def test_a_run_shows_its_progress_and_is_asked_for_again(client: Client) -> None:
    running("fetching", expected=2000, seen=500)
    page = visit(client, "/status")
    assert "Receiving records from the registry: 500 of 2000" in page.words
    assert ("progress", {"aria-labelledby": "running-title", "value": "500", "max": "2000"}) in tags_of(page.html)
    assert 'hx-get="/status" hx-trigger="every 2s"' in page.html


def test_a_run_says_what_came_of_it(client: Client) -> None:
    run(seen=9, created=1, updated=2, unchanged=3, quarantined=1, missing=2)
    said = visit(client, "/status").words
    assert "9 received: 1 new, 2 changed, 3 as before, 1 in quarantine, 2 not sent" in said


def test_htmx_gets_the_part_that_changes_alone(client: Client) -> None:
    run_under_way = running("loading", seen=10)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/status", headers=HTMX)
    part = answer.content.decode()
    assert len(queries) <= 3
    assert part.strip().startswith('<div class="refresh" id="refresh" hx-get')
    assert "<html" not in part
    assert "HX-Request" in answer.headers["Vary"]
    RefreshRun.objects.filter(pk=run_under_way.pk).update(status="succeeded", finished_at=timezone.now())
    assert "hx-get" not in client.get("/status", headers=HTMX).content.decode()
    assert "<html" in client.get("/status", headers={**HTMX, "HX-Boosted": "true"}).content.decode()


def test_rate_and_remaining_time_leave_out_what_had_not_changed() -> None:
    now = timezone.now()
    run_under_way = running(
        "loading", seen=2000, unchanged=1000, updated=200, loading_since=now - timedelta(seconds=100)
    )
    progress = progress_of(run_under_way, now)
    assert (progress.done, progress.of) == (1200, 2000)
    assert progress.rate == "2.0 records a second"
    assert progress.remaining == "6 minutes 40 seconds"


@pytest.mark.parametrize("phase", ["fetching", "checking", "loading", "missing", "done", "a_phase_of_tomorrow"])
def test_every_phase_has_words(phase: str) -> None:
    progress = progress_of(RefreshRun(phase=phase, started_at=timezone.now()), timezone.now())
    assert progress.phase
    assert progress.of is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (-5, "0 seconds"),
        (1, "1 second"),
        (60, "1 minute"),
        (7265, "2 hours 1 minute"),
        (90000, "1 day 1 hour"),
    ],
)
def test_durations(seconds: int, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words


def test_the_same_for_programs(client: Client) -> None:
    load_trial()
    run(hours=49, seen=1, created=1)
    told = client.get("/status", headers={"Accept": "application/json"}).json()
    assert told == client.get("/status?format=json").json()
    assert told["is_old"] is True
    assert (told["trials"], told["quarantined"]) == (1, 0)
    assert told["runs"][0]["status"] == "succeeded"
    assert told["runs"][0]["reason"] is None
    assert (told["state"], told["reasons"]) == ("red", ["data_older_than_48_hours"])
    assert told["queue"] == {"broker": "up", "waiting": 0, "oldest_sent_at": None}
    assert told["pending_migrations"] == []
    assert sum(told["facts"]["by_status"].values()) == EligibilityFact.objects.count() > 0


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", ""])
def test_browsers_get_the_page(client: Client, accept: str) -> None:
    response = client.get("/status", headers={"Accept": accept})
    assert response.headers["Content-Type"].startswith("text/html")
    assert {"Accept", "HX-Request"} <= set(response.headers["Vary"].split(", "))


def test_old_data_are_red_and_the_site_stays_ready(client: Client) -> None:
    load_trial()
    run(hours=200)
    assert "Needs somebody now" in visit(client, "/status").words
    assert client.get("/status").status_code == 200
    assert client.get("/readyz").status_code == 200


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
IDLE = WaitingTasks(0, None)


def judged(
    *runs: str, hours: float | None = 1, tasks: WaitingTasks | None = IDLE, pending: Sequence[str] = ()
) -> tuple[str, Sequence[str]]:
    checked_at = None if hours is None else NOW - timedelta(hours=hours)
    found = RefreshState([RefreshRun(status=status) for status in runs], None, "", checked_at)
    verdict = judge(found, tasks, pending, NOW)
    return verdict.state, verdict.reasons


def test_the_whole_in_one_word() -> None:
    assert judged("succeeded") == ("green", [])
    assert judged() == ("green", [])
    assert judged("running", "succeeded") == ("green", [])
    assert judged(hours=48) == ("green", [])
    assert judged(hours=48.01) == ("red", ["data_older_than_48_hours"])
    assert judged(hours=None) == ("red", ["nothing_stored"])
    assert judged("failed", "succeeded") == ("yellow", ["last_refresh_failed"])
    assert judged("running", "partial") == ("yellow", ["last_refresh_partial"])
    assert judged(tasks=None) == ("yellow", ["broker_away"])
    assert judged(tasks=WaitingTasks(1, NOW - timedelta(minutes=14))) == ("green", [])
    assert judged(tasks=WaitingTasks(1, NOW - timedelta(minutes=16))) == ("yellow", ["task_waits_too_long"])
    assert judged(pending=["trials.0099"]) == ("yellow", ["migrations_pending"])
    assert judged("failed", hours=99) == ("red", ["data_older_than_48_hours", "last_refresh_failed"])


def test_what_waits_is_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = WaitingTasks(3, timezone.now() - timedelta(hours=2, minutes=5))
    monkeypatch.setattr(status_page, "waiting_tasks", lambda: waits)
    words = visit(client, "/status").words
    assert "Tasks that wait for a worker 3" in words
    assert "The oldest of them has waited for 2 hours 5 minutes" in words
    monkeypatch.setattr(status_page, "waiting_tasks", lambda: None)
    assert "not known: the queue does not answer" in visit(client, "/status").words


def test_a_migration_that_the_database_lacks_is_told(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("trials", "0011_lab_limits")
    assert client.get("/status?format=json").json()["pending_migrations"] == ["trials.0011_lab_limits"]


def test_facts_that_wait_are_those_of_the_review_queue() -> None:
    load_trial()
    expected = FactInForce.objects.filter(WAITING)
    assert WAITING_FOR_A_PERSON == WAITING
    cache.clear()
    assert facts_state().waiting == expected.count()
