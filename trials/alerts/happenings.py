"""What the newest refreshes changed, as far as it is told, and which of it concerns one search. Never writes.

The record's changes are those that `trials.ingest` noted. Facts are read from the record before and the one after, both
by the present reader: what a new reader reads otherwise is no news of the trial.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from trials.eligibility import Fact, read
from trials.models import AlertEvent, EventKind, RecordVersion, RunStatus, SavedSearch, TrialChange
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.vocabulary.countries import country_code

GOOD_RUNS = (RunStatus.SUCCEEDED, RunStatus.PARTIAL)
SITES = "sites"
# What is worth a mail. Dates, contact details, keywords and the like stand on the page of a trial's history.
TOLD_FIELDS = frozenset(
    (
        "registry_state overall_status why_stopped sites eligibility_criteria minimum_age maximum_age sex phases "
        "interventions has_results"
    ).split()
)
_READ_AGAIN = frozenset({"eligibility_criteria", "brief_title", "conditions"})  # with these the facts may change
_PLACE_PARTS = ","


@dataclass(frozen=True, slots=True)
class News:
    """One change of a trial's record that is told. countries are those of a site, by their codes."""

    change_id: int
    nct_id: str
    run_id: int
    field: str
    version_id: int | None
    countries: frozenset[str]


class Newspaper:
    """The changes of the good runs after one and up to another, by trial; facts are read when they are asked for."""

    def __init__(self, after: int, until: int) -> None:
        self._news: dict[str, list[News]] = defaultdict(list)
        self._facts: dict[int, Mapping[str, Any]] = {}
        for one in _told_changes(after, until):
            self._news[one.nct_id].append(one)

    @property
    def trials(self) -> AbstractSet[str]:
        return self._news.keys()

    def events(self, search: SavedSearch, trials: AbstractSet[str]) -> Iterator[AlertEvent]:
        """What happened to these trials since the search was looked at."""
        countries = countries_of(search.query)
        for nct_id in sorted(self.trials & trials):
            news = [one for one in self._news[nct_id] if one.run_id > (search.looked_run or 0)]
            for one in news:
                if one.field != SITES or not countries or one.countries & countries:
                    yield AlertEvent(
                        search=search,
                        trial_id=nct_id,
                        event=f"change:{one.change_id}",
                        kind=EventKind.CHANGE,
                        run_id=one.run_id,
                        change_id=one.change_id,
                    )
            yield from self._fact_events(search, nct_id, news)

    def _fact_events(self, search: SavedSearch, nct_id: str, news: Sequence[News]) -> Iterator[AlertEvent]:
        versions = {one.version_id: one.run_id for one in news if one.version_id and one.field in _READ_AGAIN}
        for version_id, run_id in versions.items():
            if version_id not in self._facts:
                self._facts[version_id] = changed_facts(version_id)
            if facts := self._facts[version_id]:
                name = f"facts:{version_id}"
                yield AlertEvent(
                    search=search, trial_id=nct_id, event=name, kind=EventKind.FACTS, run_id=run_id, facts=facts
                )


def _told_changes(after: int, until: int) -> Iterator[News]:
    changes = TrialChange.objects.filter(
        run__gt=after, run__lte=until, run__status__in=GOOD_RUNS, field__in=TOLD_FIELDS
    ).order_by("id")
    rows = changes.values_list("id", "trial", "run", "field", "record_version", "old", "new")
    for change_id, nct_id, run_id, field, version_id, old, new in rows.iterator(chunk_size=1_000):
        if field == SITES and not _is_told(old, new):
            continue
        countries = _countries(old, new) if field == SITES else frozenset()
        yield News(change_id, nct_id, run_id, field, version_id, countries)


def _is_told(old: Any, new: Any) -> bool:
    """A site that came, went, or changed its status; not one whose address was mended."""
    return not old or not new or old.get("status") != new.get("status")


def _countries(*sites: Any) -> frozenset[str]:
    return frozenset(country_code(str(site.get("country") or "")) for site in sites if site)


def countries_of(query: str) -> frozenset[str]:
    """The countries that a search is about: those chosen, and that of its place ("Lyon, FR"); empty for any."""
    chosen = QueryDict(query)
    found = {code for code in chosen.getlist("country") if code}
    if place := chosen.get("near", ""):
        found.add(place.rpartition(_PLACE_PARTS)[2].strip())
    return frozenset(found)


def changed_facts(version_id: int) -> dict[str, Any]:
    """By name what a record says before and after this version: {"old": {"status", "value"}, "new": ...}."""
    version = RecordVersion.objects.get(pk=version_id)
    before = RecordVersion.objects.filter(nct_id=version.nct_id, pk__lt=version_id).order_by("-pk").first()
    old, new = _facts(before), _facts(version)
    if not old or not new:
        return {}
    return {
        name: {"old": _answer(old[name]), "new": _answer(fact)}
        for name, fact in new.items()
        if _answer(old[name]) != _answer(fact)
    }


def _facts(version: RecordVersion | None) -> Mapping[str, Fact]:
    """Nothing for a record that the present parser refuses."""
    try:
        return read(parse_record(json.loads(version.raw))).facts if version else {}
    except RecordError:
        return {}


def _answer(fact: Fact) -> dict[str, object]:
    said = fact.as_json()
    return {"status": said["status"], "value": said["value"]}
