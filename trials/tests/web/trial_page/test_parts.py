"""Parts of the page that no seed has: facts with evidence, results, withdrawn countries, odd dates, many countries."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from trials.models import EligibilityFact, FactReview, Trial
from trials.tests.builders import arm, contact, intervention, load_trial, raw_record, site
from trials.tests.web.trial_page.pages import elements, page_of, visit
from trials.web.trial_sites import present_sites

pytestmark = pytest.mark.django_db
URL = "/trials/NCT01234567/"
CRITERIA = (
    "Inclusion Criteria:\n\n* Child-Pugh A (score \\<= 6) and ECOG 0-1\n* No ascites\n\nExclusion Criteria:\n\n* BCLC D"
)


def evidence(quote: str, text: str = CRITERIA, field: str = "eligibility_criteria") -> dict[str, object]:
    start = text.index(quote)
    return {"field": field, "start": start, "end": start + len(quote), "quote": quote}


def state(name: str, **columns: object) -> None:
    assert EligibilityFact.objects.filter(name=name).update(**{"status": "stated", **columns}) == 1


def test_what_the_reader_read_is_shown_with_its_sentence(client: Client) -> None:
    page = page_of(client, raw_record(title="HCC", criteria="Inclusion Criteria:\n\n* Child-Pugh A"))
    fact = page.fact("child_pugh")
    assert "Liver function" in fact
    assert "A (5 to 6 points)" in fact
    assert "read by rule" in fact
    assert "In the criteria" in fact
    assert "<mark" in page.part("criteria")


def test_evidence_leads_to_its_highlighted_place(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    EligibilityFact.objects.update(status="not_stated", value=None, evidence=[])
    state("child_pugh", value=[5, 6], evidence=[evidence("Child-Pugh A (score \\<= 6)")])
    state("ecog", value=[0, 1], evidence=[evidence("ECOG 0-1")])
    state("ascites", value="excluded", evidence=[evidence("No ascites")])
    page = visit(client, URL)
    assert elements(page.part("criteria"), "mark", "id") == ["criteria-1", "criteria-2", "criteria-3"]
    assert elements(page.part("criteria"), "mark", "title") == [
        "Liver function",
        "How active you are",
        "Fluid in the belly",
    ]
    assert {"#criteria-1", "#criteria-2", "#criteria-3"} <= set(page.links)
    assert "Child-Pugh A (score <= 6)</mark> and <mark" in page.part("criteria").replace("&lt;", "<")


def test_overlapping_evidence_is_one_mark_for_both(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    EligibilityFact.objects.update(status="not_stated", value=None, evidence=[])
    state("child_pugh", value=[5, 6], evidence=[evidence("Child-Pugh A (score \\<= 6) and ECOG")])
    state("ecog", value=[0, 1], evidence=[evidence("ECOG 0-1\n* No ascites")])
    page = visit(client, URL)
    assert elements(page.part("criteria"), "mark", "id") == ["criteria-1"]
    assert set(elements(page.part("criteria"), "mark", "title")) == {"Liver function, How active you are"}


def test_a_quote_that_is_gone_marks_nothing(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    EligibilityFact.objects.update(status="not_stated", value=None, evidence=[])
    state("bclc", value=["C"], evidence=[{**evidence("BCLC D"), "quote": "BCLC C"}])
    page = visit(client, URL)
    assert "<mark" not in page.html
    assert "BCLC C" in page.fact("bclc")


def test_a_contradiction_shows_both_sentences_open(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    sentences = [evidence("No ascites"), evidence("BCLC D")]
    state("ascites", status="contradictory", value=None, claims=["excluded", "allowed"], evidence=sentences)
    page = visit(client, URL)
    fact = page.fact("ascites")
    assert "The record contradicts itself: ask the trial." in fact
    assert "“Not accepted” and “Accepted within limits”" in fact
    assert "No ascites" in fact
    assert "BCLC D" in fact
    assert "<details open>" in page.html.partition('id="fact-ascites"')[2].partition("</dd>")[0]


def test_a_fact_that_depends_on_the_cohort_says_so(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    state("bclc", value=["B", "C"], depends_on_cohort=True, evidence=[evidence("BCLC D")])
    assert "Depends on the group (cohort) of the trial" in visit(client, URL).fact("bclc")


def test_facts_that_are_not_stated_are_one_quiet_list(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    EligibilityFact.objects.update(status="not_stated", value=None, evidence=[])
    join = visit(client, URL).said("join")
    assert join.count("The record does not say") == 1
    assert "That is not a no." in join
    assert "Stage of the liver cancer (BCLC stage)" in join


def test_evidence_of_other_fields_names_its_place(client: Client) -> None:
    arms = [arm("Arm A", description="Sorafenib 400 mg")]
    load_trial(raw_record(summary="For people with HCC.", criteria="* Adult", arms=arms))
    state(
        "modalities",
        value=["targeted"],
        evidence=[
            evidence("Sorafenib", "Sorafenib 400 mg", "arms[0].description"),
            evidence("people with HCC", "For people with HCC.", "brief_summary"),
        ],
    )
    page = visit(client, URL)
    assert "In an arm" in page.fact("modalities")
    assert "#arm-1" in page.links
    assert 'id="arm-1"' in page.html
    assert "In the summary" in page.fact("modalities")
    assert "#summary-1" in page.links
    assert '<mark id="summary-1"' in page.part("about")


def test_results_lead_to_the_registry(client: Client) -> None:
    page = page_of(client, {**raw_record(status="COMPLETED"), "hasResults": True})
    assert "https://clinicaltrials.gov/study/NCT01234567?tab=results" in page.links
    assert "No results posted yet" not in page.words


def test_why_it_stopped_and_the_last_known_status(client: Client) -> None:
    module = {"overallStatus": "TERMINATED", "whyStopped": "Slow accrual \\(12 of 90\\)"}
    assert "Why it stopped: Slow accrual (12 of 90)" in page_of(client, raw_record(statusModule=module)).head
    module = {"overallStatus": "UNKNOWN", "lastKnownStatus": "RECRUITING"}
    page = page_of(client, raw_record(statusModule=module))
    assert "The last one known is “Recruiting”. Check before you call." in page.head
    assert 'class="pill open"' not in page.html


def test_dates_that_cannot_be_are_shown_as_published(client: Client) -> None:
    module = {
        "overallStatus": "COMPLETED",
        "startDateStruct": {"date": "2024-02-30"},
        "completionDateStruct": {"date": "0204"},
        "lastUpdatePostDateStruct": {"date": "2024", "type": "ESTIMATED"},
    }
    words = page_of(client, raw_record(statusModule=module)).words
    assert "Starts 2024-02-30" in words
    assert "Ends 0204" in words
    assert "Last update posted 2024, estimated" in words


def test_a_start_after_the_end_is_noted(client: Client) -> None:
    note = "The record gives a start after its end."
    assert note in page_of(client, raw_record(start="2026-01", completion="2025-12")).words
    assert note not in page_of(client, raw_record(start="2025-12", completion="2025-12-05")).words


def test_sites_by_country_in_the_readers_language(client: Client) -> None:
    sites = [
        site(
            "Lyon",
            "France",
            facility="HCL",
            status="RECRUITING",
            contacts=[contact("Nurse", phone="+33 4 65 71 00 00")],
        ),
        site("Paris", "France", status="WITHDRAWN"),
        site("Seoul", "Korea, Republic of", facility="SNU"),
        site("Somewhere", "Atlantis", facility="Dome"),
    ]
    load_trial(raw_record(status="RECRUITING", updated="2026-11", sites=sites))
    said = visit(client, URL).said("sites")
    assert "4 sites in 3 countries" in said
    assert (
        "France: 2 sites, 1 recruiting HCL Lyon, France Recruiting Nurse Call +33 4 65 71 00 00 Paris, France" in said
    )
    assert "Atlantis: 1 site Dome Somewhere, Atlantis" in said
    assert "South Korea: 1 site" in said
    with translation.override("fr"):
        french = present_sites(Trial.objects.get(), doubtful=False)
    assert [country.summary.partition(":")[0].strip() for country in french.countries] == [
        "Atlantis",
        "Corée du Sud",
        "France",
    ]


def test_countries_that_were_removed(client: Client) -> None:
    record = {**raw_record(), "derivedSection": {"miscInfoModule": {"removedCountries": ["Spain", "Italy"]}}}
    assert "no longer does: Spain, Italy" in page_of(client, record).said("sites")


def test_an_intervention_of_no_arm_is_listed_too(client: Client) -> None:
    load_trial(raw_record(arms=[arm("A", "Drug: One")], interventions=[intervention("One", "A"), intervention("Two")]))
    said = visit(client, URL).said("arms")
    assert "Two Drug The record names no arm for it." in said
    assert "One Drug The record" not in said


def test_publications_lead_to_pubmed_and_links_to_their_place(client: Client) -> None:
    module = {
        "references": [
            {"citation": "A. Paper \\[1\\].", "pmid": "12345", "type": "RESULT"},
            {"citation": "B.", "pmid": "x"},
        ],
        "seeAlsoLinks": [
            {"label": "Site", "url": "https://example.org/a"},
            {"label": "Bad", "url": "javascript:alert(1)"},
        ],
    }
    page = page_of(client, raw_record(referencesModule=module))
    assert "https://pubmed.ncbi.nlm.nih.gov/12345/" in page.links
    assert "https://example.org/a" in page.links
    assert "A. Paper [1]. Results Read at PubMed" in page.said("reading")
    assert "javascript" not in page.html


def test_all_links_that_leave_tell_nothing(client: Client) -> None:
    page = page_of(
        client, raw_record(referencesModule={"seeAlsoLinks": [{"label": "x", "url": "https://example.org"}]})
    )
    leaving = [link for link in page.links if link.startswith("http")]
    assert len(leaving) >= 3
    assert page.html.count('rel="noopener noreferrer"') == len(leaving)


def test_terms_that_the_registry_adds_are_shown_as_published(client: Client) -> None:
    design = {"studyType": "NEW_TYPE", "phases": ["PHASE9"], "designInfo": {"allocation": "BY_MOON"}}
    page = page_of(client, raw_record(status="NEW_STATUS", designModule=design))
    assert "NEW_STATUS" in page.head
    assert "PHASE9" in page.head
    assert "BY_MOON" in page.said("arms")


def test_expanded_access_is_no_trial(client: Client) -> None:
    record = raw_record(status="AVAILABLE", study_type="EXPANDED_ACCESS")
    assert "This is not a trial." in page_of(client, record).head


def test_a_retracted_publication_is_called_so(client: Client) -> None:
    references = [
        {"pmid": "1", "citation": "A withdrawn paper", "retractions": [{"pmid": "2", "source": "A notice"}]},
        {"pmid": "3", "citation": "A sound paper"},
    ]
    page = page_of(client, raw_record(referencesModule={"references": references}))
    assert page.words.count("Retracted: this publication was taken back.") == 1


def decide(name: str, **columns: object) -> None:
    trial = Trial.objects.get()
    defaults = {"decision": "corrected", "reason": "Read again", "status": "stated", "machine_reader_version": 1}
    FactReview.objects.create(
        trial=trial,
        name=name,
        record_version=trial.record_version,
        reviewer_name="curator",
        **{**defaults, "machine_status": "stated", **columns},
    )


def test_a_persons_decision_is_shown_as_such_and_never_by_whom(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    decide("child_pugh", value=[5, 6, 7])
    decide("bclc", decision="not_stated", status="not_stated")
    page = visit(client, URL)
    assert "A or B7 (5 to 7 points)" in page.fact("child_pugh")
    assert "✓" not in page.fact("ecog")
    assert "checked by a person on" in page.fact("child_pugh")
    assert "read by rule" not in page.fact("child_pugh")
    assert "read by rule" in page.fact("ecog")
    assert "checked by a person on" in page.said("join").partition("(BCLC stage)")[2]
    assert "curator" not in page.html


def test_a_decision_about_a_text_that_has_changed_says_so_with_the_new_reading(client: Client) -> None:
    load_trial(raw_record(criteria=CRITERIA))
    decide("child_pugh", value=[5, 6, 7], text_changed_at=timezone.now())
    fact = visit(client, URL).fact("child_pugh")
    assert "A or B7 (5 to 7 points)" in fact
    assert "the record has changed since: ask the trial" in fact
    assert "The changed text is read by rule as: A (5 to 6 points)" in fact
