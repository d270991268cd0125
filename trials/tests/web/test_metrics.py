"""/metrics: who may read it, what is counted, and that nothing in it tells what somebody asked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from trials.tests.builders import load_trial
from trials.tests.search.test_refresh_state import run
from trials.web import metrics_store
from trials.web.metrics import route_of

pytestmark = pytest.mark.django_db
Labels = tuple[tuple[str, str], ...]


@pytest.fixture
def allowed() -> Iterator[None]:
    cache.clear()
    with override_settings(HCCTRIALS_METRICS_ALLOWED=["127.0.0.0/8", "2001:db8::/32"]):
        yield
    cache.clear()


def samples(client: Client) -> dict[tuple[str, Labels], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_off_unless_networks_are_named(client: Client) -> None:
    assert settings.HCCTRIALS_METRICS_ALLOWED == []
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("2001:db8::5", 200),
        ("::ffff:127.0.0.1", 200),
        ("203.0.113.7", 404),
        ("", 404),
        ("unix:", 404),
    ],
)
def test_only_for_the_named_networks(client: Client, allowed: None, address: str, status: int) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_not_through_a_proxy(client: Client, allowed: None, name: str) -> None:
    assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_requests_are_counted_by_route_and_never_by_what_was_asked(client: Client, allowed: None) -> None:
    load_trial()
    before = samples(client)
    for address in ("/trials/?q=a-secret", "/trials/NCT00000404/", "/no-such-a-secret/", "/fr/trials/?q=a-secret"):
        client.get(address)
    client.generic("A-SECRET", "/trials/")
    page = client.get("/metrics").content.decode()
    assert "secret" not in page.lower()
    assert "NCT0" not in page
    after = samples(client)

    def counted(route: str, method: str, status: str) -> float:
        labels = (("method", method), ("route", route), ("status", status))
        return after.get(("hcctrials_requests_total", labels), 0) - before.get(("hcctrials_requests_total", labels), 0)

    assert counted("trial-list", "GET", "2xx") == 2
    assert counted("trial-list", "other", "4xx") == 1
    assert counted("trial-detail", "GET", "4xx") == 1
    assert counted("none", "GET", "4xx") == 1
    assert after["hcctrials_request_seconds_count", (("route", "trial-list"),)] >= 2


def test_how_the_store_stands(client: Client, allowed: None) -> None:
    load_trial()
    run("failed", hours=60)
    run(hours=50)
    found = samples(client)
    assert found["hcctrials_trials", ()] == found["hcctrials_index_trials", ()] == 1
    assert 50 * 3600 <= found["hcctrials_data_age_seconds", ()] < 50.1 * 3600
    assert found["hcctrials_refresh_runs", (("kind", "full"), ("status", "failed"))] == 1
    assert found["hcctrials_database_up", ()] == found["hcctrials_broker_up", ()] == 1
    assert found["hcctrials_migrations_pending", ()] == found["hcctrials_tasks_waiting", ()] == 0
    assert sum(value for (name, _labels), value in found.items() if name == "hcctrials_facts") > 0
    assert found["hcctrials_web_memory_bytes", ()] > 10_000_000


def test_counts_come_while_the_database_is_away(client: Client, allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(metrics_store, "freshness", away)
    found = samples(client)
    assert found["hcctrials_database_up", ()] == 0
    assert any(name == "hcctrials_requests_total" for name, _labels in found)


def test_every_figure_stands_in_the_runbook(client: Client, allowed: None) -> None:
    load_trial()
    run()
    said = set(re.findall(r"\bhcctrials_\w+", Path(settings.BASE_DIR, "docs", "runbook.md").read_text("utf-8")))
    names = {name for name, _labels in samples(client) if not name.endswith("_created")}
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for name in names}
    ours = {name for name in shown if name.startswith("hcctrials_")}
    assert ours <= said
    assert said - ours <= {"hcctrials_oldest_task_seconds"}


def test_a_request_without_a_route_is_none() -> None:
    assert route_of(Client().get("/no-such-page/").wsgi_request) == "none"
