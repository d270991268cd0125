"""Raw records for the admin's tests, loaded by the road that every record takes."""

from typing import Any

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_data

Raw = dict[str, Any]
NASTY = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def nct(number: int) -> str:
    return f"NCT{number:08d}"


def load(data: object) -> LoadResult:
    return load_document(document_from_data(data, "admin tests"))


def bare(number: int) -> Raw:
    """A record in which every module but the number is missing."""
    return {"protocolSection": {"identificationModule": {"nctId": nct(number)}}}


def record(number: int, **modules: Raw) -> Raw:
    """A usual record; modules replace its own whole modules."""
    section: Raw = {
        "identificationModule": {
            "nctId": nct(number),
            "orgStudyIdInfo": {"id": f"SPONSOR-{number}"},
            "secondaryIdInfos": [
                {"id": f"2024-{number:06d}", "type": "EUDRACT_NUMBER", "link": "https://example.org/"}
            ],
            "briefTitle": f"Lenvatinib in Hepatocellular Carcinoma, Study {number}",
            "officialTitle": f"A Randomised Trial of Lenvatinib, Number {number}",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "lastUpdatePostDateStruct": {"date": "2025-03-01", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": f"Hospital {number}", "class": "OTHER"},
            "collaborators": [{"name": "A Collaborator", "class": "INDUSTRY"}],
        },
        "descriptionModule": {"briefSummary": "Asks whether it helps."},
        "conditionsModule": {"conditions": ["Hepatocellular Carcinoma"], "keywords": ["liver"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2", "PHASE3"]},
        "armsInterventionsModule": {
            "armGroups": [{"label": "Treated", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Lenvatinib"]}],
            "interventions": [{"type": "DRUG", "name": "Lenvatinib", "armGroupLabels": ["Treated"]}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "Overall survival", "timeFrame": "2 years"}]},
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Hepatocellular carcinoma\n* Child-Pugh class A",
            "sex": "ALL",
            "minimumAge": "18 Years",
        },
        "contactsLocationsModule": {
            "centralContacts": [{"name": "Trial office", "role": "CONTACT", "phone": "555-0100"}],
            "overallOfficials": [{"name": "An Official", "role": "STUDY_CHAIR", "affiliation": "A University"}],
            "locations": sites(3),
        },
        "referencesModule": {
            "references": [{"citation": "A paper", "pmid": "1"}],
            "seeAlsoLinks": [{"label": "The study's site", "url": "https://example.org/study"}],
        },
    }
    derived = {"conditionBrowseModule": {"meshes": [{"id": "D006528", "term": "Carcinoma, Hepatocellular"}]}}
    return {"protocolSection": section | modules, "derivedSection": derived}


def sites(number: int, country: str = "France") -> list[Raw]:
    """Sites with two contacts each."""
    return [
        {
            "facility": f"Clinic {place}",
            "city": "Rennes",
            "country": country,
            "status": "RECRUITING",
            "contacts": [{"name": f"Nurse {place} {which}", "email": "nurse@example.org"} for which in "ab"],
        }
        for place in range(number)
    ]


def nasty(number: int) -> Raw:
    """A record with mark-up in every text that may hold any."""
    return record(
        number,
        identificationModule={
            "nctId": nct(number),
            "briefTitle": NASTY,
            "officialTitle": NASTY,
            "acronym": NASTY,
            "secondaryIdInfos": [{"id": NASTY, "type": NASTY, "domain": NASTY, "link": "javascript:alert(1)"}],
        },
        statusModule={"overallStatus": NASTY, "whyStopped": NASTY},
        sponsorCollaboratorsModule={"leadSponsor": {"name": NASTY}, "collaborators": [{"name": NASTY}]},
        descriptionModule={"briefSummary": NASTY, "detailedDescription": NASTY},
        conditionsModule={"conditions": [NASTY], "keywords": [NASTY]},
        designModule={"phases": [NASTY], "studyType": NASTY},
        armsInterventionsModule={
            "armGroups": [{"label": NASTY, "type": NASTY, "interventionNames": [f"Drug: {NASTY}"]}],
            "interventions": [{"type": "DRUG", "name": NASTY, "otherNames": [NASTY]}],
        },
        outcomesModule={"primaryOutcomes": [{"measure": NASTY, "timeFrame": NASTY}]},
        eligibilityModule={"eligibilityCriteria": f"Inclusion Criteria:\n\n* Child-Pugh class A {NASTY}"},
        contactsLocationsModule={
            "centralContacts": [{"name": NASTY, "email": NASTY}],
            "overallOfficials": [{"name": NASTY, "affiliation": NASTY}],
            "locations": [{"facility": NASTY, "city": NASTY, "country": NASTY}],
        },
        referencesModule={"references": [{"citation": NASTY}], "seeAlsoLinks": [{"label": NASTY, "url": NASTY}]},
    )
