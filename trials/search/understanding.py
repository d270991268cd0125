"""What the words of a search mean on the store as it is: which trials hold them, and what was put in place of a word
that no trial has. Never writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from trials.search.index.evaluation import Words
from trials.search.index.live import LIVE
from trials.search.index.state import IndexState
from trials.search.words.question import Question, WordGroup, ask
from trials.search.words.spelling import corrections
from trials.search.words.undoing import corrected

_MOST_CORRECTED = 4  # words of one search: each costs several queries


@dataclass(frozen=True, slots=True)
class Correction:
    """typed stands in no trial; used was searched for in its place."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Understood:
    """question as it was searched for, words its groups with their trials (those of stop words alone left out)."""

    question: Question
    words: tuple[Words, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words that no trial has, and for which nothing near was found."""
        return tuple(words.typed for words in self.words if not words.is_excluded and not words.matches.anywhere)


def understand(text: str, state: IndexState) -> Understood:
    """Inside the transaction of the state."""
    question = ask(text)
    understood = Understood(question, tuple(_words(question, state)))
    unknown = [group for group in question.groups if group.typed in understood.unknown and _may_be_corrected(group)]
    for group in unknown[:_MOST_CORRECTED]:
        understood = _corrected(understood, group.typed, state)
    return understood


def _may_be_corrected(group: WordGroup) -> bool:
    return not group.is_exact and not group.is_excluded


def _words(question: Question, state: IndexState) -> Iterator[Words]:
    for group in question.groups:
        matches = LIVE.postings.of(group, state)
        if matches is not None:
            yield Words(group.typed, matches, group.is_excluded)


def _corrected(understood: Understood, typed: str, state: IndexState) -> Understood:
    """With the nearest word that some trial has; as it was where there is none."""
    groups = understood.question.groups
    group = next((one for one in groups if one.typed == typed and _may_be_corrected(one)), None)
    if group is None:
        return understood
    for used in corrections(typed):
        question = ask(corrected(understood.question, group, typed, used))
        words = tuple(_words(question, state))
        better = Understood(question, words, (*understood.corrections, Correction(typed, used)))
        if len(better.unknown) < len(understood.unknown):
            return better
    return understood


def index_numbers(nct_ids: list[str]) -> dict[str, int]:
    """The places of trials in bitmaps."""
    if not nct_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT nct_id, number FROM trials_searchmark WHERE nct_id = ANY (%s)", [nct_ids])
        return dict(cursor.fetchall())
