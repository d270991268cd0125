"""The page to try the API, in a real browser under the site's content security policy."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from trials.tests.builders import load_trial, raw_record


@pytest.mark.django_db
def test_it_needs_no_other_host_and_no_inline_script() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "cdn" not in page
    assert "https://" not in page.replace("http://testserver", "")
    assert page.count("<script") == page.count("<script src=")
    assert "<style" not in page


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_it_shows_the_operations_and_one_can_be_tried(page: Page) -> None:
    """The page fixture fails on any error of the console and any request to another host."""
    load_trial(raw_record(title="Hepatocellular carcinoma"))
    page.goto("/api/v1/docs")
    expect(page.get_by_text("/api/v1/trials/{nct_id}/")).to_be_visible()
    operation = page.locator("#operations-Trials-get_trial")
    operation.locator("button.opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_placeholder("nct_id").fill("NCT01234567")
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
