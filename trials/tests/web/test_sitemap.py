"""What crawlers are told: the sitemap, robots.txt, and one address for each page."""

import re
import urllib.robotparser
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from trials.models import Trial
from trials.tests.builders import load, raw_record
from trials.web.sitemap import OtherPages, TrialPages

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HCC = "Hepatocellular carcinoma"
ALLOWED = (
    "/",
    "/trials/",
    "/trials/NCT01234567/",
    "/trials/NCT01234567/history/",
    "/match/",
    "/privacy/",
    "/fr/",
    "/zh-hans/trials/NCT01234567/",
    "/sitemap.xml",
    "/static/x.css",
)
REFUSED = (
    "/trials/?q=x",
    "/trials/?page=2",
    "/trials/feed.atom?q=x",
    "/compare/?id=NCT00000001&id=NCT00000002",
    "/fr/trials/?q=x",
    "/zh-hans/compare/?id=NCT00000001",
    "/api/v1/trials/",
    "/api/v1/trials.csv?q=x",
    "/admin/",
)


def _locations(url: str) -> list[str]:
    response = Client().get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return [str(found.text) for found in ET.fromstring(response.content).iterfind(".//s:loc", NAMES)]  # noqa: S314


def test_every_trial_that_is_still_there_is_listed_with_its_day() -> None:
    load(*(raw_record(f"NCT{number:08d}", title=HCC) for number in range(1, 4)))
    Trial.objects.filter(pk="NCT00000002").update(registry_state="gone")
    found = _locations("/sitemap.xml")
    assert [url for url in found if "NCT" in url] == [f"http://testserver/trials/NCT0000000{n}/" for n in (1, 3)]
    body = Client().get("/sitemap.xml").content.decode()
    day = Trial.objects.get(pk="NCT00000001").loaded_at.date().isoformat()
    assert f"<lastmod>{day}</lastmod>" in body


def test_the_other_pages_are_listed_and_answer() -> None:
    found = [url.removeprefix("http://testserver") for url in _locations("/sitemap.xml")]
    assert len(found) == len(OtherPages().items())
    for url in found:
        assert Client().get(url).status_code == 200, url
    assert {"/", "/trials/", "/match/", "/child-pugh/", "/glossary/", "/about/", "/privacy/"} <= set(found)


def test_too_many_for_one_file_become_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    assert TrialPages.limit == 50_000
    monkeypatch.setattr(TrialPages, "limit", 2)
    load(*(raw_record(f"NCT{number:08d}", title=HCC) for number in range(1, 6)))
    parts = [url.removeprefix("http://testserver") for url in _locations("/sitemap.xml")]
    assert parts == ["/sitemap-pages.xml", *(f"/sitemap-trials.xml{page}" for page in ("", "?p=2", "?p=3"))]
    trials = [url for part in parts for url in _locations(part) if "NCT" in url]
    assert trials == [f"http://testserver/trials/NCT0000000{number}/" for number in range(1, 6)]
    assert Client().get("/sitemap-nothing.xml").status_code == 404


def test_crawlers_may_visit_trials_and_not_searches() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    refused = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    for url in ALLOWED:
        assert not any(_matches(rule, url) for rule in refused), url
    for url in REFUSED:
        assert any(_matches(rule, url) for rule in refused), url


def _matches(rule: str, url: str) -> bool:
    """As RFC 9309 has it: a beginning, in which a star stands for anything."""
    return re.match(".*".join(map(re.escape, rule.split("*"))), url) is not None


def test_an_old_parser_lets_crawlers_visit_trials_too() -> None:
    """Python's own parser knows no star and drops a last "?"."""
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(Client().get("/robots.txt").content.decode().splitlines())
    assert [url for url in ALLOWED if not rules.can_fetch("Anybot", url)] == []


def _head(url: str) -> tuple[str, str]:
    """The canonical address and the feed that a page names, "" for none."""
    page = Client().get(url).content.decode()
    canonical = re.findall(r'<link rel="canonical" href="([^"]*)">', page)
    feed = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)">', page)
    assert len(canonical) <= 1
    assert len(feed) <= 1
    return "".join(canonical).replace("&amp;", "&"), "".join(feed).replace("&amp;", "&")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("/", "/"),
        ("/?utm_source=x", "/"),
        ("/trials/", "/trials/"),
        ("/trials/?page=1", "/trials/"),
        ("/trials/?page=1&phase=PHASE3&phase=PHASE2", "/trials/?phase=PHASE3&phase=PHASE2"),
        ("/trials/?page_size=1&page=2", "/trials/?page_size=1&page=2"),
        ("/trials/NCT00000001/?fbclid=1", "/trials/NCT00000001/"),
        ("/trials/NCT00000001/history/?page=1&x=2", "/trials/NCT00000001/history/"),
        ("/about/", "/about/"),
        ("/api/v1/docs", "/api/v1/docs"),
    ],
)
def test_every_page_names_its_one_address(url: str, canonical: str) -> None:
    load(raw_record("NCT00000001", title=HCC), raw_record("NCT00000002", title=HCC))
    assert _head(url)[0] == f"http://testserver{canonical}"


def test_results_name_the_feed_of_their_search_and_other_pages_none() -> None:
    load(raw_record("NCT00000001", title=HCC, phases=["PHASE3"]))
    assert _head("/trials/")[1] == "/trials/feed.atom"
    feed = _head("/trials/?phase=PHASE3&sort=start&page=1")[1]
    assert feed == "/trials/feed.atom?phase=PHASE3"
    assert Client().get(feed).status_code == 200
    for url in ("/", "/trials/NCT00000001/", "/trials/?phase=PHASE33", "/trials/?page=9"):
        assert _head(url)[1] == "", url


def test_a_hostile_address_stays_an_address() -> None:
    page = Client().get('/trials/?q="><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
