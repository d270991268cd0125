"""The first page of the admin: how the data stand, for whom may view it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trials.models import FactInForce, QuarantinedRecord, RefreshRun
from trials.tests.admin.facts import doubt, load_facts
from trials.tests.admin.pages import list_url, page_url, scripts, text
from trials.tests.admin.records import load
from trials.tests.admin.runs import run

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def test_an_empty_store(reader_client: Client) -> None:
    page = text(reader_client, INDEX)
    assert "Last refresh" in page
    assert "None yet." in page
    assert "run-failed" not in page


def test_what_waits_and_how_old_it_is(reader_client: Client) -> None:
    load_facts(1)
    doubt("ecog", "weak_field")
    doubt("child_pugh", "weak_field")
    load({"protocolSection": {}})
    days_ago = timezone.now() - timedelta(days=3)
    last = run("succeeded", "full", started_at=days_ago, finished_at=days_ago)
    page = text(reader_client, INDEX)
    assert f'<a href="{page_url(RefreshRun, last.pk)}">Everything, ' in page
    assert "3 days" in page
    assert '<span class="run-pill run-failed">Old</span>' in page
    assert f'<a href="{list_url(QuarantinedRecord)}">1</a>' in page
    assert f'<a href="{list_url(FactInForce)}">2</a>' in page
    assert scripts(page) == []


def test_only_what_a_person_may_view(stranger_client: Client, reader_client: Client) -> None:
    run("failed", reason="secret")
    assert "state-title" not in text(stranger_client, INDEX)
    assert "state-title" not in text(reader_client, reverse("admin:app_list", args=["trials"]))


def test_queries_do_not_grow(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(admin_client, INDEX)
        return len(captured)

    queries()  # the first visit fills Django's own caches
    few = queries()
    for number in range(1, 5):
        load_facts(number)
        doubt("ecog", "weak_field", number=number)
        run("failed")
    assert queries() == few <= 8
