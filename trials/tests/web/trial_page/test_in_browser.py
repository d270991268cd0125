"""The trial page in a real browser: large records, by link and by keyboard, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from trials.models import EligibilityFact
from trials.tests.builders import contact, load_trial, raw_record, site
from trials.tests.fixtures.records import ALICE, KOREA, SUN_YAT_SEN, ZHEJIANG, ZHONGDA
from trials.tests.fixtures.records import raw_record as fixture

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
LARGE = "NCT01234567"
QUOTE = "Hepatocellular"


def large_record() -> dict[str, object]:
    people = [contact("Nurse", phone="+1 555 0100", email="a-very-long-address-of-a-study-nurse@sub.example.org")]
    sites = [
        site(f"Town {number}", ("France", "Japan")[number % 2], facility="H" * 60, status="RECRUITING", contacts=people)
        for number in range(171)
    ]
    criteria = "* " + "Hepatocellular" * 30 + "\n" + "* words \\> 5\n  1. nested\n" * 100
    return raw_record(LARGE, title="T" * 200, status="RECRUITING", updated="2026-11", sites=sites, criteria=criteria)


def store() -> None:
    for nct_id in (ALICE, SUN_YAT_SEN, ZHONGDA, KOREA, ZHEJIANG):
        load_trial(fixture(nct_id))
    load_trial(large_record())
    evidence = [{"field": "eligibility_criteria", "start": 2, "end": 2 + len(QUOTE), "quote": QUOTE}]
    EligibilityFact.objects.filter(trial_id=LARGE, name="bclc").update(
        status="contradictory", claims=[["B"], ["C"]], evidence=evidence
    )


def test_large_and_odd_records_never_widen_the_page(page: Page) -> None:
    store()
    page.set_viewport_size({"width": 320, "height": 800})
    for nct_id in (ALICE, SUN_YAT_SEN, ZHONGDA, KOREA, ZHEJIANG, LARGE):
        page.goto(f"/trials/{nct_id}/")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), nct_id
        if nct_id in {ALICE, LARGE}:
            found = Axe().run(page).response["violations"]
            assert not found, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def test_a_fact_leads_to_its_sentence_and_no_finger_misses(page: Page) -> None:
    store()
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"/trials/{LARGE}/")
    fact = page.locator("#fact-bclc")
    fact.get_by_role("link", name="In the criteria").click()
    mark = page.locator("mark:target")
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text(QUOTE)
    small = page.evaluate(
        """[...document.querySelectorAll('.btn, .reach, summary, .tabs a, .sentences a, .given a, .back a')]
        .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML)"""
    )
    assert small == []


def test_on_paper_stand_facts_contacts_and_criteria(page: Page) -> None:
    store()
    page.goto(f"/trials/{ALICE}/")
    page.emulate_media(media="print")
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator(".mast")).to_be_hidden()
    for title in ("Who can join", "Ask the trial", "Eligibility criteria, as published"):
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    for text in ("+33 1 99 00 10 00", "+33 5 36 49 10 01"):
        expect(page.get_by_text(text)).to_be_visible()
    address = page.evaluate(
        "getComputedStyle(document.querySelector('.head a[href*=\"clinicaltrials.gov\"]'), '::after').content"
    )
    assert "https://clinicaltrials.gov/study/NCT06904170" in address
