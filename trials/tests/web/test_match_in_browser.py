"""/match/ in a real browser: without JavaScript and by keyboard; nothing stays in it."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.browser import follow
from trials.tests.web.matching import three_trials

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
COMPARE = "Compare with all trials"


@pytest.fixture(autouse=True)
def trials() -> None:
    three_trials()


def _answer(page: Page) -> None:
    page.goto("/match/")
    page.get_by_label("Age in years").fill("63")
    page.get_by_label("Child-Pugh class or score").select_option("A")
    page.get_by_text("Light work possible").click()
    page.locator("#group-blood summary").first.click()
    page.locator("#bilirubin").fill("34")
    page.get_by_label("Unit of Bilirubin").select_option("mg/dL")
    follow(page.get_by_role("button", name=COMPARE))


def test_an_answer_in_place_and_nothing_of_it_in_the_browser(page: Page) -> None:
    _answer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 trials compared")
    expect(page).to_have_url("/match/#answer")
    assert page.evaluate("localStorage.length") == 0
    # htmx notes the address of every page that it runs on
    noted = dict(page.evaluate("Object.entries(sessionStorage)"))
    assert noted.pop("htmx-current-path-for-history", "/match/") in ("/match/", "/match/#answer")
    assert not noted
    assert page.evaluate("history.state") is None
    assert {cookie.get("name") for cookie in page.context.cookies()} == {"csrftoken"}
    expect(page.get_by_text("34 mg/dL would be unusual. Is the unit µmol/L?").first).to_be_visible()
    page.get_by_text("It is right as it stands").click()
    follow(page.get_by_role("button", name="Compare again"))
    expect(page.get_by_role("button", name="May be possible")).to_contain_text("0")
    page.get_by_role("link", name="Clear", exact=True).click()
    expect(page.get_by_label("Age in years")).to_have_value("")


def test_a_question_leads_to_its_field(page: Page) -> None:
    _answer(page)
    page.get_by_role("link", name="Hepatitis B").first.click()
    expect(page.locator("#hbv")).to_be_focused()
    page.get_by_role("link", name="Bilirubin").first.click()
    expect(page.locator("#bilirubin")).to_be_focused()


def test_errors_lead_to_their_fields(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url)  # of its own: Chromium complains of the 400 that is meant
    page = context.new_page()
    page.goto("/match/")
    page.get_by_label("How many tumours").fill("many")
    follow(page.get_by_role("button", name=COMPARE))
    page.get_by_role("link", name="How many tumours").click()
    field = page.locator("#tumors")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Problem: Enter one number, such as 2 or 2.5.")
    context.close()


def test_the_enter_key_compares_and_chooses_no_group(page: Page) -> None:
    _answer(page)
    page.get_by_label("Age in years").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator(".tab.one_point_against")).to_have_attribute("aria-current", "true")
    page.get_by_label("Age in years").fill("64")
    page.keyboard.press("Enter")
    expect(page.locator(".tab.may_be_possible")).to_have_attribute("aria-current", "true")


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    _answer(page)
    follow(page.get_by_role("button", name="One point speaks against it"))
    expect(page.get_by_text("NCT00000002").first).to_be_visible()
    expect(page.get_by_label("Age in years")).to_have_value("63")
    context.close()
