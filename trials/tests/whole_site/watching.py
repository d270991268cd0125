"""Watches a page of the real browser: what it complains of, what the policy refuses, what it asks other hosts for.

`Watched.take()` hands over what has come together since the last time. Never judges it.
"""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

# Chromium itself complains of an answer that was meant to be one, such as the page "not found".
_ANSWER = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
_REFUSALS = """window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.refusals.push(`${event.effectiveDirective} ${event.blockedURI}`));"""


class Watched:
    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self._complaints: list[str] = []
        page.add_init_script(_REFUSALS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complaints.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"console: {message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self._complaints.append(f"another host: {request.url}")

    def take(self, meant: int = 200) -> list[str]:
        """What was complained of; meant is the status that the page itself was to have."""
        found = [f"policy: {refused}" for refused in self.page.evaluate("window.refusals")]
        for complaint in self._complaints:
            answer = _ANSWER.search(complaint)
            if not (answer and int(answer[1]) == meant and complaint.endswith(self.page.url)):
                found.append(complaint)
        self._complaints.clear()
        return found

    def forget(self) -> None:
        """What axe does to a page is not the page's doing."""
        self._complaints.clear()


def open_all_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def too_wide(page: Page, *widths: int) -> list[str]:
    """At which of these widths the page is wider than the screen, and what sticks out."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            out = page.evaluate(
                """[...document.body.querySelectorAll('*')].filter(
                    (one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest('.scroll')
                ).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""
            )
            found.append(f"wider than {width}: {out}")
    return found


# What a reader may set for all texts (WCAG 1.4.12).
_SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""


def too_wide_when_spaced(page: Page, *widths: int) -> list[str]:
    page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [sheet]; }",
        _SPACED,
    )
    found = [f"with wide spaces: {one}" for one in too_wide(page, *widths)]
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def covered_focus(page: Page, *widths: int) -> list[str]:
    """What a sticky part covers when the keyboard comes to it, from above or from below (WCAG 2.4.11)."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 640})
        found += [f"covered at {width} when focused: {one}" for one in page.evaluate(_COVERED)]
    return found


_COVERED = """() => {
    const reached = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
        .filter((one) => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}));
    const isCovered = (one) => {
        one.focus();
        if (document.activeElement !== one || one.closest(".away")) return false;
        const whole = one.getClientRects()[0];
        const [left, right] = [Math.max(whole.left, 0), Math.min(whole.right, innerWidth)];
        const [top, bottom] = [Math.max(whole.top, 0), Math.min(whole.bottom, innerHeight)];
        return [0.1, 0.5, 0.9].every((part) => {
            const seen = document.elementFromPoint(left + part * (right - left), top + part * (bottom - top));
            return !seen || !(one.contains(seen) || seen.contains(one) || seen.closest("label")?.control === one);
        });
    };
    const covered = [...reached, ...reached.reverse()].filter(isCovered);
    document.activeElement.blur();
    return covered.map((one) => one.outerHTML.slice(0, 120)).slice(0, 4);
}"""

# Asked of a page that was opened with prefers-reduced-motion.
_MOVES = """(theirs) => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    const moves = style.animationName !== "none" || !/^(0s(, )?)+$/.test(style.transitionDuration);
    return (moves || style.scrollBehavior === "smooth") && !(theirs && one.closest(theirs));
}).map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)"""


def what_moves(page: Page, excluded: str = "") -> list[str]:
    return [f"moves: {one}" for one in page.evaluate(_MOVES, excluded)]


def axe_violations(page: Page, excluded: str = "") -> list[str]:
    """As a wide page in light colours and as a narrow one in dark ones: every rule meets both layouts."""
    context = {"exclude": [[excluded]]} if excluded else None
    found = []
    for scheme, width in (("light", 1280), ("dark", 320)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # light or dark
        page.set_viewport_size({"width": width, "height": 800})
        for one in Axe().run(page, context=context, options=_OPTIONS).response["violations"]:
            found.append(f"axe, {scheme}, {width}: {one['id']} {[node['target'] for node in one['nodes']][:3]}")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


# The size of targets (WCAG 2.5.8) is a rule that axe looks at only when asked.
_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
