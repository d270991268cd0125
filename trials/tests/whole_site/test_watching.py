"""The watcher sees each kind of trouble: without this, a page without complaints would say nothing."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from trials.tests.whole_site.watching import Watched, axe_violations, covered_focus, too_wide, what_moves

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
BAD = """<!doctype html><title>Bad</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/bad.css">
<h1 style="color: red">Bad</h1><p id="top"></p><a href="/a">One</a><p id="wide">Wide</p><img src="http://other.invalid/a.png">"""
STYLE = """body { transition: color 1s; } #wide { width: 700px; } a { position: absolute; top: 0; z-index: 0; }
#top { position: fixed; margin: 0; inset: 0 0 auto 0; height: 9rem; background: #fff; z-index: 1; }"""
POLICY = {"Content-Security-Policy": "style-src 'self'"}


def test_each_trouble_is_seen(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    watched = Watched(page, live_server.url)
    page.route("**/bad.css", lambda route: route.fulfill(body=STYLE, content_type="text/css"))
    page.route("**/bad", lambda route: route.fulfill(body=BAD, content_type="text/html", headers=POLICY))
    page.route("http://other.invalid/*", lambda route: route.abort())
    page.goto("/bad")
    found = "\n".join(watched.take())
    assert "policy: style-src-attr" in found
    assert "another host: http://other.invalid/a.png" in found
    assert [one.partition(":")[0] for one in too_wide(page, 1280, 640)] == ["wider than 640"]
    assert len(what_moves(page)) == 1
    assert len(covered_focus(page, 1280)) == 2  # from above and from below
    assert any("image-alt" in one for one in axe_violations(page))
    context.close()
