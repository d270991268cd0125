"""The queue of facts: what waits and in which order, what a row says, and the confirmation of many at once."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.ingest.reviews import Judgement, Verdict
from trials.models import EligibilityFact, FactInForce, FactReview
from trials.tests.admin.facts import CRITERIA, change_criteria, doubt, fact, judge, load_facts
from trials.tests.admin.pages import list_url, listed, page_url, text
from trials.tests.admin.records import NASTY, nct
from trials.vocabulary.doubts import DOUBTS

pytestmark = pytest.mark.django_db
SILENT = Judgement(Verdict.NOT_STATED)


def seen_in(page: str) -> dict[str, str]:
    """What a list's page says that it shows."""
    return dict(re.findall(r'name="(seen-\d+)" value="(\w+)"', page))


def confirm(client: Client, *keys: str, **more: str) -> list[str]:
    """Sends the list's action as the page does; gives the messages that staff see."""
    seen = seen_in(text(client, list_url(FactInForce)))
    chosen = {"action": "confirm", "_selected_action": list(keys), "index": "0", **seen, **more}
    response = client.post(list_url(FactInForce), chosen)
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_only_doubted_and_changed_facts_wait(admin_client: Client) -> None:
    load_facts(1)
    assert listed(admin_client, FactInForce) == []
    waiting = doubt("ecog", "weak_field")
    assert listed(admin_client, FactInForce) == [waiting]
    judge(name="child_pugh")
    assert listed(admin_client, FactInForce) == [waiting]
    change_criteria(CRITERIA.replace("class A", "class A or B"))
    EligibilityFact.objects.exclude(name="ecog").update(doubts=[])
    assert set(listed(admin_client, FactInForce)) >= {str(fact().pk)}


def test_a_changed_record_comes_before_every_doubt(admin_client: Client) -> None:
    load_facts(1)
    judge(SILENT, "ascites")
    change_criteria(CRITERIA.replace("* Ascites", "* None"))
    EligibilityFact.objects.update(doubts=[])
    worst = doubt("child_pugh", "contradictory")
    assert fact("ascites").text_changed_at is not None
    assert listed(admin_client, FactInForce) == [str(fact("ascites").pk), worst]


def test_the_doubts_stand_in_their_order(admin_client: Client) -> None:
    names = ["hcv", "hbv", "ascites", "bclc", "ecog", "child_pugh", "modalities", "tumor_burden"]
    codes = [*DOUBTS, "new_doubt"]
    load_facts(1)
    expected = [doubt(name, code) for name, code in zip(names, codes, strict=True)]
    assert listed(admin_client, FactInForce) == expected


def test_the_worst_of_several_doubts_counts(admin_client: Client) -> None:
    load_facts(1)
    later, first = doubt("child_pugh", "mixed"), doubt("hcv", "cohorts", "contradictory")
    assert listed(admin_client, FactInForce) == [first, later]


def test_facets_in_demand_come_first_then_recruiting_trials_then_new_ones(admin_client: Client) -> None:
    for number, status in ((1, "COMPLETED"), (2, "RECRUITING"), (3, "RECRUITING"), (4, "NOT_YET_RECRUITING")):
        load_facts(number, status)
    burden = doubt("tumor_burden", "weak_field", number=2)
    child_pugh = {number: doubt("child_pugh", "weak_field", number=number) for number in (1, 2, 3, 4)}
    ascites = doubt("ascites", "weak_field", number=3)  # no facet of the search
    assert listed(admin_client, FactInForce) == [*(child_pugh[number] for number in (3, 2, 4, 1)), burden, ascites]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 2),
        ({"state": "waiting"}, 2),
        ({"state": "undecided"}, 28),
        ({"state": "decided"}, 2),
        ({"state": "all"}, 30),
        ({"state": "all", "trial": nct(2)}, 15),
        ({"state": "all", "name": "child_pugh"}, 2),
        ({"state": "all", "name": "child_pugh", "status": "stated"}, 2),
        ({"state": "decided", "status": "not_stated"}, 1),
        ({"state": "all", "doubt": "some"}, 3),
        ({"doubt": "weak_field"}, 1),
        ({"state": "all", "doubt": "none"}, 27),
        ({"state": "all", "depends_on_cohort__exact": "1"}, 1),
        ({"state": "all", "q": nct(2)}, 15),
        ({"q": "lenvatinib"}, 2),
    ],
    ids=str,
)
def test_filters(query: dict[str, str], number: int, admin_client: Client) -> None:
    load_facts(1)
    load_facts(2)
    judge()
    judge(SILENT, "ascites")
    doubt("child_pugh", "mixed")  # decided, so it does not wait
    doubt("ecog", "weak_field", number=2)
    doubt("hbv", "cohorts", number=2)
    EligibilityFact.objects.filter(trial=nct(2), name="hbv").update(depends_on_cohort=True)
    assert len(listed(admin_client, FactInForce, **query)) == number


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"doubt": "x"}, {"name": "x"}, {"trial": "x"}, {"foo": "1"}], ids=str
)
def test_what_is_no_choice_is_refused(query: dict[str, str], admin_client: Client) -> None:
    response = admin_client.get(list_url(FactInForce), query)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?e=1")


def test_a_row_says_what_it_takes_to_choose(admin_client: Client) -> None:
    load_facts(1)
    doubt("child_pugh", "weak_field")
    page = text(admin_client, list_url(FactInForce))
    for words in (
        "Facts to review",
        "Study 1",
        "Child-Pugh score",
        "5, 6",
        "Rule",
        "Not from the criteria",
        "Recruiting",
    ):
        assert words in page
    assert "<mark>Child-Pugh class A</mark>" in page
    assert "The criteria are silent" in page  # the filter explains the doubt
    assert "weak_field</" not in page


def test_a_row_says_who_decided_and_what_the_machine_reads(admin_client: Client) -> None:
    load_facts(1)
    judge(who="curator")
    page = text(admin_client, f"{list_url(FactInForce)}?state=decided")
    assert "5, 6, 7" in page
    assert "Machine: 5, 6<" in page
    assert "curator, " in page
    change_criteria(CRITERIA.replace("Child-Pugh class A", "ECOG 0"))
    page = text(admin_client, list_url(FactInForce))
    assert "the record has changed since" in page
    assert "The judged sentence is gone." in page


def test_registry_text_in_a_row_is_never_markup(admin_client: Client) -> None:
    load_facts(1, criteria=f"Inclusion Criteria:\n\n* Child-Pugh class A {NASTY}")
    doubt("child_pugh", NASTY)
    page = text(admin_client, list_url(FactInForce))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_queries_do_not_grow_with_decisions(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(listed(admin_client, FactInForce, state="all")) > 0
        return len(captured)

    load_facts(1)
    judge()
    few = queries()
    for number in range(2, 8):
        load_facts(number)
        judge(number=number, who=f"person {number}")
        doubt("ecog", "mixed", number=number)
    assert queries() == few <= 7


def test_confirming_many(admin_client: Client) -> None:
    load_facts(1)
    keys = [doubt("child_pugh", "weak_field"), doubt("ecog", "mixed")]
    assert confirm(admin_client, *keys) == ["2 facts are confirmed."]
    assert listed(admin_client, FactInForce) == []
    assert {str(review.decision) for review in FactReview.objects.all()} == {"confirmed"}
    assert {entry.object_id for entry in LogEntry.objects.all()} == set(keys)


def test_what_needs_a_look_of_its_own_is_left_and_said(admin_client: Client) -> None:
    load_facts(1)
    judge()
    change_criteria(CRITERIA.replace("class A", "class B"))
    EligibilityFact.objects.update(doubts=[])
    easy = doubt("ecog", "weak_field")
    messages = confirm(admin_client, str(fact().pk), easy, "987654321")
    assert messages == [
        "1 fact is confirmed.",
        f"1 was left: The decision in force and the machine differ. ({nct(1)} Child-Pugh score)",
        "1 was left: it is not in this list any more.",
    ]
    assert fact().value == [5, 6, 7]
    assert [entry.object_id for entry in LogEntry.objects.all()] == [easy]


def test_what_has_changed_since_the_list_was_shown_is_left(admin_client: Client) -> None:
    load_facts(1)
    key = doubt("child_pugh", "weak_field")
    seen = {f"seen-{key}": "0" * 16}
    changed = f"1 was left: It has changed since the list was shown. ({nct(1)} Child-Pugh score)"
    assert confirm(admin_client, key, **seen) == [changed]
    assert not FactReview.objects.exists()
    assert not LogEntry.objects.exists()
    before = text(admin_client, list_url(FactInForce))
    EligibilityFact.objects.filter(pk=key).update(value=[5])
    assert seen_in(before) != seen_in(text(admin_client, list_url(FactInForce)))


def test_nobody_confirms_pages_that_were_not_on_the_screen(admin_client: Client) -> None:
    load_facts(1)
    key = doubt("child_pugh", "weak_field")
    [message] = confirm(admin_client, key, select_across="1")
    assert "page by page" in message
    assert not FactReview.objects.exists()
    for name in ("ecog", "hbv"):
        doubt(name, "mixed")
    assert 'class="question' not in text(admin_client, f"{list_url(FactInForce)}?state=all")


def test_a_viewer_confirms_nothing(reader_client: Client) -> None:
    load_facts(1)
    key = doubt("child_pugh", "weak_field")
    assert 'value="confirm"' not in text(reader_client, list_url(FactInForce))
    confirm(reader_client, key)
    assert not FactReview.objects.exists()
    assert not LogEntry.objects.exists()
    User.objects.get(username="reader").user_permissions.add(Permission.objects.get(codename="add_factreview"))
    assert confirm(reader_client, key) == ["1 fact is confirmed."]
    assert FactReview.objects.get().reviewer_name == "reader"


def test_a_row_leads_to_its_page_and_remembers_the_list(admin_client: Client) -> None:
    load_facts(1)
    key = doubt("child_pugh", "weak_field")
    page = text(admin_client, f"{list_url(FactInForce)}?name=child_pugh")
    assert f'href="{page_url(FactInForce, key)}?_changelist_filters=name%3Dchild_pugh"' in page
