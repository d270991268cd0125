"""The results page in a real browser: with and without JavaScript, and by keyboard."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.browser import expect_address
from trials.tests.search.stores import random_trial, store

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


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
    expect_address(page, "status=RECRUITING")
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


def test_going_back_after_a_filter_shows_the_list_and_the_fields_before(page: Page) -> None:
    page.goto("/trials/?q=sorafenib")
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Words: sorafenib").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("30 trials")
    expect(page.locator("#q")).to_have_value("")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    expect(page.locator("#q")).to_have_value("sorafenib")


def test_blank_fields_and_the_usual_order_stay_out_of_the_address(page: Page) -> None:
    page.goto("/trials/")
    page.locator("#q").fill("sorafenib")
    page.get_by_role("button", name="Search").click()
    expect_address(page, "q=sorafenib")
    expect(page.locator("#sort")).to_have_value("")
    expect(page.locator("#sort option:checked")).to_have_text("Best match")
    assert not any(f"{name}=" in page.url for name in ("near", "radius", "sort", "changed_since"))


@pytest.fixture
def patient_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page whose answers may be 400, which Chromium counts as an error of the console; scripts may not fail."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 780})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert not troubles


def test_the_question_which_town_takes_the_place_of_the_results(patient_page: Page) -> None:
    page = patient_page
    page.goto("/trials/?phase=NOT_STATED")
    page.evaluate("window.stayed = true")
    page.locator("#near").fill("Springfield")
    page.locator("#radius").select_option("50")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which place do you mean?")
    expect(page.locator("#live")).to_have_text("Which place do you mean?")
    assert page.evaluate("window.stayed") is True
    page.get_by_role("link", name="Springfield, Illinois, United States").click()
    expect(page.get_by_text("Distances from Springfield, Illinois, United States")).to_be_visible()
    expect_address(page, "radius=50", "phase=NOT_STATED")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which place do you mean?")


def test_an_answer_without_results_is_opened_as_its_own_page(patient_page: Page) -> None:
    page = patient_page
    page.goto("/trials/")
    page.evaluate("htmx.ajax('GET', '/trials/?page=99', {target: '#results', select: '#results'})")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page of results")


def test_the_readers_own_position_comes_into_the_field_on_request(browser: Browser, live_server: LiveServer) -> None:
    place = {"latitude": 45.7578, "longitude": 4.8320}
    context = browser.new_context(base_url=live_server.url, geolocation=place, permissions=["geolocation"])  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/", "/trials/"):
        page.goto(path)
        expect(page.locator("#near")).to_have_value("")
        page.get_by_role("button", name="Use my position").click()
        expect(page.locator("#near")).to_have_value("45.8,4.8")
        expect(page.locator("#near-said")).to_contain_text("rounded to about 10 km")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_text("Distances from about here:")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["/", "/trials/?q=liver+cancer&near=Lyon"])
def test_nothing_moves_while_the_page_comes(page: Page, path: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "window.moved += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(path)
    expect(page.get_by_role("button", name="Use my position")).to_be_visible()
    page.wait_for_timeout(100)
    assert page.evaluate("window.moved") < 0.01


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/trials/")
    page.get_by_role("checkbox", name="Recruiting 12", exact=True).check()
    page.get_by_role("button", name="Show these trials").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 trials")
    page.get_by_label("Sort by").select_option("enrollment")
    page.get_by_role("button", name="Sort").click()
    expect_address(page, "sort=enrollment", "status=RECRUITING")
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
