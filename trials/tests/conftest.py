"""What every test may use, and what none may: the network is off except this machine's own addresses.

The embedded PostgreSQL starts only when a test asks for the database, and ends with the session.
"""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from hcctrials.embedded.environment import uses_embedded_server
from hcctrials.embedded.server import database
from trials.tests.browser import browser, page
from trials.tests.emptying import empty_tables
from trials.tests.template_database import copied_from_template

__all__ = ["browser", "page"]  # fixtures for every folder: a session has one browser

REQUIRE_ALL = os.environ.get("HCCTRIALS_REQUIRE_ALL") == "1"
# No example of a property is a matter of time: machines are noisy.
hypothesis_settings.register_profile(
    "no clock", hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("no clock")
PROGRAMS = {"redis": ("redis-server",), "chromium": ("chromium", "chromium-browser", "google-chrome")}


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[None]:
    """The session's server; none where DATABASE_URL names one."""
    if not uses_embedded_server(settings.DATA_DIR):
        yield
        return
    with database(settings.DATA_DIR, durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, embedded_server: None) -> None:
    """pytest-django asks for this just before it makes the test database. A busy machine gets more time than a page."""
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = {**options, "options": f"{options['options']} -c statement_timeout=60s"}


@pytest.fixture(scope="session")
def copying(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ExitStack]:
    """Until it is closed, a test database is made as a copy."""
    with ExitStack() as open_until_made:
        if uses_embedded_server(settings.DATA_DIR):
            with django_db_blocker.unblock():
                open_until_made.enter_context(copied_from_template())
        yield open_until_made


@pytest.fixture(scope="session")
def django_db_setup(copying: ExitStack, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database is made; the next session may make its own."""
    with django_db_blocker.unblock():
        copying.close()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # a browser may have been asking still when its test ended
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def plain_static_names() -> Iterator[None]:
    """Hashed names need `collectstatic`; the tests of the site do that on their own."""
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """Of what a test committed that did not run in a transaction of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables())
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the checkout: corpus, gold and seeds."""
    folder = Path(settings.BASE_DIR).parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no shared material beside the checkout ({folder.name}/)")
    return folder


def pytest_collection_finish() -> None:
    """What is there now stays to the end: looking through it again and again for garbage took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def missing_program(kind: str) -> str | None:
    """Why tests of that kind cannot run here, None when they can."""
    names = PROGRAMS[kind]
    return None if any(map(shutil.which, names)) else f"no {names[0]} on this machine"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`redis` and `chromium` tests are skipped where the program is missing, and fail where none may be skipped."""
    for kind in PROGRAMS:
        reason = missing_program(kind) if item.get_closest_marker(kind) else None
        if reason and REQUIRE_ALL:
            pytest.fail(f"{reason}, and HCCTRIALS_REQUIRE_ALL is set", pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under HCCTRIALS_REQUIRE_ALL such a test may not skip itself for another reason either."""
    report = yield
    kinds = [kind for kind in PROGRAMS if item.get_closest_marker(kind)]
    if REQUIRE_ALL and kinds and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"a {kinds[0]} test was skipped, and HCCTRIALS_REQUIRE_ALL is set: {report.longrepr}"
    return report
