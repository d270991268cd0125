"""What a mail tells of each trial: what happened in a few words, then the changes as the history page words them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import AlertEvent, AlertMail, EventKind, FactInForce, Trial
from trials.registry.values import unescape
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_terms import OverallStatus
from trials.web.alerts.site_links import whole
from trials.web.fact_words import fact_words
from trials.web.feed_entries import change_lines
from trials.web.history_lookup import SeenChange

MOST_TRIALS = 40
OPENED, FOUND, CHANGED, CLOSED, LEFT = range(5)  # the order in a mail
_OPEN = {OverallStatus.RECRUITING, OverallStatus.ENROLLING_BY_INVITATION, OverallStatus.NOT_YET_RECRUITING}
_SHUT = {
    OverallStatus.ACTIVE_NOT_RECRUITING,
    OverallStatus.COMPLETED,
    OverallStatus.SUSPENDED,
    OverallStatus.TERMINATED,
    OverallStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class ToldTrial:
    """Plain texts. rank is one of the five above, heads say what happened, lines what changed."""

    nct_id: str
    title: str
    url: str
    rank: int
    heads: Sequence[str]
    lines: Sequence[str]


def told_trials(mail: AlertMail) -> tuple[list[ToldTrial], int]:
    """The weightiest first, at most forty, and how many there are. Three queries."""
    by_trial: dict[str, list[AlertEvent]] = {}
    for event in mail.events.select_related("change").order_by("pk"):
        by_trial.setdefault(event.trial_id, []).append(event)
    ranked = sorted(by_trial, key=lambda nct_id: (min(_ranks(by_trial[nct_id])), nct_id))[:MOST_TRIALS]
    titles = _titles(ranked)
    return [_told(nct_id, titles.get(nct_id, nct_id), by_trial[nct_id]) for nct_id in ranked], len(by_trial)


def _titles(nct_ids: Iterable[str]) -> Mapping[str, str]:
    rows = Trial.objects.filter(pk__in=list(nct_ids)).order_by()
    named = rows.values_list("nct_id", "brief_title", "official_title")
    return {nct_id: unescape(brief or official) or nct_id for nct_id, brief, official in named}


def _told(nct_id: str, title: str, events: Sequence[AlertEvent]) -> ToldTrial:
    ranks = sorted(set(_ranks(events)))
    words = {
        OPENED: _("Now open for people"),
        FOUND: _("New in your search"),
        CLOSED: _("Closed to new people"),
        LEFT: _("No longer in your search"),
    }
    heads = [words[rank] for rank in ranks if rank in words]
    changes = [event.change for event in events if event.change]
    newest_first = sorted(changes, key=lambda change: (change.changed_on, change.pk), reverse=True)
    seen = [SeenChange(one.field, one.old, one.new, one.changed_on, one.seen_at) for one in newest_first]
    facts = [line for event in events if event.facts for line in _fact_lines(event.facts)]
    return ToldTrial(nct_id, title, whole("trial-detail", nct_id), ranks[0], heads, [*facts, *change_lines(seen)])


def _ranks(events: Sequence[AlertEvent]) -> Iterator[int]:
    for event in events:
        if event.kind == EventKind.FOUND:
            yield FOUND
        elif event.kind == EventKind.LEFT:
            yield LEFT
        else:
            yield CHANGED
        if event.change and event.change.field == "overall_status":
            if event.change.new == OverallStatus.RECRUITING:
                yield OPENED
            elif event.change.old in _OPEN and event.change.new in _SHUT:
                yield CLOSED


def _fact_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    for name in FACTS:  # in their order; a fact that a later reader does not know is left out
        if name in facts:
            yield _("%(fact)s: from %(old)s to %(new)s") % {
                "fact": gettext(FACTS[name].clinical),
                "old": _answer(name, facts[name]["old"]),
                "new": _answer(name, facts[name]["new"]),
            }


def _answer(name: str, said: Mapping[str, Any]) -> str:
    if said["status"] == FactStatus.NOT_STATED:
        return _("“not stated”")
    if said["status"] == FactStatus.CONTRADICTORY:
        return _("“contradictory”")
    fact = FactInForce(name=name, status=said["status"], value=said["value"])
    return _("“%(text)s”") % {"text": fact_words(fact).answer}
