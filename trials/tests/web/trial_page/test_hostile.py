"""Texts that try to be markup, links that try to be scripts, and records that are almost empty."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from trials.models import EligibilityFact
from trials.tests.builders import load_trial, raw_record
from trials.tests.fixtures.records import ALICE, ZHEJIANG
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.web.trial_page.pages import page_of, tags_of, visit

pytestmark = pytest.mark.django_db
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% csrf_token %}",
    "\\<script\\>alert(1)\\</script\\>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</details></section><h1>I <3 HCC",
)
STRANGE = "\u202eevil\u202c \u200b x\u0301 ≥⩾≤ µμ ×⁹ \xa0 😀 \u0000 سرطان الكبد 肝癌 \ufeff"
# what decides which words are shown, or how the record is found: not a text that a sponsor types
_KEYS = {"nctId", "nctIdAliases", "overallStatus", "studyType"}


def poisoned(node: Any, attack: str, key: str = "") -> Any:
    """The record with the attack in every text but those that name the trial."""
    if isinstance(node, dict):
        return {name: poisoned(value, attack, name) for name, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, attack, key) for value in node]
    if isinstance(node, str) and key not in _KEYS:
        return attack
    return node


def full_record() -> dict[str, Any]:
    """A record with every text field that the page shows."""
    record = fixture(ZHEJIANG)
    protocol = record["protocolSection"]
    protocol["identificationModule"] |= {
        "acronym": "A",
        "orgStudyIdInfo": {"id": "o", "type": "t", "link": "https://example.org"},
        "secondaryIdInfos": [{"id": "s", "type": "OTHER", "domain": "d", "link": "https://example.org"}],
        "organization": {"fullName": "o", "class": "OTHER"},
    }
    protocol["statusModule"] |= {
        "whyStopped": "w",
        "lastKnownStatus": "l",
        "expandedAccessInfo": {"hasExpandedAccess": True},
    }
    protocol["sponsorCollaboratorsModule"] |= {
        "collaborators": [{"name": "c", "class": "OTHER"}],
        "responsibleParty": {
            "type": "t",
            "investigatorFullName": "i",
            "investigatorTitle": "t",
            "investigatorAffiliation": "a",
        },
    }
    design = protocol["designModule"]
    design |= {"targetDuration": "t", "bioSpec": {"retention": "r", "description": "d"}, "patientRegistry": True}
    design["designInfo"] |= {"interventionModelDescription": "m", "observationalModel": "o", "timePerspective": "t"}
    design["designInfo"]["maskingInfo"]["maskingDescription"] = "d"
    protocol["armsInterventionsModule"]["interventions"][0]["otherNames"] = ["n"]
    protocol["outcomesModule"]["otherOutcomes"] = [{"measure": "m", "timeFrame": "t", "description": "d"}]
    protocol["eligibilityModule"] |= {
        "genderBased": True,
        "genderDescription": "g",
        "studyPopulation": "s",
        "samplingMethod": "s",
    }
    protocol["contactsLocationsModule"]["centralContacts"][0]["phoneExt"] = "e"
    protocol["contactsLocationsModule"]["locations"][0]["zip"] = "z"
    protocol["ipdSharingStatementModule"] |= {"infoTypes": ["i"], "timeFrame": "t", "accessCriteria": "a", "url": "u"}
    protocol["referencesModule"] = {
        "references": [{"citation": "c", "pmid": "p", "type": "t"}],
        "seeAlsoLinks": [{"label": "l", "url": "u"}],
        "availIpds": [{"id": "i", "type": "t", "url": "u", "comment": "c"}],
    }
    record["documentSection"] = {"largeDocumentModule": {"largeDocs": [{"label": "l", "date": "d", "filename": "f"}]}}
    record["derivedSection"]["miscInfoModule"]["removedCountries"] = ["r"]
    return record


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(client: Client, attack: str) -> None:
    plain = tags_of(page_of(client, poisoned(full_record(), "words")).html)
    page = page_of(client, poisoned(full_record(), attack))
    tags = tags_of(page.html)
    assert {tag for tag, _ in tags} <= {tag for tag, _ in plain} | {"li", "ul"}
    assert sum(tag == "script" for tag, _ in tags) == sum(tag == "script" for tag, _ in plain)
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
    for _, attributes in tags:
        for name in ("href", "src", "action"):
            assert (attributes.get(name) or "/").startswith(
                (
                    "/",
                    "#",
                    "http://testserver/",  # its own, in every language
                    "https://clinicaltrials.gov/",
                    "https://cdn.clinicaltrials.gov/",
                )
            )


def test_attacks_through_stored_facts_are_words_too(client: Client) -> None:
    load_trial(raw_record(title=ATTACKS[0], criteria=f"* {ATTACKS[1]} Child-Pugh A"))
    EligibilityFact.objects.filter(name="bclc").update(
        status="stated",
        value=["<script>"],
        evidence=[
            {"field": "brief_title", "start": 0, "end": len(ATTACKS[0]), "quote": ATTACKS[0]},
            {"field": "eligibility_criteria", "start": 2, "end": 20, "quote": ATTACKS[1][:18]},
            {"field": "<script>[1]", "start": 0, "end": 3, "quote": "<b>"},
        ],
    )
    page = visit(client, "/trials/NCT01234567/")
    assert "<script>alert" not in page.html
    assert "<img" not in page.html
    assert "<script>" in page.fact("bclc")


def test_strange_letters_are_shown(client: Client) -> None:
    page = page_of(client, poisoned(full_record(), STRANGE))
    assert "سرطان الكبد 肝癌" in page.words
    assert "\x00" not in page.html


def modules(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for section in ("protocolSection", "derivedSection"):
        for module in record[section]:
            if module != "identificationModule":
                yield section, module


def test_every_module_may_be_empty_or_missing(client: Client) -> None:
    whole = full_record()
    for section, module in modules(whole):
        empty: tuple[object, ...] = ({}, None)
        for value in empty:
            record = json.loads(json.dumps(whole))
            record[section][module] = value
            page_of(client, record)


def test_a_record_of_a_number_alone_has_no_empty_part(client: Client) -> None:
    page = page_of(client, {"protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}})
    assert [part for part in ("about", "arms", "criteria", "sites", "outcomes", "reading") if page.has_part(part)] == []
    assert "The record gives no contact. Ask your doctor or look at the registry record." in page.said("contact")
    assert "NCT01234567" in page.head
    assert "Status not stated" in page.head
    for nothing in ("None,", ", ,", "()", "undefined", "1970", "Not reported"):
        assert nothing not in page.words


@pytest.mark.parametrize("nct_id", [ALICE, ZHEJIANG])
def test_no_heading_stands_over_nothing(client: Client, nct_id: str) -> None:
    html = page_of(client, fixture(nct_id)).html
    for empty in ("<ul></ul>", "<dl></dl>", "<dd></dd>", "<p></p>", "<h4></h4>", "<li></li>"):
        assert empty not in "".join(html.split("\n")).replace("> <", "><")
