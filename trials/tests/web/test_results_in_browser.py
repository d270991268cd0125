"""The results page in a real browser: with and without JavaScript, small and large, light and dark, by keyboard."""

import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.search.stores import random_trial, store

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(autouse=True)
def trials() -> None:
    made = [random_trial(number, random.Random(number)) for number in range(1, 31)]
    for trial in made:
        trial.find_under("hcc_scope", {"hcc"})
        trial.columns["overall_status"] = "RECRUITING" if int(trial.nct_id[3:]) <= 12 else "COMPLETED"
    store(made)


def test_a_choice_changes_the_list_without_a_new_page(page: Page) -> None:
    page.goto("/trials/")
    page.evaluate("window.stayed = true")
    page.get_by_role("checkbox", name="Recruiting 12", exact=True).check()
    page.get_by_role("button", name="Show these trials").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 trials")
    assert page.evaluate("window.stayed") is True
    assert "status=RECRUITING" in page.url
    expect(page.locator("#live")).to_have_text("12 trials")
    page.get_by_role("link", name="Status: Recruiting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("30 trials")


def test_going_back_shows_the_list_before(page: Page) -> None:
    page.goto("/trials/")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Page 1 of 2")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/trials/")
    page.get_by_role("checkbox", name="Recruiting 12", exact=True).check()
    page.get_by_role("button", name="Show these trials").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 trials")
    page.get_by_label("Sort by").select_option("enrollment")
    page.get_by_role("button", name="Sort").click()
    assert "sort=enrollment" in page.url
    assert "status=RECRUITING" in page.url
    context.close()


def test_on_a_phone_the_list_comes_first_and_filters_are_one_touch_away(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/trials/")
    expect(page.locator("#narrow")).to_be_hidden()
    page.get_by_role("link", name="Narrow").click()
    expect(page.locator("#narrow")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#narrow")).to_be_hidden()


def test_the_keyboard_reaches_and_submits_a_choice(page: Page) -> None:
    page.goto("/trials/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    box = page.get_by_role("checkbox", name="Recruiting 12", exact=True)
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("12 trials")


@pytest.mark.parametrize("path", ["/", "/trials/", "/trials/?status=RECRUITING&child_pugh=A", "/about/", "/status"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_and_never_wider_than_the_screen(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    violations = Axe().run(page).response["violations"]
    assert not violations, [(found["id"], [node["target"] for node in found["nodes"]][:3]) for found in violations]
