"""Every page of the site in a real browser: axe in light and dark, narrow screens, three languages, nothing refused.

The one place for what holds of every page; what a page does is tested where the page is.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from pytest_django.live_server_helper import LiveServer

from trials.tests.admin.conftest import log_in
from trials.tests.search.test_refresh_state import run
from trials.tests.whole_site.invented import load_invented_trials
from trials.tests.whole_site.pages import API_DOCS, LANGUAGES, NOT_FOR_PEOPLE, PAGES, STAFF_PAGES, SitePage
from trials.tests.whole_site.watching import Watched, axe_violations, open_all_details, too_wide
from trials.web.urls import urlpatterns

# A page of 1280 pixels at 200 % is one of 640; WCAG 1.4.10 asks for 320.
NARROW = (640, 320)


def test_no_page_is_missing_from_the_list() -> None:
    routes = {pattern.name for pattern in urlpatterns}
    visited = {page.route for page in PAGES if page.route}
    assert visited | NOT_FOR_PEOPLE == routes
    assert not visited & NOT_FOR_PEOPLE


@pytest.fixture
def watched(browser: Browser, live_server: LiveServer) -> Iterator[Watched]:
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    yield Watched(context.new_page(), live_server.url)
    context.close()


def _arrive(page: BrowserPage, shown: SitePage, language: str = "") -> list[str]:
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(language + shown.path)
    shown.arrive(page)
    open_all_details(page)
    if answer is None or answer.status != shown.status:
        return [f"answers {answer and answer.status}"]
    return []


def _in_both_schemes(watched: Watched, context: dict[str, list[list[str]]] | None = None) -> list[str]:
    page = watched.page
    light = axe_violations(page, context)
    page.emulate_media(color_scheme="dark")
    dark = [f"in the dark: {found}" for found in axe_violations(page, context) if found not in light]
    page.emulate_media(color_scheme="light")
    watched.forget()
    return light + dark


def _visit(watched: Watched, shown: SitePage, languages: tuple[str, ...] = LANGUAGES) -> Iterator[str]:
    """Axe looks at the page in one language: the rules are about what is around the words."""
    page = watched.page
    for language in languages:
        troubles = _arrive(page, shown, language) + too_wide(page, *NARROW) + watched.take(shown.status)
        if language == languages[0]:
            troubles += _in_both_schemes(watched)
        page.evaluate("localStorage.clear()")
        yield from (f"{language}{shown.path} ({shown.name}) {trouble}" for trouble in troubles)


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_every_page_keeps_the_rules(watched: Watched) -> None:
    load_invented_trials()
    run(hours=60)
    run("running", phase="loading", seen=10, unchanged=5)
    troubles = [trouble for shown in PAGES for trouble in _visit(watched, shown)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_staff_pages_keep_them_too(watched: Watched, live_server: LiveServer) -> None:
    load_invented_trials()
    login, *others = STAFF_PAGES
    troubles = list(_visit(watched, login, ("",)))
    log_in(watched.page, live_server)
    troubles += [trouble for shown in others for trouble in _visit(watched, shown, ("",))]
    assert not troubles, "\n".join(troubles)


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_the_page_to_try_the_api_keeps_them(watched: Watched) -> None:
    page = watched.page
    page.goto(API_DOCS.path)
    page.locator("#operations-Trials-get_trial").wait_for(timeout=20_000)
    troubles = too_wide(page, *NARROW) + watched.take() + _in_both_schemes(watched)
    assert not troubles, "\n".join(troubles)
