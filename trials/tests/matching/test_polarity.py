"""Each fact both ways: a ban of what the patient does not have must not exclude (FAULTS T12), nor the reverse."""

import pytest

from trials.matching.judgement import Verdict, Why
from trials.matching.judging import judge_fact
from trials.matching.possible import Possible
from trials.matching.profile import PatientProfile
from trials.matching.trial_facts import Accepted, FactSeen
from trials.vocabulary.facts import FactStatus

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
NO_SYSTEMIC, ONE_LINE = PatientProfile(systemic_lines=0), PatientProfile(systemic_lines=1)
UNTREATED = PatientProfile(ablation=False, tace=False, haic=False, radioembolization=False, radiotherapy=False)
CASES: list[tuple[str, Accepted, PatientProfile, Verdict]] = [
    ("portal_vein_invasion", "excluded", PatientProfile(vessels="none"), MET),
    ("portal_vein_invasion", "excluded", PatientProfile(vessels="vp1_2"), NOT_MET),
    ("portal_vein_invasion", "excluded", PatientProfile(vessels="vp4"), NOT_MET),
    ("portal_vein_invasion", "excluded", PatientProfile(vessels="hepatic_vein"), UNKNOWN),  # nobody speaks of it
    ("portal_vein_invasion", "excluded", PatientProfile(vessels="yes"), UNKNOWN),
    ("portal_vein_invasion", "required", PatientProfile(vessels="none"), NOT_MET),
    ("portal_vein_invasion", "required", PatientProfile(vessels="vp1_2"), MET),
    ("portal_vein_invasion", "allowed", PatientProfile(vessels="none"), MET),
    ("portal_vein_invasion", "allowed", PatientProfile(vessels="vp1_2"), MET),
    ("portal_vein_invasion", "allowed", PatientProfile(vessels="vp4"), MET),  # no sentence limits how far
    ("portal_vein_invasion", "allowed", PatientProfile(vessels="vena_cava"), UNKNOWN),
    ("portal_vein_invasion", "allowed", PatientProfile(vessels="yes"), UNKNOWN),
    ("extrahepatic_spread", "excluded", PatientProfile(spread=False), MET),
    ("extrahepatic_spread", "excluded", PatientProfile(spread=True), NOT_MET),
    ("extrahepatic_spread", "excluded", PatientProfile(spread_places=frozenset({"nodes"})), NOT_MET),
    ("extrahepatic_spread", "required", PatientProfile(spread=False), NOT_MET),
    ("extrahepatic_spread", "required", PatientProfile(spread=True, spread_places=frozenset({"lung"})), MET),
    ("extrahepatic_spread", "allowed", PatientProfile(spread=False), MET),
    ("extrahepatic_spread", "allowed", PatientProfile(spread=True, spread_places=frozenset({"brain"})), UNKNOWN),
    ("prior_systemic_therapy", "none", NO_SYSTEMIC, MET),
    ("prior_systemic_therapy", "none", ONE_LINE, NOT_MET),
    ("prior_systemic_therapy", "none", PatientProfile(systemic_classes=frozenset({"tki"})), NOT_MET),
    ("prior_systemic_therapy", "required", NO_SYSTEMIC, NOT_MET),
    ("prior_systemic_therapy", "required", PatientProfile(systemic_classes=frozenset()), NOT_MET),
    ("prior_systemic_therapy", "required", ONE_LINE, MET),
    ("prior_systemic_therapy", "allowed", NO_SYSTEMIC, MET),
    ("prior_systemic_therapy", "allowed", ONE_LINE, MET),
    ("prior_locoregional_therapy", "none", UNTREATED, MET),
    ("prior_locoregional_therapy", "none", PatientProfile(tace=True), NOT_MET),
    ("prior_locoregional_therapy", "none", PatientProfile(tace=False), UNKNOWN),
    ("prior_locoregional_therapy", "none", PatientProfile(resection=True), UNKNOWN),  # surgery does not count
    ("prior_locoregional_therapy", "required", UNTREATED, NOT_MET),
    ("prior_locoregional_therapy", "required", PatientProfile(ablation=True), MET),
    ("prior_locoregional_therapy", "allowed", UNTREATED, MET),
    ("liver_transplant", "excluded", PatientProfile(transplant="none"), MET),
    ("liver_transplant", "excluded", PatientProfile(transplant="liver"), NOT_MET),
    ("liver_transplant", "excluded", PatientProfile(transplant="other"), UNKNOWN),
    ("liver_transplant", "required", PatientProfile(transplant="none"), NOT_MET),
    ("liver_transplant", "required", PatientProfile(transplant="liver"), MET),
    ("hepatic_encephalopathy", "excluded", PatientProfile(hepatic_encephalopathy="never"), MET),
    ("hepatic_encephalopathy", "excluded", PatientProfile(hepatic_encephalopathy="past"), UNKNOWN),
    ("hepatic_encephalopathy", "excluded", PatientProfile(hepatic_encephalopathy="grade_1_2"), NOT_MET),
    ("hepatic_encephalopathy", "allowed", PatientProfile(hepatic_encephalopathy="never"), MET),
    ("hepatic_encephalopathy", "allowed", PatientProfile(hepatic_encephalopathy="grade_3_4"), UNKNOWN),
    ("ascites", "excluded", PatientProfile(ascites="none"), MET),
    ("ascites", "excluded", PatientProfile(ascites="slight"), NOT_MET),
    ("ascites", "allowed", PatientProfile(ascites="slight"), MET),
    ("ascites", "allowed", PatientProfile(ascites="moderate"), UNKNOWN),
    ("hbv", "excluded", PatientProfile(hbv="none"), MET),
    ("hbv", "excluded", PatientProfile(hbv="past"), UNKNOWN),
    ("hbv", "excluded", PatientProfile(hbv="controlled"), NOT_MET),
    ("hbv", "required", PatientProfile(hbv="none"), NOT_MET),
    ("hbv", "required", PatientProfile(hbv="controlled"), MET),
    ("hbv", "required", PatientProfile(hbv="active"), UNKNOWN),
    ("hbv", "allowed", PatientProfile(hbv="none"), MET),
    ("hbv", "allowed", PatientProfile(hbv="active"), UNKNOWN),
    ("hcv", "excluded", PatientProfile(hcv="none"), MET),
    ("hcv", "excluded", PatientProfile(hcv="active"), NOT_MET),
    ("hcv", "excluded", PatientProfile(hcv="cured"), UNKNOWN),
    ("hcv", "required", PatientProfile(hcv="none"), NOT_MET),
    ("hcv", "allowed", PatientProfile(hcv="cured"), MET),
    ("child_pugh", (5, 6), PatientProfile(child_pugh=frozenset({5, 6})), MET),
    ("child_pugh", (5, 6), PatientProfile(child_pugh=frozenset({7, 8, 9})), NOT_MET),
    ("child_pugh", (5, 6, 7), PatientProfile(child_pugh=frozenset({7, 8, 9})), UNKNOWN),
    ("child_pugh", (), PatientProfile(cirrhosis=True), NOT_MET),
    ("child_pugh", (), PatientProfile(cirrhosis=False), MET),
    ("child_pugh", (), PatientProfile(child_pugh=frozenset({5})), UNKNOWN),
    ("child_pugh", (5, 6), PatientProfile(cirrhosis=False), UNKNOWN),
    ("ecog", (0, 1), PatientProfile(ecog=1), MET),
    ("ecog", (0, 1), PatientProfile(ecog=2), NOT_MET),
    ("bclc", ("B", "C"), PatientProfile(bclc="B"), MET),
    ("bclc", ("B", "C"), PatientProfile(bclc="A"), NOT_MET),
    ("tumor_burden", ("early",), PatientProfile(tumors=1, largest_cm=5, vessels="none", spread=False), MET),
    ("tumor_burden", ("early",), PatientProfile(vessels="vp4"), NOT_MET),
    ("tumor_burden", ("high",), PatientProfile(spread=True), MET),
    ("tumor_burden", ("high",), PatientProfile(tumors=3, largest_cm=3, vessels="none", spread=False), NOT_MET),
    ("tumor_burden", ("high",), PatientProfile(cnlc="IIIa"), MET),
]


@pytest.mark.parametrize(("name", "accepted", "profile", "verdict"), CASES)
def test_each_fact_in_both_directions(name: str, accepted: Accepted, profile: PatientProfile, verdict: Verdict) -> None:
    judged = judge_fact(FactSeen(name, FactStatus.STATED, accepted), Possible(profile))
    assert judged.verdict is verdict


def _judged(fact: FactSeen, profile: PatientProfile) -> tuple[Verdict, Why]:
    judged = judge_fact(fact, Possible(profile))
    return judged.verdict, judged.why


def test_a_cohort_that_accepts_is_not_every_cohort() -> None:
    fact = FactSeen("ecog", FactStatus.STATED, (0, 1), depends_on_cohort=True)
    assert _judged(fact, PatientProfile(ecog=0)) == (UNKNOWN, Why.COHORTS_DIFFER)
    assert _judged(fact, PatientProfile(ecog=3)) == (NOT_MET, Why.DOES_NOT_FIT)


def test_a_contradiction_counts_only_where_both_sentences_agree() -> None:
    fact = FactSeen("child_pugh", FactStatus.CONTRADICTORY, claims=((5, 6), (5, 6, 7, 8, 9)))
    assert _judged(fact, PatientProfile(child_pugh=frozenset({5}))) == (MET, Why.FITS)
    assert _judged(fact, PatientProfile(child_pugh=frozenset({8}))) == (UNKNOWN, Why.RECORD_CONTRADICTS)
    assert _judged(fact, PatientProfile(child_pugh=frozenset({11}))) == (NOT_MET, Why.DOES_NOT_FIT)
    nameless = FactSeen("hbv", FactStatus.CONTRADICTORY)
    assert _judged(nameless, PatientProfile(hbv="none")) == (UNKNOWN, Why.RECORD_CONTRADICTS)


def test_a_decision_about_a_text_that_has_changed_since_must_agree_with_what_is_read_now() -> None:
    now = FactSeen("hbv", FactStatus.STATED, "allowed")
    fact = FactSeen("hbv", FactStatus.STATED, "excluded", read_now=now)
    assert _judged(fact, PatientProfile(hbv="controlled")) == (UNKNOWN, Why.RECORD_CHANGED)
    assert _judged(fact, PatientProfile(hbv="none")) == (MET, Why.FITS)


def test_what_the_record_does_not_state_never_counts() -> None:
    assert _judged(FactSeen("hbv", FactStatus.NOT_STATED), PatientProfile(hbv="active")) == (UNKNOWN, Why.RECORD_SILENT)


@pytest.mark.parametrize(
    ("name", "says", "profile"),
    [
        ("hbv", "active", PatientProfile(hbv="controlled")),
        ("ascites", "significant", PatientProfile(ascites="slight")),
    ],
)
def test_a_ban_of_the_active_or_significant_does_not_turn_away_who_is_neither(
    name: str, says: str, profile: PatientProfile
) -> None:
    fact = FactSeen(name, FactStatus.STATED, "excluded", says=frozenset({says}))
    assert _judged(fact, profile) == (UNKNOWN, Why.EXTENT_COUNTS)


def test_a_named_class_may_be_what_is_banned_or_asked_for() -> None:
    had_tki = PatientProfile(systemic_lines=1, systemic_classes=frozenset({"tki"}))
    had_other = PatientProfile(systemic_lines=1, systemic_classes=frozenset({"chemotherapy"}))
    allowed = FactSeen("prior_systemic_therapy", FactStatus.STATED, "allowed", says=frozenset({"tki"}))
    required = FactSeen("prior_systemic_therapy", FactStatus.STATED, "required", says=frozenset({"tki"}))
    assert [_judged(allowed, one)[0] for one in (had_tki, had_other)] == [UNKNOWN, MET]
    assert [_judged(required, one)[0] for one in (had_tki, had_other)] == [MET, UNKNOWN]


def test_answers_that_do_not_go_together_leave_both_open() -> None:
    fact = FactSeen("portal_vein_invasion", FactStatus.STATED, "excluded")
    assert _judged(fact, PatientProfile(bclc="A", vessels="vp4")) == (UNKNOWN, Why.ANSWERS_DISAGREE)
    small = PatientProfile(tumors=2, largest_cm=2, over_half_of_liver=True)
    assert _judged(FactSeen("tumor_burden", FactStatus.STATED, ("early",)), small)[0] is UNKNOWN


def test_what_is_asked_is_what_is_missing() -> None:
    burden = FactSeen("tumor_burden", FactStatus.STATED, ("early",))
    judged = judge_fact(burden, Possible(PatientProfile(tumors=5, vessels="none", spread=False)))
    assert judged.asks == ("largest_cm", "over_half_of_liver", "curative_treatment")
    anyone = FactSeen("prior_systemic_therapy", FactStatus.STATED, "allowed")
    assert judge_fact(anyone, Possible(PatientProfile())).asks == ()


def test_details_are_asked_only_of_whom_they_concern() -> None:
    spread = FactSeen("extrahepatic_spread", FactStatus.STATED, "allowed")
    systemic = FactSeen("prior_systemic_therapy", FactStatus.STATED, "allowed", says=frozenset({"tki"}))
    vessels = FactSeen("portal_vein_invasion", FactStatus.STATED, "allowed")
    assert judge_fact(spread, Possible(PatientProfile())).asks == ("spread",)
    assert judge_fact(spread, Possible(PatientProfile(spread=True))).asks == ("spread_places",)
    assert judge_fact(systemic, Possible(PatientProfile())).asks == ("systemic_lines",)
    assert judge_fact(systemic, Possible(PatientProfile(systemic_lines=1))).asks == ("systemic_classes",)
    assert judge_fact(vessels, Possible(PatientProfile(vessels="yes"))).asks == ("vessels",)
