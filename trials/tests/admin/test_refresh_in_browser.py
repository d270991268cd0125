"""A refresh in a real browser: ordered, followed while it runs, read afterwards; small and large, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.models import RefreshRun, Trial, TrialChange
from trials.tests.admin.conftest import log_in
from trials.tests.admin.pages import list_url, page_url
from trials.tests.admin.records import load, nct, record
from trials.tests.admin.runs import change, queued, run

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def going() -> RefreshRun:
    return run("running", phase="fetching", expected=2000, seen=500)


def test_a_run_is_followed_to_its_end(staff: Page, going: RefreshRun) -> None:
    page = staff
    page.goto(page_url(RefreshRun, going.pk))
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "500")
    RefreshRun.objects.update(seen=1500)
    expect(bar).to_have_attribute("value", "1500")
    expect(page.get_by_text("1500 of 2000")).to_be_visible()
    RefreshRun.objects.update(status="failed", reason="It was too much.", finished_at=timezone.now())
    expect(bar).to_have_count(0)
    expect(page.get_by_text("It was too much.")).to_be_visible()
    expect(page.locator(".run-pill")).to_have_text("Failed")


def test_who_was_logged_out_is_asked_to_log_in(browser: Browser, live_server: LiveServer, going: RefreshRun) -> None:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    log_in(page, live_server)
    page.goto(list_url(RefreshRun))
    expect(page.get_by_role("progressbar")).to_be_visible()
    context.clear_cookies()
    expect(page.get_by_label("Username")).to_be_visible()
    context.close()


def test_a_run_is_seen_without_scripts(browser: Browser, live_server: LiveServer, going: RefreshRun) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server)
    page.goto(page_url(RefreshRun, going.pk))
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "500")
    RefreshRun.objects.update(seen=1500)
    page.get_by_role("link", name="The run as it is now").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1500")
    context.close()


def test_both_orders(staff: Page) -> None:
    queued()
    page = staff
    page.goto(list_url(RefreshRun))
    page.get_by_role("button", name="Refresh now: what is new").click()
    expect(page.get_by_text("The refresh is ordered.")).to_be_visible()
    page.get_by_role("link", name="Refresh now: everything …").click()
    expect(page.get_by_role("heading", name="Refresh everything")).to_be_visible()
    assert len(queued()) == 1
    page.get_by_role("button", name="Refresh everything").click()
    expect(page.get_by_text("The refresh is ordered.")).to_be_visible()
    assert [order["full"] for order in queued()] == [True]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_pages_fit_and_keep_the_rules(width: int, scheme: str, inspected: Page) -> None:
    load(record(1))
    ended = run("partial", "full", reason="The registry sent less than it announced. " * 5, findings={"facts_lost": 1})
    made = change(ended, "eligibility_criteria", "word " * 500, "W" * 500)
    run("running", phase="loading", seen=10)
    page = inspected
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for url, part in (
        (list_url(RefreshRun), "#content-main"),
        (page_url(RefreshRun, ended.pk), ".run-findings, .run-changes"),
        (list_url(TrialChange), "#result_list"),
        (page_url(TrialChange, made.pk), None),
        (page_url(Trial, nct(1)), ".run-orders"),
        ("/admin/trials/refreshrun/everything/", "#content-main"),
        ("/admin/", ".staff-state"),
    ):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        if part:
            found = Axe().run(page, context=part).response["violations"]
            assert not found, (url, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
