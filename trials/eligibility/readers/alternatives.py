"""Tells whether a statement names one of several ways to be eligible: an item under "one of the following", or by "or".

Never reads a fact, nor what the alternatives are.
"""

import re
from bisect import bisect_right

from trials.eligibility.document import Document
from trials.eligibility.statements import Statement

_CHOICE = re.compile(
    r"\b(?:at least one|one or more|any(?: one)?|one|either|≥ ?1) of (?:the|these|those|this)\b|\bone of\b|\beither\b"
    r"|\bany of\b|\bdefined (?:as|by)\b|\b(?:includ\w+|such as|e\.g\.)[^.;]{0,40}:\s*$"
)
# "Defined as one or more of: A; B": the first way stands in the line that opens the choice.
_OPENS = re.compile(r"\b(?:at least one|one or more|any(?: one)?|one|either) of(?: (?:the|these)\b[^.;:]{0,40})?:\s*\S")
_BELOW = 4  # items below "one of the following:" that may still belong to it
_FARTHEST = 6  # statements of one item that may stand behind "one of the following"


def is_one_of_several(document: Document, statement: Statement) -> bool:
    """Whether another item would do as well as this one."""
    if any(_CHOICE.search(lead.low) for lead in statement.lineage()[:2]):
        return True
    before = statement.previous
    for _ in range(_FARTHEST):
        if before is None:
            break
        if (before.low.rstrip().endswith(":") and _CHOICE.search(before.low)) or _OPENS.search(before.low):
            return True
        before = before.previous
    return _is_joined_by_or(document, statement) or _stands_below_choice(document, statement)


def _stands_below_choice(document: Document, statement: Statement) -> bool:
    """A list whose items stand no deeper than "one of the following:"; how far it goes nobody can tell."""
    place = bisect_right(document.starts, statement.start) - 1
    for index in range(max(0, place - _BELOW), max(0, place)):
        before = document.criteria[index]
        if before.sign == statement.sign and before.low.rstrip().endswith(":") and _CHOICE.search(before.low):
            following = document.criteria[index + 1]
            if not any(lead.start == before.start for lead in following.lineage()):
                return True  # a list with items of its own, deeper, is over where they end
    return False


def _is_joined_by_or(document: Document, statement: Statement) -> bool:
    if statement.low.lstrip(" -*").startswith(("or ", "and/or ")) or _ends_with_or(statement):
        return True
    place = bisect_right(document.starts, statement.start) - 2
    return place >= 0 and document.criteria[place].sign == statement.sign and _ends_with_or(document.criteria[place])


def _ends_with_or(statement: Statement) -> bool:
    return statement.low.rstrip(" .;,:)").endswith((" or", " and/or"))
