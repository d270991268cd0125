"""The start page in a real browser, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from trials.tests.builders import load, raw_record

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def trials() -> None:
    load(raw_record("NCT00000001", title="Recurrent hepatocellular carcinoma", status="RECRUITING"))


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
