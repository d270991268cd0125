"""The start page: words, a town, and only trials that recruit unless the reader says otherwise."""

import re
from html import unescape

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_search_box_has_words_a_town_and_open_trials_first(page: str) -> None:
    assert 'name="q"' in page
    assert 'name="near"' in page
    assert '<input type="checkbox" name="status" value="RECRUITING" checked>' in page
    assert re.search(r'<button type="button"[^>]* hidden data-near-me', page)


def test_every_link_into_the_search_is_answered(client: Client, page: str) -> None:
    links = [unescape(link) for link in re.findall(r'href="(/trials/\?[^"]*)"', page)]
    assert len(links) >= 10
    for link in links:
        assert client.get(link).status_code == 200, link


def test_what_its_form_sends_is_answered(client: Client) -> None:
    assert client.get("/trials/?q=&near=&status=RECRUITING").status_code == 200
    assert client.get("/trials/?q=TACE&near=Lyon&status=RECRUITING").status_code == 200
