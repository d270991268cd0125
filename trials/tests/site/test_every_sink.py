"""What a visitor asks is on the page that answers it and nowhere else: a walk over the real site, then a look at every
place where something could stay (FAULTS S-1 to S-8).

The whole site runs as in production but for https: web server with JSON logs, worker, scheduler, database. Faults
inside a page, and the memory of a process, are looked at by the tests of the match and of the calculators.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg import sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.layout import DATABASE, layout
from trials.tests.site.machine import PYTHON, clean_environment, free_port, manage, running
from trials.tests.whole_site.invented import first_line, small
from trials.tests.whole_site.pages import PAGES

pytestmark = pytest.mark.chromium
FACTS = ("63.7518", "7.77182", "33.31826", "77.31826", "Villeurbanne")
# Words of a search, an address typed wrongly, a password typed at the wrong door, a question about nothing.
WORDS = ("zqword", "zqaddress", "zqpassword", "zqnothing", "Vaulx-en-Velin")
MATCH = {"age": FACTS[0], "largest_cm": FACTS[1], "albumin": FACTS[2], "place": FACTS[4]}
API_MATCH = {"age": float(FACTS[0]), "place": FACTS[4], "country": "FR", "largest_cm": float(FACTS[1])}


@pytest.fixture
def origin(site: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the site, with a few trials."""
    records = tmp_path / "records.jsonl"
    records.write_text("\n".join(json.dumps(record) for record in (first_line(), small())))
    port = free_port()
    environment = clean_environment(
        HCCTRIALS_DATA_DIR=str(site),
        PORT=str(port),
        HCCTRIALS_LOG_FORMAT="json",
        HCCTRIALS_METRICS_ALLOWED="127.0.0.0/8",
    )
    with running([PYTHON, "manage.py", "serve"], site / "serve.out", environment) as program:
        program.until_says("HCC trials is running")
        done = manage("load_trials", str(records), HCCTRIALS_DATA_DIR=str(site))
        assert done.returncode == 0, done.stderr
        yield f"http://127.0.0.1:{port}"


def holding(text: object, markers: tuple[str, ...] = FACTS + WORDS) -> list[str]:
    return [marker for marker in markers if marker.lower() in str(text).lower()]


def rows_holding(folder: Path) -> dict[str, int]:
    """How many rows of each table hold a marker; of towns and records some may anyway."""
    found = {}
    socket = str(layout(folder).socket_dir)
    with psycopg.connect(host=socket, user=SUPERUSER, dbname=DATABASE, autocommit=True) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            asked = sql.SQL("SELECT count(*) FROM {} AS one WHERE one::text ILIKE ANY(%s)").format(
                sql.Identifier(table)
            )
            row = server.execute(asked, [[f"%{marker}%" for marker in FACTS + WORDS]]).fetchone()
            assert row is not None
            found[table] = row[0]
    assert len(found) > 40
    return found


def files_holding(folder: Path) -> list[str]:
    """Logs, the broker's files, mails: all but the database's own, which was asked, and what is served as it is."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    kept = [path for path in paths if not {"embedded", "static"} & set(path.relative_to(folder).parts)]
    assert {"web.log", "worker.log", "postgres.log"} <= {path.name for path in kept}
    assert "POST /match/ 200" in (folder / "log" / "web.log").read_text()
    return [f"{path.name}: {held}" for path in kept if (held := holding(path.read_text(errors="replace")))]


class Walk:
    """A browser that remembers each request and answer."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self._told(request.url, request.headers))
        self.page.on("response", lambda response: self._told(response.url, response.headers))
        self.origin = origin

    def _told(self, url: str, headers: object) -> None:
        """A fact is in no address and no header; a word is where the reader put it, in an address of ours."""
        self.troubles += [f"{url}: {held}" for held in holding((url, headers), FACTS)]
        if holding(url) and not url.startswith(self.origin):
            self.troubles.append(f"told to another host: {url}")

    def get(self, path: str) -> str:
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        assert answer.status < 500, path
        return str(self.page.content())

    def send(self, path: str, form: str, fill: Callable[[Page], None]) -> str:
        self.get(path)
        fill(self.page)
        with self.page.expect_navigation():
            self.page.locator(f"{form} [type=submit]").last.click()
        return str(self.page.content())


def _fill_match(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    for name, value in MATCH.items():
        page.locator(f"#answers [name={name}]").fill(value)
    page.locator("[name=country]").select_option("FR")
    page.locator("[name=albumin_unit]").select_option("g/L")


def _fill_calculators(page: Page) -> None:
    page.locator("[name=bilirubin]").fill(FACTS[3])
    page.locator("[name=bilirubin_unit]").select_option("µmol/L")


def _fill_login(page: Page) -> None:
    page.locator("#id_username").fill("nobody")
    page.locator("#id_password").fill("zqpassword")


def walk(visitor: Walk) -> None:
    for shown in PAGES:
        visitor.get(f"{shown.path}{'&' if '?' in shown.path else '?'}zqnothing=zqword")
    for path in ("/trials/", "/fr/trials/", "/trials/charts/", "/api/v1/trials/", "/follow/"):
        visitor.get(f"{path}?q=zqword&near=Vaulx-en-Velin")
    assert holding(visitor.send("/match/", "#answers", _fill_match)) == [*FACTS[:3], FACTS[4]]
    visitor.page.locator(".tab, main a").first.click()
    assert holding(visitor.send("/child-pugh/", "#calculators", _fill_calculators)) == [FACTS[3]]
    visitor.send("/follow/", "#follow", lambda page: page.locator("#address").fill("zqaddress"))
    visitor.send("/admin/login/", "#login-form", _fill_login)
    program = visitor.page.request
    matched = program.post(f"{visitor.origin}/api/v1/match/", data=API_MATCH)
    for asked in (matched, program.get(f"{visitor.origin}/api/v1/trials.csv?q=zqword")):
        assert asked.ok
        assert not holding(asked.headers)


def test_nothing_of_a_visit_stays(origin: str, site: Path, browser: Browser) -> None:
    before = rows_holding(site)
    context, other = browser.new_context(), browser.new_context()
    visitor, stranger = Walk(context, origin), Walk(other, origin)
    walk(visitor)
    said = visitor.get("/privacy/")
    assert visitor.troubles == []
    assert not holding(context.storage_state(), FACTS)
    kept = visitor.page.evaluate("[{...localStorage}, {...sessionStorage}]")
    assert not holding(kept, FACTS)
    assert [name for store in kept for name in store if f"<code>{name}</code>" not in said] == []
    pages = {path: stranger.get(path) for path in (*{shown.path for shown in PAGES}, "/metrics", "/api/v1/trials/")}
    context.close()
    other.close()
    assert {path: held for path, page in pages.items() if (held := holding(page))} == {}
    assert rows_holding(site) == before
    assert files_holding(site) == []
