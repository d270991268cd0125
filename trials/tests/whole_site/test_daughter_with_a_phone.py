"""A daughter in Lyon looks for her mother (Child-Pugh B, cancer in a vessel), in French, on a phone."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from trials.tests.browser import follow
from trials.tests.whole_site.invented import FIRST_LINE, SECOND_LINES, load_invented_trials
from trials.tests.whole_site.watching import Watched, too_wide

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
ANSWERS = ("lyon", "child_pugh", "vessels", "place=", "country=")


def fr(words: str) -> str:
    """What the page says in French for these words of the source."""
    with translation.override("fr"):
        return translation.gettext(words)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        viewport={"width": 360, "height": 780},
        has_touch=True,
        is_mobile=True,
    )
    context.add_init_script("window.print = () => { window.printed = true; }")
    yield context
    context.close()


def test_she_finds_whom_to_call_and_leaves_no_trace(
    phone: BrowserContext, live_server: LiveServer, caplog: pytest.LogCaptureFixture
) -> None:
    load_invented_trials()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    page = phone.new_page()
    watched = Watched(page, live_server.url)

    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("navigation", name=fr("Main")).get_by_role("link", name=fr("Match"), exact=True).tap()

    _answer(page)
    expect(page.get_by_role("heading", level=2, name=fr("What to find out"))).to_be_visible()
    assert not too_wide(page, 360)
    _read_the_answer(page)

    with phone.expect_page() as opened:
        page.locator(".trial").first.get_by_role("link", name="Invented drug").tap()
    trial = opened.value
    _find_whom_to_call(trial)

    assert watched.take() == []
    assert not [url for url in asked if any(answer in url.lower() for answer in ANSWERS)]
    for one in (page, trial):
        assert _kept_in_browser(one) <= {"hcc-trials-kept", "htmx-current-path-for-history"}
    assert {cookie.get("name") for cookie in phone.cookies()} == {"csrftoken"}
    assert not [line for line in caplog.messages if any(answer in line.lower() for answer in ANSWERS)]


def _answer(page: Page) -> None:
    """What she knows; all the rest stays “I don't know”."""
    page.get_by_label(fr("Country")).select_option("FR")
    page.locator("#place").fill("Lyon")
    page.locator("#child_pugh").select_option("B")
    page.locator("#vessels").select_option("yes")
    follow(page.get_by_role("button", name=fr("Compare with all trials")), Locator.tap)


def _read_the_answer(page: Page) -> None:
    """What may be possible, what is not known, and what speaks against, each with the record's sentence."""
    card = page.locator(".trial").filter(has_text=FIRST_LINE)
    expect(card.locator(".sign.met").first).to_be_visible()
    expect(card.locator(".sign.unknown").first).to_be_visible()
    expect(card.locator(".where")).to_contain_text("Lyon")
    point = card.locator(".point.met").filter(has_text="Child-Pugh")
    point.locator("summary").tap()
    expect(point.locator("blockquote")).to_have_text("Child-Pugh class A or B")

    question = page.locator(".find-out li a").first
    field = question.get_attribute("href") or ""
    question.tap()
    expect(page.locator(field)).to_be_focused()

    follow(page.get_by_role("button", name=fr("One point speaks against it")), Locator.tap)
    other = page.locator(".trial").filter(has_text=SECOND_LINES[0])
    expect(other.locator(".point.not_met")).to_contain_text("Child-Pugh")
    follow(page.get_by_role("button", name=fr("May be possible, ask the team")), Locator.tap)


def _find_whom_to_call(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    ask = page.get_by_role("region", name=fr("Ask the trial"))
    call = ask.get_by_role("link", name="+33 1 99 00 20 00")
    expect(call).to_be_visible()
    assert call.get_attribute("href") == "tel:+33199002000"
    page.locator("[data-keep]").first.tap()
    expect(page.locator("[data-kept-count]").first).to_have_text("\u00a0(1)")
    page.get_by_role("button", name=fr("Print")).tap()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(call).to_be_visible()
    # what she would send to her brother is the trial, and nothing of her mother
    assert page.url.endswith(f"/trials/{FIRST_LINE}/")


def _kept_in_browser(page: Page) -> set[str]:
    return set(page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"))
