"""Marks facts whose answer a person should check because the texts speak of them in a way that the rules hardly know.

One mechanism for every fact. Unusual is: named in the criteria and yet not read; read from some of the statements that
name it while others gave nothing; read from one sentence that takes back or limits what it says; or read where such an
answer seldom stands. Never changes an answer.
"""

import re
from dataclasses import replace

from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.reading import Fact
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.topics import CRITERIA, Topic, topics

UNUSUAL = "unusual"
_LEFT = 2  # so many statements of the topic left over make an answer doubtful
_FULL = 4  # an answer with so many sentences names no more of them
_TURN = re.compile(
    r"\b(?:unless|except\w*|other than|excluding|however|but|regardless|only|if|allowed|permitted|eligible|acceptable"
    r"|considered)\b"
)


def marked(document: Document, fact: Fact) -> Fact:
    """The fact, with the doubt "unusual" where its wording is."""
    return replace(fact, doubts=(*fact.doubts, UNUSUAL)) if _is_unusual(document, fact) else fact


def _is_unusual(document: Document, fact: Fact) -> bool:
    topic = topics()[fact.name]
    if fact.status is FactStatus.CONTRADICTORY:
        return False  # a doubt of its own
    if fact.status is FactStatus.STATED and (_is_out_of_place(topic, fact) or _is_turned(fact)):
        return True
    if len(fact.evidence) >= _FULL:
        return False
    left = _left_over(document, topic, fact)
    return left > 0 if fact.status is FactStatus.NOT_STATED else left >= _LEFT


def _is_out_of_place(topic: Topic, fact: Fact) -> bool:
    return not any(evidence.field.startswith(topic.fields) for evidence in fact.evidence)


def _is_turned(fact: Fact) -> bool:
    """Whether a single sentence carries the answer and limits it; scales have a grammar that reads their limits."""
    return (
        not FACTS[fact.name].many
        and len(fact.evidence) == 1
        and fact.evidence[0].field == CRITERIA
        and bool(_TURN.search(fact.evidence[0].quote.lower()))
    )


def _left_over(document: Document, topic: Topic, fact: Fact) -> int:
    """How many statements of the criteria name the topic, beside those that the answer stands on."""
    used = [(evidence.start, evidence.end) for evidence in fact.evidence if evidence.field == CRITERIA]
    heard = {" ".join(evidence.quote.split()) for evidence in fact.evidence}
    left = 0
    for statement in document.having(*topic.words):
        if any(word in statement.low for word in topic.but) or is_for_other_tumor(statement):
            continue
        start, end = statement.view.published_span(statement.start, statement.end)
        if any(first < end and start < last for first, last in used):
            continue
        left += " ".join(statement.view.published[start:end].split()) not in heard
    return left
