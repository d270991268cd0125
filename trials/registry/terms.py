"""Finds values of a record that the vocabulary does not know: a registry that changes is noticed, nothing is dropped.

Pure; never changes a record.
"""

from collections.abc import Iterator

from trials.registry.record import DateStruct, TrialRecord
from trials.vocabulary.registry_terms import is_known


def unknown_terms(record: TrialRecord) -> tuple[str, ...]:
    """Sorted "element=VALUE" for values outside the vocabulary, and "country=NAME" for countries without a code."""
    found = {f"{element}={value}" for element, value in _terms(record) if value and not is_known(element, value)}
    found |= {f"country={site.country}" for site in record.sites if site.country and not site.country_code}
    return tuple(sorted(found))


def _dates(record: TrialRecord) -> tuple[DateStruct, ...]:
    return (
        record.start_date,
        record.primary_completion_date,
        record.completion_date,
        record.study_first_post_date,
        record.last_update_post_date,
        record.results_first_post_date,
    )


def _terms(record: TrialRecord) -> Iterator[tuple[str, str]]:
    for element in (
        "overall_status",
        "last_known_status",
        "study_type",
        "sex",
        "allocation",
        "intervention_model",
        "observational_model",
        "time_perspective",
        "primary_purpose",
        "masking",
        "sampling_method",
        "bio_spec_retention",
        "responsible_party_type",
        "ipd_sharing",
        "enrollment_type",
    ):
        yield element, getattr(record, element)
    yield from (("phase", value) for value in record.phases)
    yield from (("age_group", value) for value in record.std_ages)
    yield from (("who_masked", value) for value in record.who_masked)
    yield from (("ipd_info_type", value) for value in record.ipd_info_types)
    yield from (("identifier_type", item.type) for item in record.identifiers)
    yield from (("arm_group_type", arm.type) for arm in record.arms)
    yield from (("intervention_type", item.type) for item in record.interventions)
    organizations = (record.organization, record.lead_sponsor, *record.collaborators)
    yield from (("agency_class", item.agency_class) for item in organizations)
    yield from (("date_type", item.type) for item in _dates(record))
    yield from (("site_status", site.status) for site in record.sites)
    yield from (("official_role", item.role) for item in record.officials)
    yield from (("reference_type", item.type) for item in record.references)
    for contact in (*record.central_contacts, *(one for site in record.sites for one in site.contacts)):
        yield "contact_role", contact.role
