"""People of the admin: a reader who may only look, and (from pytest-django) `admin_client`, a superuser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client, override_settings


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """A real hash takes a third of a second, for every person of every test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def _client(name: str, *codenames: str) -> Client:
    user = User.objects.create_user(name, password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="trials", codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader_client(db: None) -> Client:
    """Staff with the permission to view everything of trials, and no other."""
    views = Permission.objects.filter(content_type__app_label="trials", codename__startswith="view_")
    return _client("reader", *views.values_list("codename", flat=True))


@pytest.fixture
def stranger_client(db: None) -> Client:
    """Staff without any permission."""
    return _client("stranger")
