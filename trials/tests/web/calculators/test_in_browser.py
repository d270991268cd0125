"""The calculators and the glossary in a real browser: with and without script, by keyboard, on any screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 360, 1280)


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


def _check(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert not violations, [(found["id"], [node["target"] for node in found["nodes"]][:3]) for found in violations]


def test_a_question_is_answered_and_the_values_stay_out_of_the_address(page: Page) -> None:
    page.goto("/child-pugh/")
    _fill(page)
    assert page.url.endswith("/child-pugh/#results")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/child-pugh/", "/glossary/", "/glossary/?q=liver"])
def test_accessible_and_never_wider_than_the_screen(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    _check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_and_open_explanations_are_accessible(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/child-pugh/")
    _fill(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    _check(page)
