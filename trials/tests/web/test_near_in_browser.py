"""The button "near me" in a real browser: it asks after a click, rounds in the browser, and sends nothing by itself."""

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
FORM = """<!doctype html><html lang="en"><title>Near me</title><link rel="icon" href="data:,">
<form action="/sent"><input name="near" aria-label="near">
<button type="button" data-near-me {more} hidden data-asking="Asking" data-found="Found" data-refused="Refused"
 data-failed="Failed" data-late="Late">Near me</button></form>
<div id="live" role="status"></div><script src="/static/js/near.js"></script></html>"""


def _open(page: Page, more: str = "") -> list[str]:
    sent: list[str] = []

    def send(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Sent</title>", content_type="text/html")

    page.route("**/sent*", send)
    page.route("**/asked", lambda route: route.fulfill(body=FORM.format(more=more), content_type="text/html"))
    page.goto("/asked")
    return sent


def test_the_position_is_rounded_before_it_is_shown(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 45.7603, "longitude": -0.0412})
    sent = _open(page)
    field = page.locator("input")
    expect(field).to_have_value("")  # nothing before the click
    page.get_by_role("button", name="Near me").click()
    expect(field).to_have_value("45.8,0.0")
    expect(page.get_by_role("status")).to_have_text("Found")
    assert sent == []


def test_the_form_is_sent_only_if_the_button_says_so(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -36.85, "longitude": 174.76})
    sent = _open(page, "data-near-submit")
    page.get_by_role("button", name="Near me").click()
    page.wait_for_url("**/sent*")
    assert [url.partition("?")[2] for url in sent] == ["near=-36.8%2C174.8"]


def test_a_refusal_is_said_and_the_button_stays(page: Page) -> None:
    sent = _open(page)
    page.get_by_role("button", name="Near me").click()
    expect(page.get_by_role("status")).to_have_text("Refused")
    expect(page.get_by_role("button", name="Near me")).to_be_enabled()
    expect(page.locator("input")).to_have_value("")
    assert sent == []


@pytest.mark.parametrize(("code", "words"), [(2, "Failed"), (3, "Late")])
def test_a_failure_is_said(page: Page, code: int, words: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'geolocation', {value: "
        f"{{getCurrentPosition: (found, failed) => failed({{code: {code}}})}}}})"
    )
    _open(page)
    page.get_by_role("button", name="Near me").click()
    expect(page.get_by_role("status")).to_have_text(words)
    expect(page.locator("input")).to_have_value("")


def test_without_a_position_to_ask_for_there_is_no_button(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'geolocation', {value: undefined})")
    _open(page)
    expect(page.locator("button")).to_be_hidden()
