"""History and state of the data in a real browser: long texts, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.models import RefreshRun
from trials.tests.browser import expect_address
from trials.tests.builders import load_trial, raw_record, site
from trials.tests.search.test_refresh_state import run

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
HISTORY = "/trials/NCT01234567/history/"
CRITERIA = "Inclusion Criteria:\n\n" + "".join(f"* Criterion number {number}\n" for number in range(9))


@pytest.fixture(autouse=True)
def history() -> None:
    def sites(status: str) -> list[dict[str, object]]:
        return [site(f"Town{'x' * 50}", "France", facility="H" * 80, status=status) for _ in range(20)]

    long_word = "Hepatocellular" * 20
    old = raw_record(updated="2026-10-01", sites=sites("RECRUITING"), criteria=f"{CRITERIA}* Any {long_word} at all")
    new = raw_record(
        updated="2026-11-03",
        title="A new title " + long_word,
        sites=sites("COMPLETED"),
        criteria=f"{CRITERIA.replace('8', '8, reworded')}* {long_word} <script>alert(1)</script>",
    )
    load_trial(old)
    load_trial(new)


def test_long_texts_never_widen_the_page(page: Page) -> None:
    run(hours=60)
    run("failed", reason="A reason of one long word: " + "x" * 200)
    run("running", phase="loading", seen=10, unchanged=5)
    page.set_viewport_size({"width": 320, "height": 800})
    for path in (HISTORY, "/status", "/trials/?changed_since=2026-11-01"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details:not(.facets .more)').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def test_no_finger_misses(page: Page) -> None:
    run(hours=60)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(HISTORY)
    expect(page.get_by_text("and 15 more sites")).to_be_visible()
    small = page.evaluate(
        """[...document.querySelectorAll('summary, .back a, .pages a')]
        .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML)"""
    )
    assert small == []


def test_the_progress_moves_by_itself_and_stops_with_the_run(page: Page) -> None:
    under_way = RefreshRun.objects.filter(pk=run("running", phase="fetching", expected=100, seen=10).pk)
    page.goto("/status")
    expect(page.get_by_text("10 of 100")).to_be_visible()
    under_way.update(seen=60)
    expect(page.get_by_text("60 of 100")).to_be_visible()
    under_way.update(status="succeeded", phase="done", finished_at=timezone.now())
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.locator("[hx-get]")).to_have_count(0)


def test_without_javascript_the_state_is_there(browser: Browser, live_server: LiveServer) -> None:
    run("running", phase="fetching", expected=100, seen=10)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/status")
    expect(page.get_by_text("10 of 100")).to_be_visible()
    page.goto("/trials/")
    page.get_by_text("New or changed").first.click()
    page.get_by_role("link", name="In the last 30 days").click()
    expect_address(page, "changed_since=")
    context.close()


def test_changed_since_is_part_of_the_form(page: Page) -> None:
    page.goto("/trials/?phase=NOT_STATED&hcc_scope=not_stated&hcc_scope=hcc&hcc_scope=off_topic&hcc_scope=mixed")
    page.get_by_text("New or changed").first.click()
    page.get_by_label("Since a day").fill("2026-11-03")
    page.get_by_role("button", name="Show these trials").click()
    expect(page.get_by_role("link", name="Changed since 3 November 2026")).to_be_visible()
    expect_address(page, "changed_since=2026-11-03", "phase=NOT_STATED")
    page.get_by_role("link", name="Changed since 3 November 2026").click()
    expect(page.get_by_role("link", name="Changed since 3 November 2026")).to_have_count(0)
