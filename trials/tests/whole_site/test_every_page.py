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
from trials.tests.whole_site.pages import API_DOCS, LANGUAGES, PAGES, STAFF_PAGES, SitePage
from trials.tests.whole_site.watching import (
    Watched,
    axe_violations,
    covered_focus,
    open_all_details,
    too_wide,
    too_wide_when_spaced,
    what_moves,
)

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
# A page of 1280 pixels at 200 % is one of 640; WCAG 1.4.10 asks for 320.
NARROW = (640, 320)


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
    is_as_meant = answer is not None and answer.status in {200, shown.status}
    return [] if is_as_meant else [f"answers {answer and answer.status}"]


def _visit(watched: Watched, shown: SitePage, languages: tuple[str, ...] = LANGUAGES) -> Iterator[str]:
    """Axe looks at the page in one language: its rules are about what is around the words."""
    page = watched.page
    for language in languages:
        troubles = _arrive(page, shown, language) + too_wide(page, *NARROW) + watched.take(shown.status)
        if language == languages[0]:
            troubles += what_moves(page, shown.excluded) + too_wide_when_spaced(page, *NARROW)
            troubles += covered_focus(page, 1280, 320)
            troubles += axe_violations(page, shown.excluded)
            watched.forget()
        page.evaluate("localStorage.clear()")
        yield from (f"{language}{shown.path} ({shown.name}) {trouble}" for trouble in troubles)


def test_every_page_keeps_the_rules(watched: Watched) -> None:
    load_invented_trials()
    run(hours=60)
    run("running", phase="loading", seen=10, unchanged=5)
    troubles = [trouble for shown in (*PAGES, API_DOCS) for trouble in _visit(watched, shown)]
    assert not troubles, "\n".join(troubles)


def test_staff_pages_keep_them_too(watched: Watched, live_server: LiveServer) -> None:
    """They are in one language."""
    load_invented_trials()
    login, *others = STAFF_PAGES
    troubles = list(_visit(watched, login, ("",)))
    log_in(watched.page, live_server)
    troubles += [trouble for shown in others for trouble in _visit(watched, shown, ("",))]
    assert not troubles, "\n".join(troubles)
