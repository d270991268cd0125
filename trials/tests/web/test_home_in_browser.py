"""The start page and the page on privacy in a real browser: narrow and wide, light and dark, by keyboard."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from trials.tests.builders import load, raw_record

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def trials() -> None:
    load(raw_record("NCT00000001", title="Recurrent hepatocellular carcinoma", status="RECRUITING"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/privacy/"])
def test_accessible_and_never_wider_than_the_screen(path: str, scheme: Literal["light", "dark"], page: Page) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    assert not Axe().run(page).response["violations"]
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_situation_is_reached_by_keyboard_and_shows_its_choices(page: Page) -> None:
    page.goto("/")
    page.locator("#came-back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 trial")
    chips = page.get_by_role("list", name="Your choices")
    expect(chips).to_contain_text("recurrent HCC")
    expect(chips).to_contain_text("Recruiting")


def test_someone_else_is_one_step_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="I look for someone else").press("Enter")
    expect(page.get_by_role("heading", name="Looking for someone else")).to_be_in_viewport()
    page.keyboard.press("Tab")  # goes on from there
    expect(page.locator("section[aria-labelledby=someone-else] a")).to_be_focused()
