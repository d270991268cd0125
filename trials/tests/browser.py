"""A real browser for tests of pages: Debian's Chromium, watched for errors and requests to other hosts."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# On a busy machine a page may take long. Who waits for what comes is not slowed by it.
PATIENCE = 120_000  # milliseconds
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code that must not query.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        make = browser.new_context

        def patient(**options: Any) -> BrowserContext:
            context = make(**options)
            context.set_default_timeout(PATIENCE)
            return context

        patch.setattr(browser, "new_context", patient)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on the live server. The test fails on any console error or request to another host."""
    troubles: list[str] = []
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((live_server.url, "data:")) else troubles.append(request.url),
    )
    yield page
    context.close()
    assert not troubles, troubles


def follow(aim: Locator, act: Callable[[Locator], None] = Locator.click) -> None:
    """Clicks or taps what leads to another page, and waits until that one is whole: a button does nothing before the
    form that it belongs to has come."""
    with aim.page.expect_navigation():
        act(aim)


def expect_address(page: Page, *parts: str) -> None:
    """Waits until the address holds them: a click or a key returns before the page that it leads to is there."""
    for part in parts:
        expect(page).to_have_url(re.compile(re.escape(part)))
