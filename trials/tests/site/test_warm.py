"""The index is made before a web process takes requests, and a database that is away stops nothing."""

from threading import Event
from unittest.mock import Mock, patch

import pytest
from django.db import OperationalError
from django.test import Client

from hcctrials.serving import gunicorn_conf, warm
from trials.matching.kept import KEPT
from trials.search.index.live import LIVE


def index_is_there() -> bool:
    with patch.object(LIVE, "current", side_effect=AssertionError):
        try:
            LIVE.prepare()
        except AssertionError:
            return False
    return True


@pytest.mark.django_db(transaction=True)
def test_the_index_stands_before_the_first_search() -> None:
    LIVE.drop()
    tried, seen = Event(), list[bool]()
    with patch.object(KEPT, "of", side_effect=lambda *_: seen.append(tried.is_set())):
        warm.start(tried).join()
    assert index_is_there()
    assert seen == [True], "nobody waits for the trials of a match"


def test_a_database_that_is_away_is_noted_and_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    tried = Event()
    with patch.object(LIVE, "prepare", side_effect=OperationalError("away")):
        warm.start(tried).join()
    assert "could not be made yet" in caplog.text
    assert tried.is_set()


def test_a_process_takes_no_requests_before_and_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index comes while gunicorn is told for the second time that the process lives."""
    asked: list[Event] = []
    worker = Mock(alive=True)
    worker.notify.side_effect = lambda: asked[0].set() if worker.notify.call_count == 2 else None
    monkeypatch.setattr(warm, "start", asked.append)
    gunicorn_conf.post_worker_init(worker)
    assert worker.notify.call_count == 2


@pytest.mark.parametrize(("alive", "longest"), [(False, 180.0), (True, 0.0)])
def test_a_process_does_not_wait_when_told_to_stop_nor_for_ever(
    alive: bool, longest: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "start", lambda _tried: None)
    monkeypatch.setattr(gunicorn_conf, "LONGEST_WARM_UP", longest)
    worker = Mock(alive=alive)
    gunicorn_conf.post_worker_init(worker)
    assert not worker.notify.called


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_ready_has_an_index(client: Client) -> None:
    LIVE.drop()
    assert not index_is_there()
    with patch.object(LIVE, "prepare", side_effect=OperationalError("away")):
        assert client.get("/readyz").status_code == 503
    assert not index_is_there()
    assert client.get("/readyz").status_code == 200
    assert index_is_there()
