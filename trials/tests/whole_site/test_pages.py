"""The list of pages names every address of the site, and on each of them help stands at the same place."""

import re

import pytest
from django.test import Client

from trials.tests.whole_site.invented import load_invented_trials
from trials.tests.whole_site.pages import NOT_FOR_PEOPLE, PAGES
from trials.web.urls import urlpatterns


def test_no_page_is_missing_from_the_list() -> None:
    """A page that is not in the list is not looked at by a browser: see `test_every_page`."""
    visited = {page.route for page in PAGES if page.route}
    assert visited | NOT_FOR_PEOPLE == {pattern.name for pattern in urlpatterns}
    assert not visited & NOT_FOR_PEOPLE


@pytest.mark.django_db
def test_the_ways_to_help_stand_in_the_same_order_on_every_page() -> None:
    """WCAG 3.2.6: the main ways on top, those to explanations at the foot."""
    load_invented_trials()
    frames = set()
    for page in PAGES:
        html = Client().get(page.path).content.decode()
        main, foot = html.partition("<main")[0], html.rpartition("<footer")[2]
        links = [
            re.findall(r'<a href="([^"]+)"', part) for part in (main.partition("<nav")[2].partition("</nav>")[0], foot)
        ]
        assert all(links), page.name
        frames.add(str(links))
    assert len(frames) == 1
