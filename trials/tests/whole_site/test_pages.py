"""The list of pages names every address of the site."""

from trials.tests.whole_site.pages import NOT_FOR_PEOPLE, PAGES
from trials.web.urls import urlpatterns


def test_no_page_is_missing_from_the_list() -> None:
    """A page that is not in the list is not looked at by a browser: see `test_every_page`."""
    visited = {page.route for page in PAGES if page.route}
    assert visited | NOT_FOR_PEOPLE == {pattern.name for pattern in urlpatterns}
    assert not visited & NOT_FOR_PEOPLE
