"""What the plain words are made of: lines of whole sentences, each with where on the page it comes from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from trials.matching.sentences import what_they_say
from trials.models import FactInForce, Trial
from trials.vocabulary.facts import FACTS, FactStatus
from trials.web.phrases import Phrase, phrase
from trials.web.trial_facts import FactsView


class Topic(StrEnum):
    """The parts of the plain words, in their order."""

    STATE = "state"
    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Source:
    """A link to the part of the page that a line was made from; label names that part."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """said are whole sentences, items a list under them. weight decides which lines go where there are too many."""

    topic: Topic
    said: tuple[Phrase, ...]
    sources: tuple[Source, ...]
    weight: int
    items: tuple[Phrase, ...] = ()


def sentences(*texts: str) -> tuple[Phrase, ...]:
    """Translated sentences without anything to fill in; empty ones are left out."""
    return tuple(phrase(text.replace("%", "%%")) for text in texts if text)


class Facts:
    """The stated facts of a trial, and where each stands on its page."""

    def __init__(self, trial: Trial, view: FactsView) -> None:
        self._facts = {fact.name: fact for fact in trial.facts.all()}
        self._criteria = trial.eligibility_criteria
        self._places = {one.words.name: next((s.href for s in one.sentences if s.href), "") for one in view.said}
        self._changed = frozenset(one.words.name for one in view.said if one.read_now)

    def value(self, name: str) -> object:
        """What is accepted; None unless the record says it, once, and as a person who checked it had read it."""
        fact = self._facts.get(name)
        is_stated = fact is not None and fact.status == FactStatus.STATED and name not in self._changed
        return fact.value if fact is not None and is_stated else None

    def values(self, name: str) -> Sequence[object] | None:
        found = self.value(name)
        return found if isinstance(found, list) else None

    def marks(self, name: str) -> frozenset[str]:
        """What its sentences say beyond the value (`trials.matching.marks`)."""
        fact = self._facts.get(name)
        return what_they_say(name, fact.value, fact.evidence, self._criteria) if fact else frozenset()

    def is_silent(self, name: str) -> bool:
        return name in self._facts and self._facts[name].status == FactStatus.NOT_STATED

    def doubtful(self) -> list[str]:
        """Facts on which the record contradicts itself, or that have changed since a person checked them."""
        return [name for name in FACTS if name in self._changed or self._is_contradictory(self._facts.get(name))]

    def on_cohort(self) -> list[str]:
        return [name for name in FACTS if self.value(name) is not None and self._facts[name].depends_on_cohort]

    def source(self, name: str) -> Source:
        """The sentence that the fact was read from where that is marked on the page, else the fact."""
        return Source(self._places.get(name) or f"#fact-{name}", gettext(FACTS[name].plain))

    @staticmethod
    def _is_contradictory(fact: FactInForce | None) -> bool:
        return fact is not None and fact.status == FactStatus.CONTRADICTORY
