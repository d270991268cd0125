"""Addresses of the admin and what a list shows. Reads answers as a person does."""

import re

from django.db.models import Model
from django.test import Client
from django.urls import reverse


def list_url(model: type[Model]) -> str:
    return reverse(f"admin:trials_{model._meta.model_name}_changelist")


def page_url(model: type[Model], key: object) -> str:
    return reverse(f"admin:trials_{model._meta.model_name}_change", args=[key])


def text(client: Client, url: str, query: dict[str, str] | None = None) -> str:
    """The page at an address, which must be there."""
    response = client.get(url, query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def listed(client: Client, model: type[Model], **query: str) -> list[str]:
    """The keys of the rows that a list shows, in order."""
    response = client.get(list_url(model), query)
    assert response.status_code == 200, response.headers.get("Location")
    return [str(row.pk) for row in response.context["cl"].result_list]


def scripts(html: str) -> list[str]:
    """What the Content-Security-Policy would refuse: scripts, handlers and styles that stand in the page itself."""
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", html)
    return (
        inline + re.findall(r"<[a-z][^<>]*\s(?:on[a-z]+|style)\s*=\s*[\"'][^<>]*>", html) + re.findall("<style", html)
    )
