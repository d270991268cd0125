"""What a mail tells of each trial: what happened in a few words, then the changes as the history page words them.

Every text of a record is brought to one line: it cannot look like another part of a plain mail.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.alerts.letters import one_line
from trials.models import AlertEvent, AlertMail, EventKind, FactInForce, Trial
from trials.registry.values import unescape
from trials.search.declarations import FACETS
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_terms import OverallStatus
from trials.web.alerts.site_links import whole
from trials.web.fact_words import fact_words
from trials.web.feed_entries import change_lines
from trials.web.history_lookup import SeenChange
from trials.web.results_facets import value_label

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
    """Plain texts of one line. heads say what happened, lines what changed; ask_url is empty where nobody can join."""

    nct_id: str
    title: str
    url: str
    ask_url: str
    heads: Sequence[str]
    lines: Sequence[str]


def told_trials(mail: AlertMail) -> tuple[list[ToldTrial], int]:
    """The weightiest first, at most forty, and how many there are. Two queries."""
    by_trial: dict[str, list[AlertEvent]] = {}
    for event in mail.events.select_related("change").order_by("pk"):
        by_trial.setdefault(event.trial_id, []).append(event)
    ranked = sorted(by_trial, key=lambda nct_id: (min(_ranks(by_trial[nct_id])), nct_id))[:MOST_TRIALS]
    trials = Trial.objects.only("nct_id", "brief_title", "official_title", "overall_status").in_bulk(ranked)
    return [_told(trials[nct_id], by_trial[nct_id]) for nct_id in ranked], len(by_trial)


def _told(trial: Trial, events: Sequence[AlertEvent]) -> ToldTrial:
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
    status = [_status(trial)] if FOUND in ranks else []
    title = unescape(trial.brief_title or trial.official_title) or trial.nct_id
    url = whole("trial-detail", trial.nct_id)
    return ToldTrial(
        nct_id=trial.nct_id,
        title=one_line(title),
        url=url,
        ask_url=f"{url}#contact" if trial.overall_status in _OPEN else "",
        heads=heads,
        lines=[one_line(line) for line in (*status, *facts, *change_lines(seen))],
    )


def _status(trial: Trial) -> str:
    """Of a trial that its reader has not heard of."""
    status = FACETS["status"]
    named = value_label(status, trial.overall_status) if trial.overall_status else _("not stated")
    return _("%(facet)s: %(value)s") % {"facet": gettext(status.clinical), "value": named}


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
