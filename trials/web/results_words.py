"""What was searched for, said to the reader: what words were widened to, which were corrected, which no trial has.

Each with the search as it would be without that. Never queries, never searches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.search.finding import Found
from trials.search.identifiers import LONGEST_QUERY
from trials.search.words.question import Question, WordGroup, ask
from trials.search.words.undoing import is_widened, uncorrected, without_widening
from trials.vocabulary.writings import writings
from trials.web.query_links import QueryLinks
from trials.web.word_lists import side_by_side

_NAMED_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Widened:
    """named are the first of the other words and how many follow; every is all of them."""

    typed: str
    named: str
    is_cut: bool
    every: Sequence[str]
    undo_url: str


@dataclass(frozen=True, slots=True)
class Corrected:
    typed: str
    used: str
    undo_url: str


@dataclass(frozen=True, slots=True)
class Meant:
    """unknown and ignored are words in quotes, joined; "" if there are none."""

    widened: Sequence[Widened]
    corrected: Sequence[Corrected]
    unknown: str
    ignored: str


def present_words(found: Found, links: QueryLinks) -> Meant | None:
    """None where every word was searched for as typed, and found."""
    understood = found.understood
    meant = Meant(
        list(_widened(understood.question, links)),
        list(_corrected(found, links)),
        _quoted(understood.unknown),
        _quoted(understood.question.ignored) if understood.question.groups else "",
    )
    return meant if any((meant.widened, meant.corrected, meant.unknown, meant.ignored)) else None


def _widened(question: Question, links: QueryLinks) -> Iterator[Widened]:
    for group in filter(is_widened, question.groups):
        others = _others(group)
        if not others:
            continue
        yield Widened(
            typed=group.typed,
            named=_named(others),
            is_cut=len(others) > _NAMED_AT_ONCE,
            every=others,
            undo_url=_short_enough(without_widening(question, group), links),
        )


def _named(others: Sequence[str]) -> str:
    words, left = side_by_side(others[:_NAMED_AT_ONCE]), len(others) - _NAMED_AT_ONCE
    if left <= 0:
        return words
    return ngettext("%(words)s and %(left)d more", "%(words)s and %(left)d more", left) % {"words": words, "left": left}


def _short_enough(words: str, links: QueryLinks) -> str:
    """The search for these words, "" where quotes have made them longer than a search may be."""
    return links.setting("q", words) if len(words) <= LONGEST_QUERY else ""


def _others(group: WordGroup) -> list[str]:
    """Without the typed words themselves, whatever their capitals and hyphens; those that look otherwise come first."""
    typed = {group.typed.casefold(), *(written.casefold() for written in writings(group.typed))}
    words = set(group.typed.casefold().split())
    others = [phrase for phrase in group.phrases if phrase.casefold() not in typed]
    return sorted(others, key=lambda phrase: not words.isdisjoint(phrase.casefold().split()))


def _corrected(found: Found, links: QueryLinks) -> Iterator[Corrected]:
    typed = ask(found.filterset.words)
    for correction in found.understood.corrections:
        group = next((group for group in typed.groups if group.typed == correction.typed), None)
        if group:
            yield Corrected(correction.typed, correction.used, links.setting("q", uncorrected(typed, group)))


def _quoted(words: Sequence[str]) -> str:
    return side_by_side(_("“%(word)s”") % {"word": word} for word in dict.fromkeys(words))
