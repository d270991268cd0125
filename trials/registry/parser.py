"""ClinicalTrials.gov API v2 JSON to `TrialRecord`: the only file that knows JSON paths.

Source of the paths: the registry's OpenAPI description 2.0.5. Missing modules are gaps, not errors; a value of the
wrong type is a `RecordError`. Never touches the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from trials.registry.errors import RecordError
from trials.registry.node import Node
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
from trials.registry.terms import unknown_terms
from trials.registry.values import parse_coordinates, parse_enrollment, parse_nct_id, safe_url
from trials.vocabulary.countries import country_code
from trials.vocabulary.registry_terms import ORG_STUDY_ID, LinkKind, MeshAxis, OutcomeKind

PARSER_VERSION = 1  # raise it when the same raw record would give another TrialRecord

_DOCUMENTS_URL = "https://cdn.clinicaltrials.gov/large-docs"
Fields = dict[str, object]


def without_stamp(raw: object) -> object:
    """The record without the day of the registry's data, which is another one every day though nothing has changed."""
    derived = raw.get("derivedSection") if isinstance(raw, Mapping) else None
    about = derived.get("miscInfoModule") if isinstance(derived, Mapping) else None
    if not isinstance(raw, Mapping) or not isinstance(derived, Mapping) or not isinstance(about, Mapping):
        return raw
    kept = {key: value for key, value in about.items() if key != "versionHolder"}
    return {**raw, "derivedSection": {**derived, "miscInfoModule": kept}}


def parse_record(raw: object) -> TrialRecord:
    """The record as typed values.

    Raises RecordError if raw is not an object, has no NCT number, or holds a value of an unexpected type.
    """
    if not isinstance(raw, Mapping):
        raise RecordError(f"expected an object, found {type(raw).__name__}")
    root = Node(raw)
    protocol = root.child("protocolSection")
    derived = root.child("derivedSection")
    status = protocol.child("statusModule")
    fields: Fields = {
        **_identification(protocol.child("identificationModule")),
        **_status(status),
        **_sponsors(protocol.child("sponsorCollaboratorsModule")),
        **_oversight(protocol.child("oversightModule")),
        **_description(protocol, derived),
        **_design(protocol.child("designModule"), status.text("overallStatus").strip()),
        **_arms(protocol.child("armsInterventionsModule")),
        "outcomes": tuple(_outcomes(protocol.child("outcomesModule"))),
        **_eligibility(protocol.child("eligibilityModule")),
        **_contacts_locations(protocol.child("contactsLocationsModule")),
        **_sharing(protocol.child("ipdSharingStatementModule")),
        "has_results": bool(root.flag("hasResults")),
        "removed_countries": derived.child("miscInfoModule").names("removedCountries"),
        "registry_date": derived.child("miscInfoModule").text("versionHolder").strip(),
    }
    fields["references"] = tuple(_references(protocol.child("referencesModule")))
    fields["links"] = tuple(_links(protocol, root.child("documentSection"), str(fields["nct_id"])))
    record = TrialRecord(**fields)  # type: ignore[arg-type]  # the functions below give the types that it declares
    return replace(record, unknown_terms=unknown_terms(record))


def nct_id_of(raw: object) -> str:
    """The NCT number of a raw record, "" where there is none: to name a record that cannot be parsed."""
    try:
        node = Node(raw if isinstance(raw, Mapping) else {})
        text = node.child("protocolSection").child("identificationModule").text("nctId")
    except RecordError:
        return ""
    return parse_nct_id(text) or ""


def _identification(node: Node) -> Fields:
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
        "organization": _organization(node.child("organization"), "fullName"),
        "identifiers": tuple(_identifiers(node)),
    }


def _identifiers(node: Node) -> Iterator[Identifier]:
    org = node.child("orgStudyIdInfo")
    if own := org.name("id"):
        yield Identifier(own, org.name("type") or ORG_STUDY_ID, "", safe_url(org.text("link")))
    for info in node.children("secondaryIdInfos"):
        if other := info.name("id"):
            yield Identifier(other, info.name("type"), info.name("domain"), safe_url(info.text("link")))


def _organization(node: Node, name_key: str) -> Organization:
    return Organization(node.name(name_key), node.name("class"))


def _date(node: Node, key: str) -> DateStruct:
    struct = node.child(key)
    return DateStruct(struct.text("date").strip(), struct.name("type"))


def _status(node: Node) -> Fields:
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


def _sponsors(node: Node) -> Fields:
    party = node.child("responsibleParty")
    return {
        "lead_sponsor": _organization(node.child("leadSponsor"), "name"),
        "collaborators": tuple(
            _organization(one, "name") for one in node.children("collaborators") if one.name("name")
        ),
        "responsible_party_type": party.name("type"),
        "responsible_party_name": party.name("investigatorFullName") or party.name("oldNameTitle"),
        "responsible_party_title": party.name("investigatorTitle"),
        "responsible_party_affiliation": party.name("investigatorAffiliation") or party.name("oldOrganization"),
    }


def _oversight(node: Node) -> Fields:
    return {
        "oversight_has_dmc": node.flag("oversightHasDmc"),
        "is_fda_regulated_drug": node.flag("isFdaRegulatedDrug"),
        "is_fda_regulated_device": node.flag("isFdaRegulatedDevice"),
        "is_unapproved_device": node.flag("isUnapprovedDevice"),
        "is_us_export": node.flag("isUsExport"),
    }


def _description(protocol: Node, derived: Node) -> Fields:
    description = protocol.child("descriptionModule")
    conditions = protocol.child("conditionsModule")
    mesh = [
        *_mesh(derived.child("conditionBrowseModule"), MeshAxis.CONDITION),
        *_mesh(derived.child("interventionBrowseModule"), MeshAxis.INTERVENTION),
    ]
    return {
        "brief_summary": description.text("briefSummary"),
        "detailed_description": description.text("detailedDescription"),
        "conditions": conditions.texts("conditions"),
        "keywords": conditions.texts("keywords"),
        "mesh_terms": tuple(mesh),
    }


def _mesh(node: Node, axis: MeshAxis) -> Iterator[MeshTerm]:
    for key, is_ancestor in (("meshes", False), ("ancestors", True)):
        for item in node.children(key):
            if term := item.name("term"):
                yield MeshTerm(axis, item.name("id"), term, is_ancestor)


def _design(node: Node, overall_status: str) -> Fields:
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


def _arms(node: Node) -> Fields:
    arms = [
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
    return {"arms": tuple(arms), "interventions": tuple(interventions)}


def _outcomes(node: Node) -> Iterator[Outcome]:
    lists = (
        ("primaryOutcomes", OutcomeKind.PRIMARY),
        ("secondaryOutcomes", OutcomeKind.SECONDARY),
        ("otherOutcomes", OutcomeKind.OTHER),
    )
    for key, kind in lists:
        for item in node.children(key):
            yield Outcome(kind, item.text("measure"), item.text("description"), item.text("timeFrame"))


def _eligibility(node: Node) -> Fields:
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


def _contacts_locations(node: Node) -> Fields:
    officials = (
        Official(item.name("name"), item.name("affiliation"), item.name("role"))
        for item in node.children("overallOfficials")
    )
    return {
        "central_contacts": tuple(_contacts(node, "centralContacts")),
        "officials": tuple(one for one in officials if one.name or one.affiliation),
        "sites": tuple(_site(item) for item in node.children("locations")),
    }


def _contacts(node: Node, key: str) -> Iterator[Contact]:
    for item in node.children(key):
        contact = Contact(
            item.name("name"), item.name("role"), item.name("phone"), item.name("phoneExt"), item.name("email")
        )
        if contact.name or contact.phone or contact.email:
            yield contact


def _site(node: Node) -> Site:
    point = node.child("geoPoint")
    latitude, longitude = parse_coordinates(point.number("lat"), point.number("lon")) or (None, None)
    country = node.name("country")
    return Site(
        facility=node.name("facility"),
        city=node.name("city"),
        state=node.name("state"),
        zip=node.name("zip"),
        country=country,
        country_code=country_code(country),
        status=node.name("status"),
        latitude=latitude,
        longitude=longitude,
        contacts=tuple(_contacts(node, "contacts")),
    )


def _sharing(node: Node) -> Fields:
    return {
        "ipd_sharing": node.name("ipdSharing"),
        "ipd_description": node.text("description"),
        "ipd_info_types": node.names("infoTypes"),
        "ipd_time_frame": node.text("timeFrame"),
        "ipd_access_criteria": node.text("accessCriteria"),
        "ipd_url": safe_url(node.text("url")),
    }


def _references(node: Node) -> Iterator[Reference]:
    for item in node.children("references"):
        if citation := item.text("citation"):
            retractions = tuple(notice.name("pmid") or notice.name("source") for notice in item.children("retractions"))
            yield Reference(citation, item.name("pmid"), item.name("type"), retractions)


def _links(protocol: Node, documents: Node, nct_id: str) -> Iterator[Link]:
    references = protocol.child("referencesModule")
    for item in references.children("seeAlsoLinks"):
        yield Link(LinkKind.SEE_ALSO, item.name("label"), safe_url(item.text("url")))
    for item in references.children("availIpds"):
        url = safe_url(item.text("url"))
        yield Link(LinkKind.AVAILABLE_IPD, item.name("type"), url, item.name("id"), item.text("comment"))
    for item in documents.child("largeDocumentModule").children("largeDocs"):
        filename = item.name("filename")
        url = safe_url(f"{_DOCUMENTS_URL}/{nct_id[-2:]}/{nct_id}/{quote(filename)}") if filename else ""
        yield Link(LinkKind.DOCUMENT, item.name("label"), url, item.name("date"))
