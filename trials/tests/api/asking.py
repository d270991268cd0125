"""Asks the API as a program does. Plain functions."""

from typing import Any

from django.test import Client


def answer(url: str, status: int = 200) -> dict[str, Any]:
    """The JSON of an answer with this status."""
    response = Client().get(url)
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == "application/json"
    found: dict[str, Any] = response.json()
    return found
