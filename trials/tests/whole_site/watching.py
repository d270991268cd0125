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


def axe_violations(page: Page, context: dict[str, list[list[str]]] | None = None) -> list[str]:
    found = Axe().run(page, context=context).response["violations"]
    return [f"axe: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]
