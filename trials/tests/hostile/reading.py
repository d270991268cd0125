"""Reads answers as a browser does and says what in them should not be there. Never asks for a page."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http.response import HttpResponseBase

CORPUS = [
    line.encode("latin-1", "backslashreplace").decode("unicode_escape")
    for line in (Path(__file__).parent / "corpus.txt").read_text("ascii").splitlines()
    if not line.startswith("#")
]
EVALUATED = ("133771", "1337000")  # what template languages would make of the sums in the corpus
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping"}
ADDRESSES |= {"hx-get", "hx-post"}
NEVER = {"iframe", "object", "embed", "base", "math", "animate", "foreignobject", "frame", "portal", "applet"}
_DRAWN_BY_LOT = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
_ATOM = "{http://www.w3.org/2005/Atom}"
_FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@\t\r]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in NEVER or "zqx" in tag:
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name in {"style", "srcdoc"} or "zqx" in name:
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSES:
                self._address(tag, value, given)
        if tag == "meta" and "http-equiv" in given:
            self.found.append("<meta http-equiv>")
        if tag == "script":
            self._in_data = given.get("type") == "application/ld+json"
            if not (self._in_data or given.get("src", "").startswith("/static/") or "json" in given.get("type", "")):
                self.found.append("<script> of its own")

    def _address(self, tag: str, value: str, given: dict[str, str]) -> None:
        plain = re.sub(r"[\x00-\x20]", "", value)
        parts = urlsplit(plain) if "[" not in plain else None
        scheme = parts.scheme.lower() if parts else ""
        if scheme not in {"", "http", "https", "mailto", "tel"}:
            self.found.append(f"<{tag}> leads to {value[:40]!r}")
        is_out = parts is not None and bool(parts.netloc) and parts.netloc != "testserver"
        if is_out and tag != "a" and tag != "link":
            self.found.append(f"<{tag}> leads out: {value[:60]!r}")
        if is_out and tag == "a" and not {"noopener", "noreferrer"} <= set(given.get("rel", "").split()):
            self.found.append(f"<a> tells {value[:60]!r} where it comes from")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_data = False


def troubles_of_html(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = reader.found + [f"evaluated: {sum_}" for sum_ in EVALUATED if sum_ in html]
    for script in reader.scripts:
        json.loads(script)
        found += ["markup in JSON-LD"] if re.search("[<>&]", script) else []
    return found


def troubles_of_feed(xml: str) -> list[str]:
    tree = ET.fromstring(xml)  # noqa: S314  # our own answer, and Python's parser loads nothing
    found = [f"<{node.tag}>" for node in tree.iter() if not node.tag.startswith(_ATOM)]
    texts = (node.text or "" for node in tree.iter() if node.get("type") == "html")  # markup, escaped once
    found += [trouble for text in texts for trouble in troubles_of_html(text)]
    links = (node.get("href", "") for node in tree.iter(f"{_ATOM}link"))
    return found + [f"link to {href}" for href in links if not href.startswith("http://testserver/")]


def troubles_of_csv(text: str) -> list[str]:
    cells = (cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row)
    return [f"runs: {cell[:40]!r}" for cell in cells if _FORMULA.match(cell) or "\x00" in cell]


def troubles(response: HttpResponseBase) -> list[str]:
    """What should not be there, by the kind of answer. Every kind is named, and none is guessed by the browser."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    text, kind = body.decode(), response.headers.get("Content-Type", "").split(";")[0]
    found = [] if response.headers.get("X-Content-Type-Options") == "nosniff" else ["may be sniffed"]
    chosen = [cookie for name, cookie in response.cookies.items() if name not in _DRAWN_BY_LOT]
    found += ["a cookie of the attack's"] if any("zqx" in cookie.OutputString() for cookie in chosen) else []
    found += ["a header of the attack's"] if "zqx" in "".join(response.headers) else []
    if response.status_code >= 500:
        return [*found, f"answers {response.status_code}"]
    if kind == "text/html":
        return found + troubles_of_html(text)
    if kind == "application/json":
        json.loads(text or "null")
        return found
    if kind == "application/atom+xml":
        return found + troubles_of_feed(text)
    if kind == "text/csv":
        return found + troubles_of_csv(text)
    return found if kind in {"text/plain", "application/jsonl", ""} or not text else [*found, f"a {kind}"]
