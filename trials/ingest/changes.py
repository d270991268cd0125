"""What differs between two records of one trial, and the rows that keep it. Never changes a record.

Every data element is compared but for those that say nothing about the trial: days of posting, terms that the
registry derives, and our own notes. A part of a list is named by what a reader knows it by.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils import timezone

from trials.models import RecordVersion, TrialChange
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.registry.record import DateStruct, Organization, Site, TrialRecord
from trials.registry.values import parse_partial_date

CONTACTS = "contacts"
_SILENT = {
    "nct_id",
    "last_update_submit_date",
    "last_update_post_date",
    "registry_date",
    "mesh_terms",
    "unknown_terms",
    "std_ages",  # follows from the ages
}
_NAMED: dict[str, Callable[[Any], dict[str, Any]]] = {
    "sites": lambda site: {"facility": site.facility, "city": site.city, "country": site.country},
    "arms": lambda arm: {"label": arm.label},
    "interventions": lambda intervention: {"name": intervention.name, "type": intervention.type},
    "outcomes": lambda outcome: {"measure": outcome.measure, "kind": outcome.kind},
    "identifiers": lambda identifier: {"id": identifier.id, "type": identifier.type},
    "collaborators": lambda organization: {"name": organization.name},
    "references": lambda reference: {"citation": reference.citation, "pmid": reference.pmid},
    "links": lambda link: {"label": link.label, "url": link.url, "kind": link.kind},
}
_PEOPLE = {"central_contacts", "officials"}


@dataclass(frozen=True, slots=True)
class Change:
    """old and new are JSON values; for a part of a list an object that names it, None where it is added or gone."""

    field: str
    old: Any
    new: Any


def compare(old: TrialRecord, new: TrialRecord) -> list[Change]:
    """The differences in the order of the record's elements; contacts last, as one."""
    found: list[Change] = []
    for name in (field.name for field in fields(TrialRecord)):
        before, after = getattr(old, name), getattr(new, name)
        if name in _SILENT or name in _PEOPLE or before == after:
            continue
        if name in _NAMED:
            found += _parts(name, before, after)
        else:
            found.append(Change(name, _plain(before), _plain(after)))
    if _people(old) != _people(new):
        found.append(Change(CONTACTS, None, None))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, DateStruct):
        return {"date": value.text, "type": value.type}
    if isinstance(value, Organization):
        return value.name
    return list(value) if isinstance(value, tuple) else value


def _parts(name: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    """Parts that came, went or changed. Twins of one name are told apart by their order."""
    old, new = _by_name(name, before), _by_name(name, after)
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            yield Change(name, was and _described(name, was), now and _described(name, now))
        elif was != now:
            yield Change(name, _described(name, was), _described(name, now))


def _by_name(name: str, parts: Iterable[Any]) -> dict[tuple[object, ...], Any]:
    seen: Counter[tuple[object, ...]] = Counter()
    found = {}
    for part in parts:
        key = tuple(_NAMED[name](part).values())
        found[*key, seen[key]] = replace(part, contacts=()) if isinstance(part, Site) else part
        seen[key] += 1
    return found


def _described(name: str, part: Any) -> dict[str, Any]:
    described = _NAMED[name](part)
    return described | {"status": part.status} if isinstance(part, Site) else described


def _people(record: TrialRecord) -> tuple[object, ...]:
    at_sites = [(site.facility, site.city, contact) for site in record.sites for contact in site.contacts]
    return record.central_contacts, record.officials, at_sites


def note_changes(before: RecordVersion, record: TrialRecord, version: RecordVersion, run_id: int | None) -> None:
    """Keeps what the new record changes. Nothing if a new parser refuses the record that stood before."""
    try:
        old = parse_record(json.loads(before.raw))
    except RecordError:
        return
    update = parse_partial_date(record.last_update_post_date.text)
    changed_on = update.first_day if update else timezone.now().date()
    TrialChange.objects.bulk_create(
        TrialChange(
            trial_id=record.nct_id,
            field=change.field,
            old=change.old,
            new=change.new,
            changed_on=changed_on,
            record_version=version,
            run_id=run_id,
        )
        for change in compare(old, record)
    )
