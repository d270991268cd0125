"""The container files as they stand: no engine runs here, so what can be wrong without one is looked at."""

import re
import subprocess
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from hcctrials.embedded.layout import REPOSITORY
from hcctrials.serving.site import children
from trials.tests.site.variables import variables_read

COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "scheduler", "backup", "bounces")
# What the composition or the image decides, and what is for a developer's machine.
NOT_HANDED_ON = {
    *("HCCTRIALS_LOCAL", "HCCTRIALS_DATA_DIR", "PORT", "DJANGO_DEBUG", "HCCTRIALS_TEST_DATABASE"),
    *("HCCTRIALS_REFRESH_ON_START", "HCCTRIALS_STATEMENT_TIMEOUT_SECONDS"),
}


def test_all_parts_are_there_on_one_image() -> None:
    assert set(SERVICES) == {"database", "broker", *OURS}
    assert {SERVICES[name]["image"] for name in OURS} == {"hcctrials"}
    assert {str(SERVICES[name]["build"]) for name in OURS} == {"."}


def test_nothing_of_ours_runs_as_root() -> None:
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["hcctrials"]
    assert all("user" not in SERVICES[name] for name in OURS)
    assert all("no-new-privileges:true" in SERVICES[name]["security_opt"] for name in OURS)


@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_tables_are_there_before_anything_starts(name: str) -> None:
    waits = SERVICES[name]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert waits["broker"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["command"] == ["python", "manage.py", "prepare"]
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["database", "broker"])
def test_data_outlive_the_container(name: str) -> None:
    volumes = {volume.partition(":")[0] for volume in SERVICES[name]["volumes"]}
    assert volumes <= set(COMPOSE["volumes"])
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", ["worker", "scheduler"])
def test_they_start_as_serve_starts_them(name: str) -> None:
    """The commands differ in what fits one machine alone: the pool, the name and the talk between workers."""
    [started] = [child.command for stage in children(_Listener()) for child in stage if child.name == name]  # type: ignore[arg-type]
    ours = started[started.index("celery") :]
    command = SERVICES[name]["command"]
    assert command[:4] == ours[:4] == ["celery", "-A", "hcctrials.celery", "worker" if name == "worker" else "beat"]
    if name == "scheduler":
        assert command == ours
    assert command[command.index("--loglevel") :][:2] == ["--loglevel", "INFO"]


class _Listener:
    def fileno(self) -> int:
        return 7


def test_the_web_server_starts_as_serve_starts_it() -> None:
    [command] = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    [[web], _] = children(_Listener())  # type: ignore[arg-type]
    container = [word for word in yaml.safe_load(command) if not word.endswith(":8000")]
    local = [word for word in web.command[web.command.index("gunicorn") :] if not word.startswith("fd://")]
    assert container == local


def test_every_variable_of_ours_is_handed_on_and_no_other() -> None:
    handed = {*SERVICES["web"]["environment"]}
    assert handed == variables_read() - NOT_HANDED_ON
    for name in OURS:
        longer = {} if name == "web" else {"HCCTRIALS_STATEMENT_TIMEOUT_SECONDS"}
        assert set(SERVICES[name]["environment"]) == handed | set(longer), name


def test_what_is_handed_on_bears_its_own_name() -> None:
    for name, value in SERVICES["web"]["environment"].items():
        if name not in ("DATABASE_URL", "CELERY_BROKER_URL"):
            assert str(value).startswith((f"${{{name}:-", f"${{{name}:?")), name


def test_commands_of_the_clock_can_be_read_by_a_shell_and_are_commands_of_ours() -> None:
    known = get_commands()
    for name in ("backup", "bounces"):
        shell, option, script = (word.replace("$$", "$") for word in SERVICES[name]["command"])
        subprocess.run([shell, "-n", option, script], check=True)
        assert re.findall(r"manage\.py (\w+)", script)[0] in known


def test_the_night_is_waited_for_to_the_second() -> None:
    """The reckoning of the script at some times of the day, in the shell that runs it."""
    [reckoned] = re.findall(r'sleep "(.+)"; do', SERVICES["backup"]["command"][2])
    for now, seconds in (("02:29:59", 1), ("02:30:00", 86400), ("02:30:01", 86399), ("23:59:59", 9001)):
        clock = f"date() {{ command date -u -d '2026-11-21 {now}' +%s; }}; echo \"{reckoned.replace('$$', '$')}\""
        done = subprocess.run(["bash", "-c", clock], capture_output=True, text=True, check=True)
        assert int(done.stdout) == seconds, now


def test_messages_outlive_the_broker() -> None:
    assert SERVICES["broker"]["command"] == ["redis-server", "--appendonly", "yes"]


def test_only_the_web_server_is_reached_from_outside_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_no_secret_stands_in_the_files() -> None:
    for name, value in SERVICES["web"]["environment"].items():
        if "SECRET" in name or "DATABASE_URL" in name:
            assert "${" in str(value)
    assert not re.search(r"(?i)(password|secret_key)=(?!only-while-building)\S", DOCKERFILE)


def test_backups_have_a_place_that_outlives_the_container_and_can_be_written() -> None:
    [volume] = SERVICES["web"]["volumes"]
    name, _colon, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert f"--owner=hcctrials --mode=0700 {place}\n" in DOCKERFILE
    assert SERVICES["backup"]["volumes"] == [volume]
    assert f'manage.py backup "{place}/' in SERVICES["backup"]["command"][2]


def test_no_statement_is_logged_and_every_log_is_bounded() -> None:
    assert "log_min_error_statement=panic" in SERVICES["database"]["command"]
    for name, service in SERVICES.items():
        assert {"max-size", "max-file"} <= set(service["logging"]["options"]), name
