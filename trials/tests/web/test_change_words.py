"""Every kind of change in words, for families and for clinicians; rows that nobody foresaw are answered calmly."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.ingest.changes import _SILENT
from trials.registry.record import TrialRecord
from trials.vocabulary.change_fields import COMPARED_TEXTS, IMPORTANCE, LABELS, TERM_FIELDS
from trials.vocabulary.registry_terms import TERMS
from trials.web.change_words import change_line
from trials.web.phrases import Part, phrase, plain_words, published
from trials.web.text_difference import Effort


def said(field: str, old: Any, new: Any) -> str:
    return plain_words(change_line(field, old, new, Effort()).said)


def beside(field: str, old: Any, new: Any) -> str:
    line = change_line(field, old, new, Effort())
    return " | ".join(plain_words(part) for part in (line.detail, line.note) if part)


def rennes(status: str = "") -> dict[str, str]:
    return {"facility": "Centre Eugène Marquis", "city": "Rennes", "country": "France", "status": status}


def test_every_element_that_is_compared_has_a_name() -> None:
    compared = {field.name for field in fields(TrialRecord)} - _SILENT - {"central_contacts", "officials"}
    assert compared | {"contacts", "registry_state"} == set(LABELS) == set(IMPORTANCE)
    assert set(TERM_FIELDS.values()) <= set(TERMS)
    assert set(LABELS) >= COMPARED_TEXTS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (rennes("NOT_YET_RECRUITING"), rennes("RECRUITING"), "The site in Rennes opened"),
        (rennes(), rennes("RECRUITING"), "The site in Rennes opened"),
        (rennes("RECRUITING"), rennes("COMPLETED"), "The site in Rennes closed to new people"),
        (rennes("RECRUITING"), rennes("SUSPENDED"), "The site in Rennes closed to new people"),
        (rennes("RECRUITING"), rennes("WITHDRAWN"), "The site in Rennes was withdrawn"),
        (rennes("RECRUITING"), rennes(), "The record no longer says whether the site in Rennes is open"),
        (rennes("SUSPENDED"), rennes("COMPLETED"), "The status of the site in Rennes changed"),
        (rennes("RECRUITING"), rennes("BRAND_NEW"), "The status of the site in Rennes changed"),
        (None, rennes("RECRUITING"), "A site in Rennes was added"),
        (rennes("RECRUITING"), None, "The site in Rennes was taken off the record"),
        (rennes("RECRUITING"), rennes("RECRUITING"), "The address of the site in Rennes changed"),
        (None, {"facility": "", "city": "", "country": "", "status": ""}, "A site was added"),
    ],
)
def test_sites(old: Any, new: Any, words: str) -> None:
    assert said("sites", old, new) == words


def test_a_site_is_told_exactly_for_clinicians() -> None:
    assert beside("sites", rennes("NOT_YET_RECRUITING"), rennes("RECRUITING")) == (
        "Centre Eugène Marquis, France | from “Not yet recruiting” to “Recruiting”"
    )
    assert beside("sites", None, rennes("RECRUITING")) == "Centre Eugène Marquis, France | Recruiting"
    assert beside("sites", rennes("RECRUITING"), rennes()) == "Centre Eugène Marquis, France | was “Recruiting”"
    assert beside("sites", rennes(), rennes("COMPLETED")) == "Centre Eugène Marquis, France | now “Completed”"


def day(text: str, kind: str = "") -> dict[str, str]:
    return {"date": text, "type": kind}


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        (
            "overall_status",
            "RECRUITING",
            "ACTIVE_NOT_RECRUITING",
            "Status: from “Recruiting” to “Active, closed to new people”",
        ),
        ("overall_status", "", "BRAND_NEW", "Status: now “BRAND_NEW”, not stated before"),
        ("why_stopped", "", "No money", "Why it stopped: now “No money”, not stated before"),
        ("phases", ["PHASE2"], ["PHASE2", "PHASE3"], "Phase: from “Phase 2” to “Phase 2, Phase 3”"),
        ("phases", ["PHASE2"], [], "Phase: no longer stated, was “Phase 2”"),
        ("enrollment_count", 100, 2500, "Number of people: from 100 to 2,500"),
        ("enrollment_count", None, 25, "Number of people: now 25, not stated before"),
        ("enrollment_type", "ESTIMATED", "ACTUAL", "The number of people is: from “planned” to “actual”"),
        ("minimum_age", "18 Years", "20 Years", "Youngest age: from 18 years to 20 years"),
        ("maximum_age", "75 Years", "", "Oldest age: from 75 years to no limit"),
        (
            "start_date",
            day("2026-11", "ESTIMATED"),
            day("2026-12-03", "ACTUAL"),
            "Start: from 2026-11 (planned) to 2026-12-03 (actual)",
        ),
        ("completion_date", day(""), day("2027"), "End: now 2027, not stated before"),
        ("completion_date", day("2027"), day(""), "End: no longer stated, was 2027"),
        ("status_verified_date", "2025-05", "2026-11", "Record last verified: from 2025-05 to 2026-11"),
        ("healthy_volunteers", None, False, "Takes healthy volunteers: now no, not stated before"),
        ("has_results", False, True, "The registry now holds results of this trial"),
        ("conditions", ["HCC", "A"], ["A", "B"], "Conditions: added B; gone HCC"),
        ("keywords", ["a", "b"], ["b", "a"], "Keywords: in another order"),
        ("lead_sponsor", "Acme", "Acme Bio", "Lead sponsor: from “Acme” to “Acme Bio”"),
        ("lead_sponsor", "Acme", "Acme", "Lead sponsor: details changed"),
        ("arms", None, {"label": "Arm B"}, "Group added: Arm B"),
        ("arms", {"label": "Arm B"}, {"label": "Arm B"}, "Group reworded: Arm B"),
        ("interventions", {"name": "Sorafenib", "type": "DRUG"}, None, "Treatment or procedure gone: Sorafenib"),
        ("outcomes", None, {"measure": "Survival", "kind": "PRIMARY"}, "Main outcome added: Survival"),
        ("outcomes", {"measure": "Pain", "kind": "SECONDARY"}, None, "Secondary outcome gone: Pain"),
        ("collaborators", None, {"name": "NCI"}, "Collaborator added: NCI"),
        (
            "links",
            None,
            {"label": "", "url": "https://x.example/", "kind": "SEE_ALSO"},
            "Link or document added: https://x.example/",
        ),
        ("contacts", None, None, "The contact details changed"),
        ("registry_state", "listed", "gone", "The registry no longer has the record: its number was withdrawn"),
        ("registry_state", "gone", "listed", "The record came back: the registry's search returns it again"),
        ("brief_title", "A study", "A new study", "Title: reworded"),
        ("detailed_description", "", "Words.", "Detailed description: added"),
        ("detailed_description", "Words.", "", "Detailed description: taken off the record"),
        (
            "eligibility_criteria",
            "* a\n* b",
            "1. a\n2. b",
            "Eligibility criteria (who can join): only spacing or numbering changed",
        ),
    ],
)
def test_elements(field: str, old: Any, new: Any, words: str) -> None:
    assert said(field, old, new) == words


def test_contact_data_are_never_repeated() -> None:
    line = change_line("contacts", {"name": "Nurse", "phone": "+1"}, {"name": "Doctor", "phone": "+2"}, Effort())
    assert plain_words(line.said) == "The contact details changed"
    assert (line.detail, line.note, line.difference) == ((), (), None)


def test_texts_beyond_the_budget_are_only_named() -> None:
    line = change_line("eligibility_criteria", "* a" * 1000, "* b" * 1000, Effort(characters=100))
    assert line.difference is None
    assert "too long to compare here" in plain_words(line.said)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["date", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from([*LABELS, "a_field_of_tomorrow"]), JSON, JSON)
def test_rows_of_any_form_have_words(field: str, old: Any, new: Any) -> None:
    assert said(field, old, new)


def test_published_text_is_kept_apart_and_can_say_anything() -> None:
    made = phrase("The site in %(city)s opened (%(kind)s)", city=published("100%% \ue0001\ue001 &lt;b&gt;"), kind="50%")
    assert made[1] == Part("100%% \ue0001\ue001 <b>", "published")
    assert plain_words(made) == "The site in 100%% \ue0001\ue001 <b> opened (50%)"
