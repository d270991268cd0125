"""What /privacy/ says is what is done: cookies by a walk over the pages, browser storage and logs by their source."""

import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern

from hcctrials.logs import PathsOnly
from hcctrials.serving import gunicorn_conf
from trials.tests.builders import load, raw_record
from trials.web import urls

pytestmark = pytest.mark.django_db
NCT_ID = "NCT00000001"
_CALL = re.compile(r"(?:local|session)Storage\s*(?:\.(?:get|set|remove)Item\(\s*([^,)]+)|(\[))")
_CONSTANT = re.compile(r'const (\w+) = "([^"]+)";')


@pytest.fixture
def said(client: Client) -> str:
    """The page's names in <code>."""
    return " ".join(re.findall(r"<code>([^<]+)</code>", client.get("/privacy/").content.decode()))


def storage_names(script: str) -> set[str]:
    """The names that a script stores under; a call whose name cannot be read fails."""
    constants = dict(_CONSTANT.findall(script))
    names = set()
    for argument, bracket in _CALL.findall(script):
        assert not bracket, "storage by brackets"
        names.add(argument.strip('"') if argument.startswith('"') else constants[argument.strip()])
    return names


def _addresses() -> list[str]:
    """Every page of ours, with what its address needs."""
    names = {"nct_id": NCT_ID, "section": "pages"}
    pages = [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
    routes = [str(pattern.pattern) for pattern in pages]
    return [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: names[found[1]], f"/{route}") for route in routes]


def test_every_cookie_that_a_walk_over_the_pages_sets_is_named(said: str) -> None:
    load(raw_record(NCT_ID, title="Hepatocellular carcinoma"))
    addresses = [*_addresses(), "/fr/", "/api/v1/docs", "/api/v1/trials/", "/admin/login/", "/no-such-page/"]
    assert len(addresses) > 20
    by_page = {}
    for address in addresses:
        visitor = Client()
        assert visitor.get(address).status_code < 500, address
        by_page[address] = {*visitor.cookies}
    assert set().union(*by_page.values()) <= set(said.replace(",", " ").split())
    readers = {address: names for address, names in by_page.items() if not address.startswith("/admin/")}
    assert {address for address, names in readers.items() if names} == {"/match/", "/child-pugh/", "/follow/"}
    assert set().union(*readers.values()) == {"csrftoken"}


def test_staffs_cookies_and_the_times_of_all_are_as_said(said: str) -> None:
    assert {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME, "messages"} <= set(said.split())
    assert settings.MESSAGE_STORAGE.endswith(".FallbackStorage")  # which keeps notices in the cookie "messages"
    assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60
    assert 300 * 86_400 < settings.CSRF_COOKIE_AGE <= 366 * 86_400


def test_every_name_in_the_browsers_storage_is_named_and_no_other(said: str) -> None:
    found = set()
    for path in Path(settings.BASE_DIR, "static", "js").glob("*.js"):
        script = path.read_text("utf-8")
        names = storage_names(script)
        assert names or "Storage." not in script.replace("localStorage)", ""), path.name
        found |= names
    assert "hcc-trials-kept" in found
    assert found == {name for name in said.split() if name.startswith("hcc-")}


def test_the_reader_of_scripts_can_fail() -> None:
    assert storage_names('const KEY = "a"; localStorage.getItem(KEY); localStorage.setItem("b", x)') == {"a", "b"}
    for script in ('localStorage["x"] = 1', "localStorage.getItem(made())"):
        with pytest.raises((AssertionError, KeyError)):
            storage_names(script)


def test_a_line_of_the_log_has_no_address_no_query_and_no_agent() -> None:
    """gunicorn's words: h is the client's address, q the query, r the request line, a the agent, f the referrer."""
    assert re.findall(r"%\((\w+)\)s", gunicorn_conf.access_log_format) == ["m", "U", "s", "B", "M"]


def test_djangos_own_lines_hold_no_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/no-such-page/?q=somebody")
    lines = [as_written(record) for record in caplog.records]
    assert any("/no-such-page/" in line for line in lines)
    assert not any("somebody" in line for line in lines)


def as_written(record: logging.LogRecord) -> str:
    """As the site writes it."""
    return PathsOnly("{asctime} {levelname} {name} {message}", style="{").format(record)


def test_every_page_leads_to_it(client: Client) -> None:
    load(raw_record(NCT_ID, title="Hepatocellular carcinoma"))
    for address in ("/", "/trials/", f"/trials/{NCT_ID}/", "/match/", "/child-pugh/", "/glossary/", "/about/"):
        foot = client.get(address).content.decode().partition("<footer")[2]
        assert 'href="/privacy/"' in foot, address


def test_no_page_fetches_from_another_site() -> None:
    """The policy that every answer carries, and every browser keeps to."""
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        assert set(map(str, sources)) <= {"'self'", "'none'", "data:"}, name
