"""Walks a page by keyboard alone, as somebody does who has no mouse. Every stop must show where it is."""

from playwright.sync_api import Locator, Page, expect

_HAS_OUTLINE = """(one) => { const style = getComputedStyle(one);
    return one.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0; }"""


def tab_to(page: Page, aim: Locator, *, most: int = 150, backwards: bool = False) -> None:
    """Presses Tab until the aim has the focus, on a page that has come whole."""
    aim.wait_for(state="attached")
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if aim.evaluate("(one) => one === document.activeElement"):
            assert aim.evaluate(_HAS_OUTLINE), "the focus is not to be seen"
            return
    raise AssertionError(f"{aim} is not reached by the keyboard")


def press(page: Page, aim: Locator, key: str = "Enter") -> None:
    tab_to(page, aim)
    page.keyboard.press(key)


def tick(page: Page, facet: str, *values: str) -> None:
    """Opens a facet of the results and ticks values of it, all of them further on in the page than the focus."""
    around = page.locator(f".facets > details:has([name={facet}])")
    tab_to(page, around.locator("> summary"))
    if not around.evaluate("(one) => one.open"):
        page.keyboard.press("Enter")
    for value in values:
        box = around.locator(f"[value={value}]")
        press(page, box, "Space")
        expect(box).to_be_checked()
