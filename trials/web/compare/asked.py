"""Which trials an address asks to compare. Reads the query, never the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from trials.search.trial_lookup import registered_id

FEWEST, MOST = 2, 4
_MOST_SHOWN = 20  # characters of a text that is no number


@dataclass(frozen=True, slots=True)
class Asked:
    """numbers are in their one right form, each once, in the order asked; wrong are the texts that are no number.

    near is a town as it was typed, to show the nearest sites of each trial.
    """

    numbers: Sequence[str]
    wrong: Sequence[str]
    is_canonical: bool
    near: str = ""


def asked_numbers(request: HttpRequest) -> Asked:
    given = request.GET.getlist("id")
    read = [(text, registered_id(text)) for text in given if text.strip()]
    numbers = list(dict.fromkeys(number for _, number in read if number))
    wrong = list(dict.fromkeys(_short(text) for text, number in read if not number))
    return Asked(numbers, wrong, given == numbers, request.GET.get("near", "").strip())


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _MOST_SHOWN else f"{said[:_MOST_SHOWN]}…"


def compare_url(numbers: Sequence[str], near: str = "") -> str:
    """Without near it may be handed on: it tells nobody where somebody lives."""
    query = urlencode([*(("id", number) for number in numbers), *([("near", near)] if near else [])])
    return f"{reverse('compare')}?{query}" if query else reverse("compare")
