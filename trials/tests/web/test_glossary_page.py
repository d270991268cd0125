"""The glossary's page, and its words at their places: links, search, markup, and no word without entry."""

import re
from html import escape

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client, RequestFactory

from trials.tests.builders import load_trial, raw_record
from trials.tests.web.calculators.posting import FIVE, answered
from trials.tests.web.trial_page.pages import elements, tags_of, visit, words_of
from trials.vocabulary.glossary import glossary
from trials.web import glossary_page

pytestmark = pytest.mark.django_db
_HOLDS_NO_BLOCK = {"p", "label", "span", "button", "a", "h1", "h2", "h3", "b"}


def _page(query: str = "") -> str:
    response = Client().get(f"/glossary/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_every_word_stands_there_under_its_anchor() -> None:
    html = _page()
    ids = [attributes["id"] for _name, attributes in tags_of(html) if "id" in attributes]
    assert len(set(ids)) == len(ids)
    said = words_of(html)
    for term in glossary().values():
        assert term.key in ids
        assert " ".join(term.plain.split()) in said
        assert term.source in said
    targets = {href[1:] for href in elements(html, "a", "href") if href.startswith("#")}
    assert targets <= set(ids)


def _sections(html: str) -> list[tuple[str, list[str]]]:
    """The headings of the sections, each with the names under it."""
    parts = re.split(r'<h2 id="letter-[^"]+">([^<]*)</h2>', html)[1:]
    return [(head, re.findall("<dfn>([^<]*)</dfn>", body)) for head, body in zip(parts[::2], parts[1::2], strict=True)]


def test_words_stand_under_their_letters() -> None:
    sections = _sections(_page())
    assert [head for head, _names in sections] == sorted(head for head, _names in sections)
    for head, names in sections:
        assert {name[0].upper() for name in names} == {head}
        assert names == sorted(names, key=str.lower)


def test_names_in_a_script_without_letters_are_one_section(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in Chinese, Japanese and Korean, where a page of sixty one-sign "letters" would help nobody."""
    kept = {"AFP", "BCLC", "ECOG"}
    names = {term.name for term in glossary().values()}
    said = {name: name[:4] if name[:4].strip(" (") in kept else f"肝{name}" for name in names}
    said["Ascites"], said["Varices"] = "Épanchement", "Đau"
    monkeypatch.setattr(glossary_page, "gettext", lambda text: said.get(text, text))
    html = glossary_page.glossary_page(RequestFactory().get("/glossary/")).content.decode()
    sections = _sections(html)
    assert [head for head, _names in sections] == ["A", "B", "D", "E", "More words"]
    assert dict(sections)["D"] == ["Đau"]
    assert "Épanchement" in dict(sections)["E"]
    rest = dict(sections)["More words"]
    assert len(rest) == len(names) - sum(len(found) for _head, found in sections[:-1])
    assert rest == sorted(rest, key=str.casefold)
    assert html.count('href="#letter-') == len(sections)
    found = glossary_page.glossary_page(RequestFactory().get("/glossary/?q=肝")).content.decode()
    assert _sections(found) == [("Words", rest)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Child-Pugh", "child-pugh"), ("PVTT", "portal-vein-invasion"), ("chemoembolization", "tace"), ("hep b", "hbv"),
     ("HEPATIC ENCEPH", "encephalopathy"), ("tossing a coin", "randomised"), (" blinding ", "masking")],
)  # fmt: skip
def test_a_search_finds_by_name_other_name_or_meaning(asked: str, found: str) -> None:
    assert f'id="{found}"' in _page(f"?q={asked}")


@pytest.mark.parametrize("asked", ["qqqq", "<script>alert(1)</script>", "x" * 5000, "%00", "%ff", "肝", "'"])
def test_odd_searches_are_answered_calmly(asked: str) -> None:
    html = _page(f"?q={asked}")
    assert "<script>alert" not in html
    assert 'class="word"' not in html or asked == "'"


def test_an_entry_found_by_a_search_links_to_the_whole_page() -> None:
    html = _page("?q=PVTT")
    assert "/glossary/#bclc" in elements(html, "a", "href")


def test_a_fact_is_explained_at_its_place() -> None:
    load_trial(raw_record(criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0-1\n"))
    html = visit(Client(), "/trials/NCT01234567/").html
    fact = html.partition('id="fact-child_pugh"')[2].partition("</dt>")[0]
    assert "<summary>Child-Pugh score</summary>" in fact
    assert escape(glossary()["child-pugh"].plain) in fact
    assert 'href="/glossary/#child-pugh"' in fact
    assert _misplaced(html) == []


def test_explanations_stand_only_where_a_block_may() -> None:
    assert _misplaced(answered(FIVE)) == []
    assert _misplaced("<p>A <details><summary>b</summary></details></p>") == ["p"]


def _misplaced(html: str) -> list[str]:
    """The elements that hold a <details> and may not."""
    opened: list[str] = []
    wrong = []
    for closing, name in re.findall(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", html):
        if name == "details" and not closing:
            wrong += [outer for outer in opened if outer in _HOLDS_NO_BLOCK]
        if name in _HOLDS_NO_BLOCK:
            opened = opened[:-1] if closing else [*opened, name]
    return wrong


def test_every_word_that_a_template_asks_for_is_there() -> None:
    asked = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        asked |= set(re.findall(r'{% (?:term|what_is) "([^"]+)"', path.read_text("utf-8")))
    assert asked
    assert asked <= set(glossary())


def test_a_fact_without_an_entry_is_its_words_alone() -> None:
    shown = Template('{% load glossary_terms %}{% fact_term "nothing" words %}').render(Context({"words": "A <b>"}))
    assert shown.strip() == "A &lt;b&gt;"


def test_one_address() -> None:
    assert '<link rel="canonical" href="http://testserver/glossary/">' in _page("?q=liver")
