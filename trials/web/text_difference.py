"""What differs between two published texts, item by item, and word by word where an item was reworded. Pure.

Unchanged stretches are folded, their headings stay: a criterion says nothing without "inclusion" or "exclusion" above
it. The work is bounded (`Effort`): texts too large to be aligned are compared as sets of items, in linear time.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from trials.web.criteria import published_items

SAME, REMOVED, ADDED, CHANGED, FOLD = "same", "removed", "added", "changed", "fold"
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z0-9(\[≥≤<>])")
_COST_OF_A_LINE = 20  # characters
_LONG_ITEM = 240  # characters: beyond this a paragraph is compared by its sentences
_LONGEST_OF_WORDS = 20_000  # characters: beyond this an item is shown as gone and new
_TOKEN = re.compile(r"\w+|[^\w\s]")
_ALIKE = 0.5
_LOOK_AHEAD = 5
_SHOWN_UNFOLDED, _MOST_FOLDED, _MOST_CHANGED = 2, 60, 300  # items


class Effort:
    """A budget shared by the texts of a page: characters to read, and steps of difflib to align them."""

    def __init__(self, steps: int = 6_000_000, characters: int = 2_000_000) -> None:
        self._left = steps
        self._characters = characters

    def allows_to_read(self, old: str, new: str) -> bool:
        lines = old.count("\n") + new.count("\n")
        self._characters -= len(old) + len(new) + _COST_OF_A_LINE * lines
        return self._characters >= 0

    def allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Takes the worst cost of aligning these from the steps, if that is enough."""
        counts = Counter(new)
        pairs = sum(number * counts[one] for one, number in Counter(old).items())
        cost = max(pairs, len(old) + len(new)) * min(len(old), len(new))
        if cost > self._left:
            return False
        self._left -= cost
        return True


@dataclass(frozen=True, slots=True)
class Words:
    """kind is same, removed or added; is_spaced tells that a space stands before it."""

    kind: str
    text: str
    is_spaced: bool = False


@dataclass(frozen=True, slots=True)
class DiffItem:
    """kind is same, removed, added or changed; marker is as published; pieces are the item's words in order."""

    kind: str
    marker: str
    pieces: tuple[Words, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items to show, or to fold away (kind fold); left_out counts those that are not repeated at all."""

    kind: str
    items: Sequence[DiffItem]
    left_out: int = 0

    @property
    def size(self) -> int:
        return len(self.items) + self.left_out


@dataclass(frozen=True, slots=True)
class TextDifference:
    added: int
    removed: int
    changed: int
    stretches: Sequence[Stretch]

    @property
    def size(self) -> int:
        return self.added + self.removed + self.changed


@dataclass(frozen=True, slots=True)
class _Item:
    """key is what is compared: without marker and spacing."""

    key: str
    marker: str
    text: str
    is_heading: bool


def text_difference(old: str, new: str, effort: Effort) -> TextDifference:
    items = list(_diff(list(_items(old)), list(_items(new)), effort))
    counts = Counter(item.kind for item in items)
    return TextDifference(counts[ADDED], counts[REMOVED], counts[CHANGED], list(_stretches(items)))


def _items(text: str) -> Iterator[_Item]:
    for marker, said, is_heading in published_items(text):
        sentences = _SENTENCE_END.split(said) if len(said) > _LONG_ITEM else [said]
        for number, sentence in enumerate(sentences):
            key = " ".join(sentence.split())
            if key:
                yield _Item(key, "" if number else marker, key, is_heading)


def _diff(old: list[_Item], new: list[_Item], effort: Effort) -> Iterator[DiffItem]:
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield from map(_same, new[:start])
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], effort)
    yield from map(_same, new[len(new) - end :])


def _common(old: Sequence[_Item], new: Sequence[_Item]) -> int:
    """How many items the two begin with together."""
    pairs = zip(old, new, strict=False)
    return next((place for place, (was, now) in enumerate(pairs) if was.key != now.key), min(len(old), len(new)))


def _middle(old: list[_Item], new: list[_Item], effort: Effort) -> Iterator[DiffItem]:
    was, now = [item.key for item in old], [item.key for item in new]
    if not effort.allows(was, now):
        yield from _as_sets(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(_same, new[j1:j2])
        else:
            yield from _replaced(old[i1:i2], new[j1:j2], effort)


def _as_sets(old: list[_Item], new: list[_Item]) -> Iterator[DiffItem]:
    """Gone is what the new text holds nowhere, new what the old one did not; in one walk through both."""
    in_old, in_new = {item.key for item in old}, {item.key for item in new}
    rest = iter(old)
    for item in new:
        if item.key not in in_old:
            yield _whole(ADDED, item)
            continue
        for was in rest:
            if was.key in in_new:
                break
            yield _whole(REMOVED, was)
        yield _same(item)
    yield from (_whole(REMOVED, was) for was in rest if was.key not in in_new)


def _replaced(old: list[_Item], new: list[_Item], effort: Effort) -> Iterator[DiffItem]:
    """Items in place of others: those that are alike are shown as one reworded item."""
    start = 0
    for was in old:
        ahead = range(start, min(start + _LOOK_AHEAD, len(new)))
        twin = next((place for place in ahead if _alike(was.key, new[place].key)), None)
        if twin is None:
            yield _whole(REMOVED, was)
            continue
        yield from (_whole(ADDED, item) for item in new[start:twin])
        yield from _reworded(was, new[twin], effort)
        start = twin + 1
    yield from (_whole(ADDED, item) for item in new[start:])


def _alike(old: str, new: str) -> bool:
    if max(len(old), len(new)) > _LONGEST_OF_WORDS:
        return False
    was, now = Counter(old.split()), Counter(new.split())
    return 2 * (was & now).total() >= _ALIKE * (was.total() + now.total())


def _reworded(old: _Item, new: _Item, effort: Effort) -> Iterator[DiffItem]:
    was, now = list(_TOKEN.finditer(old.text)), list(_TOKEN.finditer(new.text))
    old_words, new_words = [token[0] for token in was], [token[0] for token in now]
    if not effort.allows(old_words, new_words):
        yield from (_whole(REMOVED, old), _whole(ADDED, new))
        return
    pieces: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces += _words(SAME, new.text, now[j1:j2])
        else:
            pieces += _words(REMOVED, old.text, was[i1:i2]) + _words(ADDED, new.text, now[j1:j2])
    yield DiffItem(CHANGED, new.marker, tuple(pieces), new.is_heading)


def _words(kind: str, text: str, tokens: Sequence[re.Match[str]]) -> list[Words]:
    if not tokens:
        return []
    start = tokens[0].start()
    return [Words(kind, text[start : tokens[-1].end()], is_spaced=start > 0 and text[start - 1].isspace())]


def _same(item: _Item) -> DiffItem:
    return _whole(SAME, item)


def _whole(kind: str, item: _Item) -> DiffItem:
    return DiffItem(kind, item.marker, (Words(kind, item.text),), item.is_heading)


def _stretches(items: Iterable[DiffItem]) -> Iterator[Stretch]:
    shown = 0
    runs = [(is_same, list(run)) for is_same, run in groupby(items, lambda item: item.kind == SAME)]
    for number, (is_same, run) in enumerate(runs):
        if is_same:
            yield from _folded(run, is_before_a_change=number + 1 < len(runs))
            continue
        room = max(0, _MOST_CHANGED - shown)
        shown += len(run)
        yield Stretch(CHANGED, run[:room], len(run[room:]))


def _folded(run: list[DiffItem], *, is_before_a_change: bool) -> Iterator[Stretch]:
    """An unchanged run, folded where it is long; the last heading above a change stays in sight."""
    headings = [place for place, item in enumerate(run) if item.is_heading] if is_before_a_change else []
    if not headings:
        yield _fold(run)
        return
    last = headings[-1]
    if last:
        yield _fold(run[:last])
    yield Stretch(SAME, run[last : last + 1])
    if run[last + 1 :]:
        yield _fold(run[last + 1 :])


def _fold(run: list[DiffItem]) -> Stretch:
    if len(run) <= _SHOWN_UNFOLDED:
        return Stretch(SAME, run)
    return Stretch(FOLD, run) if len(run) <= _MOST_FOLDED else Stretch(FOLD, [], len(run))
