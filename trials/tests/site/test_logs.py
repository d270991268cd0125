"""Log lines: JSON with named fields, one id for all lines of a request, and nothing that tells who asked what."""

import json
import logging
import os
import sys
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django_guid import clear_guid, set_guid
from django_guid.log_filters import CorrelationId

from hcctrials import logs
from hcctrials.embedded import logfile
from hcctrials.logs import JsonLines, client_network, configuration, network_of, wanted_format
from trials.tests.site.machine import PYTHON, clean_environment, free_port, running, status, until

SECRET = "a-secret-question"


def written(record: logging.LogRecord) -> dict[str, object]:
    CorrelationId("request_id").filter(record)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert SECRET not in line
    found: dict[str, object] = json.loads(line)
    return found


def record(message: str, *args: object, name: str = "trials.web", **more: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, "file.py", 1, message, args, None)
    made.__dict__.update(more)
    return made


def test_a_line_has_the_named_fields_and_no_others() -> None:
    request = RequestFactory().get("/trials/", {"q": SECRET})
    line = written(record("Bad Request: %s", f"/trials/?q={SECRET}", request=request, status_code=400, age=63))
    assert set(line) == {"time", "level", "logger", "message"}
    assert line["message"] == "Bad Request: /trials/"
    assert str(line["time"]).endswith("Z")


def test_a_traceback_is_one_line_without_queries() -> None:
    try:
        raise ValueError(f"no such page: /trials/?q={SECRET}")
    except ValueError:
        made = record("failed\nand more")
        made.exc_info = sys.exc_info()
    line = written(made)
    assert "ValueError: no such page: /trials/" in str(line["exc_info"])


def test_lines_of_a_request_carry_its_id() -> None:
    set_guid("abc")
    try:
        assert written(record("one"))["request_id"] == "abc"
    finally:
        clear_guid()


def test_the_answer_names_the_id_and_takes_none_that_is_no_uuid(client: Client) -> None:
    own = uuid.uuid4().hex
    assert client.get("/livez", headers={"X-Request-ID": own}).headers["X-Request-ID"] == own
    for made_up in (SECRET, "x" * 5000):
        answered = client.get("/livez", headers={"X-Request-ID": made_up}).headers["X-Request-ID"]
        assert uuid.UUID(answered).hex == answered


def access(**atoms: str) -> logging.LogRecord:
    usual = {"m": "GET", "U": "/trials/", "s": "200", "B": "54", "M": "12", "h": "203.0.113.77"}
    asked = {"q": f"q={SECRET}", "r": f"GET /trials/?q={SECRET}", "a": "agent", "f": "from", "{x-forwarded-for}i": "-"}
    made = record("%(m)s %(U)s %(s)s", name="gunicorn.access")
    made.args = {**usual, **asked, **atoms}
    return made


def test_a_line_of_the_access_log() -> None:
    line = written(access(**{"{x-request-id}o": "abc"}))
    assert {name: line[name] for name in ("method", "path", "status", "bytes", "ms", "client", "request_id")} == {
        "method": "GET",
        "path": "/trials/",
        "status": 200,
        "bytes": 54,
        "ms": 12,
        "client": "203.0.113.0/24",
        "request_id": "abc",
    }
    assert "203.0.113.77" not in json.dumps(line)
    assert "agent" not in json.dumps(line)
    assert "request_id" not in written(access(**{"{x-request-id}o": "-"}))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.77:80", ""),
    ],
)
def test_an_address_is_cut_to_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_only_proxies_of_ours_say_who_asks() -> None:
    passed = "192.0.2.1, 198.51.100.9"
    assert client_network("203.0.113.7", passed, 0) == "203.0.113.0/24"
    assert client_network("203.0.113.7", passed, 1) == "198.51.100.0/24"
    assert client_network("203.0.113.7", passed, 2) == "192.0.2.0/24"
    assert client_network("203.0.113.7", passed, 3) == "203.0.113.0/24"
    assert client_network("203.0.113.7", "-", 1) == "203.0.113.0/24"


def test_lines_for_people_where_it_is_local_and_json_everywhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HCCTRIALS_LOCAL_HTTP", "DJANGO_DEBUG", "HCCTRIALS_LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    assert wanted_format() == "json"
    monkeypatch.setenv("HCCTRIALS_LOCAL_HTTP", "1")
    assert wanted_format() == "lines"
    monkeypatch.setenv("HCCTRIALS_LOG_FORMAT", "json")
    assert configuration("django")["handlers"]["stderr"]["formatter"] == "json"
    monkeypatch.setenv("HCCTRIALS_LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="json or lines"):
        wanted_format()


def test_every_line_of_the_web_server_is_json_without_a_query(tmp_path: Path) -> None:
    """The real web server, without a database: what it says of faults is of the same form."""
    port = free_port()
    environment = clean_environment(
        DJANGO_SECRET_KEY="k" * 60,
        DJANGO_ALLOWED_HOSTS="127.0.0.1",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
        HCCTRIALS_DATA_DIR=str(tmp_path),
        HCCTRIALS_LOCAL_HTTP="1",
        HCCTRIALS_LOG_FORMAT="json",
    )
    (tmp_path / "static").mkdir()
    command = [PYTHON, "-m", "gunicorn", "--config", "python:hcctrials.serving.gunicorn_conf"]
    with running([*command, "--bind", f"127.0.0.1:{port}", "hcctrials.wsgi"], tmp_path / "out", environment) as web:
        until(lambda: status(port) == 200, "the web server")
        assert status(port, f"/api/v1/trials/?q={SECRET}") == 503
        until(lambda: '"/api/v1/trials/"' in web.text(), "the line of the request")
        lines = [json.loads(line) for line in web.text().splitlines()]
    assert SECRET not in web.text()
    assert "127.0.0.1" not in " ".join(json.dumps(line) for line in lines if line["logger"] == "gunicorn.access")
    [asked] = [line for line in lines if line.get("path") == "/api/v1/trials/"]
    assert asked["client"] == "127.0.0.0/24"
    assert any(line.get("request_id") == asked["request_id"] for line in lines if line["logger"] != "gunicorn.access")


def test_no_line_of_an_embedded_log_grows_older_than_thirty_days(tmp_path: Path) -> None:
    path, day = tmp_path / "web.log", 24 * 3600
    path.write_text("first\n")
    logfile.bound(path)
    assert path.read_text() == "first\n"
    _age(tmp_path / "web.log.began", 16 * day)
    logfile.bound(path)
    assert (path.read_text(), (tmp_path / "web.log.1").read_text()) == ("", "first\n")
    _age(tmp_path / "web.log.1", 14 * day)
    logfile.bound(path)
    assert (tmp_path / "web.log.1").exists()
    _age(tmp_path / "web.log.1", 15 * day + 60)
    logfile.bound(path)
    assert not (tmp_path / "web.log.1").exists()
    assert 30 * day >= 2 * logfile.AGE


def _age(path: Path, seconds: float) -> None:
    when = path.stat().st_mtime - seconds
    os.utime(path, (when, when))


def test_the_allowed_fields_are_those_of_the_runbook() -> None:
    said = Path(logs.__file__).parent.parent.joinpath("docs", "runbook.md").read_text("utf-8")
    for name in logs.FIELDS:
        assert f"`{name}`" in said, name
