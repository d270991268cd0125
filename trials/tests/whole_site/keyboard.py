"""Walks a page by keyboard alone, as somebody does who has no mouse. Every stop must show where it is."""

import re

from playwright.sync_api import Locator, Page, expect

_HAS_OUTLINE = """(one) => { const style = getComputedStyle(one);
    return one.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0; }"""


def tab_to(page: Page, aim: Locator, *, most: int = 150, backwards: bool = False) -> None:
    """Presses Tab until the aim has the focus."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if aim.evaluate("(one) => one === document.activeElement"):
            assert aim.evaluate(_HAS_OUTLINE), "the focus is not to be seen"
            return
        print(page.evaluate("document.activeElement.outerHTML.slice(0,150)"))
    raise AssertionError(f"{aim} is not reached by the keyboard")


def press(page: Page, aim: Locator, key: str = "Enter") -> None:
    tab_to(page, aim)
    page.keyboard.press(key)


def tick(page: Page, facet: str, *values: str) -> None:
    """Opens a facet of the results and ticks values of it: whoever tabs comes to the facet first, then to its values."""
    summary = page.locator(".facets > details > summary").filter(has_text=re.compile(rf"\b{facet}\b")).first
    tab_to(page, summary)
    if not summary.evaluate("(one) => one.parentElement.open"):
        page.keyboard.press("Enter")
    for value in values:
        box = page.locator(f".facets input[value='{value}']").filter(visible=True).first
        press(page, box, "Space")
        expect(box).to_be_checked()
