"""A refresh while people read: no error, and no page that holds parts of two versions of a trial."""

import http.client
import random
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from trials.tests.builders import load
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import PATIENCE, PYTHON, free_port, running, status, until
from trials.tests.tasks import scene
from trials.tests.tasks.processes import Place, running_command

READERS, RECORDS = 20, 60
RESULTS = ("/trials/", "/trials/?status=COMPLETED", "/trials/?country=FR&status=RECRUITING", "/trials/?child_pugh=A")
_HISTORY = re.compile(r'<section[^>]*id="changes".*?</section>', re.DOTALL)  # tells of two versions on purpose
_STATE = re.compile(r"state (\d)")


def states(page: str) -> list[str]:
    """Of every part of a trial's page."""
    return _STATE.findall(_HISTORY.sub("", page))


@dataclass
class Reader:
    """Reads pages until it is told to stop, and keeps what was wrong."""

    port: int
    chance: random.Random
    pages: int = 0
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def read(self, stop: threading.Event) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not stop.is_set():
            is_trial = self.chance.random() < 0.7
            number = scene.number(self.chance.randint(1, RECORDS))
            path = f"/trials/{number}/" if is_trial else self.chance.choice(RESULTS)
            connection.request("GET", path)
            answer = connection.getresponse()
            page = answer.read().decode()
            self.pages += 1
            if answer.status != http.HTTPStatus.OK:
                self.wrong.append(f"{path}: {answer.status}")
            elif is_trial:
                found = states(page)
                self.seen |= set(found)
                if len(set(found)) != 1 or len(found) < 6:
                    self.wrong.append(f"{path}: {found}")
        connection.close()


@pytest.fixture
def web(embedded_place: Place, tmp_path: Path, transactional_db: None) -> Iterator[int]:
    """gunicorn as the site runs it, on this session's database; gives its port."""
    port = free_port()
    serving = "python:hcctrials.serving.gunicorn_conf"
    command = [PYTHON, "-m", "gunicorn", "--config", serving, "--bind", f"127.0.0.1:{port}", "hcctrials.wsgi"]
    environment = embedded_place.environment("web")
    with running(command, tmp_path / "web.out", environment):
        until(lambda: status(port) == http.HTTPStatus.OK, "the web server")
        yield port


@pytest.mark.django_db(transaction=True)
def test_twenty_readers_during_a_refresh(web: int, registry: RegistryServer, embedded_place: Place) -> None:
    registry.update(*(scene.study(number, 1) for number in range(1, RECORDS + 1)))
    assert scene.refresh_here(registry).created == RECORDS
    registry.update(*(scene.study(number, 2) for number in range(1, RECORDS + 1)))
    stop = threading.Event()
    readers = [Reader(web, random.Random(seed)) for seed in range(READERS)]

    def seen() -> set[str]:
        return set().union(*(reader.seen for reader in readers))

    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(reader.read, stop) for reader in readers]
        try:
            until(lambda: seen() == {"1"}, "the trials as they were")
            with running_command(embedded_place, "--full") as command:
                assert command.wait() == 0, command.text()
            until(lambda: seen() == {"1", "2"}, "the trials as they are now")
        finally:
            stop.set()
        for one in reading:
            one.result()
    assert [line for reader in readers for line in reader.wrong] == []
    assert all(reader.pages for reader in readers)


class LoadedMeanwhile:
    """Has something loaded by another connection as soon as a page has asked for a table."""

    def __init__(self, table: str, record: Mapping[str, object]) -> None:
        self.table = table
        self.record = record
        self.is_done = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not self.is_done and f'FROM "{self.table}"' in sql:
            self.is_done = True
            thread = threading.Thread(target=self._load)
            thread.start()
            thread.join()
        return answer

    def _load(self) -> None:
        try:
            load(self.record)
        finally:
            connection.close()


@pytest.mark.parametrize("table", ["trials_trial", "trials_arm", "trials_site"])
@pytest.mark.django_db(transaction=True)
def test_a_trial_that_is_loaded_while_its_page_is_made(client: Client, table: str) -> None:
    """The page is wholly of before; the next one is wholly of after."""
    load(scene.study(1, 1))
    meanwhile = LoadedMeanwhile(table, scene.study(1, 2))
    with connection.execute_wrapper(meanwhile):
        page = client.get(f"/trials/{scene.number(1)}/").content.decode()
    assert meanwhile.is_done
    assert set(states(page)) == {"1"}
    assert set(states(client.get(f"/trials/{scene.number(1)}/").content.decode())) == {"2"}
