"""Where each value of a `TrialRecord` comes from: every text of this record is its own path, so none can be swapped."""

from typing import Any

import pytest

from trials.registry.parser import nct_id_of, parse_record
from trials.registry.record import (
    Arm,
    Contact,
    DateStruct,
    Identifier,
    Intervention,
    Link,
    MeshTerm,
    Official,
    Organization,
    Outcome,
    Reference,
    Site,
    TrialRecord,
)
from trials.tests.builders import raw_record


def _texts(prefix: str, *keys: str) -> dict[str, Any]:
    return {key: f"{prefix}.{key}" for key in keys}


STATUS = ("overallStatus", "lastKnownStatus", "whyStopped", "statusVerifiedDate")
SUBMITTED = ("studyFirstSubmitDate", "lastUpdateSubmitDate", "resultsFirstSubmitDate")
STRUCTS = ("start", "primaryCompletion", "completion", "studyFirstPost", "lastUpdatePost", "resultsFirstPost")
OVERSIGHT = ("oversightHasDmc", "isFdaRegulatedDrug", "isFdaRegulatedDevice", "isUnapprovedDevice", "isUsExport")
ELIGIBILITY = ("eligibilityCriteria", "sex", "genderDescription", "minimumAge", "maximumAge", "studyPopulation")
CONTACT = ("name", "role", "phone", "phoneExt", "email")

PROTOCOL: dict[str, Any] = {
    "identificationModule": {
        "nctId": "NCT01234567",
        "nctIdAliases": ["NCT00000001", "nonsense", "NCT01234567"],
        **_texts("id", "briefTitle", "officialTitle", "acronym"),
        "organization": _texts("org", "fullName", "class"),
        "orgStudyIdInfo": {"id": "own", "link": "https://own.example.org"},
        "secondaryIdInfos": [_texts("other", "id", "type", "domain", "link"), {"type": "without id"}],
    },
    "statusModule": {
        **_texts("status", *STATUS, *SUBMITTED),
        **{f"{name}DateStruct": _texts(name, "date", "type") for name in STRUCTS},
        "expandedAccessInfo": {"hasExpandedAccess": True, "nctId": "NCT00000002"},
    },
    "sponsorCollaboratorsModule": {
        "leadSponsor": _texts("lead", "name", "class"),
        "collaborators": [_texts("collaborator", "name", "class")],
        "responsibleParty": _texts(
            "party", "type", "investigatorFullName", "investigatorTitle", "investigatorAffiliation"
        ),
    },
    "oversightModule": {key: number % 2 == 0 for number, key in enumerate(OVERSIGHT)},
    "descriptionModule": _texts("about", "briefSummary", "detailedDescription"),
    "conditionsModule": {"conditions": ["c1", "c2"], "keywords": ["k1"]},
    "designModule": {
        "studyType": "type",
        "phases": ["PHASE1", "PHASE2"],
        "designInfo": {
            **_texts("design", "allocation", "interventionModel", "interventionModelDescription", "primaryPurpose"),
            **_texts("design", "observationalModel", "timePerspective"),
            "maskingInfo": {**_texts("masking", "masking", "maskingDescription"), "whoMasked": ["w1", "w2"]},
        },
        "patientRegistry": "Yes",
        "targetDuration": "2 Years",
        "bioSpec": _texts("bio", "retention", "description"),
        "expandedAccessTypes": {"treatment": True, "individual": True, "intermediate": False},
        "enrollmentInfo": {"count": 42, "type": "ACTUAL"},
    },
    "armsInterventionsModule": {
        "armGroups": [{**_texts("arm", "label", "type", "description"), "interventionNames": ["Drug: d"]}],
        "interventions": [
            {**_texts("item", "name", "type", "description"), "otherNames": ["o1"], "armGroupLabels": ["arm.label"]}
        ],
    },
    "outcomesModule": {
        f"{kind}Outcomes": [_texts(kind, "measure", "description", "timeFrame")]
        for kind in ("primary", "secondary", "other")
    },
    "eligibilityModule": {
        **_texts("who", *ELIGIBILITY, "samplingMethod"),
        "healthyVolunteers": False,
        "genderBased": True,
        "stdAges": ["ADULT", "OLDER_ADULT"],
    },
    "contactsLocationsModule": {
        "centralContacts": [_texts("central", *CONTACT)],
        "overallOfficials": [_texts("official", "name", "affiliation", "role")],
        "locations": [
            {
                **_texts("site", "facility", "city", "state", "zip", "status"),
                "country": "France",
                "geoPoint": {"lat": 45.75, "lon": 4.85},
                "contacts": [_texts("local", *CONTACT)],
            }
        ],
    },
    "ipdSharingStatementModule": {
        **_texts("ipd", "ipdSharing", "description", "timeFrame", "accessCriteria"),
        "infoTypes": ["SAP"],
        "url": "https://ipd.example.org",
    },
    "referencesModule": {
        "references": [_texts("reference", "citation", "pmid", "type"), {"pmid": "without citation"}],
        "seeAlsoLinks": [{"label": "see", "url": "https://see.example.org"}],
        "availIpds": [{**_texts("avail", "id", "type", "comment"), "url": "https://avail.example.org"}],
    },
}
RAW: dict[str, Any] = {
    "protocolSection": PROTOCOL,
    "derivedSection": {
        "miscInfoModule": {"versionHolder": "2025-02-01", "removedCountries": ["Spain"]},
        "conditionBrowseModule": {
            "meshes": [_texts("mesh", "id", "term")],
            "ancestors": [_texts("above", "id", "term")],
        },
        "interventionBrowseModule": {"meshes": [{"term": "drug"}]},
    },
    "documentSection": {
        "largeDocumentModule": {"largeDocs": [{"label": "Protocol", "date": "2024-01-02", "filename": "Prot_000.pdf"}]}
    },
    "hasResults": True,
}


def _dated(name: str) -> DateStruct:
    return DateStruct(f"{name}.date", f"{name}.type")


EXPECTED = TrialRecord(
    nct_id="NCT01234567",
    nct_id_aliases=("NCT00000001",),
    brief_title="id.briefTitle",
    official_title="id.officialTitle",
    acronym="id.acronym",
    organization=Organization("org.fullName", "org.class"),
    identifiers=(
        Identifier("own", "ORG_STUDY_ID", "", "https://own.example.org"),
        Identifier("other.id", "other.type", "other.domain", ""),
    ),
    overall_status="status.overallStatus",
    last_known_status="status.lastKnownStatus",
    why_stopped="status.whyStopped",
    status_verified_date="status.statusVerifiedDate",
    start_date=_dated("start"),
    primary_completion_date=_dated("primaryCompletion"),
    completion_date=_dated("completion"),
    study_first_submit_date="status.studyFirstSubmitDate",
    study_first_post_date=_dated("studyFirstPost"),
    last_update_submit_date="status.lastUpdateSubmitDate",
    last_update_post_date=_dated("lastUpdatePost"),
    results_first_submit_date="status.resultsFirstSubmitDate",
    results_first_post_date=_dated("resultsFirstPost"),
    has_expanded_access=True,
    expanded_access_nct_id="NCT00000002",
    lead_sponsor=Organization("lead.name", "lead.class"),
    collaborators=(Organization("collaborator.name", "collaborator.class"),),
    responsible_party_type="party.type",
    responsible_party_name="party.investigatorFullName",
    responsible_party_title="party.investigatorTitle",
    responsible_party_affiliation="party.investigatorAffiliation",
    oversight_has_dmc=True,
    is_fda_regulated_drug=False,
    is_fda_regulated_device=True,
    is_unapproved_device=False,
    is_us_export=True,
    brief_summary="about.briefSummary",
    detailed_description="about.detailedDescription",
    conditions=("c1", "c2"),
    keywords=("k1",),
    mesh_terms=(
        MeshTerm("CONDITION", "mesh.id", "mesh.term"),
        MeshTerm("CONDITION", "above.id", "above.term", True),
        MeshTerm("INTERVENTION", "", "drug"),
    ),
    study_type="type",
    phases=("PHASE1", "PHASE2"),
    allocation="design.allocation",
    intervention_model="design.interventionModel",
    intervention_model_description="design.interventionModelDescription",
    observational_model="design.observationalModel",
    time_perspective="design.timePerspective",
    primary_purpose="design.primaryPurpose",
    masking="masking.masking",
    masking_description="masking.maskingDescription",
    who_masked=("w1", "w2"),
    patient_registry=True,
    target_duration="2 Years",
    bio_spec_retention="bio.retention",
    bio_spec_description="bio.description",
    expanded_access_types=("individual", "treatment"),
    enrollment_count=42,
    enrollment_type="ACTUAL",
    arms=(Arm("arm.label", "arm.type", "arm.description", ("Drug: d",)),),
    interventions=(Intervention("item.name", "item.type", "item.description", ("o1",), ("arm.label",)),),
    outcomes=tuple(
        Outcome(kind.upper(), f"{kind}.measure", f"{kind}.description", f"{kind}.timeFrame")
        for kind in ("primary", "secondary", "other")
    ),
    eligibility_criteria="who.eligibilityCriteria",
    healthy_volunteers=False,
    sex="who.sex",
    gender_based=True,
    gender_description="who.genderDescription",
    minimum_age="who.minimumAge",
    maximum_age="who.maximumAge",
    std_ages=("ADULT", "OLDER_ADULT"),
    study_population="who.studyPopulation",
    sampling_method="who.samplingMethod",
    central_contacts=(Contact(*(f"central.{key}" for key in CONTACT)),),
    officials=(Official("official.name", "official.affiliation", "official.role"),),
    sites=(
        Site(
            "site.facility",
            "site.city",
            "site.state",
            "site.zip",
            country="France",
            country_code="FR",
            status="site.status",
            latitude=45.75,
            longitude=4.85,
            contacts=(Contact(*(f"local.{key}" for key in CONTACT)),),
        ),
    ),
    removed_countries=("Spain",),
    ipd_sharing="ipd.ipdSharing",
    ipd_description="ipd.description",
    ipd_info_types=("SAP",),
    ipd_time_frame="ipd.timeFrame",
    ipd_access_criteria="ipd.accessCriteria",
    ipd_url="https://ipd.example.org",
    references=(Reference("reference.citation", "reference.pmid", "reference.type"),),
    links=(
        Link("SEE_ALSO", "see", "https://see.example.org"),
        Link("AVAILABLE_IPD", "avail.type", "https://avail.example.org", "avail.id", "avail.comment"),
        Link(
            "DOCUMENT",
            "Protocol",
            "https://cdn.clinicaltrials.gov/large-docs/67/NCT01234567/Prot_000.pdf",
            "2024-01-02",
        ),
    ),
    has_results=True,
    registry_date="2025-02-01",
)


@pytest.mark.parametrize("field", [name for name in TrialRecord.__slots__ if name != "unknown_terms"])
def test_every_value_comes_from_its_own_path(field: str) -> None:
    assert getattr(parse_record(RAW), field) == getattr(EXPECTED, field)


def test_no_field_of_the_example_is_empty() -> None:
    """So that a new field of the record needs a value above."""
    default = TrialRecord("NCT00000000")
    assert [name for name in TrialRecord.__slots__ if getattr(EXPECTED, name) == getattr(default, name)] == [
        "unknown_terms"
    ]


def test_parties_of_old_records() -> None:
    party = {"oldNameTitle": "Somebody", "oldOrganization": "Somewhere"}
    record = parse_record(raw_record(sponsorCollaboratorsModule={"responsibleParty": party}))
    assert (record.responsible_party_name, record.responsible_party_affiliation) == ("Somebody", "Somewhere")


@pytest.mark.parametrize("raw", [None, [], "NCT01234567", {}, {"protocolSection": []}, raw_record("NCT1")])
def test_a_record_without_number_has_no_name(raw: object) -> None:
    assert nct_id_of(raw) == ""


def test_a_record_that_cannot_be_parsed_still_has_a_name() -> None:
    assert nct_id_of(raw_record("nct00000003", designModule=[])) == "NCT00000003"
