"""What the page of one run shows beside its columns: what the gate looked at, what the run changed. Never writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.admin.change_words import element_words, short_value
from trials.admin.links import change_url, changelist_url
from trials.admin.shortened_changes import shortened
from trials.models import RefreshRun, Trial, TrialChange

_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the gate counted. parts are named counts, the names partly the registry's."""

    title: str
    said: str
    parts: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class FieldCount:
    field: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    nct_id: str
    trial_url: str
    field: str
    old: str
    new: str
    url: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """changes are the first ones; fields count all of them."""

    findings: Sequence[Finding]
    fields: Sequence[FieldCount]
    changes: Sequence[ChangeRow]
    number_of_changes: int
    changes_url: str

    @property
    def is_cut(self) -> bool:
        return self.number_of_changes > len(self.changes)


def run_page(run: RefreshRun) -> RunPage:
    changes = TrialChange.objects.filter(run=run).order_by()
    counted = list(changes.values_list("field").annotate(number=Count("pk")).order_by("-number", "field"))
    key = str(run.pk)
    return RunPage(
        findings=list(findings(run.findings)),
        fields=[
            FieldCount(element_words(field), number, changelist_url(TrialChange, run=key, field=field))
            for field, number in counted
        ],
        changes=[_row(change) for change in shortened(changes.order_by("trial_id", "pk"))[:_SHOWN]],
        number_of_changes=sum(number for _field, number in counted),
        changes_url=changelist_url(TrialChange, run=key),
    )


def _row(change: Any) -> ChangeRow:
    return ChangeRow(
        nct_id=change.trial_id,
        trial_url=change_url(Trial, change.trial_id),
        field=element_words(change.field),
        old=short_value(change.field, change.short_old),
        new=short_value(change.field, change.short_new),
        url=change_url(TrialChange, change.pk),
    )


def findings(found: Mapping[str, Any]) -> Iterator[Finding]:
    """What `trials.ingest.gate` counted, in words; nothing for what a run did not come to."""
    if "not_received" in found:
        said = _("%(missing)d of the %(awaited)d stored trials that were awaited; %(received)d trials were received.")
        numbers = {name: _number(found, name) for name in ("awaited", "received")}
        yield Finding(_("Not received"), said % {**numbers, "missing": _number(found, "not_received")})
    if "changed_records" in found:
        yield _records(found)
    if "lost_fields" in found:
        lost = [(element_words(name), number) for name, number in _counts(found, "lost_fields")]
        yield Finding(_("Fields that stored trials would lose"), "" if lost else _("None."), lost)
    if "facts_lost" in found:
        said = _("%(lost)d of the %(held)d facts that were stated of the changed trials.")
        numbers = {"lost": _number(found, "facts_lost"), "held": _number(found, "facts_held")}
        yield Finding(_("Facts that would be read no more"), said % numbers)
    if "unmapped_countries" in found:
        unmapped = _counts(found, "unmapped_countries")
        yield Finding(_("Countries without a code, with their sites"), "" if unmapped else _("None."), unmapped)


def _records(found: Mapping[str, Any]) -> Finding:
    changed, refused = _number(found, "changed_records"), _number(found, "refused_records")
    said = ngettext("%(n)d record differs from what is stored.", "%(n)d records differ from what is stored.", changed)
    if refused:
        said += " " + ngettext("%(refused)d cannot be read.", "%(refused)d cannot be read.", refused)
    return Finding(gettext("Changed records"), said % {"n": changed, "refused": refused})


def _number(found: Mapping[str, Any], name: str) -> int:
    number = found.get(name)
    return number if isinstance(number, int) else 0


def _counts(found: Mapping[str, Any], name: str) -> list[tuple[str, int]]:
    counts = found.get(name)
    named = counts.items() if isinstance(counts, dict) else ()
    return sorted(((str(key), int(number)) for key, number in named), key=lambda pair: (-pair[1], pair[0]))
