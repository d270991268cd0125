"""What a trial accepts: the fifteen facts with the sentences that they stand on. Never queries or reads free text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import FactInForce, Trial
from trials.registry.values import unescape
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.messages import gettext_noop
from trials.web.criteria import Mark, Span, mark_at, merge_spans
from trials.web.fact_words import FactWords, claimed_words, fact_words

CRITERIA = "eligibility_criteria"
HIGHLIGHTED = MappingProxyType(
    {CRITERIA: "criteria-", "brief_summary": "summary-", "detailed_description": "description-"}
)
_BULLET = re.compile(r"\A\s*\\?[*•-]\s+")
_PART = re.compile(r"(\w+)\[(\d{1,4})\](?:\.(\w+))?")
_PLACES = MappingProxyType(
    {
        CRITERIA: gettext_noop("In the criteria"),
        "brief_title": gettext_noop("In the title"),
        "official_title": gettext_noop("In the official title"),
        "brief_summary": gettext_noop("In the summary"),
        "detailed_description": gettext_noop("In the description"),
        "conditions": gettext_noop("In the conditions"),
        "keywords": gettext_noop("In the keywords"),
        "arms": gettext_noop("In an arm"),
        "interventions": gettext_noop("In an intervention"),
    }
)
_ANCHORS = MappingProxyType({"conditions": "#about", "keywords": "#about"})

Marks = Mapping[str, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote without escapes, where it stands in words, and the link to that place ("" if it is in sight)."""

    quote: str
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class FactView:
    """claims are the answers of a record that contradicts itself; outside_criteria where the criteria are silent.

    read_now is how the machine reads a text that has changed since a person decided, "" where that agrees.
    """

    words: FactWords
    sentences: Sequence[Sentence]
    claims: Sequence[str]
    outside_criteria: bool
    read_now: str

    @property
    def claimed(self) -> str:
        return claimed_words(self.claims)

    @property
    def is_contradictory(self) -> bool:
        return self.words.status == FactStatus.CONTRADICTORY


@dataclass(frozen=True, slots=True)
class FactsView:
    """said are stated and contradictory facts, silent those that the record does not state; in the order of FACTS."""

    said: Sequence[FactView]
    silent: Sequence[FactWords]
    marks: Marks


def present_facts(trial: Trial) -> FactsView:
    stored = {fact.name: fact for fact in trial.facts.all()}
    facts = [stored[name] for name in FACTS if name in stored]
    marks = {
        field: merge_spans(getattr(trial, field), _spans(getattr(trial, field), field, facts), prefix)
        for field, prefix in HIGHLIGHTED.items()
    }
    said = [_view(fact, marks) for fact in facts if fact.status != FactStatus.NOT_STATED]
    silent = [fact_words(fact) for fact in facts if fact.status == FactStatus.NOT_STATED]
    return FactsView(said, silent, marks)


def _spans(text: str, field: str, facts: Iterable[FactInForce]) -> Iterable[Span]:
    for fact in facts:
        for evidence in fact.evidence:
            start, end = evidence["start"], evidence["end"]
            # a quote that is not there any more is shown at its fact, but nothing else is marked in its stead
            if evidence["field"] == field and text[start:end] == evidence["quote"]:
                yield Span(start, end, gettext(FACTS[fact.name].plain))


def _view(fact: FactInForce, marks: Marks) -> FactView:
    sentences = [sentence(evidence, marks) for evidence in fact.evidence]
    fields = {evidence["field"] for evidence in fact.evidence}
    claims = _claims(fact) if fact.status == FactStatus.CONTRADICTORY else []
    return FactView(fact_words(fact), list(dict.fromkeys(sentences)), claims, CRITERIA not in fields, _read_now(fact))


def _read_now(fact: FactInForce) -> str:
    if fact.text_changed_at is None or (fact.machine_status, fact.machine_value) == (fact.status, fact.value):
        return ""
    return fact_words(FactInForce(name=fact.name, status=fact.machine_status, value=fact.machine_value)).answer


def _claims(fact: FactInForce) -> list[str]:
    said = [
        fact_words(FactInForce(name=fact.name, status=FactStatus.STATED, value=claim)).answer for claim in fact.claims
    ]
    return list(dict.fromkeys(said))


def sentence(evidence: Mapping[str, object], marks: Marks = MappingProxyType({})) -> Sentence:
    """A quote as readers see it. Without marks, only links to other parts of the page than texts are made."""
    field, start = str(evidence["field"]), evidence["start"]
    part = _PART.fullmatch(field)
    kind, number = (part[1], int(part[2]) + 1) if part else (field, 0)
    place = gettext(_PLACES[kind]) if kind in _PLACES else _("In the record")
    mark = mark_at(marks.get(field, ()), start) if isinstance(start, int) else None
    if mark is not None:
        href = f"#{mark.id}"
    elif kind in {"arms", "interventions"} and part:
        href = f"#{kind[:-1]}-{number}"
    else:
        href = _ANCHORS.get(kind, "")
    return Sentence(" ".join(unescape(_BULLET.sub("", str(evidence["quote"]))).split()), place, href)
