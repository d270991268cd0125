"""ClinicalTrials.gov API v2 JSON to `TrialRecord`: the only package that knows JSON paths.

Source of the paths: the registry's OpenAPI description 2.0.5. Missing modules are gaps, not errors; a value of the
wrong type is a `RecordError`. Never touches the database.
"""

from collections.abc import Mapping
from dataclasses import replace

from trials.registry.errors import RecordError
from trials.registry.node import Node
from trials.registry.parser.modules import (
    Fields,
    arms,
    contacts_locations,
    description,
    design,
    eligibility,
    identification,
    oversight,
    sharing,
    sponsors,
    status_fields,
)
from trials.registry.parser.parts import links, outcomes, references
from trials.registry.record import TrialRecord
from trials.registry.terms import unknown_terms
from trials.registry.values import parse_nct_id

PARSER_VERSION = 1  # raise it when the same raw record would give another TrialRecord


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
        **identification(protocol.child("identificationModule")),
        **status_fields(status),
        **sponsors(protocol.child("sponsorCollaboratorsModule")),
        **oversight(protocol.child("oversightModule")),
        **description(protocol, derived),
        **design(protocol.child("designModule"), status.text("overallStatus").strip()),
        **arms(protocol.child("armsInterventionsModule")),
        "outcomes": tuple(outcomes(protocol.child("outcomesModule"))),
        **eligibility(protocol.child("eligibilityModule")),
        **contacts_locations(protocol.child("contactsLocationsModule")),
        **sharing(protocol.child("ipdSharingStatementModule")),
        "has_results": bool(root.flag("hasResults")),
        "removed_countries": derived.child("miscInfoModule").names("removedCountries"),
        "registry_date": derived.child("miscInfoModule").text("versionHolder").strip(),
    }
    fields["references"] = tuple(references(protocol.child("referencesModule")))
    fields["links"] = tuple(links(protocol, root.child("documentSection"), str(fields["nct_id"])))
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
