"""The Atom feed of a search: valid, in words, stable, and never more than text."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from trials.models import Trial, TrialChange
from trials.tests.builders import contact, load, load_trial, raw_record, site
from trials.web import feed_entries
from trials.web.feed_entries import MOST_ENTRIES

pytestmark = pytest.mark.django_db
URL = "/trials/feed.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HCC = "Hepatocellular carcinoma"


def _feed(url: str = URL) -> ET.Element:
    response = Client().get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314  # our own answer


def _entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall("a:entry", ATOM)


def _texts(elements: list[ET.Element], name: str) -> list[str]:
    return [element.findtext(f"a:{name}", "", ATOM) for element in elements]


def test_a_feed_has_what_atom_asks_for() -> None:
    load_trial(raw_record(title=HCC, status="RECRUITING"))
    load_trial(raw_record(title=HCC, status="COMPLETED", updated="2026-11-03"))
    feed = _feed()
    for element in (feed, *_entries(feed)):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"a:{name}", "", ATOM).strip(), name
        assert datetime.fromisoformat(element.findtext("a:updated", "", ATOM)).tzinfo
    assert feed.findtext("a:author/a:name", "", ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"alternate": "http://testserver/trials/", "self": "http://testserver/trials/feed.atom"}
    identities = _texts([feed, *_entries(feed)], "id")
    assert len(set(identities)) == len(identities)
    assert all(identity.startswith("urn:uuid:") for identity in identities)


def test_an_entry_says_in_words_what_changed() -> None:
    load_trial(raw_record(title=HCC, status="RECRUITING", criteria="Old", sites=[site("Lyon", "France", facility="H")]))
    load_trial(raw_record(title=HCC, status="COMPLETED", criteria="New", updated="2026-11-03"))
    changed, new = _entries(_feed())
    assert changed.findtext("a:title", "", ATOM).startswith(f"{HCC} (NCT01234567): ")
    summary = changed.findtext("a:summary", "", ATOM)
    assert "from “Recruiting” to “Completed”" in summary
    assert "Eligibility criteria" in summary
    assert summary.count("<li>") >= 3
    assert changed.find("a:link", ATOM).get("href") == "http://testserver/trials/NCT01234567/history/"  # type: ignore[union-attr]
    assert new.findtext("a:title", "", ATOM) == f"New here: {HCC} (NCT01234567)"


def test_the_newest_stands_first_and_identities_stay() -> None:
    load(raw_record("NCT00000001", title=HCC), raw_record("NCT00000002", title=HCC))
    before = dict(zip(_texts(_entries(_feed()), "title"), _texts(_entries(_feed()), "id"), strict=True))
    load(raw_record("NCT00000001", title=HCC, status="RECRUITING", updated="2026-11-03"))
    entries = _entries(_feed())
    assert "NCT00000001): " in _texts(entries, "title")[0]
    after = dict(zip(_texts(entries, "title"), _texts(entries, "id"), strict=True))
    assert {title: after[title] for title in before} == before
    times = _texts(entries, "updated")
    assert times == sorted(times, reverse=True)


def test_the_search_narrows_the_feed() -> None:
    load(raw_record("NCT00000001", title=HCC, phases=["PHASE3"]), raw_record("NCT00000002", title=HCC))
    assert len(_entries(_feed())) == 2
    [entry] = _entries(_feed(f"{URL}?phase=PHASE3&sort=start&page=3"))
    assert "NCT00000001" in entry.findtext("a:title", "", ATOM)


@pytest.mark.parametrize("by_number", [0, 1_000])
def test_both_ways_of_looking_give_the_same(by_number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wide search looks through the newest rows, a narrow one asks for its trials: a naive oracle for both."""
    monkeypatch.setattr(feed_entries, "_ASKED_BY_NUMBER", by_number)
    load(*(raw_record(f"NCT{number:08d}", title=HCC) for number in range(1, 9)))
    for day in (3, 4):
        load(*(raw_record(f"NCT{number:08d}", title=f"{HCC} {day}", updated=f"2026-11-0{day}") for number in (2, 5, 6)))
    wanted = ["NCT00000002", "NCT00000006", "NCT00000007"]
    days = {(change.trial_id, change.changed_on) for change in TrialChange.objects.all() if change.trial_id in wanted}
    found = feed_entries.feed_entries(wanted)
    assert len(found) == len(days) + len(wanted) == 7
    assert all(any(number in entry.title for number in wanted) for entry in found)


def test_the_same_search_has_one_identity() -> None:
    def identity(query: str) -> str:
        return _feed(f"{URL}?{query}").findtext("a:id", "", ATOM)

    assert identity("phase=PHASE3&status=RECRUITING") == identity("status=RECRUITING&phase=PHASE3&page=2&sort=start")
    assert identity("phase=PHASE3") != identity("phase=PHASE2")


def test_published_text_is_only_ever_text() -> None:
    evil = f"<script>alert(1)</script> & <b>{HCC}</b> ]]> \"'\x0b\x1f"
    load_trial(raw_record(title=HCC, sponsor="A"))
    load_trial(raw_record(title=evil, sponsor=evil, updated="2026-11-03"))
    response = Client().get(f"{URL}?hcc_scope=hcc")
    assert b"<script" not in response.content
    entry = _entries(ET.fromstring(response.content))[0]  # noqa: S314
    assert "<script>alert(1)</script>" in entry.findtext("a:title", "", ATOM)  # as text, type is not html
    summary = entry.findtext("a:summary", "", ATOM)
    assert set(re.findall(r"<[^>]*>", summary)) == {"<ul>", "</ul>", "<li>", "</li>"}


def test_contact_data_are_never_repeated() -> None:
    load_trial(raw_record(title=HCC))
    load_trial(raw_record(title=HCC, updated="2026-11-03", contacts=[contact("Xanthippe", email="x@unique.example")]))
    body = Client().get(URL).content
    assert b"contact" in body.lower()
    assert b"Xanthippe" not in body
    assert b"unique.example" not in body


def test_an_empty_feed_is_a_feed_that_does_not_change() -> None:
    first = Client().get(f"{URL}?phase=PHASE3")
    assert b"<updated>" in first.content
    assert first.content == Client().get(f"{URL}?phase=PHASE3").content


def test_a_wrong_search_is_refused_and_named() -> None:
    response = Client().get(f"{URL}?phase=PHASE33")
    assert response.status_code == 400
    assert b"phase" in response.content
    assert Client().post(URL).status_code == 405


def test_at_most_so_many_entries_in_a_fixed_number_of_queries() -> None:
    load(*(raw_record(f"NCT{number:08d}", title=HCC) for number in range(1, 4)))
    with CaptureQueriesContext(connection) as few:
        Client().get(URL)
    trials = Trial.objects.in_bulk()
    TrialChange.objects.bulk_create(
        TrialChange(
            trial=trial, field="overall_status", old="", new="RECRUITING", changed_on=now() - timedelta(days=day)
        )
        for trial in trials.values()
        for day in range(40)
    )
    with CaptureQueriesContext(connection) as many:
        entries = _entries(_feed())
    assert len(entries) == MOST_ENTRIES
    assert len(many) <= len(few) + 1  # the words of changes, where there are any
