"""The language of a page: by its address, else by what the browser asks for; links keep it, caches tell it apart."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, resolve, reverse
from django.utils.translation import get_language

from trials.tests.builders import load, raw_record
from trials.web.language import LanguageMiddleware, language_links, under_language, unnamed_url

FRENCH = {"Accept-Language": "fr-CA, fr;q=0.9, en;q=0.5"}


@pytest.fixture
def trial(db: None) -> str:
    load(raw_record("NCT00000001", conditions=["Hepatocellular Carcinoma"]))
    return "NCT00000001"


def _addresses(html: str) -> Iterator[str]:
    """Of the page's own links and forms: no files, no links to the other languages."""
    html = re.sub(r'<nav class="languages".*?</nav>|<link[^>]*>', "", html, flags=re.DOTALL)
    yield from (address for address in re.findall(r'(?:href|action)="(/[^"]*)"', html) if "/static/" not in address)


@pytest.mark.parametrize("page", ["", "trials/", "trials/NCT00000001/", "match/", "child-pugh/", "glossary/", "about/"])
def test_a_named_language_is_kept_by_every_link(client: Client, trial: str, page: str) -> None:
    html = client.get(f"/fr/{page}").content.decode()
    assert '<html lang="fr"' in html
    addresses = list(_addresses(html))
    assert len(addresses) > 5
    assert all(address.startswith("/fr/") for address in addresses), addresses


def test_a_page_without_one_follows_the_browser_and_says_so(client: Client, trial: str) -> None:
    french, plain = client.get("/trials/", headers=FRENCH), client.get("/trials/")
    assert ('<html lang="fr"' in french.content.decode(), '<html lang="en"' in plain.content.decode()) == (True, True)
    assert (french["Content-Language"], plain["Content-Language"]) == ("fr", "en")
    assert "Accept-Language" in french["Vary"]
    assert "/trials/NCT00000001/" in set(_addresses(french.content.decode()))


def test_a_named_language_wins_over_the_browser(client: Client, trial: str) -> None:
    response = client.get("/en/trials/", headers=FRENCH)
    assert '<html lang="en"' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "")


def test_cards_kept_for_one_address_are_not_shown_at_another(client: Client, trial: str) -> None:
    for path, link in (("/trials/", "/trials/N"), ("/fr/trials/", "/fr/trials/N"), ("/zh-hans/trials/", "/zh-hans/")):
        assert f'href="{link}' in client.get(path).content.decode()
    kept = client.get("/trials/", headers=FRENCH).content.decode()
    assert 'href="/fr/' not in re.sub(r'<nav class="languages".*?</nav>|<link[^>]*>', "", kept, flags=re.DOTALL)


def test_conditional_requests_tell_languages_apart(client: Client, trial: str) -> None:
    tag = client.get("/trials/")["ETag"]
    assert client.get("/trials/", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/trials/", headers={"If-None-Match": tag, **FRENCH}).status_code == 200


def test_every_page_links_to_itself_in_every_language(client: Client, trial: str) -> None:
    html = client.get("/fr/trials/?status=RECRUITING&q=a").content.decode()
    for code, path in (("en", "/en/"), ("fr", "/fr/"), ("zh-Hans", "/zh-hans/")):
        assert f'hreflang="{code}" href="http://testserver{path}trials/?status=RECRUITING&amp;q=a"' in html
    assert 'hreflang="x-default" href="http://testserver/trials/?status=RECRUITING&amp;q=a"' in html
    assert "albumin=" not in client.get("/fr/match/?albumin=34").content.decode()
    assert html.count('aria-current="true">Français') == 1


def test_unnamed_or_unknown_languages(client: Client, trial: str) -> None:
    redirect = client.get("/fr?x=1")
    assert (redirect.status_code, redirect["Location"]) == (302, "/fr/?x=1")
    for path in ("/xx/trials/", "/fr/fr/trials/", "/FR/trials/", "/frtrials/"):
        assert client.get(path).status_code == 404
    assert client.get("/fr//evil.example.org").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "admin/",
        "admin/login/",
        "admin",
        "livez",
        "readyz",
        "robots.txt",
        "sitemap.xml",
        "sitemap-trials.xml",
        "static/x",
    ],
)
def test_what_is_no_page_for_readers_has_one_address(client: Client, db: None, path: str) -> None:
    """A proxy that guards /admin/ guards all of it."""
    assert client.get(f"/fr/{path}").status_code == 404


def test_programs_are_answered_in_a_language_too(client: Client, trial: str) -> None:
    """Pages link to them: the labels of the CSV are in the page's language."""
    assert client.get("/fr/api/v1/trials/").status_code == 200
    french = client.get("/fr/api/v1/trials.csv")
    assert (french.status_code, french["Content-Language"]) == (200, "fr")


def test_staff_pages_are_in_one_language(client: Client, db: None) -> None:
    assert client.get("/admin/login/", headers=FRENCH)["Content-Language"] == "en"


def test_nothing_of_a_language_is_left_after_the_answer(client: Client, trial: str) -> None:
    client.get("/fr/trials/")
    assert (get_script_prefix(), get_language()) == ("/", "en")

    def fail(request: object) -> HttpResponse:
        raise RuntimeError(reverse("home"))

    with pytest.raises(RuntimeError, match=r"^/fr/$"):
        LanguageMiddleware(fail)(RequestFactory().get("/fr/"))
    assert (get_script_prefix(), get_language()) == ("/", "en")


def test_addresses_outside_a_request() -> None:
    with under_language("fr", is_named=True):
        assert reverse("home") == "/fr/"
    with under_language("fr", is_named=False):
        assert reverse("home") == "/"


def test_links_of_a_site_under_a_path() -> None:
    request = RequestFactory().get("/trials/", SCRIPT_NAME="/hcc")
    request.resolver_match = resolve("/trials/")
    assert (request.path, language_links(request)[1].url) == ("/hcc/trials/", "/hcc/fr/trials/")
    assert unnamed_url(request) == "/hcc/trials/"


@pytest.mark.parametrize(("page", "form"), [("match/", "answers"), ("child-pugh/", "calculators")])
def test_another_language_takes_the_answers_along(client: Client, trial: str, page: str, form: str) -> None:
    """By POST: what was answered must not come into an address."""
    said = client.post(f"/{page}", {"ecog": "1", "bilirubin": "12", "bilirubin_unit": "µmol/L"}).content.decode()
    assert f'form="{form}" formaction="/fr/{page}" lang="fr"' in said
    assert re.search(rf'<form[^>]* id="{form}"', said)
    assert f'href="/fr/{page}" hreflang="fr"' in client.get(f"/{page}").content.decode()
