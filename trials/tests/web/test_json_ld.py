"""The block of data for search engines on a trial's page: true, without people, and never a way out of the block."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from trials.models import Site, Trial
from trials.tests.builders import contact, load_trial, raw_record, site
from trials.web.json_ld import json_ld, medical_trial

PAGE = "/trials/NCT01234567/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = '</script><script>document.title="owned"</script><!-- & <!--<script> \u2028 ]]>'


def _said() -> dict[str, Any]:
    [block] = BLOCK.findall(Client().get(PAGE).content.decode())
    said: dict[str, Any] = json.loads(block)
    return said


@pytest.mark.django_db
def test_it_says_what_the_record_says() -> None:
    load_trial(
        raw_record(
            title="Sorafenib in HCC",
            status="RECRUITING",
            study_type="INTERVENTIONAL",
            phases=["PHASE2", "PHASE3"],
            conditions=["Hepatocellular Carcinoma"],
            sponsor="Some Hospital",
            summary="Short",
            sites=[site("Lyon", "France", facility="Croix-Rousse"), site("Nowhere", "Atlantis")],
        )
    )
    said = _said()
    assert said["@type"] == "MedicalTrial"
    assert said["@id"] == said["url"] == f"http://testserver{PAGE}"
    assert said["name"] == "Sorafenib in HCC"
    assert said["status"] == "https://schema.org/Recruiting"
    assert said["phase"] == ["PHASE2", "PHASE3"]
    assert said["identifier"]["value"] == "NCT01234567"
    assert said["studySubject"] == [{"@type": "MedicalCondition", "name": "Hepatocellular Carcinoma"}]
    assert said["sponsor"] == {"@type": "Organization", "name": "Some Hospital"}
    lyon, nowhere = said["studyLocation"]
    assert lyon["name"] == "Croix-Rousse"
    assert lyon["address"]["addressCountry"] == "FR"
    assert nowhere["address"]["addressCountry"] == "Atlantis"
    assert said["sameAs"] == "https://clinicaltrials.gov/study/NCT01234567"


@pytest.mark.django_db
def test_it_leaves_out_what_the_record_leaves_out_and_people() -> None:
    load_trial(
        raw_record(
            sponsor="Dr. Xanthippe",
            sponsor_class="INDIV",
            status="BRAND_NEW",
            contacts=[contact("Xanthippe", email="x@y.example")],
        )
    )
    said = _said()
    assert not {"status", "phase", "sponsor", "studySubject", "studyLocation", "description"} & set(said)
    assert "Xanthippe" not in json.dumps(said)


@pytest.mark.django_db
def test_a_trial_without_phases_and_an_observation() -> None:
    assert "phase" not in medical_trial(load_trial(raw_record(phases=["NA"])), "x")
    observation = medical_trial(load_trial(raw_record(study_type="OBSERVATIONAL")), "x")
    assert observation["@type"] == "MedicalObservationalStudy"


@given(st.text(max_size=80))
def test_no_text_can_leave_the_block(text: str) -> None:
    trial = Trial(nct_id="NCT01234567", brief_title=text, conditions=[text, HOSTILE], brief_summary=text)
    trial._prefetched_objects_cache = {"sites": Site.objects.none()}  # type: ignore[attr-defined]  # no database
    block = json_ld(trial, "https://x.example/")
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block)["studySubject"][1]["name"] == HOSTILE


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_a_browser_keeps_it_as_data_and_complains_of_nothing(page: Page) -> None:
    """The page fixture fails on any message of the console, such as a refusal of the content security policy."""
    load_trial(raw_record(title=f"Carcinoma {HOSTILE}", sites=[site(HOSTILE, "France")]))
    page.goto(PAGE)
    assert page.title() != "owned"
    text = page.evaluate("document.querySelector('script[type=\"application/ld+json\"]').textContent")
    assert json.loads(text)["name"].startswith("Carcinoma </script>")
    assert page.locator('script[type="application/ld+json"]').count() == 1
