"""Every page that people see, in one list: a new address without an entry here fails a test.

A page is shown as a reader finds it: where a form or a button leads to it, `arrive` does what the reader does, by the
names of fields, so that it holds in every language. Never judges a page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from trials.tests.whole_site.invented import FIRST_LINE, SECOND_LINES, SMALL

Arrive = Callable[[Page], None]
LANGUAGES = ("", "/fr", "/zh-hans")
NOT_FOR_PEOPLE = frozenset(
    {"trial-feed", "robots", "security-txt", "sitemap", "sitemap-part", "livez", "readyz", "metrics"}
)


def _as_is(page: Page) -> None:
    """The address alone shows it."""


def _send(form: str) -> Arrive:
    def send(page: Page) -> None:
        with page.expect_navigation():
            page.locator(f"#{form} button[type=submit]").last.click()

    return send


def _ask_a_match(page: Page) -> None:
    page.locator("#age").fill("63")
    page.locator("#child_pugh").select_option("B")
    page.locator("#vessels").select_option("yes")
    page.locator("#group-blood summary").first.click()
    page.locator("#bilirubin").fill("34")
    page.locator("[name=bilirubin_unit]").select_option("mg/dL")
    _send("answers")(page)


def _ask_what_speaks_against(page: Page) -> None:
    _ask_a_match(page)
    with page.expect_navigation():
        page.locator(".tab.one_point_against").click()
    page.locator(".sign.not_met").first.wait_for()


def _ask_with_a_mistake(page: Page) -> None:
    page.locator("#age").fill("old")
    page.locator("#place").fill("Springfield")
    _send("answers")(page)


def _follow_with_a_mistake(page: Page) -> None:
    page.locator("#address").fill("nobody")
    _send("follow")(page)


def _work_out(page: Page) -> None:
    for name, value, unit in (("bilirubin", "34", "µmol/L"), ("albumin", "3,1", "g/dL")):
        page.locator(f"[name={name}]").fill(value)
        page.locator(f"[name={name}_unit]").select_option(unit)
    _send("calculators")(page)
    page.locator("#results").wait_for()


def _work_out_with_a_mistake(page: Page) -> None:
    page.locator("[name=tumors]").fill("many")
    _work_out(page)


def _clinical(page: Page) -> None:
    page.locator("[data-show=clinical]").click()


def _wait_for_operations(page: Page) -> None:
    page.locator("#operations-Trials-get_trial").wait_for()


def _keep_two(page: Page) -> None:
    for nct_id in (FIRST_LINE, SMALL):
        page.evaluate(
            """nct => localStorage.setItem("hcc-trials-kept", JSON.stringify([
                ...JSON.parse(localStorage.getItem("hcc-trials-kept") ?? "[]"),
                {id: nct, title: "An invented trial", day: "2026-11-21"}]))""",
            nct_id,
        )
    page.reload()


@dataclass(frozen=True, slots=True)
class SitePage:
    """route is the name of the address in trials.web.urls, "" for what stands beside them.

    status is that of the page that is shown in the end. excluded is a part of another project's, which axe leaves out.
    """

    name: str
    path: str
    route: str
    status: int = 200
    arrive: Arrive = _as_is
    excluded: str = ""


PAGES = (
    SitePage("home", "/", "home"),
    SitePage("results as cards", "/trials/?q=liver+cancer&near=Lyon&status=RECRUITING", "trial-list"),
    SitePage("results as a table", "/trials/?view=table&child_pugh=A", "trial-list"),
    SitePage("nothing found", "/trials/?q=sorafenib&phase=PHASE4&near=Lyon&radius=10", "trial-list"),
    SitePage("a search that is refused", "/trials/?foo=1", "trial-list", status=400),
    SitePage("which town", "/trials/?near=Springfield&q=TACE", "trial-list", status=400),
    SitePage("charts", "/trials/charts/", "trial-charts"),
    SitePage("a trial in plain words", f"/trials/{FIRST_LINE}/", "trial-detail"),
    SitePage("a trial for clinicians", f"/trials/{FIRST_LINE}/", "trial-detail", arrive=_clinical),
    SitePage("its history", f"/trials/{FIRST_LINE}/history/", "trial-history"),
    SitePage("match, empty", "/match/", "match"),
    SitePage("match with a problem", "/match/", "match", status=400, arrive=_ask_with_a_mistake),
    SitePage("match, answered", "/match/", "match", arrive=_ask_a_match),
    SitePage("match, what speaks against", "/match/", "match", arrive=_ask_what_speaks_against),
    SitePage("calculators, empty", "/child-pugh/", "calculators"),
    SitePage("calculators, answered", "/child-pugh/", "calculators", arrive=_work_out),
    SitePage("follow a search", "/follow/?child_pugh=B&status=RECRUITING", "follow"),
    SitePage("follow a search, with a mistake", "/follow/", "follow", arrive=_follow_with_a_mistake),
    SitePage("look into your mailbox", "/follow/sent/", "follow-sent"),
    SitePage("a link that has ended", "/follow/confirm/?key=x", "follow-confirm", status=404),
    SitePage("another", "/follow/manage/?key=x", "follow-manage", status=404),
    SitePage("a third", "/follow/stop/?key=x", "follow-stop", status=404),
    SitePage("calculators with a problem", "/child-pugh/", "calculators", status=400, arrive=_work_out_with_a_mistake),
    SitePage("glossary", "/glossary/", "glossary"),
    SitePage("glossary, a word sought", "/glossary/?q=liver", "glossary"),
    SitePage("compare", f"/compare/?id={FIRST_LINE}&id={SECOND_LINES[0]}&id={SMALL}&near=Lyon", "compare"),
    SitePage("nothing to compare", "/compare/", "compare"),
    SitePage("shortlist, empty", "/shortlist/", "shortlist"),
    SitePage("shortlist, filled", "/shortlist/", "shortlist", arrive=_keep_two),
    SitePage("about", "/about/", "about"),
    SitePage("privacy", "/privacy/", "privacy"),
    SitePage("state of the data", "/status", "status"),
    SitePage("no such page", "/nothing-here/", "", status=404),
)
STAFF_PAGES = (
    SitePage("login", "/admin/login/", ""),
    SitePage("a trial for staff", f"/admin/trials/trial/{FIRST_LINE}/change/", ""),
)
API_DOCS = SitePage("the API's own page", "/api/v1/docs", "", arrive=_wait_for_operations, excluded="#swagger-ui")
