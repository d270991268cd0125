"""People of the admin: a superuser, a reader who may only look, a stranger. All have shown a second factor."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from trials.tests.admin.facts import load_facts
from trials.tests.admin.signing_in import signed_in


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """A real hash takes a third of a second, for every person of every test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def _client(name: str, *codenames: str) -> Client:
    user = User.objects.create_user(name, password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="trials", codename__in=codenames))
    return signed_in(user)


@pytest.fixture
def admin_client(db: None) -> Client:
    """A superuser; takes the place of pytest-django's, who has a password only."""
    return signed_in(User.objects.create_superuser("admin"))


@pytest.fixture
def reader_client(db: None) -> Client:
    """Staff with the permission to view everything of trials, and no other."""
    views = Permission.objects.filter(content_type__app_label="trials", codename__startswith="view_")
    return _client("reader", *views.values_list("codename", flat=True))


@pytest.fixture
def stranger_client(db: None) -> Client:
    """Staff without any permission."""
    return _client("stranger")


@pytest.fixture
def trial(db: None) -> None:
    """One trial with facts to decide about."""
    load_facts(1)


def log_in(page: Page, live_server: LiveServer) -> None:
    client = signed_in(User.objects.create_superuser("curator"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


@pytest.fixture
def staff(page: Page, live_server: LiveServer) -> Page:
    """A page of a curator who is logged in; it fails on what the site's policy refuses."""
    log_in(page, live_server)
    return page


@pytest.fixture
def inspected(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The same without the policy: axe writes styles into the page while it looks."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    yield page
    context.close()
