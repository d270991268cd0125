"""security.txt as RFC 9116 wants it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

PLACE = "/.well-known/security.txt"


@override_settings(HCCTRIALS_SECURITY_CONTACT=["mailto:security@example.org", "https://example.org/report"])
def test_fields(client: Client) -> None:
    answer = client.get(PLACE)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:security@example.org",
        "https://example.org/report",
    ]
    [expires] = [datetime.fromisoformat(value) for name, value in fields if name == "Expires"]
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)
    assert ["Canonical", f"http://testserver{PLACE}"] in fields


def test_without_a_contact_there_is_none(client: Client, db: None) -> None:
    assert client.get(PLACE).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(method: str, client: Client) -> None:
    assert getattr(client, method)(PLACE).status_code == 405
