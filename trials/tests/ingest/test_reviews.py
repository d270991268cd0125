"""Decisions of staff: they win over the machine, outlast refreshes and readers, and come back when a text changes."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trials.eligibility import read
from trials.ingest.facts import write_facts
from trials.ingest.review_report import differences
from trials.ingest.reviews import (
    Judgement,
    ReviewRefused,
    Verdict,
    confirm_facts,
    review_fact,
    what_was_seen,
    withdraw_review,
)
from trials.models import EligibilityFact, FactInForce, FactReview, RecordVersion, Trial
from trials.registry.parser import parse_record
from trials.tests.builders import NCT_ID, Raw, intervention, load, load_trial, raw_record
from trials.vocabulary.facts import FACTS

pytestmark = pytest.mark.django_db
CRITERIA = "Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1\n\nExclusion Criteria:\n\n* Ascites"
CORRECTION = Judgement(Verdict.CORRECTED, (5, 6, 7), reason="B7 is meant")


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator")


def record(criteria: str = CRITERIA, **more: object) -> Raw:
    return raw_record(title="Sorafenib for liver cancer", criteria=criteria, **more)  # type: ignore[arg-type]


def fact(name: str = "child_pugh") -> FactInForce:
    return FactInForce.objects.select_related("review").get(trial=NCT_ID, name=name)


def judge(curator: User, judgement: Judgement = CORRECTION, name: str = "child_pugh") -> FactReview:
    found = fact(name)
    return review_fact(found.pk, judgement, curator, seen=what_was_seen(found))


def test_without_a_decision_what_the_machine_read_holds() -> None:
    load_trial(record())
    columns = ("name", "status", "value", "claims", "depends_on_cohort", "evidence", "doubts", "computed_values")
    machine = EligibilityFact.objects.order_by("name").values_list(*columns)
    assert list(FactInForce.objects.order_by("name").values_list(*columns)) == list(machine)
    assert len(machine) == len(FACTS)
    assert not FactInForce.objects.exclude(review=None).exists()


def test_a_correction_wins_and_leaves_the_machine_alone(curator: User) -> None:
    load_trial(record())
    before = EligibilityFact.objects.values().get(name="child_pugh")
    review = judge(curator)
    held = fact()
    assert (held.status, held.value, held.computed_values) == ("stated", [5, 6, 7], ["5", "6", "7", "A", "B"])
    assert held.evidence == before["evidence"]
    assert (held.machine_value, held.review) == ([5, 6], review)
    assert EligibilityFact.objects.values().get(name="child_pugh") == before
    assert (review.reviewer, review.reviewer_name, review.reason) == (curator, "curator", "B7 is meant")
    assert (review.machine_value, review.record_version) == ([5, 6], RecordVersion.objects.get())


def test_a_confirmation_keeps_the_answer_and_needs_no_reason(curator: User) -> None:
    load_trial(record())
    before = fact()
    judge(curator, Judgement(Verdict.MACHINE_IS_RIGHT))
    after = fact()
    assert (after.status, after.value, after.evidence) == (before.status, before.value, before.evidence)
    assert after.review is not None


def test_not_stated_takes_the_sentences_away_but_remembers_what_was_judged(curator: User) -> None:
    load_trial(record())
    sentences = fact().evidence
    review = judge(curator, Judgement(Verdict.NOT_STATED))
    assert (fact().status, fact().value, fact().evidence, fact().computed_values) == (
        "not_stated",
        None,
        [],
        ["not_stated"],
    )
    assert review.judged_evidence == sentences != []


def test_a_contradiction_is_found_under_all_that_it_claims(curator: User) -> None:
    load_trial(record())
    judge(curator, Judgement(Verdict.CONTRADICTORY, ("excluded", "allowed"), reason="Both are said"), "ascites")
    held = fact("ascites")
    assert (held.status, held.value, held.claims) == ("contradictory", None, ["excluded", "allowed"])
    assert held.computed_values == ["allowed", "excluded"]


@pytest.mark.parametrize(
    ("name", "judgement", "field"),
    [
        ("child_pugh", Judgement(Verdict.CORRECTED, (5, 6)), "reason"),
        ("child_pugh", Judgement(Verdict.CORRECTED, (5, 6), reason="  "), "reason"),
        ("child_pugh", Judgement(Verdict.CORRECTED, (4,), reason="why"), "values"),
        ("child_pugh", Judgement(Verdict.CONTRADICTORY, (), reason="why"), "values"),
        ("ecog", Judgement(Verdict.CORRECTED, (), reason="why"), "values"),
        ("ascites", Judgement(Verdict.CORRECTED, ("allowed", "excluded"), reason="why"), "values"),
        ("ascites", Judgement(Verdict.CORRECTED, ("required",), reason="why"), "values"),
        ("ascites", Judgement(Verdict.CORRECTED, ("allowed",), reason="why", sentence="No such words"), "sentence"),
        ("ascites", Judgement(Verdict.CORRECTED, ("allowed",), reason="x" * 2001), "reason"),
        ("ascites", Judgement(Verdict.DECISION_STILL_HOLDS), ""),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(curator: User, name: str, judgement: Judgement, field: str) -> None:
    load_trial(record())
    with pytest.raises(ReviewRefused) as refused:
        judge(curator, judgement, name)
    assert list(refused.value.errors) == [field]
    assert not FactReview.objects.exists()


def test_only_a_ban_of_every_cirrhosis_accepts_no_score(curator: User) -> None:
    load_trial(record())
    judge(curator, Judgement(Verdict.CORRECTED, (), reason="No cirrhosis at all"))
    assert (fact().status, fact().value) == ("stated", [])


def test_the_sentence_that_a_person_names_is_the_evidence(curator: User) -> None:
    load_trial(record("Inclusion Criteria:\n\n* Compensated cirrhosis,\n  grade A or B7 of Child and Pugh"))
    words = "grade A  or B7 of Child and Pugh"
    judge(curator, Judgement(Verdict.CORRECTED, (5, 6, 7), reason="why", sentence=words))
    (evidence,) = fact().evidence
    text = Trial.objects.get().eligibility_criteria
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"] == "grade A or B7 of Child and Pugh"


def test_nobody_judges_what_is_not_on_the_screen(curator: User) -> None:
    load_trial(record())
    seen = what_was_seen(fact())
    load(record(CRITERIA.replace("Child-Pugh A", "Child-Pugh A or B")))
    with pytest.raises(ReviewRefused):
        review_fact(fact().pk, CORRECTION, curator, seen=seen)
    seen = what_was_seen(fact())
    review_fact(fact().pk, CORRECTION, curator, seen=seen)
    with pytest.raises(ReviewRefused):
        review_fact(fact().pk, CORRECTION, curator, seen=seen)
    assert FactReview.objects.count() == 1


def test_a_later_decision_supersedes_and_keeps_the_earlier_one(curator: User) -> None:
    load_trial(record())
    first = judge(curator)
    second = judge(curator, Judgement(Verdict.MACHINE_IS_RIGHT))
    assert fact().value == [5, 6]
    assert list(FactReview.objects.filter(superseded_at=None)) == [second]
    assert FactReview.objects.get(pk=first.pk).superseded_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        FactReview.objects.filter(pk=first.pk).update(superseded_at=None)


def test_a_withdrawn_decision_gives_the_machine_its_say_again(curator: User) -> None:
    load_trial(record())
    review = judge(curator)
    withdraw_review(review.pk)
    assert (fact().value, fact().review) == ([5, 6], None)
    with pytest.raises(ReviewRefused):
        withdraw_review(review.pk)


def test_the_account_may_go_and_its_decision_stays(curator: User) -> None:
    load_trial(record())
    judge(curator)
    curator.delete()
    review = FactReview.objects.get()
    assert (review.reviewer, review.reviewer_name, fact().value) == (None, "curator", [5, 6, 7])


def test_a_refresh_that_moves_the_sentence_keeps_the_decision_at_its_new_place(curator: User) -> None:
    load_trial(record())
    judge(curator)
    load(record("Inclusion Criteria:\n\n* Adults of any age\n* Child-Pugh  A\n* ECOG 0 or 1"))
    held = fact()
    text = Trial.objects.get().eligibility_criteria
    assert (held.value, held.text_changed_at) == ([5, 6, 7], None)
    for evidence in held.evidence:
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "Child-Pugh  A" in held.evidence[0]["quote"]


def test_a_decision_whose_sentence_is_gone_holds_but_comes_back_and_is_found_both_ways(curator: User) -> None:
    load_trial(record())
    judge(curator)
    load(record(CRITERIA.replace("Child-Pugh A", "Child-Pugh B9")))
    held = fact()
    assert (held.value, held.machine_value) == ([5, 6, 7], [9])
    assert held.text_changed_at is not None
    assert set(held.computed_values) == {"5", "6", "7", "9", "A", "B"}
    load(record())
    assert fact().text_changed_at is None
    assert fact().computed_values == ["5", "6", "7", "A", "B"]


def test_a_sentence_that_was_added_brings_a_decision_back(curator: User) -> None:
    load_trial(record("Inclusion Criteria:\n\n* Adults"))
    judge(curator, Judgement(Verdict.MACHINE_IS_RIGHT))
    assert fact().status == "not_stated"
    load(record("Inclusion Criteria:\n\n* Adults\n* Any sex"))
    assert fact().text_changed_at is None
    load(record("Inclusion Criteria:\n\n* Adults\n* Child-Pugh A"))
    assert fact().status == "not_stated"
    assert fact().text_changed_at is not None


def test_a_changed_record_that_the_machine_now_reads_as_decided_does_not_come_back(curator: User) -> None:
    load_trial(record())
    judge(curator)
    load(record(CRITERIA.replace("Child-Pugh A", "Child-Pugh A or B7")))
    assert (fact().machine_value, fact().text_changed_at) == ([5, 6, 7], None)


def test_a_part_of_the_record_that_was_not_judged_changes_nothing(curator: User) -> None:
    load_trial(record(status="RECRUITING"))
    judge(curator)
    before = FactReview.objects.values().get()
    load(record(status="COMPLETED"))
    assert FactReview.objects.values().get() == before


def test_an_intervention_in_front_moves_the_evidence_with_it(curator: User) -> None:
    drug = intervention("Sorafenib", "DRUG")
    load_trial(record(interventions=[drug]))
    judge(curator, Judgement(Verdict.MACHINE_IS_RIGHT), "modalities")
    quotes = {evidence["quote"] for evidence in fact("modalities").evidence}
    load(record(interventions=[intervention("Sugar pill", "DRUG"), drug]))
    held = fact("modalities")
    assert held.text_changed_at is None
    assert {evidence["quote"] for evidence in held.evidence} == quotes


def test_a_new_reader_over_the_same_text_leaves_decisions_alone(curator: User) -> None:
    load_trial(record())
    judge(curator)
    other = read(parse_record(record(CRITERIA.replace("Child-Pugh A", "Child-Pugh B")))).facts
    write_facts({NCT_ID: other})
    held = fact()
    assert (held.value, held.machine_value, held.text_changed_at) == ([5, 6, 7], [7, 8, 9], None)


def test_after_a_change_the_earlier_decision_can_be_kept(curator: User) -> None:
    load_trial(record())
    judge(curator)
    load(record(CRITERIA.replace("Child-Pugh A", "Child-Pugh B9")))
    review = judge(curator, Judgement(Verdict.DECISION_STILL_HOLDS))
    held = fact()
    assert (held.value, held.text_changed_at, held.review) == ([5, 6, 7], None, review)
    assert (review.decision, review.reason) == ("corrected", "B7 is meant")
    assert held.evidence[0]["quote"] in Trial.objects.get().eligibility_criteria


def test_many_are_confirmed_at_once_but_none_unseen(curator: User) -> None:
    load_trial(record())
    judge(curator)
    judge(curator, Judgement(Verdict.CORRECTED, (2,), reason="why"), "ecog")
    load(record(CRITERIA.replace("ECOG 0 or 1", "ECOG 3")))
    ids = list(FactInForce.objects.values_list("pk", flat=True))
    result = confirm_facts([*ids, 999_999_999], curator)
    assert result.confirmed == len(FACTS) - 2
    assert set(result.left) == {fact().pk, fact("ecog").pk}
    assert fact("ecog").value == [2]
    assert confirm_facts(ids, curator).confirmed == 0


def test_a_trial_without_decisions_costs_a_refresh_one_query_more(curator: User) -> None:
    load_trial(record(status="RECRUITING"))
    with CaptureQueriesContext(connection) as queries:
        load(record(status="COMPLETED"))
    assert sum("factreview" in query["sql"] for query in queries) == 1


def test_the_differences_are_lines_of_a_gold_file(curator: User, tmp_path: Path) -> None:
    load_trial(record())
    assert list(differences()) == []
    judge(curator, Judgement(Verdict.MACHINE_IS_RIGHT), "ecog")
    judge(curator, Judgement(Verdict.NOT_STATED), "ascites")
    withdraw_review(judge(curator, Judgement(Verdict.NOT_STATED), "hcc_scope").pk)
    judge(curator)
    lines = [json.loads(json.dumps(difference.as_gold())) for difference in differences()]
    assert [(line["nct_id"], *line["facts"]) for line in lines] == [(NCT_ID, "ascites"), (NCT_ID, "child_pugh")]
    assert lines[1]["facts"]["child_pugh"] == {"status": "stated", "value": [5, 6, 7], "quote": "Child-Pugh A"}
    assert lines[0]["facts"]["ascites"] == {"status": "not_stated", "value": None, "quote": "Ascites"}
