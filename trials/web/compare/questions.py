"""Questions for the doctor and the trial team: those for every trial, and those that a record leaves open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from trials.models import Trial
from trials.vocabulary.facts import FACTS
from trials.vocabulary.messages import gettext_noop
from trials.web.plain.sentence import Facts
from trials.web.plain.unsaid import open_points
from trials.web.trial_facts import FactsView

_GENERAL = (
    gettext_noop("Is the trial still open, and at the place near me?"),
    gettext_noop("May my stage of liver cancer and my liver function fit?"),
    gettext_noop("What would I get, and what if I do not join?"),
    gettext_noop("Which side effects are known?"),
    gettext_noop("How often must I come, for how long, and which tests are done?"),
    gettext_noop("Who pays for the treatment, the tests and the travel?"),
    gettext_noop("Which of my medicines must I stop, and how long before?"),
    gettext_noop("Can I leave the trial at any time, and what then?"),
)


@dataclass(frozen=True, slots=True)
class Questions:
    """silent end a question ("how active you must be"); contradictory name what the record says in two ways."""

    silent: Sequence[str]
    contradictory: Sequence[str]


def general_questions() -> list[str]:
    return [gettext(question) for question in _GENERAL]


def questions_for(trial: Trial, view: FactsView) -> Questions:
    facts = Facts(trial, view)
    return Questions(open_points(trial, facts), [gettext(FACTS[name].plain) for name in facts.doubtful()])
