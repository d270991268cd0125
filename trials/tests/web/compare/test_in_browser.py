"""Keeping, comparing and the two views in a real browser: nothing is sent, everything works by keyboard and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.builders import load_trial
from trials.tests.fixtures.records import ALICE, KOREA, ZHEJIANG, ZHONGDA
from trials.tests.fixtures.records import raw_record as fixture

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
KEPT, VIEW = "hcc-trials-kept", "hcc-trials-view"


@pytest.fixture(autouse=True)
def trials() -> None:
    for nct_id in (ALICE, ZHEJIANG, ZHONGDA, KOREA):
        load_trial(fixture(nct_id))


def keep(page: Page, *ids: str) -> None:
    for nct_id in ids:
        page.goto(f"/trials/{nct_id}/")
        page.get_by_role("button", name=f"Keep {nct_id}").click()


def test_kept_trials_are_compared_and_let_go(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method + (request.post_data or "")))
    keep(page, ALICE, ZHEJIANG, ZHONGDA)
    expect(page.get_by_role("button", name=f"Keep {ZHONGDA}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#live")).to_have_text("Kept in this browser.")
    page.get_by_role("link", name="Kept (3)").click()
    page.get_by_role("button", name=f"Take off {ZHONGDA}").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Compare and print").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 trials side by side")
    expect(page).to_have_url(f"/compare/?id={ALICE}&id={ZHEJIANG}")
    page.get_by_role("button", name=f"Keep {ALICE}").click()
    page.goto("/shortlist/")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("button", name="Empty the list").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    assert page.evaluate(f"localStorage.getItem('{KEPT}')") is None
    assert set(sent) == {"GET"}
    assert page.context.cookies() == []


def test_what_stands_in_the_browser_is_not_trusted(page: Page) -> None:
    page.goto("/shortlist/")
    bad = """[{"id": "NCT1"}, {"id": "javascript:alert(1)"}, null, 7,
        {"id": "NCT06904170", "title": "<img src=x onerror=window.hurt=1>", "day": "<b>"}]"""
    for text, count in ((bad, 1), ("{}", 0), ("nonsense", 0), ("null", 0)):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEPT, text])
        page.reload()
        expect(page.get_by_role("checkbox")).to_have_count(count)
    assert page.evaluate("window.hurt") is None


def test_the_view_is_remembered_here_alone(page: Page) -> None:
    page.goto(f"/trials/{ALICE}/")
    expect(page.locator("#plain")).to_be_visible()
    expect(page.locator("#clinical")).to_be_hidden()
    page.get_by_role("button", name="For clinicians").press("Enter")
    expect(page.get_by_role("button", name="For clinicians")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#plain")).to_be_hidden()
    page.goto(f"/trials/{ZHEJIANG}/")
    expect(page.locator("#clinical")).to_be_visible()
    page.goto(f"/trials/{ZHEJIANG}/#plain")
    expect(page.locator("#plain")).to_be_in_viewport()
    assert page.evaluate(f"localStorage.getItem('{VIEW}')") == "clinical"


def test_an_address_that_ends_in_no_name_breaks_nothing(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"/trials/{ALICE}/#%")
    page.evaluate("location.hash = '#%E0%A4%A'")
    page.get_by_role("button", name="For clinicians").click()
    expect(page.locator("#clinical")).to_be_visible()
    assert faults == []


def test_the_day_of_keeping_is_the_readers(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, timezone_id="Pacific/Auckland")
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-21T20:00:00Z")  # in Auckland it is the 22nd
    keep(page, ALICE)
    assert '"day":"2026-11-22"' in page.evaluate(f"localStorage.getItem('{KEPT}')")
    context.close()


def test_the_citation_and_links_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/trials/{ALICE}/#clinical")
    page.get_by_role("button", name="Copy as citation").click()
    expect(page.locator("#live")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").text_content()
    page.get_by_text("Links to the parts of this page").click()
    page.get_by_role("button", name=re.compile("Copy link ?: Criteria")).click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).endsWith('/#criteria')")


def test_a_line_leads_to_the_sentence_it_was_made_from(page: Page) -> None:
    page.goto(f"/trials/{ALICE}/")
    page.locator("#plain").get_by_role("link", name="In the record: Liver function").click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    expect(page.locator("mark:target")).to_contain_text("Child")


def test_without_a_script_both_views_and_the_form_are_there(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/trials/{ALICE}/")
    expect(page.locator("#plain")).to_be_visible()
    expect(page.locator("#clinical")).to_be_visible()
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    page.goto("/shortlist/")
    expect(page.get_by_text("This list needs JavaScript")).to_be_visible()
    page.get_by_label("First trial").fill(ALICE.lower())
    page.get_by_label("Second trial").fill(ZHEJIANG)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 trials side by side")
    page.get_by_label("Town").fill("Lyon")
    page.get_by_role("button", name="Show the nearest sites").press("Enter")
    expect(page.get_by_text("From Lyon, France")).to_be_visible()
    context.close()


def test_on_paper_stand_contacts_and_questions(page: Page) -> None:
    page.goto(f"/compare/?id={ALICE}&id={ZHEJIANG}")
    page.emulate_media(media="print")
    expect(page.get_by_text("+33 1 99 00 10 00")).to_be_visible()
    expect(page.get_by_role("heading", name="Questions for the doctor and the trial team")).to_be_visible()
    expect(page.get_by_role("link", name="Send by mail")).to_be_hidden()
    expect(page.locator(".only-print")).to_contain_text("/compare/?id=")
