"""The plain words of a trial: the lines of all topics, the lightest left out where there are too many. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from trials.models import Trial
from trials.vocabulary.messages import gettext_noop
from trials.web.plain.cancer import cancer_lines
from trials.web.plain.design import design_lines
from trials.web.plain.sentence import Facts, Line, Topic
from trials.web.plain.state import place_lines, state_lines
from trials.web.plain.treatment import treatment_lines
from trials.web.plain.unsaid import open_lines
from trials.web.plain.who import who_lines
from trials.web.trial_facts import FactsView
from trials.web.trial_head import HeadView

MOST_LINES = 14
_TITLES = {
    Topic.STATE: gettext_noop("Is it open?"),
    Topic.WHO: gettext_noop("Who it is for"),
    Topic.WHAT: gettext_noop("What happens"),
    Topic.WHERE: gettext_noop("Where and when"),
    Topic.ASK: gettext_noop("What to ask"),
}


@dataclass(frozen=True, slots=True)
class PlainPart:
    """One topic: its title in the reader's language and its lines."""

    topic: Topic
    title: str
    lines: Sequence[Line]


def plain_words_of(trial: Trial, facts_view: FactsView, head: HeadView, today: date) -> list[PlainPart]:
    """At most so many lines, in the order of the topics; the same record gives the same words."""
    kept = _weightiest(_lines(trial, Facts(trial, facts_view), head, today))
    parts = [(topic, [line for line in kept if line.topic is topic]) for topic in Topic]
    return [PlainPart(topic, gettext(_TITLES[topic]), lines) for topic, lines in parts if lines]


def _lines(trial: Trial, facts: Facts, head: HeadView, today: date) -> list[Line]:
    return [
        *state_lines(trial, head, today),
        *who_lines(trial, facts),
        *cancer_lines(facts),
        *treatment_lines(trial, facts),
        *design_lines(trial),
        *place_lines(trial, head, today),
        *open_lines(trial, facts, head),
    ]


def _weightiest(lines: Sequence[Line]) -> list[Line]:
    """In their own order; of equal weight the earlier one stays."""
    heaviest = sorted(range(len(lines)), key=lambda place: (-lines[place].weight, place))[:MOST_LINES]
    return [lines[place] for place in sorted(heaviest)]
