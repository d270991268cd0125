"""A hepatologist looks for a second line, at a desk, and never touches the mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from trials.tests.browser import expect_address
from trials.tests.whole_site.invented import SECOND_LINES, load_invented_trials
from trials.tests.whole_site.keyboard import press, tab_to, tick

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page) -> Page:
    """A page that fails on any error; whoever copies has allowed it."""
    load_invented_trials()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_second_line_trials_are_narrowed_compared_cited_and_taken_along(desk: Page) -> None:
    page = desk
    page.goto("/trials/")
    page.keyboard.press("t")
    expect(page.get_by_role("region", name="The results as a table")).to_be_visible()

    press(page, page.get_by_role("link", name="Narrow"))
    tick(page, "child_pugh", "A")
    tick(page, "prior_systemic_therapy", "allowed", "required")
    tick(page, "phase", "PHASE2", "PHASE3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 trials")
    expect_address(page, "view=table")

    for _ in SECOND_LINES:
        page.keyboard.press("j")
        page.keyboard.press("c")
    kept = page.get_by_role("link", name="Kept (3)")
    expect(kept).to_be_visible()

    link = page.get_by_role("link", name="Table (CSV)")
    tab_to(page, link)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert sorted(re.findall(r"NCT\d{8}", row)[0] for row in rows[1:]) == sorted(SECOND_LINES)

    tab_to(page, kept, backwards=True)
    page.keyboard.press("Enter")
    press(page, page.get_by_role("button", name="Compare and print"))
    expect(page.get_by_role("heading", level=1)).to_have_text("3 trials side by side")

    press(page, page.locator(f".sides a[href='/trials/{SECOND_LINES[0]}/']").first)
    _cite(page)


def _cite(page: Page) -> None:
    press(page, page.get_by_role("button", name="For clinicians"))
    view = page.get_by_role("region", name="For clinicians")
    expect(view).to_contain_text("A5–A6")
    press(page, page.get_by_role("button", name="Copy as citation"))
    expect(page.locator("#live")).to_have_text("Copied.")
    assert SECOND_LINES[0] in page.evaluate("navigator.clipboard.readText()")


def test_a_match_and_a_score_are_answered_by_keyboard(desk: Page) -> None:
    page = desk
    page.goto("/match/")
    tab_to(page, page.get_by_label("Age in years"))
    page.keyboard.type("63")
    tab_to(page, page.locator("#child_pugh"))
    page.keyboard.type("B")
    press(page, page.get_by_role("button", name="Compare with all trials"))
    expect(page.get_by_role("heading", level=1)).to_have_text("5 trials compared")
    press(page, page.locator(".find-out li a").first)
    press(page, page.get_by_role("link", name="Child-Pugh, ALBI and BCLC calculators"))

    tab_to(page, page.get_by_label("Bilirubin (total)", exact=True))
    page.keyboard.type("34")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # µmol/L
    tab_to(page, page.get_by_label("INR (blood clotting)"))
    page.keyboard.type("1.8")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", name=re.compile(r"Child-Pugh B or C: between \d+ and \d+ points"))
    ).to_be_visible()
