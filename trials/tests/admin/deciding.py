"""The page of one fact as a person uses it: its addresses, a decision, and what the site answers to it."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from trials.tests.admin.facts import fact, typed


def url(page: str, name: str = "child_pugh", number: int = 1) -> str:
    return reverse(f"admin:trials_factinforce_{page}", args=[fact(name, number).pk])


def decide(client: Client, verdict: str, name: str = "child_pugh", **answers: Any) -> HttpResponse:
    response = client.post(url("decide", name), typed(fact(name), verdict, **answers))
    assert isinstance(response, HttpResponse)
    return response


def messages(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]
