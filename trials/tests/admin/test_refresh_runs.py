"""Runs of the refresh as staff see them: the list, one run, how far it is, what the gate saw and what it changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trials.admin.run_page import findings
from trials.models import QuarantinedRecord, RefreshRun, TrialChange
from trials.tests.admin.pages import list_url, listed, page_url, scripts, text
from trials.tests.admin.records import NASTY, load, nct, record
from trials.tests.admin.runs import change, run

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FOUND = {
    "awaited": 2400,
    "received": 2380,
    "not_received": 20,
    "changed_records": 31,
    "refused_records": 1,
    "lost_fields": {"phases": 2, "lead_sponsor": 3},
    "facts_held": 60,
    "facts_lost": 4,
    "unmapped_countries": {NASTY: 2, "Narnia": 7},
}


def progress_url(of: RefreshRun) -> str:
    return reverse("admin:trials_refreshrun_progress", args=[of.pk])


def queries(client: Client, url: str) -> int:
    client.get(url)  # the first visit fills Django's own caches
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_says_what_was_asked_and_how_it_went(reader_client: Client) -> None:
    now = timezone.now()
    run("failed", asked_by="ana", reason=f"ClinicalTrials.gov answered 403. {NASTY}")
    run(
        "partial",
        "full",
        asked_by="schedule",
        started_at=now - timedelta(minutes=12),
        finished_at=now,
        seen=2412,
        created=3,
        quarantined=1,
        missing=5,
        requests_made=17,
    )
    page = text(reader_client, list_url(RefreshRun))
    for words in ("Failed", "What is new", "ana", "answered 403.", "Ended with doubts", "Everything", "The schedule"):
        assert words in page, words
    assert "12 minutes" in page
    for number in ("2,412", "17"):
        assert f'<span class="cell-name">{"Received" if number == "2,412" else "Requests"}</span> {number}' in page
    assert "run-pill run-failed" in page
    assert "<script>alert" not in page
    assert scripts(page) == []


def test_filters_by_status_and_kind(admin_client: Client) -> None:
    failed, full = run("failed"), run("succeeded", "full")
    assert listed(admin_client, RefreshRun) == [str(full.pk), str(failed.pk)]
    assert listed(admin_client, RefreshRun, status="failed") == [str(failed.pk)]
    assert listed(admin_client, RefreshRun, kind="full") == [str(full.pk)]
    assert admin_client.get(list_url(RefreshRun), {"status": "nonsense"}).status_code == 302


def test_queries_of_the_list_do_not_grow(admin_client: Client) -> None:
    run("running", phase="loading", seen=5)
    few = queries(admin_client, list_url(RefreshRun))
    for _ in range(20):
        run("succeeded", findings=FOUND)
    assert queries(admin_client, list_url(RefreshRun)) == few <= 7


def test_a_status_of_tomorrow_is_shown_as_it_is(admin_client: Client) -> None:
    strange = run("stopped\" onclick='x", kind="sideways")
    for url in (list_url(RefreshRun), page_url(RefreshRun, strange.pk)):
        page = text(admin_client, url)
        assert "run-pill run-unknown" in page
        assert "sideways" in page
        assert scripts(page) == []


def test_the_page_of_a_run(reader_client: Client) -> None:
    load(record(1))
    ended = run(
        *("partial", "chosen"),
        nct_ids=[nct(1)],
        reason="The registry announced 3 trials and sent 2.",
        findings=FOUND,
        api_version="2.0.5",
        expected=3,
        seen=2,
    )
    page = text(reader_client, page_url(RefreshRun, ended.pk))
    for words in (
        "The registry announced 3 trials and sent 2.",
        "20 of the 2400 stored trials that were awaited; 2380 trials were received.",
        "31 records differ from what is stored. 1 cannot be read.",
        "<bdi>Lead sponsor</bdi>: 3",
        "<bdi>Phase</bdi>: 2",
        "4 of the 60 facts that were stated of the changed trials.",
        "<bdi>Narnia</bdi>: 7",
        "2.0.5",
        "No stored record has changed in this run.",
    ):
        assert words in page, words
    assert (
        f'<a href="{page_url(RefreshRun, ended.pk).replace("refreshrun", "trial").replace(str(ended.pk), nct(1))}"'
        in page
    )
    assert page.index("Narnia") < page.index("&lt;script&gt;alert")
    assert "<script>alert" not in page
    assert "hx-get" not in page
    assert scripts(page) == []


@pytest.mark.parametrize(
    "found", [{}, {"lost_fields": None, "unmapped_countries": 3}, {"not_received": "many", "facts_lost": None}], ids=str
)
def test_findings_of_another_form_do_no_harm(found: dict[str, Any], admin_client: Client) -> None:
    assert len(list(findings(found))) <= len(found)
    ended = run("failed", findings=found)
    assert "What the gate looked at" in text(admin_client, page_url(RefreshRun, ended.pk))


def test_what_changed_in_the_run(admin_client: Client) -> None:
    load(record(1))
    ended, other = run("succeeded"), run("succeeded")
    change(ended, old="RECRUITING", new="SUSPENDED")
    for number in range(30):
        change(ended, "keywords", ["a"], ["a", f"word {number} {NASTY}"])
    change(other, "acronym", "", "ELSEWHERE")
    page = text(admin_client, page_url(RefreshRun, ended.pk))
    assert "What changed (31)" in page
    assert "The first 25 of 31." in page
    assert "<bdi>Recruiting</bdi>" in page
    assert "<bdi>Paused</bdi>" in page
    assert "ELSEWHERE" not in page
    assert "<script>alert" not in page
    all_of_them = f"{list_url(TrialChange)}?run={ended.pk}"
    assert f'href="{all_of_them}"' in page
    assert f'href="{all_of_them}&amp;field=keywords">Keywords</a> 30' in page
    assert len(listed(admin_client, TrialChange, run=str(ended.pk))) == 31
    assert len(listed(admin_client, TrialChange, run=str(ended.pk), field="keywords")) == 30


def test_queries_of_a_page_do_not_grow(admin_client: Client) -> None:
    load(record(1))
    ended = run("succeeded", findings=FOUND)
    change(ended)
    few = queries(admin_client, page_url(RefreshRun, ended.pk))
    for number in range(40):
        change(ended, "acronym", "", f"A{number}")
    assert queries(admin_client, page_url(RefreshRun, ended.pk)) == few <= 8


def test_records_quarantined_during_the_run_are_a_click_away(admin_client: Client) -> None:
    ended = run("succeeded", started_at=timezone.now() - timedelta(hours=1))
    RefreshRun.objects.update(finished_at=timezone.now())
    load({"protocolSection": {}})
    late = QuarantinedRecord.objects.get()
    load({"protocolSection": {"identificationModule": {}}})
    during = QuarantinedRecord.objects.exclude(pk=late.pk).get()
    QuarantinedRecord.objects.filter(pk=during.pk).update(
        first_seen_at=timezone.now() - timedelta(minutes=30), resolved_at=timezone.now()
    )
    asked = {"state": "all", "run": str(ended.pk)}
    page = text(admin_client, page_url(RefreshRun, ended.pk))
    assert f'href="{list_url(QuarantinedRecord)}?state=all&amp;run={ended.pk}">1</a>' in page
    assert listed(admin_client, QuarantinedRecord, **asked) == [str(during.pk)]
    RefreshRun.objects.update(finished_at=None)
    assert len(listed(admin_client, QuarantinedRecord, **asked)) == 2


@pytest.mark.parametrize("key", ["nonsense", "0", "999999", "9" * 30, "٣"])
@pytest.mark.parametrize("model", [QuarantinedRecord, TrialChange])
def test_a_run_that_is_none_is_refused(model: type[TrialChange], key: str, admin_client: Client) -> None:
    response = admin_client.get(list_url(model), {"run": key})
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?e=1")


def test_a_running_one_shows_how_far_it_is_and_asks_again(reader_client: Client) -> None:
    now = timezone.now()
    going = run(
        *("running", "full"),
        phase="loading",
        seen=2000,
        unchanged=1000,
        updated=250,
        loading_since=now - timedelta(seconds=100),
    )
    for url in (page_url(RefreshRun, going.pk), list_url(RefreshRun)):
        page = text(reader_client, url)
        assert "Loading what was received: 1250 of 2000" in page
        assert 'value="1250" max="2000"' in page
        assert "records a second, about 5 minutes" in page
        assert f'hx-get="{progress_url(going)}" hx-trigger="every 2s"' in page
        assert "htmx-2.min.js" in page
        assert f'<a href="{page_url(RefreshRun, going.pk)}">The run as it is now</a>' in page
        assert scripts(page) == []


def test_htmx_gets_the_live_part_alone_and_at_the_end_the_page(reader_client: Client) -> None:
    going = run("running", phase="fetching", expected=2000, seen=500)
    with CaptureQueriesContext(connection) as captured:
        answer = reader_client.get(progress_url(going), headers=HTMX)
    part = answer.content.decode()
    assert len(captured) <= 6
    assert "Receiving records from the registry: 500 of 2000" in part
    assert "<html" not in part
    assert "no-store" in answer.headers["Cache-Control"]
    RefreshRun.objects.update(status="succeeded", finished_at=timezone.now())
    ended = reader_client.get(progress_url(going), headers=HTMX)
    assert (ended.headers["HX-Refresh"], ended.content) == ("true", b"")


def test_the_live_part_needs_the_permission(stranger_client: Client, client: Client, reader_client: Client) -> None:
    going = run("running")
    assert stranger_client.get(progress_url(going)).status_code == 403
    lost = client.get(progress_url(going), headers=HTMX)  # logged out meanwhile: the page is loaded again, and asks who
    assert (lost.status_code, lost.headers["HX-Refresh"], lost.content) == (401, "true", b"")
    going.pk += 1
    assert reader_client.get(progress_url(going)).status_code == 404
