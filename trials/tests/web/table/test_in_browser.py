"""The table and the single keys in a real browser."""

import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.browser import expect_address
from trials.tests.search.stores import random_trial, store

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def trials() -> None:
    made = [random_trial(number, random.Random(number)) for number in range(1, 26)]
    for trial in made:
        trial.find_under("hcc_scope", {"hcc"})
    store(made)


def _place(page: Page) -> int:
    """Which of the results has the focus, -1 for none."""
    items = "'.trial, .trial-row'"
    here = f"document.activeElement.closest({items})"
    found: int = page.evaluate(f"[...document.querySelectorAll({items})].indexOf({here})")
    return found


def test_single_keys_walk_keep_switch_and_open(page: Page) -> None:
    page.goto("/trials/")
    places = []
    for key in "jjkkjj":
        page.keyboard.press(key)
        places.append(_place(page))
    assert places == [0, 1, 0, 0, 1, 2]
    page.keyboard.press("c")
    expect(page.locator("[data-kept-count]")).to_contain_text("1")
    page.keyboard.press("t")
    expect(page.locator(".dense")).to_be_visible()
    page.keyboard.press("j")
    assert _place(page) == 0
    page.keyboard.press("c")
    page.keyboard.press("Control+c")
    expect(page.locator("[data-kept-count]")).to_contain_text("2")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jot?")
    expect(page.locator("#q")).to_have_value("jot?")
    page.get_by_role("link", name="Cards", exact=True).focus()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/trials/NCT*/")


def test_the_list_of_keys_turns_them_off_and_on(page: Page) -> None:
    page.goto("/trials/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert not Axe().run(page).response["violations"]
    page.keyboard.press("j")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    dialog.get_by_role("checkbox", name="Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert _place(page) == 0
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    assert _place(page) == -1
    page.get_by_role("button", name="Keyboard shortcuts").click()
    dialog.get_by_role("checkbox", name="Use these keys").check()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()
    page.keyboard.press("j")
    assert _place(page) == 0
    assert page.evaluate("Object.keys(localStorage)") == []


def test_columns_are_chosen_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/trials/?phase=PHASE2")
    page.get_by_role("link", name="Table", exact=True).click()
    page.locator(".choose summary").click()
    while page.locator(".choose input:checked").count():
        page.locator(".choose input:checked").first.uncheck()
    page.get_by_role("checkbox", name="BCLC stage").check()
    page.get_by_role("button", name="Show these columns").click()
    expect(page.locator(".dense thead th")).to_have_text(["Trial", "BCLC stage"])
    expect_address(page, "phase=PHASE2")
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()
    page.get_by_role("link", name="Narrow").click()
    page.get_by_role("button", name="Show these trials").click()
    expect_address(page, "view=table", "column=bclc")
    context.close()
