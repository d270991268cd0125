"""The registry's enumerations against its own OpenAPI description, and words for every value."""

from pathlib import Path

import pytest

from trials.tests.fixtures.openapi import read_schemas
from trials.vocabulary.registry_terms import (
    NOT_STATED,
    ORG_STUDY_ID,
    TERMS,
    DateType,
    LinkKind,
    MeshAxis,
    OutcomeKind,
    OverallStatus,
    StudyType,
    is_known,
    words,
)

SCHEMAS = {  # data element: the registry's name of its enumeration
    "overall_status": "Status",
    "last_known_status": "Status",
    "site_status": "RecruitmentStatus",
    "phase": "Phase",
    "study_type": "StudyType",
    "intervention_type": "InterventionType",
    "sex": "Sex",
    "age_group": "StandardAge",
    "agency_class": "AgencyClass",
    "arm_group_type": "ArmGroupType",
    "date_type": "DateType",
    "enrollment_type": "EnrollmentType",
    "allocation": "DesignAllocation",
    "intervention_model": "InterventionalAssignment",
    "primary_purpose": "PrimaryPurpose",
    "masking": "DesignMasking",
    "who_masked": "WhoMasked",
    "observational_model": "ObservationalModel",
    "time_perspective": "DesignTimePerspective",
    "sampling_method": "SamplingMethod",
    "bio_spec_retention": "BioSpecRetention",
    "contact_role": "ContactRole",
    "official_role": "ContactRole",  # the registry's OfficialRole without CONTACT; old records use it all the same
    "responsible_party_type": "ResponsiblePartyType",
    "ipd_sharing": "IpdSharing",
    "ipd_info_type": "IpdSharingInfoType",
    "reference_type": "ReferenceType",
}
OURS = {
    "identifier_type": ("OrgStudyIdType", "SecondaryIdType"),  # and our own ORG_STUDY_ID
    "outcome_kind": (),
    "expanded_access_type": (),
}


@pytest.fixture(scope="module")
def enumerations(shared: Path) -> dict[str, list[str]]:
    schemas = read_schemas(shared / "registry-api" / "openapi-2.0.5.yaml")
    return {name: schema.values for name, schema in schemas.items() if schema.values}


@pytest.mark.parametrize("element", sorted(SCHEMAS))
def test_values_are_those_of_the_registry(element: str, enumerations: dict[str, list[str]]) -> None:
    assert set(TERMS[element]) == set(enumerations[SCHEMAS[element]])


def test_identifier_types_are_both_of_the_registrys_lists_and_ours(enumerations: dict[str, list[str]]) -> None:
    both = {value for name in OURS["identifier_type"] for value in enumerations[name]}
    assert set(TERMS["identifier_type"]) == both | {ORG_STUDY_ID}
    assert ORG_STUDY_ID not in both


def test_classes_hold_the_same_values(enumerations: dict[str, list[str]]) -> None:
    assert set(OverallStatus) == set(enumerations["Status"])
    assert set(StudyType) == set(enumerations["StudyType"])
    assert set(DateType) == set(enumerations["DateType"])
    assert set(OutcomeKind) == set(TERMS["outcome_kind"])


def test_every_element_is_compared() -> None:
    assert set(TERMS) == set(SCHEMAS) | set(OURS)


@pytest.mark.parametrize("element", sorted(TERMS))
def test_every_value_has_words_of_its_own(element: str) -> None:
    shown = [words(element, value) for value in TERMS[element]]
    assert len(set(shown)) == len(shown)
    assert not [text for text in shown if text != text.strip() or not text or text in TERMS[element]]


def test_values_of_tomorrow_are_shown_as_published() -> None:
    """F-17."""
    assert words("phase", "PHASE5") == "PHASE5"
    assert not is_known("phase", "PHASE5")
    assert not is_known("phase", "phase1")
    assert is_known("phase", "NA")


def test_not_stated_is_no_value_of_the_registry() -> None:
    assert not [element for element, values in TERMS.items() if NOT_STATED in values]


def test_closed_statuses_are_not_called_recruiting() -> None:
    """F-37, F-38: only one status says so in plain words."""
    said = {value for value, text in TERMS["overall_status"].items() if "recruiting" in text.lower()}
    assert said == {"RECRUITING", "NOT_YET_RECRUITING"}
    assert words("overall_status", "NOT_YET_RECRUITING").lower().startswith("not yet")


def test_kinds_of_ours_are_told_apart() -> None:
    assert len(set(LinkKind)) == 3
    assert len(set(MeshAxis)) == 2
