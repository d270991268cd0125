"""The modules of a record as fields of `TrialRecord`: identification, status, sponsors, design, eligibility and others.

A part of the parser, which alone knows JSON paths. Never touches the database.
"""

from trials.registry.errors import RecordError
from trials.registry.node import Node
from trials.registry.parser.parts import contacts, identifiers, mesh, organization, site
from trials.registry.record import Arm, DateStruct, Intervention, Official
from trials.registry.values import parse_enrollment, parse_nct_id, safe_url
from trials.vocabulary.registry_terms import MeshAxis

Fields = dict[str, object]


def identification(node: Node) -> Fields:
    published = node.text("nctId")
    nct_id = parse_nct_id(published)
    if nct_id is None:
        found = f"found {published[:40]!r}" if published.strip() else "it is missing"
        raise RecordError(f"{node.path}.nctId: expected NCT and eight digits, {found}")
    aliases = (parse_nct_id(alias) for alias in node.texts("nctIdAliases"))
    return {
        "nct_id": nct_id,
        "nct_id_aliases": tuple(alias for alias in aliases if alias and alias != nct_id),
        "brief_title": node.text("briefTitle"),
        "official_title": node.text("officialTitle"),
        "acronym": node.name("acronym"),
        "organization": organization(node.child("organization"), "fullName"),
        "identifiers": tuple(identifiers(node)),
    }


def _date(node: Node, key: str) -> DateStruct:
    struct = node.child(key)
    return DateStruct(struct.text("date").strip(), struct.name("type"))


def status_fields(node: Node) -> Fields:
    access = node.child("expandedAccessInfo")
    return {
        "overall_status": node.name("overallStatus"),
        "last_known_status": node.name("lastKnownStatus"),
        "why_stopped": node.text("whyStopped"),
        "status_verified_date": node.text("statusVerifiedDate").strip(),
        "start_date": _date(node, "startDateStruct"),
        "primary_completion_date": _date(node, "primaryCompletionDateStruct"),
        "completion_date": _date(node, "completionDateStruct"),
        "study_first_submit_date": node.text("studyFirstSubmitDate").strip(),
        "study_first_post_date": _date(node, "studyFirstPostDateStruct"),
        "last_update_submit_date": node.text("lastUpdateSubmitDate").strip(),
        "last_update_post_date": _date(node, "lastUpdatePostDateStruct"),
        "results_first_submit_date": node.text("resultsFirstSubmitDate").strip(),
        "results_first_post_date": _date(node, "resultsFirstPostDateStruct"),
        "has_expanded_access": access.flag("hasExpandedAccess"),
        "expanded_access_nct_id": parse_nct_id(access.text("nctId")) or "",
    }


def sponsors(node: Node) -> Fields:
    party = node.child("responsibleParty")
    return {
        "lead_sponsor": organization(node.child("leadSponsor"), "name"),
        "collaborators": tuple(organization(one, "name") for one in node.children("collaborators") if one.name("name")),
        "responsible_party_type": party.name("type"),
        "responsible_party_name": party.name("investigatorFullName") or party.name("oldNameTitle"),
        "responsible_party_title": party.name("investigatorTitle"),
        "responsible_party_affiliation": party.name("investigatorAffiliation") or party.name("oldOrganization"),
    }


def oversight(node: Node) -> Fields:
    return {
        "oversight_has_dmc": node.flag("oversightHasDmc"),
        "is_fda_regulated_drug": node.flag("isFdaRegulatedDrug"),
        "is_fda_regulated_device": node.flag("isFdaRegulatedDevice"),
        "is_unapproved_device": node.flag("isUnapprovedDevice"),
        "is_us_export": node.flag("isUsExport"),
    }


def description(protocol: Node, derived: Node) -> Fields:
    texts = protocol.child("descriptionModule")
    conditions = protocol.child("conditionsModule")
    terms = [
        *mesh(derived.child("conditionBrowseModule"), MeshAxis.CONDITION),
        *mesh(derived.child("interventionBrowseModule"), MeshAxis.INTERVENTION),
    ]
    return {
        "brief_summary": texts.text("briefSummary"),
        "detailed_description": texts.text("detailedDescription"),
        "conditions": conditions.texts("conditions"),
        "keywords": conditions.texts("keywords"),
        "mesh_terms": tuple(terms),
    }


def design(node: Node, overall_status: str) -> Fields:
    info = node.child("designInfo")
    masking = info.child("maskingInfo")
    enrollment = node.child("enrollmentInfo")
    access_types = node.child("expandedAccessTypes")
    return {
        "study_type": node.name("studyType"),
        "phases": node.names("phases"),
        "allocation": info.name("allocation"),
        "intervention_model": info.name("interventionModel"),
        "intervention_model_description": info.text("interventionModelDescription"),
        "observational_model": info.name("observationalModel"),
        "time_perspective": info.name("timePerspective"),
        "primary_purpose": info.name("primaryPurpose"),
        "masking": masking.name("masking"),
        "masking_description": masking.text("maskingDescription"),
        "who_masked": masking.names("whoMasked"),
        "patient_registry": node.flag("patientRegistry"),
        "target_duration": node.name("targetDuration"),
        "bio_spec_retention": node.child("bioSpec").name("retention"),
        "bio_spec_description": node.child("bioSpec").text("description"),
        "expanded_access_types": tuple(
            kind for kind in ("individual", "intermediate", "treatment") if access_types.flag(kind)
        ),
        "enrollment_count": parse_enrollment(enrollment.count("count"), overall_status),
        "enrollment_type": enrollment.name("type"),
    }


def arms(node: Node) -> Fields:
    groups = [
        Arm(arm.text("label"), arm.name("type"), arm.text("description"), arm.texts("interventionNames"))
        for arm in node.children("armGroups")
    ]
    interventions = [
        Intervention(
            item.text("name"),
            item.name("type"),
            item.text("description"),
            item.texts("otherNames"),
            item.texts("armGroupLabels"),
        )
        for item in node.children("interventions")
    ]
    return {"arms": tuple(groups), "interventions": tuple(interventions)}


def eligibility(node: Node) -> Fields:
    return {
        "eligibility_criteria": node.text("eligibilityCriteria"),
        "healthy_volunteers": node.flag("healthyVolunteers"),
        "sex": node.name("sex"),
        "gender_based": node.flag("genderBased"),
        "gender_description": node.text("genderDescription"),
        "minimum_age": node.name("minimumAge"),
        "maximum_age": node.name("maximumAge"),
        "std_ages": node.names("stdAges"),
        "study_population": node.text("studyPopulation"),
        "sampling_method": node.name("samplingMethod"),
    }


def contacts_locations(node: Node) -> Fields:
    officials = (
        Official(item.name("name"), item.name("affiliation"), item.name("role"))
        for item in node.children("overallOfficials")
    )
    return {
        "central_contacts": tuple(contacts(node, "centralContacts")),
        "officials": tuple(one for one in officials if one.name or one.affiliation),
        "sites": tuple(site(item) for item in node.children("locations")),
    }


def sharing(node: Node) -> Fields:
    return {
        "ipd_sharing": node.name("ipdSharing"),
        "ipd_description": node.text("description"),
        "ipd_info_types": node.names("infoTypes"),
        "ipd_time_frame": node.text("timeFrame"),
        "ipd_access_criteria": node.text("accessCriteria"),
        "ipd_url": safe_url(node.text("url")),
    }
