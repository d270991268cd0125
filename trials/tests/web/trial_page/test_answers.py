"""Which addresses give a page, which lead on, and which end in a calm 404."""

import pytest
from django.test import Client

from trials.tests.builders import load_trial, raw_record
from trials.tests.web.trial_page.pages import Page, elements, visit

pytestmark = pytest.mark.django_db
URL = "/trials/NCT01234567/"


def with_alias() -> dict[str, object]:
    return raw_record(
        identificationModule={"nctId": "NCT01234567", "briefTitle": "A trial", "nctIdAliases": ["NCT00000001"]}
    )


def test_the_canonical_address_is_the_page(client: Client) -> None:
    load_trial()
    answer = client.get(URL)
    assert answer.status_code == 200
    assert b"<h1" in answer.content
    assert not answer.cookies


@pytest.mark.parametrize("address", ["nct01234567", "NCT01234567%20", "%20Nct01234567", "NCT00000001", "nct00000001"])
def test_other_spellings_and_aliases_lead_to_it(client: Client, address: str) -> None:
    load_trial(with_alias())
    answer = client.get(f"/trials/{address}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, URL)


def test_an_unknown_number_may_be_looked_for_at_the_registry(client: Client) -> None:
    answer = client.get("/trials/nct07654321/")
    page = Page(answer.content.decode())
    assert answer.status_code == 404
    assert "https://clinicaltrials.gov/study/NCT07654321" in page.links
    assert 'name="q"' in page.html


@pytest.mark.parametrize(
    "address",
    [
        "NCT1",
        "hello",
        "NCT0123456789",
        "NCT٠١٢٣٤٥٦٧",
        "%3Cscript%3Ealert(1)%3C",
        "NCT01234567%00",
        "1%20OR%201=1",
        "%F0%9F%98%80",
    ],
)
def test_nonsense_is_a_404_that_does_not_echo_it(client: Client, address: str) -> None:
    load_trial()
    answer = client.get(f"/trials/{address}/")
    assert answer.status_code == 404
    assert b"alert(1)" not in answer.content
    assert b'name="q"' in answer.content


def test_head_is_answered_and_post_is_not(client: Client) -> None:
    load_trial()
    assert client.head(URL).status_code == 200
    assert client.post(URL).status_code == 405


def back_link(client: Client, referer: str) -> str:
    html = client.get(URL, headers={"referer": referer}).content.decode()
    return elements(html.partition('class="back')[2].partition("</p>")[0], "a", "href")[0]


@pytest.mark.parametrize(
    ("referer", "link"),
    [
        ("http://testserver/trials/?phase=PHASE3&country=FR", "/trials/?phase=PHASE3&country=FR"),
        ("http://testserver/trials/", "/trials/"),
        ("", "/trials/"),
        ("http://testserver/about/", "/trials/"),
        ("https://evil.example/trials/?q=x", "/trials/"),
        ("http://testserver.evil.example/trials/?q=x", "/trials/"),
        ("http://[broken/trials/", "/trials/"),
        ('http://testserver/trials/?q="><script>', '/trials/?q="><script>'),
    ],
)
def test_the_way_back(client: Client, referer: str, link: str) -> None:
    load_trial()
    assert back_link(client, referer) == link


def test_the_title_of_the_document_names_the_trial(client: Client) -> None:
    load_trial(raw_record(title="Sorafenib \\> placebo"))
    assert "<title>Sorafenib &gt; placebo · NCT01234567 · HCC Trials</title>" in visit(client, URL).html
