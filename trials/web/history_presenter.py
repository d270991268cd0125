"""The history of a trial as its page shows it: days, the newest first, and on each what changed, the weightiest first.

Many changes of one kind on one day are folded. Never queries, never builds HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from itertools import groupby

from django.utils.translation import ngettext

from trials.vocabulary.change_fields import IMPORTANCE, SITES
from trials.web.change_words import ChangeLine, change_line
from trials.web.history_lookup import SeenChange
from trials.web.phrases import Phrase
from trials.web.text_difference import Effort

_MOST_TOGETHER, _SHOWN_FIRST = 8, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """Changes of one kind: lines to read at once, more to unfold, with the words to unfold them."""

    lines: Sequence[ChangeLine]
    more: Sequence[ChangeLine] = ()
    more_words: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """seen_on is when we saw it, None where that was the same day."""

    day: date
    entries: Sequence[Entry]
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class NewestChange:
    """The weightiest change of the newest day, and how many others that day has."""

    day: date
    said: Phrase
    others: int


def present_history(changes: Iterable[SeenChange]) -> list[Day]:
    """changes come newest first."""
    effort = Effort()
    return [_day(day, list(rows), effort) for day, rows in groupby(changes, lambda change: change.changed_on)]


def present_newest(changes: Sequence[SeenChange]) -> NewestChange | None:
    """changes are those of one day."""
    if not changes:
        return None
    effort = Effort()
    lines = [change_line(change.field, change.old, change.new, effort) for change in changes]
    return NewestChange(changes[0].changed_on, min(lines, key=_weight).said, len(changes) - 1)


def _weight(line: ChangeLine) -> tuple[int, int]:
    return IMPORTANCE.get(line.field, len(IMPORTANCE)), line.rank


def _day(day: date, changes: list[SeenChange], effort: Effort) -> Day:
    in_order_of_record = changes[::-1]
    lines = [change_line(change.field, change.old, change.new, effort) for change in in_order_of_record]
    seen_on = max(change.seen_at for change in changes).astimezone(UTC).date()
    return Day(day, list(_entries(sorted(lines, key=_weight))), seen_on if seen_on > day else None)


def _entries(lines: list[ChangeLine]) -> Iterator[Entry]:
    """Lines in their order, those of one group together at the place of the first."""
    groups: dict[str, list[ChangeLine]] = {}
    for number, line in enumerate(lines):
        groups.setdefault(line.group or str(number), []).append(line)
    for together in groups.values():
        if len(together) <= _MOST_TOGETHER:
            yield Entry(together)
        else:
            more = together[_SHOWN_FIRST:]
            yield Entry(together[:_SHOWN_FIRST], more, _more_words(together[0].field, len(more)))


def _more_words(field: str, number: int) -> str:
    if field == SITES:
        said = ngettext("and %(number)d more site", "and %(number)d more sites", number)
    else:
        said = ngettext("and %(number)d more of these", "and %(number)d more of these", number)
    return said % {"number": number}
