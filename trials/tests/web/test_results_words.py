"""What was searched for is said on the page of results, and one click undoes it."""

import random
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from trials.models import SearchWord, Trial
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trials() -> None:
    made = [random_trial(number, random.Random(number)) for number in range(1, 5)]
    for trial in made:
        trial.find_under("hcc_scope", {"hcc"})
        trial.words = []
    store(made)
    titles = ("Liver cancer study", "Hepatocellular carcinoma", "Sorafenib <b>now</b>", "Lenvatinib")
    for trial, title in zip(made, titles, strict=True):
        Trial.objects.filter(pk=trial.nct_id).update(brief_title=title)


def _page(client: Client, words: str, **parameters: str) -> str:
    return client.get(f"/trials/?{urlencode({'q': words, **parameters})}").content.decode()


def _link(page: str, text: str) -> str:
    match = re.search(rf'<a href="([^"]*)"[^>]*>{re.escape(text)}', page)
    assert match, text
    return unescape(match[1])


def test_widened_words_are_shown_and_one_click_undoes_them(client: Client) -> None:
    page = _page(client, "liver cancer")
    assert "2 trials" in page
    assert re.search(r"<b>liver cancer</b>: also [^<]+ and \d+ more</summary>", page)
    every = re.search(r'<p class="every">([^<]*)', page)
    assert every
    assert "hepatocellular carcinoma" in every[1].lower()
    undone = client.get(_link(page, "Search for just these words")).content.decode()
    assert "1 trial<" in undone
    assert "Search for just these words" not in undone
    assert "&quot;liver cancer&quot;" in undone


def test_the_undoing_keeps_the_rest_of_the_search(client: Client) -> None:
    page = _page(client, "liver cancer study", page_size="50")
    assert "page_size=50" in _link(page, "Search for just these words")
    assert "study" in _link(page, "Search for just these words")


def test_a_corrected_word_is_said_with_a_link_to_it_as_typed(client: Client) -> None:
    SearchWord.objects.bulk_create([SearchWord(word="lenvatinib")], ignore_conflicts=True)
    page = _page(client, "lenvatenyb")
    assert "No trial has “lenvatenyb”. These are results for <b>lenvatinib</b>." in page
    assert "1 trial<" in page
    typed = client.get(_link(page, "Search for “lenvatenyb” as typed")).content.decode()
    assert "0 trials" in typed
    assert "No trial has “lenvatenyb”." in typed


def test_words_that_no_trial_has_are_named(client: Client) -> None:
    assert "No trial has “qqqqzzzz”." in _page(client, "sorafenib qqqqzzzz")


def test_plain_words_need_no_explanation(client: Client) -> None:
    assert 'class="meant"' not in _page(client, '"sorafenib"')


def test_the_title_is_marked_and_stays_text(client: Client) -> None:
    page = _page(client, '"sorafenib"')
    assert "<mark>Sorafenib</mark> &lt;b&gt;now&lt;/b&gt;" in page


def test_the_passage_is_shown_with_its_part(client: Client) -> None:
    Trial.objects.filter(brief_title="Lenvatinib").update(eligibility_criteria="No <i>gadoxetate</i> allergy")
    page = _page(client, "gadoxetate")
    assert ">Criteria:</span>" in page
    assert "No &lt;i&gt;<mark>gadoxetate</mark>&lt;/i&gt; allergy" in page


def test_nothing_found_tells_which_choice_to_take_off(client: Client) -> None:
    Trial.objects.update(phases=["PHASE2"])
    page = _page(client, '"sorafenib"', phase="PHASE3", hcc_scope="hcc")
    link = _link(page, "Without “Phase: Phase 3”")
    assert ": 1 trial<" in page
    assert "1 trial<" in client.get(link).content.decode()
    assert "Start over with all trials" in page


def test_the_same_search_as_table_and_feed(client: Client) -> None:
    page = _page(client, '"sorafenib"', page_size="50", sort="start")
    table, feed = _link(page, "Table (CSV)"), _link(page, "Feed of what changes (Atom)")
    assert table == "/api/v1/trials.csv?q=%22sorafenib%22&sort=start"
    assert feed == "/trials/feed.atom?q=%22sorafenib%22"
    assert b"NCT00000003" in b"".join(client.get(table))
    assert client.get(feed).status_code == 200


def test_links_that_narrow_are_not_for_crawlers(client: Client) -> None:
    page = _page(client, "liver cancer", phase="NA", near="Lyon", radius="50")
    for link in re.findall(r"<a [^>]*\?[^>]*>", page):
        assert "nofollow" in link or 'rel="prev"' in link or 'rel="next"' in link, link


def test_best_match_is_offered_beside_words_alone(client: Client) -> None:
    assert "Best match" in _page(client, "sorafenib")
    assert "Best match" not in _page(client, "")
    assert '<option value="" selected>Best match' in _page(client, "sorafenib")
    assert '<option value="start" selected>' in _page(client, "sorafenib", sort="start")


def test_the_same_answer_with_and_without_htmx(client: Client) -> None:
    assert client.get("/trials/").content == client.get("/trials/", headers={"HX-Request": "true"}).content
