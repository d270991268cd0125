"""The trial page in plain words and for clinicians: lines lead to their place, facts are short, a citation is there."""

from datetime import date

import pytest
from django.test import Client

from trials.models import EligibilityFact, LabLimit, Trial
from trials.tests.builders import load_trial, raw_record
from trials.tests.fixtures.records import TRIALS
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.web.trial_page.pages import Page, elements, page_of, visit
from trials.web.clinical.citation import citation

URL = "/trials/NCT01234567/"
TODAY = date(2026, 11, 21)


@pytest.mark.django_db
@pytest.mark.parametrize("nct_id", TRIALS)
def test_every_line_leads_to_its_place_on_the_page(client: Client, nct_id: str) -> None:
    page = page_of(client, fixture(nct_id))
    anchors = {
        anchor for tag in ("section", "div", "p", "h2", "mark", "li") for anchor in elements(page.html, tag, "id")
    }
    links = elements(page.part("plain"), "a", "href") + elements(page.part("clinical"), "a", "href")
    assert len(links) > 5
    assert {link for link in links if link.startswith("#")} <= {f"#{anchor}" for anchor in anchors}
    assert "Where and when" in page.said("plain")


@pytest.mark.django_db
def test_an_almost_empty_record_says_what_it_does_not_say(client: Client) -> None:
    said = page_of(client, raw_record(title=None)).said("plain")
    assert "The record does not say whether the study is open." in said
    assert "where it takes place" in said


@pytest.mark.django_db
def test_published_texts_are_text(client: Client) -> None:
    attack = '"><script>alert(1)</script>'
    record = raw_record(
        title=attack, sponsor=attack, armsInterventionsModule={"interventions": [{"type": "DRUG", "name": attack}]}
    )
    page = page_of(client, record)
    assert "<script>alert" not in page.html
    assert attack in page.said("plain")
    assert attack in page.said("clinical")


@pytest.mark.django_db
def test_short_facts_grades_and_laboratory_limits(client: Client) -> None:
    trial = load_trial(raw_record(criteria="* x"))
    evidence = [{"field": "eligibility_criteria", "start": 0, "end": 1, "quote": "vp 4 or Vp3 excluded"}]
    facts = EligibilityFact.objects.filter(trial=trial)
    facts.filter(name="portal_vein_invasion").update(status="stated", value="allowed", evidence=evidence)
    facts.filter(name="child_pugh").update(status="stated", value=[5, 6, 7])
    facts.filter(name="bclc").update(status="contradictory", claims=[["B"], ["C"]])
    shared = {"trial": trial, "reader_version": 1, "is_strict": False}
    LabLimit.objects.create(analyte="bilirubin", bound="max", times_uln=1.5, **shared)
    LabLimit.objects.create(
        analyte="platelets", bound="min", value=75, unit="10^9/L", doubts=["alternative", "lost_unit"], **shared
    )
    said = visit(client, URL).said("clinical").replace("\u00a0", " ")
    for words in (
        "Child-Pugh score A5–A6, B7",
        "Macrovascular invasion Allowed its sentences name Vp3, Vp4",
        "BCLC stage contradictory: B / C",
        "Bilirubin ≤ 1.5 × ULN",
        "Platelets ≥ 75 × 10⁹/L The record gives no unit. The one that fits the number was taken. Its sentence names",
        "Not stated: Tumour burden",
    ):
        assert words in said


def test_citation() -> None:
    trial = Trial(
        nct_id="NCT06904170",
        brief_title="A Trial \\> B.",
        study_first_post_date="2025-03-30",
        last_update_post_date="2025-11",
    )
    assert citation(trial, TODAY) == (
        "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US). "
        "Identifier NCT06904170, A Trial > B; 2025 Mar 30 [updated 2025 Nov; cited 2026 Nov 21]. "
        "Available from: https://clinicaltrials.gov/study/NCT06904170"
    )
    bare = citation(Trial(nct_id="NCT06904170", last_update_post_date="soon"), TODAY)
    assert "Identifier NCT06904170; [cited 2026 Nov 21]. Available" in bare


@pytest.mark.django_db
def test_both_views_are_there_without_a_script(client: Client) -> None:
    page: Page = page_of(client, raw_record())
    assert page.has_part("plain")
    assert page.has_part("clinical")
    assert "hidden" in page.html.partition("data-views")[2][:10]
