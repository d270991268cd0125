"""One decision in a real browser: by keyboard alone, small and large, light and dark, under the site's policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from trials.models import FactInForce, FactReview
from trials.tests.admin.facts import change_criteria, doubt, fact, judge
from trials.tests.admin.pages import list_url, page_url
from trials.tests.admin.records import nct
from trials.tests.browser import expect_address
from trials.tests.whole_site.keyboard import tab_to

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trial")]


def focused(page: Page) -> str:
    """Where the focus stands: the value or the words of the element."""
    return str(page.evaluate("(document.activeElement.value || document.activeElement.textContent).trim()"))


def test_a_decision_by_keyboard(staff: Page) -> None:
    page = staff
    doubt("child_pugh", "weak_field")
    following = doubt("ecog", "mixed")
    page.goto(list_url(FactInForce))
    tab_to(page, page.get_by_role("link", name="Child-Pugh score", exact=True).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Child-Pugh score")
    expect(page.locator("input[name=values][value='7']")).to_be_hidden()
    tab_to(page, page.locator("[value=machine_is_right]"))
    page.keyboard.press("ArrowDown")
    assert focused(page) == "corrected"
    expect(page.locator("input[name=values][value='7']")).to_be_visible()
    tab_to(page, page.locator("input[name=values][value='7']"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Save and next"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The decision is not kept yet.")
    expect(page.locator("#id_reason_error")).to_contain_text("Say why")
    page.get_by_label("Reason").focus()
    page.keyboard.type("The footnote admits B7.")
    tab_to(page, page.get_by_role("button", name="Save and next"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ECOG")
    expect(page.get_by_text(f"{nct(1)}, Child-Pugh score: Corrected (5, 6, 7).")).to_be_visible()
    expect_address(page, page_url(FactInForce, following))
    assert FactReview.objects.get().value == [5, 6, 7]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_pages_are_readable_and_fit(width: int, scheme: str, inspected: Page) -> None:
    page = inspected
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    doubt("ecog", "weak_field")
    judge()
    change_criteria("Inclusion Criteria:\n\n* Child-Pugh A or B" + "\n\n* another criterion" * 60)
    for url in (list_url(FactInForce), page_url(fact().__class__, fact().pk)):
        page.goto(url)
        if "change" in url:
            page.locator("input[value=corrected]").check()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # what is ours; Django admin's own frame is Django's
        context = {"include": [["#result_list"]]} if "change" not in url else {"include": [[".fact-review"]]}
        found = Axe().run(page, context=context)
        assert found.violations_count == 0, found.generate_report()


def test_the_whole_text_is_one_click_away(staff: Page) -> None:
    page = staff
    change_criteria("Inclusion Criteria:\n\n* Child-Pugh A\n" + "\n* another criterion" * 200 + "\n* the end")
    page.goto(page_url(FactInForce, fact().pk))
    whole = page.get_by_role("region", name="Eligibility criteria").locator("details p")
    expect(whole).to_have_count(1)
    expect(whole).to_be_hidden()
    page.get_by_text("The whole text").click()
    expect(whole).to_be_visible()
    expect(whole).to_contain_text("the end")
