"""Weighs the first load of pages: what travels to a browser that has nothing kept yet, as it travels (compressed).

Usage: .venv/bin/python .ci/first_load.py http://127.0.0.1:8000 / /trials/   (of a site that runs: make run)
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright


@dataclass(frozen=True)
class Part:
    """One answer: its kind by its ending ("html" for pages), and the bytes of its body and of its head."""

    kind: str
    body: int
    head: int


def _part(request: Request) -> Part:
    sizes = request.sizes()
    kind = PurePosixPath(urlsplit(request.url).path).suffix.lstrip(".") or "html"
    return Part(kind, sizes["responseBodySize"], sizes["responseHeadersSize"])


def parts_of(browser: Browser, site: str, page_address: str) -> list[Part]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(site + page_address, wait_until="networkidle")
    parts = [_part(request) for request in requests if not request.url.startswith("data:")]
    context.close()
    return parts


def main(site: str, addresses: list[str]) -> None:
    kinds = ("html", "css", "js", "svg")
    print(f"| page | requests | {' | '.join(kinds)} | other | all bodies, bytes | with headers |")
    print(f"|---|---|{'---|' * len(kinds)}---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"]
        )
        for address in addresses:
            parts = parts_of(browser, site, address)
            by_kind = [sum(part.body for part in parts if part.kind == kind) for kind in kinds]
            bodies = sum(part.body for part in parts)
            cells = [len(parts), *by_kind, bodies - sum(by_kind), bodies, bodies + sum(part.head for part in parts)]
            print(f"| `{address}` | {' | '.join(f'{cell:,}' for cell in cells)} |")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
