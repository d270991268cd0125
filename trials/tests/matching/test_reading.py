"""What a match reads of the store: the facts in force, the registry's fields, limits, sentences; in few queries."""

import pytest
from django.contrib.auth import get_user_model
from pytest_django import DjangoAssertNumQueries

from trials.ingest.reviews import Judgement, Verdict, review_fact, what_was_seen
from trials.matching import judging
from trials.matching.judgement import CriterionJudgement
from trials.matching.judging import judge, judge_all, judge_fact, with_evidence
from trials.matching.parsing import parse_profile
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.matching.reading import matchable_trials, sentences_of
from trials.matching.trial_facts import FactSeen, MatchableTrial
from trials.models import FactInForce, Trial
from trials.tests.builders import load, load_trial, raw_record
from trials.vocabulary.facts import FactStatus

pytestmark = pytest.mark.django_db
CRITERIA = """Inclusion Criteria:

* Hepatocellular carcinoma
* Child-Pugh class A
* ECOG 0-1

Exclusion Criteria:

* Active hepatitis B
"""


def record(nct_id: str, criteria: str = CRITERIA, **others: object) -> dict[str, object]:
    given = {"conditions": ["Hepatocellular Carcinoma"], "sex": "ALL", "minimum_age": "18 Years", **others}
    return raw_record(nct_id, status="RECRUITING", criteria=criteria, **given)  # type: ignore[arg-type]


def the_fact(trial: MatchableTrial, name: str) -> tuple[FactStatus, object]:
    [fact] = [fact for fact in trial.facts if fact.name == name]
    return fact.status, fact.value


def test_facts_and_fields_of_a_trial() -> None:
    load(record("NCT00000001", maximum_age="75 Years"))
    [trial] = matchable_trials()
    assert the_fact(trial, "child_pugh") == (FactStatus.STATED, (5, 6))
    assert the_fact(trial, "ecog") == (FactStatus.STATED, (0, 1))
    assert the_fact(trial, "hbv") == (FactStatus.STATED, "excluded")
    [hbv] = [fact for fact in trial.facts if fact.name == "hbv"]
    assert hbv.says == {"active"}
    assert the_fact(trial, "bclc") == (FactStatus.NOT_STATED, None)
    people = trial.people
    assert (people.minimum_age, people.maximum_age, people.sex, people.is_age_stated) == (18, 75, "ALL", True)
    assert "modalities" not in {fact.name for fact in trial.facts}


def test_equal_facts_are_one_object_and_few_queries_read_them(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load(*(record(f"NCT0000000{number}") for number in range(1, 6)))
    with django_assert_num_queries(5):
        trials = matchable_trials()
    assert [trial.nct_id for trial in trials] == [f"NCT0000000{number}" for number in range(1, 6)]
    first, *others = trials
    assert all(one is other for trial in others for one, other in zip(first.facts, trial.facts, strict=True))
    assert all(trial.people is first.people for trial in others)


def test_trials_that_are_not_about_hcc_or_no_longer_listed_are_left_out() -> None:
    load(record("NCT00000001"), raw_record("NCT00000002", title="Asthma", conditions=["Asthma"], criteria="Asthma"))
    load(record("NCT00000003"))
    Trial.objects.filter(pk="NCT00000003").update(registry_state="gone")
    assert FactInForce.objects.get(trial_id="NCT00000002", name="hcc_scope").value == "off_topic"
    assert [trial.nct_id for trial in matchable_trials()] == ["NCT00000001"]
    assert len(matchable_trials(Trial.objects.all())) == 3


def test_a_decision_of_staff_holds_until_the_text_changes() -> None:
    load(record("NCT00000001"))
    fact = FactInForce.objects.get(trial_id="NCT00000001", name="ecog")
    reviewer = get_user_model().objects.create_user("curator")
    corrected = Judgement(Verdict.CORRECTED, values=(0, 1, 2), reason="Read again")
    review_fact(fact.pk, corrected, reviewer, seen=what_was_seen(fact))
    [trial] = matchable_trials()
    [ecog] = [fact for fact in trial.facts if fact.name == "ecog"]
    assert (ecog.value, ecog.is_reviewed, ecog.read_now) == ((0, 1, 2), True, None)
    load(record("NCT00000001", CRITERIA.replace("ECOG 0-1", "ECOG 0")))
    [trial] = matchable_trials()
    [ecog] = [fact for fact in trial.facts if fact.name == "ecog"]
    assert (ecog.value, ecog.is_reviewed) == ((0, 1, 2), False)
    assert ecog.read_now is not None
    assert ecog.read_now.value == (0,)


def test_ages_that_cannot_be_read_and_records_without_any() -> None:
    load(record("NCT00000001", minimum_age="Adult"), raw_record("NCT00000002"))
    first, second = matchable_trials(Trial.objects.all())
    assert (first.people.is_age_stated, first.people.is_age_readable) == (True, False)
    assert (second.people.is_age_stated, second.facts and second.people.sex) == (False, "")


def test_laboratory_limits_of_different_trials_are_one_object() -> None:
    criteria = CRITERIA.replace("* ECOG 0-1", "* ECOG 0-1\n* Platelets >= 75 x 10^9/L\n* ALT <= 5 x ULN")
    load(record("NCT00000001", criteria), record("NCT00000002", criteria))
    first, second = matchable_trials()
    found = [(limit.analyte, limit.bound, limit.value, limit.times_uln) for limit in first.limits]
    assert found == [("alt", "max", None, 5), ("platelets", "min", 75, None)]
    assert all(one is other for one, other in zip(first.limits, second.limits, strict=True))
    sentences = sentences_of(["NCT00000001"])["NCT00000001"]
    assert "75 x 10^9/L" in str(sentences["platelets:min"][0]["quote"])
    assert "5 x ULN" in str(sentences["alt:max:uln"][0]["quote"])


def test_equal_facts_are_judged_once_for_a_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    load(*(record(f"NCT0000000{number}") for number in range(1, 6)))
    trials = matchable_trials()
    seen: list[object] = []

    def counted(fact: FactSeen, possible: Possible) -> CriterionJudgement:
        seen.append(fact)
        return judge_fact(fact, possible)

    monkeypatch.setattr(judging, "judge_fact", counted)
    judgements = judge_all(PatientProfile(ecog=1), trials * 20)
    assert len(judgements) == 100
    assert len(seen) == len({id(fact) for trial in trials for fact in trial.facts})


def test_a_match_from_form_to_sentence() -> None:
    trial = load_trial(record("NCT00000001"))
    parsed = parse_profile({"child_pugh": "B", "ecog": "1", "age": "60", "sex": "female", "hbv": "controlled"})
    assert parsed.profile is not None
    [judged] = judge_all(parsed.profile, matchable_trials())
    shown = with_evidence(judged, sentences_of([trial.nct_id])[trial.nct_id])
    verdicts = {
        one.name: (one.verdict.value, one.evidence[0]["quote"] if one.evidence else "") for one in shown.criteria
    }
    assert verdicts["child_pugh"][0] == "not_met"
    assert "Child-Pugh class A" in str(verdicts["child_pugh"][1])
    assert (verdicts["ecog"][0], verdicts["age"][0], verdicts["sex"][0]) == ("met", "met", "met")
    assert verdicts["hbv"][0] == "unknown"  # "active" may mean the untreated alone
    assert (judged.met, judged.not_met, judged.clinical_met) == (3, 1, 1)
    assert judge(parsed.profile, matchable_trials()[0]).met == 3
