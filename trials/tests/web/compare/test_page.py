"""/compare/: which addresses are answered and how, what stands side by side, and that nothing of a person is in it."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import EligibilityFact, Trial
from trials.search.compared_trials import compared_trials
from trials.search.trial_lookup import find_trial
from trials.tests.builders import Raw, arm, contact, load, load_trial, raw_record, site
from trials.tests.web.trial_page.pages import Page, visit

pytestmark = pytest.mark.django_db
A, B, C, D, E = (f"NCT0000000{number}" for number in range(1, 6))


def compared(*ids: str) -> str:
    return "/compare/?" + "&".join(f"id={one}" for one in ids)


@pytest.fixture(autouse=True)
def trials() -> None:
    people = [contact("Nurse", phone="+33 1 99 00 10 00", email="nurse@example.org")]
    sites = [site("Lyon", "France", status="RECRUITING"), site("Metz", "France", status="COMPLETED")]
    load(
        raw_record(A, title="First \\> trial", status="RECRUITING", updated="2026-11-01", contacts=people, sites=sites),
        raw_record(B, title="Second", status="COMPLETED", arms=[arm("One arm"), arm("Two")]),
        raw_record(C),
        raw_record(D, identificationModule={"nctId": D, "briefTitle": "D", "nctIdAliases": ["NCT00000099"]}),
        raw_record(E),
    )
    EligibilityFact.objects.filter(trial_id=A, name="ecog").update(status="stated", value=[0, 1])


@pytest.mark.parametrize(
    ("url", "to"),
    [
        (compared("nct00000001", B), compared(A, B)),
        (compared(f"%20{A}%20", B), compared(A, B)),
        (compared(A, B, A), compared(A, B)),
        (compared(A, "", B), compared(A, B)),
    ],
)
def test_other_spellings_lead_to_the_one_address(client: Client, url: str, to: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Location"]) == (301, to)


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/compare/", 200, "Choose two to 4 trials"),
        (compared(A), 400, "One trial cannot be compared with itself"),
        (compared(A, A), 400, "One trial cannot be compared with itself"),
        (compared(A, B, C, D, E), 400, "You asked for 5 trials. At most 4"),
        (compared(A, "NCT1234567"), 404, "This is not the number of a trial"),
        (compared(A, "../../etc/passwd"), 404, "This is not the number of a trial"),
        (compared(A, "NCT٠١٢٣٤٥٦٧"), 404, "This is not the number of a trial"),
        (compared(A, "NCT00000001%00"), 404, "This is not the number of a trial"),
        (compared(A, "%ff"), 404, "This is not the number of a trial"),
        (compared(A, "NCT07654321"), 404, "these are not in our data"),
        (compared("NCT07654321", "NCT07654322"), 404, "these are not in our data"),
    ],
)
def test_what_cannot_be_compared_is_told(client: Client, url: str, status: int, words: str) -> None:
    answer = client.get(url)
    page = Page(answer.content.decode())
    assert answer.status_code == status
    assert words in page.words
    assert 'name="q"' in page.html


def test_what_is_told_is_no_markup(client: Client) -> None:
    answer = client.get(compared(A, "<script>alert(1)</script>" + "x" * 5000))
    assert answer.status_code == 404
    assert b"<script>alert" not in answer.content
    assert b"xxxx" not in answer.content


def test_an_unknown_trial_beside_two_known_ones_is_told(client: Client) -> None:
    page = visit(client, compared(A, B, "NCT07654321"))
    assert "NCT07654321 is not in our data." in page.words
    assert "2 trials side by side" in page.words


def test_side_by_side(client: Client) -> None:
    page = visit(client, compared(A, B))
    for words in (
        "First > trial",
        "Second",
        "Call +33 1 99 00 10 00",
        "France: 2 sites, 1 recruiting",
        "One arm",
        "0 or 1",
    ):
        assert words in page.words
    assert {"tel:+33199001000", f"mailto:nurse@example.org?subject={A}"} <= set(page.links)
    row = page.html.partition("How active you are")[2].partition("</tr>")[0]
    assert "Not stated" in row, "silence is never an empty cell"
    assert f"/trials/{A}/#contact" not in page.links
    assert f"/trials/{B}/#contact" in page.links
    assert "the same in all" in page.words.partition("Sex")[2][:30]


def _town(name: str, point: tuple[float, float], *phones: str, status: str = "RECRUITING") -> Raw:
    people = [contact(f"Nurse in {name}", phone=phone) for phone in phones]
    return site(name, "France", status=status, point=point, contacts=people or None)


def _with_five_sites() -> None:
    sites = [
        _town("Nice", (43.7, 7.27), "+33 1 99 00 10 06"),
        _town("Lyon", (45.75, 4.85), "+33 1 99 00 10 01", "+33 1 99 00 10 02"),
        _town("Dijon", (47.32, 5.04)),
        _town("Grenoble", (45.17, 5.72), "+33 1 99 00 10 03", status="COMPLETED"),
        _town("Paris", (48.85, 2.35), "+33 1 99 00 10 04"),
    ]
    load(raw_record(A, title="First", status="RECRUITING", updated="2026-11-02", sites=sites))


def test_the_nearest_recruiting_sites_with_whom_to_call_there(client: Client) -> None:
    _with_five_sites()
    page = visit(client, compared(A, B) + "&near=45.8,4.8")
    row = Page(f"<body>{page.html.partition('Nearest recruiting sites')[2].partition('</tr>')[0]}")
    assert "From about here: " in row.words
    places = [row.words.index(words) for words in ("Lyon, France", "Dijon, France", "Nice, France")]
    assert places == sorted(places), "the nearest first, at most three"
    for words in ("less than 10 km", "about 170 km", "Nurse in Lyon", "Nurse in Nice", "4 recruiting sites"):
        assert words in row.words
    for words in ("Paris", "Grenoble"):
        assert words not in row.words
    assert {"tel:+33199001001", "tel:+33199001002", "tel:+33199001006"} <= set(row.links)
    assert "The record names no recruiting site." in row.words, "the other trial is closed"
    assert (
        'name="near" type="text" maxlength="200" autocomplete="off" enterkeyhint="search" value="45.8,4.8"' in page.html
    )


def test_without_a_town_recruiting_sites_are_counted_and_linked(client: Client) -> None:
    page = visit(client, compared(A, B))
    assert "1 recruiting site" in page.words
    assert f"/trials/{A}/#sites" in page.links
    assert "Nearest recruiting sites" not in page.words


def test_a_town_that_is_not_clear_is_asked_about_beside_the_trials(client: Client) -> None:
    page = visit(client, compared(A, B) + "&near=Springfield")
    assert "Several places are called “Springfield”" in page.words
    [first, *_] = [link for link in page.links if "near=Springfield%2C" in link]
    assert "Nearest recruiting sites" in visit(client, first).words
    assert "We know no town" in visit(client, compared(A, B) + "&near=Xqzzyv%00").words


def test_what_is_handed_on_does_not_tell_the_town(client: Client) -> None:
    page = visit(client, compared(A, B) + "&near=Lyon,+France")
    handed_on = [link for link in page.links if link.startswith("mailto:?")]
    assert handed_on
    assert not any("Lyon" in unquote(link) for link in handed_on)
    assert f'data-copy-link="http://testserver{compared(A, B)}"'.replace("&id", "&amp;id") in page.html
    answer = client.get(compared("nct00000001", B) + "&near=Lyon")
    assert answer.headers["Location"] == compared(A, B) + "&near=Lyon"


def test_the_sheet_names_questions_day_and_source(client: Client) -> None:
    words = visit(client, compared(A, B)).words
    for said in ("Questions for the doctor and the trial team", "how well your liver must work", "Put together on"):
        assert said in words
    assert f"http://testserver{compared(A, B)}" in words


def test_the_mail_is_a_draft_about_trials_alone(client: Client) -> None:
    [mail] = [link for link in visit(client, compared(A, B)).links if link.startswith("mailto:?")]
    text = unquote(mail)
    assert text.startswith(f"mailto:?subject=Trials: {A}, {B}&body=")
    assert f"{A}  First > trial\r\nhttp://testserver/trials/{A}/" in text
    assert f"http://testserver{compared(A, B)}" in text
    assert mail.count("&") == 1


def test_nothing_of_the_visitor_is_kept(client: Client) -> None:
    answer = client.get(compared(A, B))
    assert not answer.cookies
    assert client.get(compared(A, B), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def queries(*ids: str) -> int:
        client.get(compared(*ids))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(compared(*ids)).status_code == 200
        return len(captured)

    assert queries(A, B) == queries(A, B, C, D)


@pytest.mark.parametrize("state", ["listed", "renamed", "gone", "not_returned"])
@pytest.mark.parametrize("heir_state", ["listed", "gone"])
def test_numbers_mean_what_they_mean_on_the_trial_page(state: str, heir_state: str) -> None:
    """The oracle: the lookup of one trial."""
    load_trial(raw_record("NCT00000099"))
    Trial.objects.filter(pk="NCT00000099").update(registry_state=state)
    Trial.objects.filter(pk=D).update(registry_state=heir_state)
    asked = [A, D, "NCT00000099", "NCT07654321"]
    singly = {nct_id: trial for nct_id in asked if (trial := find_trial(nct_id))}
    assert compared_trials(asked) == singly
