"""Reads what a match needs from the store: facts in force, registry fields, laboratory limits, sentences. Never writes.

Nothing here knows a patient, so what it returns may be kept in memory for as long as the store stays the same.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from trials.matching.acceptance import JUDGED_FACTS
from trials.matching.judgement import Evidence
from trials.matching.sentences import Beside, sentences_beside, what_they_say
from trials.matching.trial_facts import Accepted, FactSeen, LimitSeen, MatchableTrial, PeopleSeen, limit_name
from trials.models import FactInForce, LabLimit, Trial
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.freshness import last_fresh_day
from trials.vocabulary.registry_states import STILL_THERE

# Facts whose words can say more than their value
_WITH_MARKS = (
    *("prior_systemic_therapy", "portal_vein_invasion", "extrahepatic_spread", "prior_locoregional_therapy"),
    *("hbv", "hcv", "ascites"),
)
_NO_LIMIT = ("", "N/A")
Row = TypeVar("Row", bound=Hashable)
Seen = TypeVar("Seen", FactSeen, LimitSeen, PeopleSeen)


class _Shared(Generic[Row, Seen]):
    """One object for equal rows, as long as some trial has it: each is judged once, however often trials are read."""

    def __init__(self, make: Callable[[Row], Seen]) -> None:
        self._make: Callable[[Row], Seen] = make
        self._made: WeakValueDictionary[Row, Seen] = WeakValueDictionary()

    def of(self, row: Row) -> Seen:
        found = self._made.get(row)
        return self._made.setdefault(row, self._make(row)) if found is None else found


class _PeopleRow(NamedTuple):
    low: float | None
    high: float | None
    low_text: str
    high_text: str
    sex: str
    healthy: bool | None


class _FactRow(NamedTuple):
    """One answer as the store keeps it: JSON as text. machine: what is read now where the text has changed since."""

    name: str
    status: str
    answer: str | None
    claimed: str | None
    by_cohort: bool
    is_reviewed: bool
    says: frozenset[str]
    machine: tuple[str, str | None, str | None] | None


def matchable_trials(trials: QuerySet[Trial] | None = None) -> list[MatchableTrial]:
    """The trials (those still in the registry that are about HCC, unless told) by number, without sentences."""
    chosen = _about_hcc() if trials is None else trials
    facts, limits = _facts(chosen), _limits(chosen)
    found = []
    ages = ("minimum_age_years", "maximum_age_years", "minimum_age", "maximum_age", "sex", "healthy_volunteers")
    for nct_id, status, verified, end, *row in chosen.order_by("nct_id").values_list(
        "nct_id",
        "overall_status",
        Coalesce("computed_verified_day", "computed_last_update_day"),
        Coalesce("computed_primary_completion_day", "computed_completion_day"),
        *ages,
    ):
        people = _PEOPLE.of(_PeopleRow(*row))
        own = tuple(facts.get(nct_id, ())), tuple(limits.get(nct_id, ()))
        believed = last_fresh_day(verified, end)
        found.append(MatchableTrial(nct_id, status, people, *own, believed_until=believed))
    return found


def matchable_trials_of(nct_ids: Collection[str]) -> list[MatchableTrial]:
    """Those of these trials that a match compares."""
    return matchable_trials(_about_hcc().filter(pk__in=nct_ids))


def sentences_of(nct_ids: Iterable[str]) -> dict[str, dict[str, tuple[Evidence, ...]]]:
    """The sentences of each fact and limit, by trial and criterion, for the trials that are shown.

    Those that stand beside the fact's own and can limit it follow them.
    """
    chosen = list(nct_ids)
    rows = FactInForce.objects.filter(trial__in=chosen, name__in=JUDGED_FACTS)
    columns = ("trial_id", "name", "value", "evidence", "trial__eligibility_criteria")
    found: dict[str, dict[str, tuple[Evidence, ...]]] = defaultdict(dict)
    for nct_id, name, value, evidence, criteria in rows.values_list(*columns):
        quotes = [str(sentence["quote"]) for sentence in evidence]
        beside = (_evidence(one, criteria) for one in sentences_beside(name, value, quotes, criteria))
        found[nct_id][name] = (*evidence, *beside)
    for limit in LabLimit.objects.filter(trial__in=chosen):
        found[limit.trial_id][limit_name(limit)] = tuple(limit.evidence)
    return dict(found)


def _evidence(beside: Beside, criteria: str) -> Evidence:
    quote = criteria[beside.start : beside.end]
    return {"field": "eligibility_criteria", "start": beside.start, "end": beside.end, "quote": quote}


def _about_hcc() -> QuerySet[Trial]:
    off_topic = FactInForce.objects.filter(name="hcc_scope", computed_values=["off_topic"])
    return Trial.objects.filter(registry_state__in=STILL_THERE).exclude(pk__in=off_topic.values("trial_id"))


def _people(row: _PeopleRow) -> PeopleSeen:
    """The registry leaves an age out where there is no limit; a record without sex has no such fields at all."""
    is_readable = (row.low is not None or row.low_text in _NO_LIMIT) and (
        row.high is not None or row.high_text in _NO_LIMIT
    )
    is_stated = bool(row.sex or row.low_text or row.high_text)
    return PeopleSeen(row.low, row.high, is_stated, is_readable, row.sex, row.healthy)


def _limits(trials: QuerySet[Trial]) -> dict[str, list[LimitSeen]]:
    """Laboratory limits by trial; equal ones are one object."""
    columns = ("analyte", "bound", "is_strict", "value", "times_uln", "depends_on_cohort", "doubts")
    rows = LabLimit.objects.filter(trial__in=trials.order_by().values("pk"))
    found: dict[str, list[LimitSeen]] = defaultdict(list)
    for nct_id, *row, doubts in rows.order_by("analyte", "bound").values_list("trial_id", *columns):
        found[nct_id].append(_LIMITS.of((*row, tuple(doubts))))
    return found


def _facts(trials: QuerySet[Trial]) -> dict[str, list[FactSeen]]:
    """Facts in force by trial, in the order of names; equal ones are one object.

    JSON comes as text, so that each distinct answer is parsed once and not once for each of 65,000 rows.
    """
    says = _says(trials)
    rows = (
        FactInForce.objects.filter(trial__in=trials.order_by().values("pk"), name__in=JUDGED_FACTS)
        .order_by()
        .annotate(
            answer=Cast("value", TextField()),
            claimed=Cast("claims", TextField()),
            machine_answer=Cast("machine_value", TextField()),
            machine_claimed=Cast("machine_claims", TextField()),
        )
        .values_list(
            "trial_id",
            "name",
            "status",
            "answer",
            "claimed",
            "depends_on_cohort",
            "review_id",
            "text_changed_at",
            "machine_status",
            "machine_answer",
            "machine_claimed",
        )
    )
    found: dict[str, list[FactSeen]] = defaultdict(list)
    for nct_id, name, status, answer, claimed, by_cohort, review, changed, *read in rows:
        said = says.get((nct_id, name), frozenset())
        is_reviewed = review is not None and changed is None
        now = None if changed is None else (read[0], read[1], read[2])
        row = _FactRow(name, status, answer, claimed, by_cohort, is_reviewed, said, now)
        found[nct_id].append(_FACTS.of(row))
    for facts in found.values():
        facts.sort(key=lambda fact: fact.name)
    return found


def _fact(row: _FactRow) -> FactSeen:
    status, value, claims = FactStatus(row.status), _accepted(row.answer), _claims(row.claimed)
    read_now = None
    if row.machine:
        machine_status, machine_answer, machine_claimed = row.machine
        now = (FactStatus(machine_status), _accepted(machine_answer), _claims(machine_claimed))
        if now != (status, value, claims) and now[0] is not FactStatus.NOT_STATED:
            read_now = FactSeen(row.name, *now, says=row.says)
    return FactSeen(row.name, status, value, claims, row.by_cohort, row.is_reviewed, row.says, read_now)


_PEOPLE = _Shared(_people)
_LIMITS: _Shared[tuple[Any, ...], LimitSeen] = _Shared(lambda row: LimitSeen(*row))
_FACTS = _Shared(_fact)


def _accepted(text: str | None) -> Accepted:
    value = None if text is None else json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def _claims(text: str | None) -> tuple[Accepted, ...]:
    claims = json.loads(text) if text else []
    return tuple(tuple(claim) if isinstance(claim, list) else claim for claim in claims)


def _says(trials: QuerySet[Trial]) -> dict[tuple[str, str], frozenset[str]]:
    """What the record says of some facts beyond the value, where it can make a difference."""
    criteria = dict(trials.order_by().values_list("pk", "eligibility_criteria"))
    stated = FactInForce.objects.filter(
        trial__in=trials.order_by().values("pk"), name__in=_WITH_MARKS, status=FactStatus.STATED
    ).order_by()
    found = {}
    for nct_id, name, value, evidence in stated.values_list("trial_id", "name", "value", "evidence"):
        if marks := what_they_say(name, value, evidence, criteria[nct_id]):
            found[nct_id, name] = marks
    return found
