"""Loads one raw record: keeps it, parses it, compares it with what stands, writes what differs, reads its facts.

One transaction a record. A record that cannot be parsed or stored goes to quarantine with its reason and leaves what
stands as it was. Never renders, never reads files.
"""

import logging
from enum import StrEnum

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from trials.eligibility import read_all
from trials.ingest.changes import note_changes
from trials.ingest.facts import READER_VERSION, write_facts
from trials.ingest.lab_limits import write_lab_limits
from trials.ingest.locks import lock_trial
from trials.ingest.parts import sync_parts
from trials.ingest.positions import with_positions
from trials.ingest.reviewed_texts import recheck_reviews
from trials.ingest.rows import arm_rows, contact_row, detail_rows, intervention_rows, site_rows, trial_values
from trials.ingest.search_words import note_search_words
from trials.ingest.sources import RawDocument
from trials.models import (
    Arm,
    Collaborator,
    Contact,
    Identifier,
    Intervention,
    Link,
    MeshTerm,
    Official,
    Outcome,
    QuarantinedRecord,
    RecordVersion,
    Reference,
    Site,
    Trial,
)
from trials.registry.errors import RecordError
from trials.registry.links import arm_interventions
from trials.registry.parser import PARSER_VERSION, nct_id_of, parse_record
from trials.registry.record import TrialRecord

_log = logging.getLogger(__name__)
_DETAILS = (Official, Outcome, Identifier, Collaborator, MeshTerm, Reference, Link)


class LoadResult(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"


def load_document(document: RawDocument, run_id: int | None = None) -> LoadResult:
    """Brings the store to one raw record and says what happened to it. Raises only if the database fails.

    run_id is the refresh that the record came with; the changes that it brings are noted under it.
    """
    if document.reason:
        return _quarantine(document, document.reason)
    sha256 = document.sha256
    nct_id = nct_id_of(document.data)
    if nct_id and _stands(nct_id, sha256):
        _close_quarantine(nct_id)
        return LoadResult.UNCHANGED
    try:
        record = parse_record(document.data)
        with transaction.atomic():
            return _store(record, document, sha256, run_id)
    except RecordError as error:
        return _quarantine(document, str(error))
    except (DataError, IntegrityError, OperationalError) as error:
        if isinstance(error, OperationalError) and not _is_too_large(error):
            raise
        return _quarantine(document, f"cannot be stored: {error}".strip())
    except (DatabaseError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        # A fault of our own code on one record must not keep the others out: it waits for the mended code.
        _log.exception("%s could not be loaded", document.source)
        return _quarantine(document, f"our own fault, {type(error).__name__}: {error}")


def _is_too_large(error: OperationalError) -> bool:
    """Whether a limit of PostgreSQL is in the way (SQLSTATE 54...), such as the size of an index entry."""
    return str(getattr(error.__cause__, "sqlstate", "")).startswith("54")


def _close_quarantine(nct_id: str) -> None:
    """What waits under the number of a record that stands is older, or was taken back: nobody need look at it."""
    waiting = QuarantinedRecord.objects.filter(nct_id=nct_id, resolved_at=None)
    if waiting.exists():
        waiting.update(resolved_at=timezone.now())


def _stands(nct_id: str, sha256: str) -> bool:
    """Whether the store holds exactly this record, parsed and read by the present versions."""
    return Trial.objects.filter(
        nct_id=nct_id,
        record_version__sha256=sha256,
        parser_version=PARSER_VERSION,
        reader_version=READER_VERSION,
    ).exists()


def _store(record: TrialRecord, document: RawDocument, sha256: str, run_id: int | None) -> LoadResult:
    # Two loaders with the same record: the second waits here and then finds it standing.
    lock_trial(record.nct_id)
    if _stands(record.nct_id, sha256):
        return LoadResult.UNCHANGED
    version = RecordVersion.objects.filter(nct_id=record.nct_id).order_by("-id").first()
    if version is None or version.sha256 != sha256:
        version = RecordVersion.objects.create(
            nct_id=record.nct_id, sha256=sha256, raw=document.text, source=document.source
        )
    standing = (
        Trial.objects.filter(nct_id=record.nct_id).select_related("record_version").only("record_version").first()
    )
    is_new = standing is None
    values = trial_values(record) | {
        "record_version": version,
        "parser_version": PARSER_VERSION,
        "reader_version": READER_VERSION,
    }
    if is_new:
        Trial.objects.create(nct_id=record.nct_id, **values)
    else:
        Trial.objects.filter(nct_id=record.nct_id).update(**values, loaded_at=timezone.now())
    _store_parts(record, is_new=is_new)
    reading, limits = read_all(record)
    facts = reading.facts
    write_facts({record.nct_id: facts})
    write_lab_limits({record.nct_id: limits})
    if not is_new:
        recheck_reviews(record, facts)
    if standing is not None and standing.record_version != version:
        note_changes(standing.record_version, record, version, run_id)
    note_search_words(record, str(values["search_terms"]))
    _close_quarantine(record.nct_id)
    return LoadResult.CREATED if is_new else LoadResult.UPDATED


def _store_parts(record: TrialRecord, *, is_new: bool) -> None:
    nct_id = record.nct_id
    arms = sync_parts(Arm, nct_id, arm_rows(record), is_new_trial=is_new)
    interventions = sync_parts(Intervention, nct_id, intervention_rows(record), is_new_trial=is_new)
    _link(record, arms, interventions)
    sites = sync_parts(Site, nct_id, with_positions(site_rows(record)), is_new_trial=is_new)
    contacts = [contact_row(contact, None) for contact in record.central_contacts]
    for site, published in zip(sites, record.sites, strict=True):
        contacts += [contact_row(contact, site.pk) for contact in published.contacts]
    sync_parts(Contact, nct_id, contacts, is_new_trial=is_new)
    rows = detail_rows(record)
    for model in _DETAILS:
        sync_parts(model, nct_id, rows[model.__name__], is_new_trial=is_new)


def _link(record: TrialRecord, arms: list[Arm], interventions: list[Intervention]) -> None:
    through = Arm.interventions.through
    wanted = {(arms[arm].pk, interventions[item].pk) for arm, item in arm_interventions(record)}
    links = through._default_manager.filter(arm__trial_id=record.nct_id)
    standing = {(arm, item): pk for pk, arm, item in links.values_list("pk", "arm_id", "intervention_id")}
    if gone := [pk for pair, pk in standing.items() if pair not in wanted]:
        through._default_manager.filter(pk__in=gone).delete()
    through._default_manager.bulk_create(
        through(arm_id=arm, intervention_id=item) for arm, item in sorted(wanted - standing.keys())
    )


def _quarantine(document: RawDocument, reason: str) -> LoadResult:
    """Keeps the raw record and why it could not be loaded; a record that is there already is not written again."""
    sha256 = document.sha256
    known = Q(resolved_at=None) | Q(set_aside=True)
    standing = QuarantinedRecord.objects.filter(known, sha256=sha256).order_by("-pk").first()
    if standing is None:
        QuarantinedRecord.objects.get_or_create(
            sha256=sha256,
            resolved_at=None,
            defaults={
                "nct_id": nct_id_of(document.data),
                "raw": document.text,
                "source": document.source,
                "reason": reason,
            },
        )
    elif standing.reason != reason:
        standing.reason = reason
        standing.save(update_fields=["reason"])
    return LoadResult.QUARANTINED
