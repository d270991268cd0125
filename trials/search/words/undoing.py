"""Query texts that take back what was done with the reader's words: a widening, or a corrected spelling.

Each is the reader's own text with one group changed, so that everything else stays as typed. Never searches.
"""

import re

from trials.search.words.question import Question, WordGroup

_OR = re.compile(r'("[^"]*"?)|\s+or\s+', re.IGNORECASE)


def without_widening(question: Question, group: WordGroup) -> str:
    """The text with this group in quotes: it is then searched for as it stands."""
    if group.is_exact or not group.typed:
        return question.text
    return _with(question, group, _in_quotes(group))


def corrected(question: Question, group: WordGroup, wrong: str, right: str) -> str:
    """The text with another spelling of one word of this group; a minus, an OR or quotes stay."""
    stands = question.text[group.start : group.end]
    return _with(question, group, re.sub(re.escape(wrong), lambda _match: right, stands, count=1, flags=re.IGNORECASE))


def uncorrected(question: Question, group: WordGroup) -> str:
    """The text that searches for the group as typed, though its spelling was corrected."""
    return without_widening(question, group)


def without_group(question: Question, group: WordGroup) -> str:
    """The text without this group."""
    return " ".join(_with(question, group, " ").split())


def _in_quotes(group: WordGroup) -> str:
    parts = _alternatives(group.typed)
    quoted = " OR ".join(part if part.startswith('"') else f'"{part}"' for part in parts)
    return f"-{quoted}" if group.is_excluded else quoted


def _alternatives(typed: str) -> list[str]:
    """What stands between the ORs of a group, quotes kept."""
    parts, place = [], 0
    for match in _OR.finditer(typed):
        if match.group(1) is None:
            parts.append(typed[place : match.start()])
            place = match.end()
    return [part.strip() for part in (*parts, typed[place:]) if part.strip()]


def _with(question: Question, group: WordGroup, words: str) -> str:
    """A blank is put where the group stood inside a longer word, so that its quotes do not join what follows."""
    before, after = question.text[: group.start], question.text[group.end :]
    left = " " if before and not before[-1].isspace() else ""
    right = " " if after and not after[0].isspace() else ""
    return f"{before}{left}{words}{right}{after.lstrip('-') if right else after}"


def is_widened(group: WordGroup) -> bool:
    return bool(group.meaning) and not group.is_exact
