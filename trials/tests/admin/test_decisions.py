"""The list of all decisions, and the file of those that the machine contradicts."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trials.ingest.reviews import Judgement, Verdict, withdraw_review
from trials.models import FactInForce, FactReview
from trials.tests.admin.facts import CRITERIA, change_criteria, fact, judge, load_facts
from trials.tests.admin.pages import list_url, listed, page_url, scripts, text
from trials.tests.admin.records import NASTY, nct

pytestmark = pytest.mark.django_db
RIGHT = Judgement(Verdict.MACHINE_IS_RIGHT)
DOWNLOAD = reverse("admin:trials_factreview_differences")


@pytest.fixture
def decisions() -> dict[str, str]:
    """One that differs from the machine, one that does not, one whose record changed, one that was withdrawn."""
    load_facts(1)
    load_facts(2)
    keys = {"withdrawn": str(withdraw_review(judge(name="ecog", judgement=Judgement(Verdict.NOT_STATED)).pk).pk)}
    keys["agrees"] = str(judge(RIGHT, "hbv").pk)
    keys["differs"] = str(judge(who="curator").pk)
    keys["changed"] = str(judge(RIGHT, number=2).pk)
    change_criteria(CRITERIA.replace("class A", "class B"), number=2)
    return keys


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["changed", "differs", "agrees", "withdrawn"]),
        ({"standing": "in_force"}, ["changed", "differs", "agrees"]),
        ({"standing": "differs"}, ["changed", "differs"]),
        ({"standing": "changed"}, ["changed"]),
        ({"standing": "past"}, ["withdrawn"]),
        ({"decision": "corrected"}, ["differs"]),
        ({"name": "hbv"}, ["agrees"]),
        ({"trial": nct(2)}, ["changed"]),
        ({"q": "curator"}, ["differs"]),
        ({"q": "footnote"}, ["differs"]),
    ],
    ids=str,
)
def test_filters(query: dict[str, str], expected: list[str], decisions: dict[str, str], admin_client: Client) -> None:
    assert listed(admin_client, FactReview, **query) == [decisions[name] for name in expected]


def test_a_row_says_what_the_machine_read_then_and_reads_now(decisions: dict[str, str], admin_client: Client) -> None:
    page = text(admin_client, f"{list_url(FactReview)}?standing=changed")
    row = page[page.index('class="field-fact') :].partition("</tr>")[0]
    for column, words in (
        ("decided", "Confirmed: 5, 6"),
        ("machine_then", "5, 6"),
        ("machine_now", "7, 8, 9"),
        ("who", "ana"),
        ("standing", "The record has changed since"),
    ):
        assert f'<td class="field-{column}">{words}</td>' in row
    assert DOWNLOAD in page


def test_the_page_of_a_decision(decisions: dict[str, str], admin_client: Client) -> None:
    page = text(admin_client, page_url(FactReview, decisions["differs"]))
    for words in ("Corrected: 5, 6, 7", "The footnote admits B7.", "Child-Pugh class A", "curator", "In force"):
        assert words in page
    assert page_url(FactInForce, fact().pk) in page


def test_reasons_are_never_markup(admin_client: Client) -> None:
    load_facts(1)
    review = judge(Judgement(Verdict.CORRECTED, ("5",), reason=NASTY))
    for url in (list_url(FactReview), page_url(FactReview, review.pk)):
        page = text(admin_client, url)
        assert "<script>alert" not in page
        assert scripts(page) == []


def test_the_differences_as_test_cases(
    decisions: dict[str, str], admin_client: Client, reader_client: Client, stranger_client: Client
) -> None:
    response = admin_client.get(DOWNLOAD)
    assert response.headers["Content-Disposition"] == 'attachment; filename="review-differences.jsonl"'
    lines = [json.loads(line) for line in response.content.decode().splitlines()]
    decided = {"status": "stated", "value": [5, 6, 7], "quote": "Child-Pugh class A"}
    assert lines[0] == {"nct_id": nct(1), "facts": {"child_pugh": decided}}
    assert [line["nct_id"] for line in lines] == [nct(1), nct(2)]
    assert reader_client.get(DOWNLOAD).status_code == 200
    assert stranger_client.get(DOWNLOAD).status_code == 403


def test_queries_do_not_grow(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(list_url(FactReview), {"standing": "differs"}).status_code == 200
        return len(captured)

    load_facts(1)
    judge()
    few = queries()
    for number in range(2, 7):
        load_facts(number)
        judge(number=number)
    assert queries() == few <= 10
