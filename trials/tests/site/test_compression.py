"""Pages go out compressed; conditional requests, HEAD, streams and small answers stay what they were."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from trials.tests.builders import load, raw_record

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
HCC = "Hepatocellular carcinoma"
PAGES = ("/", "/trials/", "/trials/NCT00000001/", "/trials/feed.atom", "/api/v1/trials/", "/privacy/")


@pytest.fixture(autouse=True)
def store() -> None:
    load(*(raw_record(f"NCT{number:08d}", title=f"{HCC} {number}") for number in range(1, 4)))


def _varies(response: Any) -> set[str]:
    return {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}


@pytest.mark.parametrize("url", PAGES)
def test_the_same_page_in_both_forms(url: str, client: Client) -> None:
    plain, packed = client.get(url), client.get(url, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(plain.content)
    assert "accept-encoding" in _varies(plain) & _varies(packed)


@pytest.mark.parametrize("url", ["/", "/trials/", "/trials/NCT00000001/", "/trials/feed.atom", "/api/v1/trials/"])
@pytest.mark.parametrize("first", [{}, GZIP])
@pytest.mark.parametrize("then", [{}, GZIP])
def test_a_known_page_is_304_in_either_form(
    url: str, first: dict[str, str], then: dict[str, str], client: Client
) -> None:
    """The tag is weak, as the two forms say the same; the 304 varies as the page does."""
    page = client.get(url, headers=first)
    tag = page.headers["ETag"]
    assert tag.startswith('W/"')
    again = client.get(url, headers={**then, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert "Content-Encoding" not in again.headers
    assert again.headers["ETag"] == tag
    assert _varies(again) == _varies(page)
    assert client.get(url, headers={**then, "If-None-Match": 'W/"another"'}).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_head_has_the_headers_and_nothing_else(url: str, client: Client) -> None:
    head = client.head(url, headers=GZIP)
    assert head.status_code == 200
    assert head.headers["Content-Encoding"] == "gzip"
    assert head.content == b""


def test_tiny_answers_stay_as_they_are(client: Client) -> None:
    response = client.get("/livez", headers=GZIP)
    assert len(response.content) < 200
    assert "Content-Encoding" not in response.headers


def test_the_table_still_streams(client: Client) -> None:
    plain = client.get("/api/v1/trials.csv")
    packed = client.get("/api/v1/trials.csv", headers=GZIP)
    assert plain.streaming
    assert packed.streaming
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in packed.headers
    assert b"".join(_unpacked(packed)) == b"".join(plain)


def _unpacked(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Part by part, as a client reads it."""
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for part in parts:
        yield reader.decompress(part)
    assert reader.eof


def test_lengths_do_not_tell_what_a_page_repeats(client: Client) -> None:
    """BREACH compares lengths; the same page has many."""
    lengths = {len(client.get("/match/", headers=GZIP).content) for _ in range(8)}
    assert len(lengths) > 1


def test_a_forms_token_is_masked_anew_in_each_answer(client: Client) -> None:
    tokens = {client.get("/match/").content.decode().split('csrfmiddlewaretoken" value="')[1][:64] for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize("url", ["/", "/trials/", "/trials/NCT00000001/", "/match/"])
def test_a_first_load_with_everything_is_small(url: str, client: Client) -> None:
    """The page and the files that it names, packed by gzip (`.ci/first_load.py` weighs a whole site)."""
    page = client.get(url).content
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    files = [finders.find(name) for name in names]
    assert len(files) > 5
    assert all(files), names
    assert sum(len(gzip.compress(part)) for part in (page, *(Path(str(file)).read_bytes() for file in files))) < 60_000
