"""The shape of a whole trial: the registry's data elements under their names, as published, and its parts.

Left out on purpose, see `NOT_GIVEN`: what serves our own search, and people. Names, telephone numbers and e-mail
addresses of contacts, officials and investigators stand on the trial's page alone, where those who look for a trial
find them and those who collect addresses have to go one by one. Shapes alone.
"""

from datetime import date

from pydantic import BaseModel, Field

from trials.api.fact_schemas import Fact
from trials.api.part_schemas import (
    Arm,
    Collaborator,
    ContactPoint,
    Identifier,
    Intervention,
    Link,
    MeshTerm,
    Official,
    Outcome,
    Reference,
    Site,
)

NOT_GIVEN = {
    "responsible_party_name": "a person",
    "responsible_party_title": "a person's",
    "search_terms": "for our search alone",
    "search_places": "for our search alone",
    "search_vector": "for our search alone",
    "computed_start_day": "made from start_date",
    "computed_primary_completion_day": "made from primary_completion_date",
    "computed_completion_day": "made from completion_date",
    "computed_verified_day": "made from status_verified_date",
    "computed_last_update_day": "made from last_update_post_date",
    "unknown_terms": "for staff",
    "record_version": "for staff",
    "parser_version": "for staff",
    "reader_version": "for staff",
    "first_loaded_at": "of our store, not of the trial",
    "loaded_at": "of our store, not of the trial",
}


class WholeTrial(BaseModel):
    """One record. Texts are as published and may hold the registry's Markdown; "" and null are what it leaves out."""

    nct_id: str
    nct_id_aliases: list[str]
    brief_title: str
    official_title: str
    acronym: str
    organization_name: str
    organization_class: str
    overall_status: str
    last_known_status: str
    why_stopped: str
    status_verified_date: str
    start_date: str
    start_date_type: str
    primary_completion_date: str
    primary_completion_date_type: str
    completion_date: str
    completion_date_type: str
    study_first_submit_date: str
    study_first_post_date: str
    study_first_post_date_type: str
    last_update_submit_date: str
    last_update_post_date: str
    last_update_post_date_type: str
    results_first_submit_date: str
    results_first_post_date: str
    results_first_post_date_type: str
    has_expanded_access: bool | None
    expanded_access_nct_id: str
    lead_sponsor_name: str
    lead_sponsor_class: str
    responsible_party_type: str
    responsible_party_affiliation: str
    oversight_has_dmc: bool | None
    is_fda_regulated_drug: bool | None
    is_fda_regulated_device: bool | None
    is_unapproved_device: bool | None
    is_us_export: bool | None
    brief_summary: str
    detailed_description: str
    conditions: list[str]
    keywords: list[str]
    study_type: str
    phases: list[str]
    allocation: str
    intervention_model: str
    intervention_model_description: str
    observational_model: str
    time_perspective: str
    primary_purpose: str
    masking: str
    masking_description: str
    who_masked: list[str]
    patient_registry: bool | None
    target_duration: str
    bio_spec_retention: str
    bio_spec_description: str
    expanded_access_types: list[str]
    enrollment_count: int | None
    enrollment_type: str
    eligibility_criteria: str
    healthy_volunteers: bool | None
    sex: str
    gender_based: bool | None
    gender_description: str
    minimum_age: str
    maximum_age: str
    minimum_age_years: float | None = Field(description="Made from minimum_age.")
    maximum_age_years: float | None = Field(description="Made from maximum_age.")
    std_ages: list[str]
    study_population: str
    sampling_method: str
    ipd_sharing: str
    ipd_description: str
    ipd_info_types: list[str]
    ipd_time_frame: str
    ipd_access_criteria: str
    ipd_url: str
    has_results: bool
    removed_countries: list[str]
    registry_date: str = Field(description="The day of the registry's data, as published.")
    registry_state: str = Field(
        description="How the trial stands to the registry: listed, not_returned, renamed or gone."
    )
    registry_state_since: date | None

    arms: list[Arm]
    interventions: list[Intervention]
    sites: list[Site]
    contacts: list[ContactPoint] = Field(
        description="Central contacts without names: how to reach them is on the page."
    )
    officials: list[Official]
    outcomes: list[Outcome]
    identifiers: list[Identifier]
    collaborators: list[Collaborator]
    mesh_terms: list[MeshTerm]
    references: list[Reference]
    links: list[Link]
    facts: dict[str, Fact]

    countries: list[str] = Field(description="ISO 3166-1 alpha-2 codes of the countries with a site.")
    url: str = Field(description="The page for people.")
    history_url: str = Field(description="What changed in the record, and when: a page for people.")
    source_url: str = Field(description="The record at ClinicalTrials.gov.")
    data_version: str
