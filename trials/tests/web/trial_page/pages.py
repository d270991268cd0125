"""Reads a trial page as a reader meets it: its words, its parts, its links. Plain functions, standard library only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from django.test import Client

from trials.registry.parser import nct_id_of
from trials.tests.builders import load_trial

_BLOCKS = {"p", "li", "dt", "dd", "div", "h1", "h2", "h3", "h4", "section", "summary", "br", "blockquote", "ul", "dl"}


@dataclass
class Page:
    html: str

    @property
    def words(self) -> str:
        """All that the body says, white space folded."""
        return words_of(self.html.partition("<body>")[2])

    def has_part(self, name: str) -> bool:
        return f'id="{name}"' in self.html

    def part(self, name: str) -> str:
        """The HTML of one section, "" if the page does not have it."""
        match = re.search(rf'<section[^>]*\bid="{name}".*?</section>', self.html, re.DOTALL)
        return match[0] if match else ""

    def said(self, name: str) -> str:
        return words_of(self.part(name))

    @property
    def head(self) -> str:
        return words_of(self.html.partition('<header class="head">')[2].partition("</header>")[0])

    @property
    def links(self) -> list[str]:
        return elements(self.html, "a", "href")

    def fact(self, name: str) -> str:
        match = re.search(rf'<div class="fact[^"]*" id="fact-{name}">.*?</dd>', self.html, re.DOTALL)
        return words_of(match[0]) if match else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in _BLOCKS:
            self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def words_of(html: str) -> str:
    return " ".join("".join(_read(html).texts).split())


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    return _read(html).tags


def elements(html: str, tag: str, attribute: str) -> list[str]:
    return [
        attributes[attribute] or "" for name, attributes in tags_of(html) if name == tag and attribute in attributes
    ]


def page_of(client: Client, record: Mapping[str, object]) -> Page:
    """The page of a record that went the whole road into the store."""
    load_trial(record)
    return visit(client, f"/trials/{nct_id_of(record)}/")


def visit(client: Client, url: str) -> Page:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return Page(answer.content.decode())
