"""The links to other languages on the pages of `/follow/` lead to the same search."""

import re

import pytest
from django.test import Client

from trials.alerts.secret_links import link_key
from trials.tests.alerts.following_searches import follow


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "confirm/", "manage/", "stop/"])
def test_another_language_keeps_the_search_and_the_key(client: Client, page: str) -> None:
    search = follow(query="status=RECRUITING")
    query = f"key={link_key(search)}" if page else search.query
    html = client.get(f"/en/follow/{page}?{query}").content.decode()
    french = re.search(r'<a href="([^"]+)" hreflang="fr"', html)
    assert french
    answer = client.get(french[1].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer["Content-Language"] == "fr"
    assert "Recrutement en cours" in answer.content.decode()
