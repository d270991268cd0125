"""The gate of a refresh: looks at everything that was received before any of it is loaded, and stops what looks wrong.

What it compares is what changed, with the rows that stand; a run in which nothing changed costs it nothing. Its
thresholds are generous for a registry that edits records every day, and narrow for a registry (or a reader of ours)
that has lost something. Never writes.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trials.eligibility import read
from trials.models import EligibilityFact, FactInForce, RefreshRun, RunKind, RunStatus, StagedRecord, Trial
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.registry.record import TrialRecord
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.registry_states import RegistryState

MOST_MISSING, MOST_MISSING_SHARE, ALWAYS_BELIEVED = 20, 0.05, 2
MOST_LOST_SHARE = 0.2  # of a field, of facts, of records, of countries
FEWEST_RECORDS, FEWEST_FACTS, FEWEST_SITES = 5, 20, 20  # below these a share says nothing
_LARGE_BATCH = 200
_WATCHED: Mapping[str, str] = {  # a field of the record, and the column that holds it
    "overall_status": "overall_status",
    "brief_title": "brief_title",
    "eligibility_criteria": "eligibility_criteria",
    "conditions": "conditions",
    "phases": "phases",
    "study_type": "study_type",
    "minimum_age": "minimum_age",
    "lead_sponsor": "lead_sponsor_name",
}


@dataclass(slots=True)
class Verdict:
    """With stops nothing is loaded; with doubts the run loads but ends as partial. findings are what was counted."""

    stops: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    findings: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Counts:
    """What the changed records hold, against the rows that stand."""

    records: int = 0
    refused: int = 0
    compared: int = 0
    held: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    facts_held: int = 0
    facts_lost: int = 0
    sites: int = 0
    unmapped: Counter[str] = field(default_factory=Counter)


def examine(run: RefreshRun) -> Verdict:
    """Judges what the run has received."""
    verdict = Verdict()
    received = StagedRecord.objects.filter(run=run).count()
    if run.expected is not None and run.expected != received:
        verdict.doubts.append(
            _("The registry announced %(expected)d trials and sent %(received)d.")
            % {"expected": run.expected, "received": received}
        )
    verdict.findings["received"] = received
    if run.kind == RunKind.FULL:
        found = shrinkage(run)
        verdict.findings |= {"awaited": found.awaited, "not_received": found.missing}
        verdict.stops += [found.reason] if found.reason else []
    _judge_contents(_count(run), verdict)
    return verdict


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """How many stored trials a full run should have received and has not; reason where that cannot be believed."""

    awaited: int
    missing: int
    most: float

    @property
    def reason(self) -> str:
        if self.missing <= self.most:
            return ""
        return _("%(missing)d of %(total)d stored trials were not sent: too many to believe.") % {
            "missing": self.missing,
            "total": self.awaited,
        }


def shrinkage(run: RefreshRun) -> Shrinkage:
    """Trials that are off topic came by another road and are not awaited.

    Until a full run has succeeded nobody knows which of the stored trials the registry's search gives: then numbers
    are compared, not trials.
    """
    staged = StagedRecord.objects.filter(run=run)
    off_topic = FactInForce.objects.filter(name="hcc_scope", value="off_topic").values("trial")
    awaited = Trial.objects.filter(registry_state=RegistryState.LISTED).exclude(pk__in=off_topic)
    total = awaited.count()
    if RefreshRun.objects.filter(kind=RunKind.FULL, status=RunStatus.SUCCEEDED).exists():
        missing = awaited.exclude(pk__in=staged.values("nct_id")).count()
        return Shrinkage(total, missing, min(MOST_MISSING, max(ALWAYS_BELIEVED, total * MOST_MISSING_SHARE)))
    missing = max(0, total - staged.count())
    return Shrinkage(total, missing, MOST_MISSING if missing < total else 0)


def _count(run: RefreshRun) -> _Counts:
    counts = _Counts()
    waiting = StagedRecord.objects.filter(run=run, result="").order_by("pk")
    batch: dict[str, TrialRecord] = {}
    for staged in waiting.iterator(chunk_size=_LARGE_BATCH):
        counts.records += 1
        try:
            record = parse_record(json.loads(staged.raw))
        except (RecordError, ValueError):
            counts.refused += 1
            continue
        counts.sites += len(record.sites)
        counts.unmapped.update(site.country for site in record.sites if site.country and not site.country_code)
        batch[record.nct_id] = record
        if len(batch) >= _LARGE_BATCH:
            _compare(batch, counts)
            batch = {}
    _compare(batch, counts)
    return counts


def _compare(batch: Mapping[str, TrialRecord], counts: _Counts) -> None:
    """Counts what the stored trials of a batch would lose."""
    facts: dict[str, set[str]] = {}
    stated = EligibilityFact.objects.filter(trial__in=list(batch), status=FactStatus.STATED)
    for trial_id, name in stated.values_list("trial_id", "name"):
        facts.setdefault(trial_id, set()).add(name)
    for row in Trial.objects.filter(pk__in=list(batch)).values("pk", *_WATCHED.values()):
        record = batch[row["pk"]]
        counts.compared += 1
        for name, column in _WATCHED.items():
            if row[column]:
                counts.held[name] += 1
                counts.lost[name] += _is_blank(record, name)
        held = facts.get(record.nct_id, set())
        counts.facts_held += len(held)
        counts.facts_lost += sum(1 for name in _silent_facts(record) if name in held)


def _is_blank(record: TrialRecord, name: str) -> bool:
    return not (record.lead_sponsor.name if name == "lead_sponsor" else getattr(record, name))


def _silent_facts(record: TrialRecord) -> Iterator[str]:
    return (name for name, fact in read(record).facts.items() if fact.status == FactStatus.NOT_STATED)


def _judge_contents(counts: _Counts, verdict: Verdict) -> None:
    verdict.findings |= {
        "changed_records": counts.records,
        "refused_records": counts.refused,
        "lost_fields": {name: number for name, number in counts.lost.items() if number},
        "facts_held": counts.facts_held,
        "facts_lost": counts.facts_lost,
        "unmapped_countries": dict(counts.unmapped.most_common(20)),
    }
    if counts.refused >= FEWEST_RECORDS and counts.refused > counts.records * MOST_LOST_SHARE:
        verdict.stops.append(
            _("%(refused)d of %(records)d records cannot be read: their form has changed.")
            % {"refused": counts.refused, "records": counts.records}
        )
    for name, held in counts.held.items():
        lost = counts.lost[name]
        if lost >= FEWEST_RECORDS and lost > held * MOST_LOST_SHARE:
            verdict.stops.append(
                _("%(lost)d of %(held)d trials would lose “%(field)s”.") % {"lost": lost, "held": held, "field": name}
            )
    if counts.facts_lost >= FEWEST_FACTS and counts.facts_lost > counts.facts_held * MOST_LOST_SHARE:
        verdict.stops.append(
            _("%(lost)d of %(held)d facts would be read no more.")
            % {"lost": counts.facts_lost, "held": counts.facts_held}
        )
    unmapped = counts.unmapped.total()
    if unmapped >= FEWEST_SITES and unmapped > counts.sites * MOST_LOST_SHARE:
        verdict.stops.append(
            _("The countries of %(unmapped)d of %(sites)d sites are not known to us.")
            % {"unmapped": unmapped, "sites": counts.sites}
        )
