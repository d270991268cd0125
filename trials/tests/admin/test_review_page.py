"""The page of one fact: what it shows, what a person may decide there, and where it goes on."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from trials.ingest.reviews import Judgement, Verdict
from trials.models import EligibilityFact, FactInForce, FactReview
from trials.tests.admin.deciding import decide, messages, url
from trials.tests.admin.facts import CRITERIA, change_criteria, doubt, fact, judge, load_facts, typed
from trials.tests.admin.pages import list_url, page_url, scripts, text
from trials.tests.admin.records import NASTY, nct

pytestmark = pytest.mark.django_db


def test_what_a_person_needs_to_decide(trial: None, admin_client: Client) -> None:
    doubt("child_pugh", "lost_sign")
    page = text(admin_client, url("change"))
    assert "* <mark>Child-Pugh class A</mark>" in page
    for words in (
        "Child-Pugh score",
        "Liver function",
        "A is 5 and 6",
        "Lost sign",
        "A sign such as",
        "Rule, reader version",
    ):
        assert words in page
    assert f'href="https://clinicaltrials.gov/study/{nct(1)}"' in page
    assert f'href="/trials/{nct(1)}/"' in page
    assert "The machine is right: 5, 6" in page
    assert "The earlier decision still holds" not in page
    assert "Nobody has decided yet." in page
    assert scripts(page) == []


def test_a_sentence_outside_the_criteria_leaves_them_one_click_away(trial: None, admin_client: Client) -> None:
    page = text(admin_client, url("change", "modalities"))
    assert "<mark>Lenvatinib</mark>" in page
    assert "Intervention 1 (name)" in page
    assert "<summary>The whole text</summary>" in page
    assert "* Child-Pugh class A" in page


def test_a_silent_record_shows_all_its_criteria(trial: None, admin_client: Client) -> None:
    page = text(admin_client, url("change", "bclc"))
    assert "No sentence of the record stands behind this answer." in page
    assert "<details open>" in page
    assert "Not stated: the record is silent" not in page  # the machine says so already


def test_registry_text_and_reasons_are_never_markup(admin_client: Client) -> None:
    criteria = f"Inclusion Criteria:\n\n* {NASTY} Child-Pugh class A {NASTY}"
    load_facts(1, criteria=criteria)
    doubt("child_pugh", NASTY)
    start = criteria.index("<script")
    whole = {"field": "eligibility_criteria", "start": start, "end": len(criteria), "quote": criteria[start:]}
    EligibilityFact.objects.filter(pk=fact().pk).update(evidence=[whole])
    page = text(admin_client, url("change"))
    assert "<mark>&lt;script&gt;" in page
    assert "<script>alert" not in page
    judge(Judgement(Verdict.CORRECTED, ("5",), reason=NASTY))
    change_criteria("Inclusion Criteria:\n\n* none")
    for page in (text(admin_client, url("change")), text(admin_client, url("withdraw"))):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert scripts(page) == []
    assert "&lt;script&gt;" in text(admin_client, url("change"))


@pytest.mark.parametrize("key", ["x", "999999", "9" * 30])
def test_a_fact_that_is_none(key: str, admin_client: Client) -> None:
    assert admin_client.get(page_url(FactInForce, key)).status_code == 302
    if key.isdecimal():
        for page in ("decide", "withdraw", "next"):
            assert admin_client.get(f"/admin/trials/factinforce/{key}/{page}/").status_code == 404


def test_the_machine_is_right(trial: None, admin_client: Client) -> None:
    response = decide(admin_client, "machine_is_right", stay="1")
    assert response.headers["Location"] == url("change")
    assert messages(response) == [f"{nct(1)}, Child-Pugh score: Confirmed (5, 6)."]
    review = FactReview.objects.get()
    assert (review.decision, review.value, review.reviewer_name) == ("confirmed", [5, 6], "admin")
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.get_change_message()) == (str(fact().pk), "Confirmed: 5, 6. ")


def test_a_correction_with_its_sentence(trial: None, admin_client: Client) -> None:
    decide(
        admin_client,
        "corrected",
        values=["7", "5", "6"],
        depends_on_cohort="on",
        reason=" The footnote. ",
        sentence="Hepatocellular   carcinoma",
    )
    found = fact()
    assert (found.value, found.depends_on_cohort) == ([5, 6, 7], True)
    assert [one["quote"] for one in found.evidence] == ["Hepatocellular carcinoma"]
    assert found.review is not None
    assert found.review.reason == "The footnote."
    assert EligibilityFact.objects.get(pk=found.pk).value == [5, 6]
    assert "Corrected: 5, 6, 7. The footnote." in LogEntry.objects.get().get_change_message()
    page = text(admin_client, url("change"))
    assert "<mark>Hepatocellular carcinoma</mark>" in page
    assert "<mark>Child-Pugh class A</mark>" in page  # what the machine found stays in sight


def test_one_value_is_chosen_by_radio(trial: None, admin_client: Client) -> None:
    page = text(admin_client, url("change", "ascites"))
    assert '<input type="radio" name="values" value="excluded"' in page
    decide(admin_client, "corrected", "ascites", values="allowed", reason="why")
    assert fact("ascites").value == "allowed"
    decide(admin_client, "contradictory", "ascites", claims=["allowed", "excluded"], reason="why")
    assert fact("ascites").status == "contradictory"
    assert sorted(fact("ascites").claims) == ["allowed", "excluded"]


def test_a_contradiction_says_nothing_about_cohorts(trial: None, admin_client: Client) -> None:
    decide(admin_client, "contradictory", claims=["5", "7"], depends_on_cohort="on", reason="why")
    assert (fact().status, fact().claims, fact().depends_on_cohort) == ("contradictory", [[5, 7]], False)


def test_not_stated(trial: None, admin_client: Client) -> None:
    decide(admin_client, "not_stated")
    assert (fact().status, fact().value) == ("not_stated", None)


def test_no_score_at_all_is_said_and_never_forgotten(trial: None, admin_client: Client) -> None:
    page = decide(admin_client, "corrected", reason="why").content.decode()
    assert "Choose what the trial accepts." in page
    assert "not both" in decide(admin_client, "corrected", values=["5", "none"], reason="why").content.decode()
    assert not FactReview.objects.exists()
    decide(admin_client, "corrected", values=["none"], reason="why")
    assert fact().value == []
    assert 'value="none" id="id_values_11" checked' in text(admin_client, url("change"))


@pytest.mark.parametrize(
    ("verdict", "answers", "error", "field"),
    [
        ("", {}, "This field is required.", "id_verdict_error"),
        ("nonsense", {}, "Select a valid choice.", "id_verdict_error"),
        ("decision_still_holds", {}, "Select a valid choice.", "id_verdict_error"),
        ("corrected", {"values": ["7"]}, "Say why: the next person will ask.", "id_reason_error"),
        ("corrected", {"values": ["77"], "reason": "r"}, "Select a valid choice.", "id_values_error"),
        ("contradictory", {"reason": "r"}, "Choose what the trial accepts.", "id_claims_error"),
        ("contradictory", {"claims": ["5"]}, "Say why: the next person will ask.", "id_reason_error"),
        ("machine_is_right", {"reason": "x" * 2001}, "At most 2000 characters.", "id_reason_error"),
        ("machine_is_right", {"reason": "\0"}, "Null characters", "id_reason_error"),
        (
            "corrected",
            {"values": ["7"], "reason": "r", "sentence": "words of nobody"},
            "These words do not stand in the record.",
            "id_sentence_error",
        ),
    ],
    ids=str,
)
def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    verdict: str, answers: dict[str, Any], error: str, field: str, trial: None, admin_client: Client
) -> None:
    kept = {"reason": "a reason <kept>"} if "reason" not in answers and "reason" not in field else {}
    response = decide(admin_client, verdict, **{**kept, **answers})
    page = response.content.decode()
    assert response.status_code == 200
    at = page.index(f'id="{field}"')
    assert error in page[at : at + 300]
    assert "Error:" in page.partition("</title>")[0]
    if kept:
        assert "a reason &lt;kept&gt;</textarea>" in page
    if "sentence" in answers:
        assert "words of nobody</textarea>" in page
        assert 'value="7" id="id_values_2" checked' in page
        assert 'value="5" id="id_values_0">' in page or 'value="5" id="id_values_0" checked' not in page
    assert not FactReview.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_fact_that_changed_meanwhile_is_shown_anew(trial: None, admin_client: Client) -> None:
    stale = typed(fact(), "machine_is_right", reason="typed")
    change_criteria(CRITERIA.replace("class A", "class B"))
    response = admin_client.post(url("decide"), stale)
    page = response.content.decode()
    assert "This fact has changed while you looked at it." in page
    assert "The machine is right: 7, 8, 9" in page
    assert ">\ntyped</textarea>" in page
    assert not FactReview.objects.exists()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    admin_client.post(url("decide"), {**stale, "seen": seen})
    assert fact().value == [7, 8, 9]
    assert fact().review is not None


def test_an_earlier_decision_still_holds_after_a_change(trial: None, admin_client: Client) -> None:
    judge()
    change_criteria(CRITERIA.replace("Child-Pugh class A", "Child Pugh A only"))
    page = text(admin_client, url("change"))
    assert "The earlier decision still holds: 5, 6, 7" in page
    assert "Gone from the record (Eligibility criteria):" in page
    assert "<del>Child-Pugh class A</del>" in page
    decide(admin_client, "decision_still_holds")
    assert fact().text_changed_at is None
    assert fact().value == [5, 6, 7]
    assert FactReview.objects.count() == 2


def test_the_history_is_newest_first(trial: None, admin_client: Client) -> None:
    judge(who="first")
    judge(Judgement(Verdict.MACHINE_IS_RIGHT), who="second")
    page = text(admin_client, url("change"))
    assert page.index("second, <time") < page.index("first, <time")
    assert page.index("Confirmed: 5, 6<") < page.index("Corrected: 5, 6, 7<")
    assert "The footnote admits B7." in page


def test_saving_goes_on_with_the_queue_and_wraps_around(trial: None, admin_client: Client) -> None:
    first, second, third = (doubt(name, "weak_field") for name in ("child_pugh", "ecog", "hbv"))
    pages = [page_url(FactInForce, key) for key in (first, second, third)]
    assert decide(admin_client, "machine_is_right", "ecog", next="1").headers["Location"] == pages[2]
    assert decide(admin_client, "machine_is_right", "hbv", next="1").headers["Location"] == pages[0]
    response = decide(admin_client, "machine_is_right", "child_pugh", next="1")
    assert response.headers["Location"] == list_url(FactInForce)
    assert messages(response)[-1] == "Nothing else is in this list."


def test_the_next_fact_is_of_the_list_that_one_came_from(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin.site.get_model_admin(FactInForce), "list_per_page", 1)  # so that page 9 is gone
    for number in (1, 2):
        load_facts(number)
        for name in ("child_pugh", "ecog"):
            doubt(name, "weak_field", number=number)
    filters = "?_changelist_filters=name%3Decog%26p%3D9"
    response = admin_client.get(url("next", "ecog", 1) + filters)
    assert response.headers["Location"] == page_url(FactInForce, fact("ecog", 2).pk) + filters
    page = text(admin_client, url("change", "ecog") + filters)
    assert f'href="{list_url(FactInForce)}?name=ecog&amp;p=9"' in page
    assert f'action="{url("decide", "ecog")}{filters}"' in page
    for nonsense in ("?_changelist_filters=state%3Dx", "?_changelist_filters=%00%3D1"):
        response = admin_client.get(url("next", "ecog", 1) + nonsense)
        assert response.headers["Location"].startswith(page_url(FactInForce, fact("child_pugh", 2).pk))


def test_leaving_a_fact_decides_nothing(trial: None, admin_client: Client) -> None:
    doubt("child_pugh", "weak_field")
    other = doubt("ecog", "weak_field")
    assert admin_client.get(url("next")).headers["Location"] == page_url(FactInForce, other)
    assert not FactReview.objects.exists()
