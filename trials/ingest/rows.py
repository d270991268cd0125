"""A `TrialRecord` as column values of the store. Pure: never touches the database."""

from collections.abc import Iterable
from datetime import date

from trials.registry.record import Contact, Organization, TrialRecord
from trials.registry.values import age_in_years, parse_partial_date
from trials.vocabulary.countries import country_name

Row = dict[str, object]

_SAME_NAME = (
    "brief_title official_title acronym overall_status last_known_status why_stopped status_verified_date "
    "study_first_submit_date last_update_submit_date results_first_submit_date has_expanded_access "
    "expanded_access_nct_id responsible_party_type responsible_party_name responsible_party_title "
    "responsible_party_affiliation oversight_has_dmc is_fda_regulated_drug is_fda_regulated_device "
    "is_unapproved_device is_us_export brief_summary detailed_description study_type allocation intervention_model "
    "intervention_model_description observational_model time_perspective primary_purpose masking masking_description "
    "patient_registry target_duration bio_spec_retention bio_spec_description enrollment_count enrollment_type "
    "eligibility_criteria healthy_volunteers sex gender_based gender_description minimum_age maximum_age "
    "study_population sampling_method ipd_sharing ipd_description ipd_time_frame ipd_access_criteria ipd_url "
    "has_results registry_date"
).split()
_LISTS = (
    "nct_id_aliases conditions keywords phases who_masked expanded_access_types std_ages ipd_info_types "
    "removed_countries unknown_terms"
).split()
_DATES = (
    "start_date primary_completion_date completion_date study_first_post_date last_update_post_date "
    "results_first_post_date"
).split()


def trial_values(record: TrialRecord) -> Row:
    """The columns of `Trial` but for its key, versions and time stamps."""
    row: Row = {name: getattr(record, name) for name in _SAME_NAME}
    row |= {name: list(getattr(record, name)) for name in _LISTS}
    for name in _DATES:
        struct = getattr(record, name)
        row |= {name: struct.text, f"{name}_type": struct.type}
    return row | {
        "organization_name": record.organization.name,
        "organization_class": record.organization.agency_class,
        "lead_sponsor_name": record.lead_sponsor.name,
        "lead_sponsor_class": record.lead_sponsor.agency_class,
        "minimum_age_years": age_in_years(record.minimum_age),
        "maximum_age_years": age_in_years(record.maximum_age),
        "computed_start_day": _first_day(record.start_date.text),
        "computed_primary_completion_day": _last_day(record.primary_completion_date.text),
        "computed_completion_day": _last_day(record.completion_date.text),
        "computed_verified_day": _last_day(record.status_verified_date),
        "computed_last_update_day": _first_day(record.last_update_post_date.text or record.last_update_submit_date),
        "search_terms": _lines(_search_terms(record)),
        "search_places": _lines(_search_places(record)),
    }


def _first_day(text: str) -> date | None:
    day = parse_partial_date(text)
    return day.first_day if day else None


def _last_day(text: str) -> date | None:
    day = parse_partial_date(text)
    return day.last_day if day else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _search_terms(record: TrialRecord) -> Iterable[str]:
    yield record.nct_id
    yield from record.nct_id_aliases
    yield record.acronym
    yield from (item.id for item in record.identifiers)
    yield from record.conditions
    yield from record.keywords
    yield from (term.term for term in record.mesh_terms if not term.is_ancestor)
    for item in record.interventions:
        yield item.name
        yield from item.other_names
    yield from (arm.label for arm in record.arms)
    yield from (organization.name for organization in (record.lead_sponsor, *record.collaborators))


def _search_places(record: TrialRecord) -> Iterable[str]:
    for site in record.sites:
        yield from (site.facility, site.city, site.state, site.country)
        if site.country_code:
            yield country_name(site.country_code)


def arm_rows(record: TrialRecord) -> list[Row]:
    return [{"label": arm.label, "type": arm.type, "description": arm.description} for arm in record.arms]


def intervention_rows(record: TrialRecord) -> list[Row]:
    return [
        {"type": item.type, "name": item.name, "description": item.description, "other_names": list(item.other_names)}
        for item in record.interventions
    ]


def site_rows(record: TrialRecord) -> list[Row]:
    names = ("facility", "city", "state", "zip", "country", "country_code", "status", "latitude", "longitude")
    return [{name: getattr(site, name) for name in names} for site in record.sites]


def contact_row(contact: Contact, site_id: int | None) -> Row:
    names = ("name", "role", "phone", "phone_ext", "email")
    return {"site_id": site_id, **{name: getattr(contact, name) for name in names}}


def _collaborator(organization: Organization) -> Row:
    return {"name": organization.name, "agency_class": organization.agency_class}


def detail_rows(record: TrialRecord) -> dict[str, list[Row]]:
    """Rows of the parts that stand alone, by the name of their model."""
    return {
        "Official": [{"name": one.name, "affiliation": one.affiliation, "role": one.role} for one in record.officials],
        "Outcome": [
            {
                "kind": one.kind,
                "measure": one.measure,
                "description": one.description,
                "time_frame": one.time_frame,
            }
            for one in record.outcomes
        ],
        "Identifier": [
            {"identifier": one.id, "type": one.type, "domain": one.domain, "link": one.link}
            for one in record.identifiers
        ],
        "Collaborator": [_collaborator(one) for one in record.collaborators],
        "MeshTerm": [
            {"axis": one.axis, "mesh_id": one.mesh_id, "term": one.term, "is_ancestor": one.is_ancestor}
            for one in record.mesh_terms
        ],
        "Reference": [
            {
                "citation": one.citation,
                "pmid": one.pmid,
                "type": one.type,
                "retraction_pmids": list(one.retraction_pmids),
            }
            for one in record.references
        ],
        "Link": [
            {
                "kind": one.kind,
                "label": one.label,
                "url": one.url,
                "identifier": one.identifier,
                "comment": one.comment,
            }
            for one in record.links
        ],
    }
