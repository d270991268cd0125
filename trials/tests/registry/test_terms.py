"""Values outside the vocabulary: kept as published, and named so that staff can count them."""

import dataclasses

import pytest

from trials.registry.parser import parse_record
from trials.registry.record import (
    Arm,
    Contact,
    DateStruct,
    Identifier,
    Intervention,
    Official,
    Organization,
    Reference,
    Site,
    TrialRecord,
)
from trials.registry.terms import unknown_terms
from trials.tests.builders import intervention, raw_record, site
from trials.vocabulary.registry_terms import TERMS

NEW = "BRAND_NEW"
OURS = {"outcome_kind", "expanded_access_type"}  # made by the parser from the registry's keys, so never unknown

# One record for every data element that carries a term, with a value that the registry might add tomorrow.
RECORDS: dict[str, dict[str, object]] = {
    **{element: {element: NEW} for element in TERMS.keys() & {field.name for field in dataclasses.fields(TrialRecord)}},
    "phase": {"phases": ("PHASE1", NEW)},
    "age_group": {"std_ages": (NEW,)},
    "who_masked": {"who_masked": (NEW,)},
    "ipd_info_type": {"ipd_info_types": (NEW,)},
    "identifier_type": {"identifiers": (Identifier("1", NEW),)},
    "arm_group_type": {"arms": (Arm("A", NEW),)},
    "intervention_type": {"interventions": (Intervention("A", NEW),)},
    "agency_class": {"lead_sponsor": Organization("A", NEW)},
    "site_status": {"sites": (Site(status=NEW),)},
    "official_role": {"officials": (Official("A", role=NEW),)},
    "contact_role": {"sites": (Site(contacts=(Contact("A", NEW),)),)},
    "reference_type": {"references": (Reference("A", type=NEW),)},
    "date_type": {"completion_date": DateStruct("2024", NEW)},
}


@pytest.mark.parametrize("element", sorted(TERMS.keys() - OURS))
def test_every_enumeration_is_watched(element: str) -> None:
    """F-17: an enumeration added to the vocabulary has to be watched too."""
    record = TrialRecord("NCT01234567", **RECORDS[element])  # type: ignore[arg-type]  # as in the table above
    assert unknown_terms(record) == (f"{element}={NEW}",)


@pytest.mark.parametrize(
    "fields",
    [
        {"organization": Organization("A", NEW)},
        {"collaborators": (Organization("A"), Organization("B", NEW))},
        {"central_contacts": (Contact("A", "CONTACT"), Contact("B", NEW))},
        *({f"{name}_date": DateStruct("2024", NEW)} for name in ("start", "primary_completion", "last_update_post")),
    ],
)
def test_every_place_of_a_term_is_watched(fields: dict[str, object]) -> None:
    [term] = unknown_terms(TrialRecord("NCT01234567", **fields))  # type: ignore[arg-type]
    assert term.endswith(f"={NEW}")


def test_unknown_values_are_kept_and_named_once() -> None:
    """F-17, F-23."""
    sites = [site("X", "Atlantis", status=NEW), site("Y", "Atlantis", status="RECRUITING"), site("Lyon", "France")]
    record = parse_record(
        raw_record(status=NEW, phases=["PHASE2", "PHASE5"], interventions=[intervention("x", type=NEW)], sites=sites)
    )
    assert record.unknown_terms == (
        "country=Atlantis",
        f"intervention_type={NEW}",
        f"overall_status={NEW}",
        "phase=PHASE5",
        f"site_status={NEW}",
    )
    assert record.overall_status == NEW
    assert record.phases == ("PHASE2", "PHASE5")
    assert record.interventions[0].type == NEW
    assert [(one.country, one.country_code, one.status) for one in record.sites] == [
        ("Atlantis", "", NEW),
        ("Atlantis", "", "RECRUITING"),
        ("France", "FR", ""),
    ]


def test_known_and_absent_values_are_not_named() -> None:
    record = parse_record(raw_record(status="RECRUITING", phases=["NA"], sites=[site("Lyon", "France", status=" ")]))
    assert record.unknown_terms == ()
    assert unknown_terms(TrialRecord("NCT01234567")) == ()
