"""Raw records of the registry (API v2) for tests, and the real road that brings them into the store.

`raw_record(phases=["PHASE3"], sites=[site("Lyon", "France")])` holds an identifier, a title and what was asked for.
Plain functions; a fresh record at every call, so that a test may change what it was given. Never writes rows itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_data
from trials.models import Trial
from trials.registry.parser import nct_id_of

Raw = dict[str, Any]
NCT_ID = "NCT01234567"


def _given(**values: object) -> Raw:
    """The values that are not None."""
    return {key: value for key, value in values.items() if value is not None}


def _module(module: Raw) -> Raw | None:
    return module or None


def raw_record(
    nct_id: str = NCT_ID,
    *,
    title: str | None = "A trial",
    status: str | None = None,
    summary: str | None = None,
    conditions: Sequence[str] | None = None,
    study_type: str | None = None,
    phases: Sequence[str] | None = None,
    enrollment: int | None = None,
    start: str | None = None,
    completion: str | None = None,
    updated: str | None = None,
    sponsor: str | None = None,
    sponsor_class: str | None = None,
    arms: Sequence[Raw] | None = None,
    interventions: Sequence[Raw] | None = None,
    criteria: str | None = None,
    sex: str | None = None,
    minimum_age: str | None = None,
    maximum_age: str | None = None,
    ages: Sequence[str] | None = None,
    contacts: Sequence[Raw] | None = None,
    sites: Sequence[Raw] | None = None,
    **modules: object,
) -> Raw:
    """A raw record. Modules that nothing was asked of are absent, as in real ones.

    modules are whole modules of the protocol section under the registry's names, such as designModule={...}: they
    take the place of what the other arguments made; None takes a module away.
    """
    lead = _given(name=sponsor, **{"class": sponsor_class})
    protocol = _given(
        identificationModule=_given(nctId=nct_id, briefTitle=title),
        statusModule=_module(_status(status, start=start, completion=completion, updated=updated)),
        sponsorCollaboratorsModule={"leadSponsor": lead} if lead else None,
        descriptionModule=_module(_given(briefSummary=summary)),
        conditionsModule=_module(_given(conditions=conditions)),
        designModule=_module(
            _given(studyType=study_type, phases=phases, enrollmentInfo=_module(_given(count=enrollment)))
        ),
        armsInterventionsModule=_module(_given(armGroups=arms, interventions=interventions)),
        eligibilityModule=_module(
            _given(eligibilityCriteria=criteria, sex=sex, minimumAge=minimum_age, maximumAge=maximum_age, stdAges=ages)
        ),
        contactsLocationsModule=_module(_given(centralContacts=contacts, locations=sites)),
    )
    return {"protocolSection": _given(**{**protocol, **modules})}


def _status(status: str | None, **days: str | None) -> Raw:
    keys = {"start": "startDateStruct", "completion": "completionDateStruct", "updated": "lastUpdatePostDateStruct"}
    dates = {keys[name]: {"date": day} for name, day in days.items() if day is not None}
    return {**_given(overallStatus=status), **dates}


def site(
    city: str | None = None,
    country: str | None = None,
    *,
    facility: str | None = None,
    status: str | None = None,
    point: tuple[float, float] | None = None,
    contacts: Sequence[Raw] | None = None,
) -> Raw:
    """One location; point is (latitude, longitude)."""
    place = {"lat": point[0], "lon": point[1]} if point else None
    return _given(facility=facility, status=status, city=city, country=country, geoPoint=place, contacts=contacts)


def contact(name: str, *, role: str = "CONTACT", phone: str | None = None, email: str | None = None) -> Raw:
    return _given(name=name, role=role, phone=phone, email=email)


def arm(label: str, *interventions: str, type: str | None = None, description: str | None = None) -> Raw:
    """One arm; interventions as the registry writes them there ("Drug: sorafenib")."""
    names = list(interventions) or None
    return _given(label=label, type=type, description=description, interventionNames=names)


def intervention(name: str, *arms: str, type: str | None = "DRUG", other_names: Sequence[str] | None = None) -> Raw:
    """One intervention; arms are the labels of the arms that get it."""
    return _given(type=type, name=name, otherNames=other_names, armGroupLabels=list(arms) or None)


def load(*records: Mapping[str, object]) -> list[LoadResult]:
    """Loads records as the commands do and says what happened to each."""
    return [load_document(document_from_data(record, "a test")) for record in records]


def load_trial(record: Mapping[str, object] | None = None) -> Trial:
    """The trial of a record that has to load, a plain one if none is given."""
    record = raw_record() if record is None else record
    [result] = load(record)
    assert result is not LoadResult.QUARANTINED
    return Trial.objects.get(nct_id=nct_id_of(record))
