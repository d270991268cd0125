"""The calculators and the glossary in a real browser: with and without script, and by keyboard."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def _fill(page: Page) -> None:
    page.get_by_label("Bilirubin (total)", exact=True).fill("34")
    page.get_by_label("Unit: Bilirubin (total)").select_option("mg/dL")
    page.get_by_label("Albumin", exact=True).fill("3,1")
    page.get_by_label("Unit: Albumin").select_option("g/dL")
    page.get_by_label("INR (blood clotting)").fill("1.2")
    page.get_by_label("Fluid in the belly (ascites)").select_option("slight")
    page.get_by_label("Confusion caused by the liver").select_option("never")
    page.get_by_label("How many tumours in the liver").fill("2")
    page.get_by_role("button", name="Work out").click()


def test_a_question_is_answered_and_the_values_stay_out_of_the_address(page: Page) -> None:
    page.goto("/child-pugh/")
    _fill(page)
    expect(page).to_have_url("/child-pugh/#results")
    expect(page.get_by_text("34 mg/dL would be unusual. Is the unit µmol/L?").first).to_be_visible()
    page.get_by_role("link", name="Bilirubin (total)").click()
    page.get_by_label("Unit: Bilirubin (total)").select_option("µmol/L")
    page.get_by_role("button", name="Work out").click()
    expect(page.get_by_role("heading", name="Child-Pugh B: 8 points")).to_be_visible()
    expect(page.get_by_role("link", name="Search trials that accept Child-Pugh B")).to_have_attribute(
        "href", "/trials/?child_pugh=B"
    )
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])")
    assert "34" not in kept
    assert "3,1" not in kept
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_label("Albumin", exact=True)).to_have_value("")


def test_everything_works_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/child-pugh/")
    page.locator("summary", has_text="What is “Bilirubin”?").click()
    expect(page.get_by_text("A yellow waste that the liver clears from the blood.")).to_be_visible()
    _fill(page)
    expect(page.get_by_role("heading", level=3, name="Child-Pugh", exact=False).first).to_be_visible()
    page.goto("/glossary/")
    page.get_by_label("Find a word").fill("hep B")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="Hepatitis B (HBV)")).to_be_visible()
    context.close()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/child-pugh/")
    page.get_by_label("INR (blood clotting)").focus()
    page.keyboard.type("1.8")
    page.keyboard.press("Tab")
    summary = page.locator("summary", has_text="What is “INR”?")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("How slowly the blood clots.")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/glossary/#inr"
    page.get_by_label("INR (blood clotting)").press("Enter")
    expect(page.get_by_role("heading", name="Child-Pugh A, B or C: between 6 and 14 points")).to_be_visible()
