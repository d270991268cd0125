"""The sixteen defects of the seed pages (D1 to D16 of seeds/README.md) that ours must not have."""

import re

import pytest
from django.test import Client

from trials.models import EligibilityFact
from trials.tests.builders import load_trial, raw_record, site
from trials.tests.fixtures.records import ALICE, KOREA, SUN_YAT_SEN, TRIALS, ZHEJIANG, ZHONGDA
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.web.trial_page.pages import Page, page_of, visit, words_of

pytestmark = pytest.mark.django_db


def seed(client: Client, nct_id: str) -> Page:
    return page_of(client, fixture(nct_id))


def published(nct_id: str) -> str:
    return str(fixture(nct_id)["protocolSection"]["eligibilityModule"]["eligibilityCriteria"])


def bare(text: str) -> str:
    """Without white space, escapes, bullets and the labels of marks: what must be the same in order."""
    return re.sub(r"[\s•*\\]", "", text)


def shown_criteria(page: Page) -> str:
    html = re.sub(r'<span class="away aside">.*?</span>', "", page.part("criteria"))
    return words_of(html.partition('class="text criteria"')[2].partition(">")[2])


@pytest.mark.parametrize("nct_id", TRIALS)
def test_d1_criteria_stand_in_published_order(client: Client, nct_id: str) -> None:
    assert bare(shown_criteria(seed(client, nct_id))) == bare(published(nct_id))


@pytest.mark.parametrize("nct_id", TRIALS)
def test_d2_no_escape_is_left(client: Client, nct_id: str) -> None:
    page = seed(client, nct_id)
    assert "\\" not in page.words
    assert "&gt;" not in page.words


def test_d3_no_empty_place_and_no_empty_status(client: Client) -> None:
    sites = seed(client, ALICE).said("sites")
    assert "CHU de Bordeaux Bordeaux, France Status not stated" in sites
    assert ", ," not in sites
    assert "Goyang, South Korea Status not stated" in seed(client, KOREA).said("sites")


def test_d4_contacts_stand_at_their_site(client: Client) -> None:
    assert re.search(
        r"CHU de Bordeaux Bordeaux, France Status not stated Study coordinator, Bordeaux Call \+33 5 36 49 10 01",
        seed(client, ALICE).said("sites"),
    )


def test_d5_lost_exponents_stay_as_published(client: Client) -> None:
    assert "109/L" in seed(client, ALICE).said("criteria")


def test_d6_no_enrolment_is_not_zero(client: Client) -> None:
    page = seed(client, SUN_YAT_SEN)
    assert "Number of people not stated" in page.head
    assert "0 people" not in page.words
    assert not page.has_part("sites")
    assert "The record gives no contact." in page.said("contact")


def test_d7_what_only_the_title_says_is_marked_as_less_sure(client: Client) -> None:
    title = "HAIC in Advanced HCC Previously Treated With ICIs"
    load_trial(raw_record(title=title, criteria="* Adult"))
    EligibilityFact.objects.filter(name="prior_systemic_therapy").update(
        status="stated",
        value="required",
        evidence=[{"field": "brief_title", "start": 0, "end": len(title), "quote": title}],
    )
    fact = visit(client, "/trials/NCT01234567/").fact("prior_systemic_therapy")
    assert "The criteria themselves do not say it: ask the trial." in fact
    assert "In the title" in fact


def test_d8_an_observational_study_is_no_treatment_trial(client: Client) -> None:
    head = seed(client, ZHONGDA).head
    assert "Observation only" in head
    assert "This study only observes. It collects data about people and gives no treatment of its own." in head
    assert "only observes" not in seed(client, ALICE).head


def test_d9_the_status_is_said_by_the_field_alone(client: Client) -> None:
    page = seed(client, KOREA)
    assert "Recruiting" in page.head
    assert "not recruiting" not in page.words.casefold()


def test_d10_no_contact_is_invented(client: Client) -> None:
    page = seed(client, KOREA)
    assert "The record gives no contact. Ask your doctor or look at the registry record." in page.said("contact")
    assert not [link for link in page.links if link.startswith(("tel:", "mailto:"))]


@pytest.mark.parametrize("nct_id", TRIALS)
def test_d11_nothing_says_that_it_is_not_reported(client: Client, nct_id: str) -> None:
    page = seed(client, nct_id)
    assert "Not reported" not in page.words
    assert "Not specified" not in page.words
    assert not re.search(r"Keywords\s+(Registry|Conditions|$)", page.said("about"))


def test_d12_an_open_age_is_words(client: Client) -> None:
    page = seed(client, ZHEJIANG)
    assert "18 years and over" in page.said("join")
    assert "undefined" not in page.words
    assert "Purpose Treatment" in page.said("arms")


def test_d13_torn_numbers_stay_in_their_place(client: Client) -> None:
    criteria = shown_criteria(seed(client, ZHEJIANG))
    assert criteria.startswith("Inclusion Criteria: ")
    assert "9 " in criteria
    assert "<li" not in seed(client, ZHEJIANG).part("criteria"), "a run-on paragraph stays one"


def test_d14_misspelt_drugs_stay_as_published(client: Client) -> None:
    assert "Atirizumab" in seed(client, ZHEJIANG).said("arms")


def test_d15_the_trial_answers_and_no_form_asks(client: Client) -> None:
    page = seed(client, ALICE)
    assert "The trial's own team answers, not us." in page.said("contact")
    assert "<form" not in page.html
    assert "<input" not in page.html


def test_d16_a_stale_record_says_so(client: Client) -> None:
    head = seed(client, ZHEJIANG).head
    assert (
        "The record says “Recruiting”, but it was last verified in December 2022 and its planned end (December 2024) "
        "has passed. Check before you call." in head
    )
    assert 'class="pill open"' not in seed(client, ZHEJIANG).html
    assert "Check before you call" not in seed(client, ALICE).head


def test_a_closed_trial_draws_no_site_as_open(client: Client) -> None:
    page = page_of(client, raw_record(status="COMPLETED", sites=[site("Lyon", "France", status="RECRUITING")]))
    assert 'class="pill open"' not in page.html
    assert "No results posted yet." in page.head
