"""/trials/NCT.../history/ as a visitor meets it, from records that went the whole road into the store."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import Trial, TrialChange
from trials.tests.builders import contact, load, load_trial, raw_record, site
from trials.tests.web.trial_page.pages import Page, tags_of, visit, words_of

pytestmark = pytest.mark.django_db
URL = "/trials/NCT01234567/"
_SCRIPTS = {
    URL: 5,
    "/trials/": 5,
}  # two everywhere; more of a trial, and data; the place of a search, its keys and htmx
HISTORY = f"{URL}history/"
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def follow(*records: dict[str, Any]) -> Trial:
    """Loads the versions of one record, the oldest first, as followed since 1 October 2026."""
    for record in records:
        trial = load_trial(record)
    Trial.objects.update(first_loaded_at=datetime(2026, 10, 1, 12, tzinfo=UTC))
    TrialChange.objects.update(seen_at=datetime(2026, 10, 2, 12, tzinfo=UTC))
    return trial


def days_of(html: str) -> dict[str, str]:
    sections = re.findall(r'<section class="day".*?</section>', html, re.DOTALL)
    return {
        words_of(section.partition("<h2")[2].partition(">")[2].partition("</h2>")[0]): words_of(
            section.partition("</h2>")[2]
        )
        for section in sections
    }


def rennes(status: str) -> dict[str, Any]:
    return site("Rennes", "France", facility="Centre Eugène Marquis", status=status)


def test_days_stand_newest_first_and_the_weightiest_change_first(client: Client) -> None:
    follow(
        raw_record(updated="2026-10-01", status="NOT_YET_RECRUITING", sites=[rennes("NOT_YET_RECRUITING")]),
        raw_record(updated="2026-10-20", status="NOT_YET_RECRUITING", sites=[rennes("NOT_YET_RECRUITING")], title="B"),
        raw_record(
            updated="2026-11-03", status="RECRUITING", sites=[rennes("RECRUITING")], title="B", completion="2029-11"
        ),
    )
    page = visit(client, HISTORY)
    days = days_of(page.html)
    assert list(days) == ["3 November 2026", "20 October 2026", "1 October 2026"]
    newest = days["3 November 2026"]
    status = newest.index("Status: from “Not yet recruiting” to “Recruiting”")
    opened = newest.index("The site in Rennes opened Centre Eugène Marquis, France; from “Not yet recruiting”")
    assert status < opened < newest.index("End: now November 2029, not stated before")
    assert "Title:" in days["20 October 2026"]
    assert days["1 October 2026"] == "First stored here."
    assert "We have followed this record since 1 October 2026" in page.words
    assert "https://clinicaltrials.gov/study/NCT01234567?tab=history" in page.links


def test_a_change_that_we_saw_later_says_so(client: Client) -> None:
    follow(raw_record(updated="2026-09-01"), raw_record(updated="2026-09-20", title="B"))
    assert "20 September 2026 seen here on 2 October 2026" in days_of(visit(client, HISTORY).html)


def test_a_record_that_never_changed(client: Client) -> None:
    follow(raw_record())
    assert "We have seen no change since." in visit(client, HISTORY).words
    assert "We have seen no change in this record." in visit(client, URL).said("changes")


def test_the_trial_page_names_the_newest_change(client: Client) -> None:
    follow(
        raw_record(updated="2026-10-01", sites=[rennes("NOT_YET_RECRUITING")], criteria="* " + "x" * 90_000),
        raw_record(updated="2026-10-20", sites=[rennes("NOT_YET_RECRUITING")], title="B", criteria="* y"),
        raw_record(updated="2026-11-03", sites=[rennes("RECRUITING")], title="C", criteria="* " + "z" * 90_000),
    )
    said = visit(client, URL).said("changes")
    assert "3 November 2026: The site in Rennes opened and 2 more that day" in said
    assert HISTORY in visit(client, URL).links


def test_a_criterion_is_compared_by_words_that_all_can_follow(client: Client) -> None:
    old = (
        "Inclusion Criteria:\n\n"
        + "".join(f"* Criterion number {n}\n" for n in range(9))
        + "* Child-Pugh A, score \\<7\n"
    )
    follow(
        raw_record(updated="2026-10-01", criteria=old + "* Gone for good\n"),
        raw_record(updated="2026-11-03", criteria=old.replace("A, score", "A or B, score")),
    )
    html = visit(client, HISTORY).html
    difference = html.partition('<div class="difference"')[2].partition("</section>")[0]
    said = words_of(difference)
    assert "Inclusion Criteria: 9 unchanged passages" in said
    assert "Reworded • Child-Pugh A [new: or B], score <7" in said
    assert "Gone • Gone for good" in said
    assert '<span class="away" lang="en">[new:</span> or B<span class="away">]</span></ins>' in difference
    assert "<del>Gone for good</del>" in difference
    assert '<details class="more unchanged">' in difference


def test_contacts_are_not_repeated(client: Client) -> None:
    people = [contact("Nurse One", phone="+1 555 0100", email="one@example.org")]
    others = [contact("Nurse Two", phone="+1 555 0101", email="two@example.org")]
    follow(raw_record(contacts=people), raw_record(contacts=others))
    page = visit(client, HISTORY)
    assert "The contact details changed" in page.words
    for secret in ("Nurse", "555", "example.org"):
        assert secret not in page.html


def test_many_sites_of_one_day_are_folded(client: Client) -> None:
    def sites(status: str) -> list[dict[str, Any]]:
        return [site(f"Town {number}", "France", status=status) for number in range(42)]

    follow(raw_record(sites=sites("NOT_YET_RECRUITING")), raw_record(sites=sites("RECRUITING")))
    page = visit(client, HISTORY)
    assert "and 37 more sites" in page.words
    before, _, folded = page.html.partition("and 37 more sites")
    assert before.count(" opened") == 5
    assert folded.count(" opened") == 37


@pytest.mark.parametrize("attack", [ATTACK, "{{ 7*7 }}", "&lt;script&gt;alert(1)&lt;/script&gt;", "%(city)s %s"])
def test_no_published_text_becomes_markup(client: Client, attack: str) -> None:
    def version(text: str, day: str) -> dict[str, Any]:
        return raw_record(
            title=text,
            updated=day,
            status=text,
            start=text,
            sponsor=text,
            conditions=[text],
            minimum_age=text,
            criteria=f"* Same\n* {text} and words to compare\n",
            sites=[site(text, text, facility=text, status=text)],
            arms=[{"label": text}],
        )

    follow(version("words", "2026-10-01"), version(attack, "2026-11-03"), version("words", "2026-11-04"))
    for url in (HISTORY, URL, "/trials/"):
        tags = tags_of(client.get(url).content.decode())
        assert sum(tag == "script" for tag, _ in tags) == _SCRIPTS.get(url, 2)
        assert not [tag for tag, _ in tags if tag == "img"]
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]


def test_published_text_is_marked_as_such(client: Client) -> None:
    follow(raw_record(sites=[]), raw_record(sites=[rennes("RECRUITING")]))
    assert 'A site in <span lang="en" dir="auto">Rennes</span> was added' in visit(client, HISTORY).html


@pytest.mark.parametrize("address", ["nct01234567", "NCT01234567%20", "NCT00000001", "nct00000001"])
def test_other_spellings_and_aliases_lead_to_it(client: Client, address: str) -> None:
    load(raw_record(identificationModule={"nctId": "NCT01234567", "nctIdAliases": ["NCT00000001"]}))
    answer = client.get(f"/trials/{address}/history/")
    assert (answer.status_code, answer.headers["Location"]) == (301, HISTORY)


def test_unknown_numbers_and_nonsense_are_404(client: Client) -> None:
    answer = client.get("/trials/nct07654321/history/")
    assert answer.status_code == 404
    assert "https://clinicaltrials.gov/study/NCT07654321" in Page(answer.content.decode()).links
    assert client.get("/trials/hello/history/").status_code == 404


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 30, "1.5", "%00"])
def test_pages_that_do_not_exist(client: Client, page: str) -> None:
    load_trial()
    assert client.get(f"{HISTORY}?page={page}").status_code == 404


def test_only_get_and_head_and_no_cookie(client: Client) -> None:
    load_trial()
    assert client.post(HISTORY).status_code == 405
    assert client.head(HISTORY).status_code == 200
    assert not client.get(HISTORY).cookies


def changes(days: int, on_each: int) -> None:
    TrialChange.objects.bulk_create(
        TrialChange(
            trial_id="NCT01234567",
            field="sites",
            new={"facility": f"Hospital {number}", "city": "Town", "country": "France", "status": "RECRUITING"},
            changed_on=date(2026, 11, 20) - timedelta(days=day),
        )
        for day in range(days)
        for number in range(on_each)
    )


def test_long_histories_are_paged_by_day_in_a_constant_number_of_queries(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(HISTORY)
        return len(captured)

    load_trial()
    changes(1, 1)
    few = queries()
    changes(45, 3)
    assert queries() == few <= 6
    first, last = visit(client, HISTORY), visit(client, f"{HISTORY}?page=3")
    assert first.html.count('<section class="day"') == 20
    assert "First stored here" not in first.words
    assert last.html.count('<section class="day"') == 6
    assert "First stored here" in last.words
    assert 'rel="next" href="?page=2"' in first.html
    assert 'rel="prev" href="?page=2"' in last.html


def test_giants_are_shown(client: Client) -> None:
    """The registry's largest record changes every site twice a day, and its 200 KB of criteria again and again."""
    load_trial()
    changes(4, 1148)
    for number in range(6):
        TrialChange.objects.create(
            trial_id="NCT01234567",
            field="eligibility_criteria",
            old="\n".join(f"* criterion {line}" for line in range(9000)),
            new="\n".join(f"* criterion {line * (number + 2)}" for line in range(9000)),
            changed_on=date(2026, 11, 1),
        )
    answer = client.get(HISTORY)
    assert answer.status_code == 200
    assert len(answer.content) < 6_000_000
