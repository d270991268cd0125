"""Settings: production has to be configured, and is refused with a hint when it is not."""

import re
import subprocess

import pytest
from django.conf import settings

from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PYTHON, clean_environment, manage
from trials.tests.site.variables import variables_read

PRODUCTION = {
    "DJANGO_SECRET_KEY": "an-example-that-is-long-enough-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "DJANGO_ALLOWED_HOSTS": "trials.example.org",
    "DATABASE_URL": "postgresql://user:password@db.example.org/hcctrials",
}


def start(module: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PYTHON, "-c", f"import {module}"],
        cwd=REPOSITORY,
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_a_missing_value_stops_the_start_and_is_named(missing: str) -> None:
    done = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr
    assert "make run" in done.stderr


@pytest.mark.parametrize("door", ["hcctrials.wsgi", "hcctrials.celery"])
def test_the_doors_of_production_fill_nothing_in(door: str) -> None:
    done = start(door, {})
    assert done.returncode != 0
    assert "DJANGO_SECRET_KEY is not set" in done.stderr


def test_local_use_can_be_switched_off_for_containers() -> None:
    done = manage("migrate", HCCTRIALS_LOCAL="0")
    assert done.returncode != 0
    assert "DJANGO_SECRET_KEY is not set" in done.stderr


def test_debug_still_needs_a_database() -> None:
    done = start("hcctrials.wsgi", {"DJANGO_DEBUG": "1"})
    assert "DATABASE_URL is not set" in done.stderr


@pytest.mark.parametrize("name", ["DJANGO_DEBUG", "HCCTRIALS_LOCAL_HTTP", "HCCTRIALS_BEHIND_TLS_PROXY"])
def test_a_mistyped_switch_is_refused(name: str) -> None:
    done = manage("check", **PRODUCTION, **{name: "true"})
    assert done.returncode != 0
    assert f"{name} is 'true': set it to 1 or 0" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HCCTRIALS_REGISTRY_URL", "http://clinicaltrials.gov/api/v2", "begins with https"),
        ("HCCTRIALS_ADMIN_NETWORKS", "10.0.0.1/8", "HCCTRIALS_ADMIN_NETWORKS"),
        ("HCCTRIALS_TRUSTED_PROXIES", "-1", "whole number"),
    ],
)
def test_a_mistyped_protection_stops_the_start(name: str, value: str, said: str) -> None:
    done = manage("check", **PRODUCTION, **{name: value})
    assert done.returncode != 0
    assert said in done.stderr


def test_the_deployment_check_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_values() -> None:
    script = (
        "from django.conf import settings as s; import django; django.setup();"
        "assert s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS >= 31536000 and s.SECURE_HSTS_INCLUDE_SUBDOMAINS;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and not s.DEBUG;"
        "assert s.SECURE_PROXY_SSL_HEADER is None and s.HCCTRIALS_RATE_LIMITED and s.HCCTRIALS_TRUSTED_PROXIES == 0;"
        "assert s.SESSION_COOKIE_AGE == 28800 and 'Argon2' in s.PASSWORD_HASHERS[0] and s.AXES_HANDLER;"
        "assert s.DATABASES['default']['OPTIONS']['options'] == '-c statement_timeout=5000'"
    )
    environment = clean_environment(**PRODUCTION, DJANGO_SETTINGS_MODULE="hcctrials.settings")
    done = subprocess.run([PYTHON, "-c", script], cwd=REPOSITORY, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_redis_gets_what_brings_lost_tasks_back_soon_and_what_lets_a_silent_server_be_noticed() -> None:
    script = (
        "from django.conf import settings as s;"
        "print(sorted(s.CELERY_BROKER_TRANSPORT_OPTIONS), s.CELERY_BROKER_TRANSPORT)"
    )
    environment = clean_environment(
        **PRODUCTION, CELERY_BROKER_URL="redis://localhost/0", DJANGO_SETTINGS_MODULE="hcctrials.settings"
    )
    done = subprocess.run(
        [PYTHON, "-c", script], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    names = ["socket_connect_timeout", "socket_timeout"]
    names += ["unacked_restore_interval", "unacked_restore_throttle", "visibility_timeout"]
    assert done.stdout.strip() == f"{names} None"


def test_a_worker_may_take_longer_than_redis_waits() -> None:
    assert settings.CELERY_TASK_TIME_LIMIT < 3 * 60 * 60
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT


def test_readme_has_every_variable_and_no_other() -> None:
    """A name that begins with _ in a row goes on where the row's name before it did: `A_HOST`, `_PORT`."""
    section = (REPOSITORY / "README.md").read_text("utf-8").split("\n## Settings\n")[1].split("\n## ")[0]
    told: set[str] = set()
    for row in re.findall(r"^\| (.+?) \|", section, re.MULTILINE):
        stem = ""
        for name in re.findall(r"`(\w+)", row):
            whole = stem + name if name.startswith("_") else name
            stem = whole.rpartition("_")[0]
            told.add(whole)
    assert told == variables_read()
