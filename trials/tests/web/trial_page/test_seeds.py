"""Every feature that the five seed pages show, shown right on ours: the 64 rows of seeds/README.md by their number.

Rows that ours leaves out on purpose: 5 and 8 (brand and help lines are the site's own), 29 (no machine-made summary),
47 (no paragraph about a sponsor), 56 (no flags), 62 to 64 (no "similar" trials, no lead form, no counter).
"""

import re
from itertools import pairwise

import pytest
from django.test import Client

from trials.tests.fixtures.records import ALICE, KOREA, SUN_YAT_SEN, ZHEJIANG, ZHONGDA, raw_record
from trials.tests.web.trial_page.pages import Page, elements, page_of

pytestmark = pytest.mark.django_db


def seed(client: Client, nct_id: str) -> Page:
    return page_of(client, raw_record(nct_id))


def test_identity(client: Client) -> None:
    """Rows 1 to 7."""
    page = seed(client, ALICE)
    assert "Durvalumab and Tremelimumab With or Without Hepatic Arterial Infusion" in page.head
    assert "NCT06904170" in page.head
    assert "ALICE" in page.head
    record = page.said("record")
    assert "2024-514912-28-00 EU trial number (CTIS)" in record
    assert "UC-GIG-2406 Sponsor's own number" in record
    assert "A Single-center Study of the Synergistic Effect of Portal Venous Supply" in seed(client, ZHEJIANG).head
    for anchor in ("join", "contact", "about", "arms", "criteria", "sites", "record"):
        assert f"#{anchor}" in page.links
        assert page.has_part(anchor)


def test_official_title_is_not_said_twice(client: Client) -> None:
    record = raw_record(ALICE)
    module = record["protocolSection"]["identificationModule"]
    module["officialTitle"] = module["briefTitle"]
    assert page_of(client, record).head.count(module["briefTitle"]) == 1


def test_freshness(client: Client) -> None:
    """Rows 9 to 14."""
    page = seed(client, ALICE)
    assert "Record last updated 17 November 2025." in page.head
    assert "Data as of 17 November 2025" in page.words
    assert "This record as of 17 November 2025." in page.words
    assert "Results None posted yet" in page.words
    page = seed(client, ZHEJIANG)
    assert "First posted 26 February 2023" in page.words
    assert "Record last verified December 2022" in page.words
    assert "First posted 10 February 2025" in seed(client, KOREA).words


def test_snapshot(client: Client) -> None:
    """Rows 15 to 22 and 25, 26."""
    head = seed(client, ALICE).head
    assert "Not yet recruiting" in head
    assert "Phase 2 / Phase 3" in head
    assert "Treatment or other intervention" in head
    assert "196 people" in head
    page = seed(client, ZHEJIANG)
    assert "Phase 2" in page.head
    assert "40 people, planned" in page.head
    assert "Starts 14 December 2022, actual" in page.words
    assert "Ends, with the main result December 2024, planned" in page.words
    assert "China: 1 site, 1 listed as recruiting" in page.said("sites")
    assert "PVE+cTACE+Camrelizumab+Apatinib" in page.said("arms")
    assert "30 November 2025" in seed(client, ALICE).words
    assert "18 October 2026" in seed(client, SUN_YAT_SEN).words


def test_conditions_and_keywords(client: Client) -> None:
    """Rows 23, 24 and 35: under their own names."""
    about = seed(client, ZHEJIANG).said("about")
    assert "Conditions Hepatocellular Carcinoma" in about
    assert "Keywords Hepatocellular carcinoma Portal Venous Supply Control Immunotherapy" in about
    assert "For the treatments Fluorouracil, Leucovorin, Oxaliplatin" in seed(client, SUN_YAT_SEN).words


def test_narrative(client: Client) -> None:
    """Rows 27 and 28."""
    about = seed(client, ALICE).said("about")
    assert "tumor in >50% of the liver" in about
    assert "about 20 sites will randomize 196 patients 1:1" in about


def test_design(client: Client) -> None:
    """Row 31."""
    arms = seed(client, ZHEJIANG).said("arms")
    assert "Purpose Treatment" in arms
    assert "Not randomised" in arms
    assert "Parallel groups" in arms
    assert "Single: Investigator" in arms


def test_arms_and_their_interventions(client: Client) -> None:
    """Rows 32 to 34: linked both ways, each described once."""
    page = seed(client, ALICE)
    arms = page.said("arms")
    assert "Experimental Arm A GEMOX" in arms
    assert "Active comparator Arm B" in arms
    assert arms.count("By systemic infusion:") == 1
    given = elements(page.part("arms"), "a", "href")
    assert given == ["#intervention-1", "#intervention-2", "#intervention-1"]
    assert 'id="intervention-2"' in page.html
    assert "Combination product Described in the arm “Control group”" in seed(client, ZHEJIANG).said("arms")


def test_who_can_join(client: Client) -> None:
    """Rows 36 to 40."""
    join = seed(client, ZHEJIANG).said("join")
    assert "Age 18 years and over Adults (18 to 64), Older adults (65 and over)" in join
    assert "Sex All" in join
    assert "Healthy volunteers Not accepted" in join
    assert "Age 19 years and over" in seed(client, KOREA).said("join")


def test_outcomes(client: Client) -> None:
    """Rows 41 to 43."""
    outcomes = seed(client, ZHEJIANG).said("outcomes")
    assert (
        "Primary outcomes (1) Conversion rate Time frame: From first to last treatment, 2 years on average" in outcomes
    )
    assert "Secondary outcomes (5)" in outcomes
    assert "Share of patients in complete or partial remission" in outcomes


def test_people_and_organisations(client: Client) -> None:
    """Rows 44 to 52."""
    page = seed(client, ALICE)
    record = page.said("record")
    assert "Lead sponsor UNICANCER University, hospital or other" in record
    assert "Collaborators AstraZeneca Industry" in record
    assert "Responsible party Sponsor" in record
    assert "Principal investigator Principal investigator Centre Eugène Marquis" in record
    contact = page.said("contact")
    assert "Clinical trial manager, UNICANCER Call +33 1 99 00 10 00" in contact
    assert "Clinical project lead, UNICANCER no number or address in the record" in contact
    assert "tel:+33199001000" in page.links
    page = seed(client, ZHEJIANG)
    assert "mailto:study-hangzhou@example.org?subject=NCT05760430" in page.links
    assert "Who leads it Study chair Study chair 2nd Affiliated Hospital" in page.said("record")


def test_sites(client: Client) -> None:
    """Rows 52 to 55, 57 and 58."""
    sites = seed(client, ZHEJIANG).said("sites")
    assert "China: 1 site, 1 listed as recruiting" in sites
    assert (
        "2nd Affiliated Hospital, School of Medicine, Zhejiang University Hangzhou, Zhejiang, China Recruiting" in sites
    )
    assert "study-hangzhou@example.org" in sites
    assert "France: 10 sites" in seed(client, ALICE).said("sites")
    assert "Zhongda Hospital Nanjing, Jiangsu, China" in seed(client, ZHONGDA).said("sites")


def test_governance(client: Client) -> None:
    """Rows 59 to 61: all of it, each thing once."""
    record = seed(client, ZHEJIANG).said("record")
    assert "Has a data monitoring committee No" in record
    assert "Studies a drug regulated by the US FDA No" in record
    assert "Studies a device regulated by the US FDA No" in record
    assert "Undecided The author will share data on reasonable request." in record


def test_the_link_to_the_record(client: Client) -> None:
    """What no seed page has."""
    page = seed(client, ALICE)
    assert "https://clinicaltrials.gov/study/NCT06904170" in page.links
    assert 'rel="noopener noreferrer"' in page.html


@pytest.mark.parametrize("nct_id", [ALICE, SUN_YAT_SEN, ZHONGDA, KOREA, ZHEJIANG])
def test_headings_stand_in_order(client: Client, nct_id: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", seed(client, nct_id).html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - above <= 1 for above, deeper in pairwise(levels))
