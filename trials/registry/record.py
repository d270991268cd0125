"""A registry record as typed, frozen values.

Names are ClinicalTrials.gov's data elements in snake_case; values are as published. An absent text is "", an absent
list (), an absent number or yes/no None. Never touches JSON paths (that is `trials.registry.parser`) or the database.

Texts that evidence points into (titles, summary, criteria, conditions, keywords, arms, interventions) are exactly as
published but for what PostgreSQL cannot hold (NUL, lone surrogates); names of people and places are also trimmed and
in Unicode's NFC, so that they can be compared.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateStruct:
    """A date as published: text is yyyy, yyyy-MM or yyyy-MM-dd; type is ACTUAL, ESTIMATED or ""."""

    text: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier beside the NCT number: type as published (CTIS, ...), ORG_STUDY_ID for the sponsor's own."""

    id: str
    type: str = ""
    domain: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Arm:
    label: str
    type: str = ""
    description: str = ""
    intervention_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    name: str
    type: str = ""
    description: str = ""
    other_names: tuple[str, ...] = ()
    arm_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    role: str = ""
    phone: str = ""
    phone_ext: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One location. country is as published; country_code is ISO 3166-1 alpha-2, "" where the name is not known."""

    facility: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    country_code: str = ""
    status: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    name: str
    affiliation: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind is PRIMARY, SECONDARY or OTHER."""

    kind: str
    measure: str
    description: str = ""
    time_frame: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """A sponsor or collaborator with its class as published (INDUSTRY, NIH, OTHER, ...)."""

    name: str
    agency_class: str = ""


@dataclass(frozen=True, slots=True)
class MeshTerm:
    """axis is CONDITION or INTERVENTION; is_ancestor tells the tree above a term from the term itself."""

    axis: str
    mesh_id: str
    term: str
    is_ancestor: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """retraction_pmids name the notices by which the publication was taken back."""

    citation: str
    pmid: str = ""
    type: str = ""
    retraction_pmids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """kind is SEE_ALSO, AVAILABLE_IPD or DOCUMENT; url is http(s) or ""."""

    kind: str
    label: str = ""
    url: str = ""
    identifier: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """One record of the registry. Source: ClinicalTrials.gov API v2 (data elements of 2.0.5)."""

    nct_id: str
    nct_id_aliases: tuple[str, ...] = ()

    # Identification
    brief_title: str = ""
    official_title: str = ""
    acronym: str = ""
    organization: Organization = Organization("")
    identifiers: tuple[Identifier, ...] = ()

    # Status
    overall_status: str = ""
    last_known_status: str = ""
    why_stopped: str = ""
    status_verified_date: str = ""
    start_date: DateStruct = DateStruct()
    primary_completion_date: DateStruct = DateStruct()
    completion_date: DateStruct = DateStruct()
    study_first_submit_date: str = ""
    study_first_post_date: DateStruct = DateStruct()
    last_update_submit_date: str = ""
    last_update_post_date: DateStruct = DateStruct()
    results_first_submit_date: str = ""
    results_first_post_date: DateStruct = DateStruct()
    has_expanded_access: bool | None = None
    expanded_access_nct_id: str = ""

    # Sponsors
    lead_sponsor: Organization = Organization("")
    collaborators: tuple[Organization, ...] = ()
    responsible_party_type: str = ""
    responsible_party_name: str = ""
    responsible_party_title: str = ""
    responsible_party_affiliation: str = ""

    # Oversight
    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_us_export: bool | None = None

    # Description
    brief_summary: str = ""
    detailed_description: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh_terms: tuple[MeshTerm, ...] = ()

    # Design
    study_type: str = ""
    phases: tuple[str, ...] = ()
    allocation: str = ""
    intervention_model: str = ""
    intervention_model_description: str = ""
    observational_model: str = ""
    time_perspective: str = ""
    primary_purpose: str = ""
    masking: str = ""
    masking_description: str = ""
    who_masked: tuple[str, ...] = ()
    patient_registry: bool | None = None
    target_duration: str = ""
    bio_spec_retention: str = ""
    bio_spec_description: str = ""
    expanded_access_types: tuple[str, ...] = ()
    enrollment_count: int | None = None
    enrollment_type: str = ""

    # Arms, interventions, outcomes
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    # Eligibility
    eligibility_criteria: str = ""
    healthy_volunteers: bool | None = None
    sex: str = ""
    gender_based: bool | None = None
    gender_description: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    std_ages: tuple[str, ...] = ()
    study_population: str = ""
    sampling_method: str = ""

    # Contacts and locations
    central_contacts: tuple[Contact, ...] = ()
    officials: tuple[Official, ...] = ()
    sites: tuple[Site, ...] = ()
    removed_countries: tuple[str, ...] = ()

    # Data sharing, references, results
    ipd_sharing: str = ""
    ipd_description: str = ""
    ipd_info_types: tuple[str, ...] = ()
    ipd_time_frame: str = ""
    ipd_access_criteria: str = ""
    ipd_url: str = ""
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    has_results: bool = False

    registry_date: str = ""  # derivedSection.miscInfoModule.versionHolder: the day of the registry's own data

    # Terms that the parser met and does not know, as "field=VALUE": kept as published, counted for staff
    unknown_terms: tuple[str, ...] = ()
