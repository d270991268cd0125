"""One answer to a match: asks the store for trials and distances, `trials.matching` for verdicts. Keeps nothing.

Sentences and sites are read for the trials that are shown and no others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.views.decorators.debug import sensitive_variables

from trials.matching.judgement import Evidence
from trials.matching.kept import KEPT
from trials.matching.matched import Matched, match
from trials.matching.ranking import Group, Ranked
from trials.matching.reading import sentences_of
from trials.models import Trial
from trials.search.away import Whereabouts, order_of_ways, whereabouts
from trials.search.page_rows import trials_of_page
from trials.search.version import marks_of, moment, version_of
from trials.web.match_answers import Answers

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A judged trial of the page with all that its card needs."""

    ranked: Ranked
    trial: Trial
    where: Whereabouts
    sentences: Mapping[str, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Results:
    """group is shown, page of last_page; a page behind the last one is the last one."""

    matched: Matched
    group: Group
    page: int
    last_page: int
    shown: Sequence[Shown]


@sensitive_variables()
def results_for(answers: Answers, today: date) -> Results | None:
    """None where nothing was answered, or something that cannot be read: nothing is compared by accident."""
    profile = answers.profile
    if profile is None or profile.is_empty:
        return None
    with moment() as state:
        trials = KEPT.of(version_of(state).token, lambda: marks_of(state))
        ways = order_of_ways(state, answers.origin, profile.country or "")
        matched = match(profile, trials, today, ways, also_closed=answers.also_closed)
        group = answers.group or matched.first_group()
        found = matched.of(group)
        last_page = max(1, -(-len(found) // PAGE_SIZE))
        page = min(answers.page, last_page)
        here = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return Results(matched, group, page, last_page, _shown(here, answers, profile.country or ""))


def _shown(ranked: Sequence[Ranked], answers: Answers, country: str) -> list[Shown]:
    nct_ids = [one.judgement.nct_id for one in ranked]
    trials = trials_of_page(nct_ids)
    where, sentences = whereabouts(trials, answers.origin, country), sentences_of(nct_ids)
    return [
        Shown(one, trial, where[trial.nct_id], sentences.get(trial.nct_id, {}))
        for one, trial in zip(ranked, trials, strict=True)
    ]
