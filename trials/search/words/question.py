"""What a reader asks for in words: groups of phrases, any one of which will do, and all groups together.

The syntax is that of PostgreSQL's websearch: words, "phrases", -not, OR. Names are widened to what means the same; what
stands in quotes never is, and what is shut out only to other writings of the same word. Pure: never asks the database.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, zip_longest

from trials.search.words.naming import Named, named
from trials.vocabulary.meanings import MOST_PHRASES, phrases_of
from trials.vocabulary.writings import is_searchable, says_enough, writings

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»＂〝〞「」『』"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
# A minus shuts out only before a word or quote; one within a word is a hyphen
_TERM = re.compile(r'(?:(?<![^\s(])(?P<minus>-+))?(?:"(?P<quoted>[^"]*)(?P<close>"?)|(?P<word>[^\s"]+))')
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that belong together: a trial has the group if it has any one of the phrases.

    typed is what the reader typed, without quotes and minus, [start:end) where it stands with them in the question's
    text. meaning says what it was widened to, "" where it stands for itself alone.
    """

    typed: str
    phrases: tuple[str, ...]
    is_excluded: bool = False
    is_exact: bool = False
    meaning: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """All groups are asked for. ignored are typed words that were not searched for, such as "trial" or "plus"."""

    text: str
    groups: tuple[WordGroup, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Either:
    """An OR between its neighbours."""


def plain_text(text: str) -> str:
    """One form for what looks the same: full width letters, curly quotes, long dashes; no control characters."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES | _DASHES))
    return "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)


@lru_cache(maxsize=4096)
def ask(text: str) -> Question:
    """Anything that can be typed is a question; one without a word that can be searched for has no groups."""
    text = plain_text(text)
    named_words = list(_items(text))
    if not any(isinstance(item, WordGroup) for item in named_words):
        named_words = [_literal(item) if isinstance(item, Named) else item for item in named_words]
    groups: dict[tuple[tuple[str, ...], bool], WordGroup] = {}
    for group in _joined(named_words):
        if is_searchable(group.typed):
            groups.setdefault((group.phrases, group.is_excluded), group)
    ignored = tuple(item.typed for item in named_words if isinstance(item, Named))
    return Question(text, tuple(groups.values()), ignored)


def _items(text: str) -> Iterator[WordGroup | Named | _Either]:
    """Groups and ORs in their order, and as they are the words that are not searched for."""
    runs: list[tuple[int, int] | WordGroup | _Either] = []
    for term in _TERM.finditer(text):
        word, quoted = term["word"], term["quoted"]
        if quoted is not None or term["minus"]:
            group = _quoted(term) if word is None else _shut_out(term)
            if group:
                runs.append(group)
        elif word.lower() == "or":
            runs.append(_Either())
        elif runs and isinstance(runs[-1], tuple):
            runs[-1] = (runs[-1][0], term.end())
        else:
            runs.append((term.start(), term.end()))
    spans = [run for run in runs if isinstance(run, tuple)]
    meant = iter(named(text, spans))
    for run in runs:
        if isinstance(run, tuple):
            yield from (item if item.is_ignored else _widened(item) for item in next(meant))
        else:
            yield run


def _quoted(term: re.Match[str]) -> WordGroup | None:
    words = " ".join(term["quoted"].split())
    start, end = term.span()
    return WordGroup(words, (words,), bool(term["minus"]), is_exact=True, start=start, end=end) if words else None


def _shut_out(term: re.Match[str]) -> WordGroup | None:
    word = _EDGES.sub("", term["word"])
    start, end = term.span()
    return WordGroup(word, writings(word), is_excluded=True, start=start, end=end) if word else None


def _literal(item: Named) -> WordGroup:
    """A word for itself alone, in its other writings."""
    written = tuple(dict.fromkeys((item.typed, *item.writings)))
    return WordGroup(item.typed, written, start=item.start, end=item.end)


def _widened(item: Named) -> WordGroup:
    if not item.meaning:
        return _literal(item)
    typed = [one for one in writings(item.typed) if says_enough(one)]
    phrases = {phrase.casefold(): phrase for phrase in reversed([*typed, *phrases_of(item.meaning)])}
    order = dict.fromkeys(phrase.casefold() for phrase in (*typed, *phrases_of(item.meaning)))
    found = tuple(phrases[key] for key in order)[:MOST_PHRASES] or (item.typed,)
    is_wider = bool(set(order) - {one.casefold() for one in writings(item.typed)})
    return WordGroup(item.typed, found, meaning=item.meaning.name if is_wider else "", start=item.start, end=item.end)


def _joined(items: Iterable[WordGroup | Named | _Either]) -> Iterator[WordGroup]:
    """Groups with the ORs between them made one. An OR at an end, or beside what is shut out, joins nothing."""
    waiting: WordGroup | None = None
    is_either = False
    for item in items:
        if isinstance(item, Named):
            continue
        if isinstance(item, _Either):
            is_either = True
            continue
        if waiting and is_either and not (waiting.is_excluded or item.is_excluded):
            waiting = _either(waiting, item)
        else:
            if waiting:
                yield waiting
            waiting = item
        is_either = False
    if waiting:
        yield waiting


def _either(left: WordGroup, right: WordGroup) -> WordGroup:
    """Both, phrases by turns, so that neither is cut off by the other's number."""
    turns = chain.from_iterable(zip_longest(left.phrases, right.phrases))
    phrases = tuple(dict.fromkeys(phrase for phrase in turns if phrase is not None))[:MOST_PHRASES]
    meanings = [group.meaning or group.typed for group in (left, right)]
    return replace(
        left,
        typed=f"{_raw(left)} OR {_raw(right)}",
        phrases=phrases,
        is_exact=left.is_exact and right.is_exact,
        meaning=" / ".join(meanings) if left.meaning or right.meaning else "",
        end=right.end,
    )


def _raw(group: WordGroup) -> str:
    is_single = group.is_exact and '"' not in group.typed
    return f'"{group.typed}"' if is_single else group.typed
