"""Whole addresses for mails: of the site as its settings name it, in the reader's language. No request is there."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def whole(name: str, *arguments: str, **query: str) -> str:
    """Under `under_language`, which puts the language into the path."""
    path = reverse(name, args=list(arguments))
    return f"{settings.HCCTRIALS_SITE_URL}{path}{'?' + urlencode(query) if query else ''}"


def whole_search(query: str) -> str:
    return whole("trial-list") + (f"?{query}" if query else "")
