"""Somebody who knows nothing but “liver cancer” and the name of a town; the browser runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.browser import expect_address
from trials.tests.whole_site.invented import FIRST_LINE, load_invented_trials
from trials.tests.whole_site.keyboard import press

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    load_invented_trials()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_two_words_and_a_town_lead_to_a_person(plain: Page) -> None:
    page = plain
    page.goto("/")
    page.get_by_label("Drug, treatment, hospital or trial number").fill("liver cancer")
    page.get_by_label("Town").fill("Lyon")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Distances from Lyon, France")).to_be_visible()
    expect(page.get_by_role("list", name="Your choices")).to_contain_text("liver cancer")
    found = page.url

    page.get_by_role("link", name="Invented drug for hepatocellular carcinoma in a vessel").click()
    words = page.get_by_role("region", name="In plain words")
    expect(words).to_contain_text("takes people now")  # its status
    expect(words).to_contain_text("Chance decides who goes into which group, like drawing lots.")
    expect(words.get_by_text("phase 2").first).to_be_visible()

    word = page.locator("#fact-child_pugh summary").first
    press(page, word)
    expect(page.locator("#fact-child_pugh .meaning").first).to_be_visible()
    expect(page.get_by_role("link", name="+33 1 99 00 20 00")).to_be_visible()

    press(page, page.locator("#fact-child_pugh .meaning a").first)
    expect(page.locator("#child-pugh, :target").first).to_be_visible()
    page.go_back()
    expect_address(page, f"/trials/{FIRST_LINE}/")
    page.get_by_role("link", name="Back to your results").click()
    expect(page).to_have_url(found)
    expect(page.get_by_role("list", name="Your choices")).to_contain_text("liver cancer")
    page.get_by_role("link", name="Invented drug").click()
    expect_address(page, f"/trials/{FIRST_LINE}/")
    page.go_back()
    expect(page).to_have_url(found)
