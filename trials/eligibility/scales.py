"""Reads expressions over an ordered scale: "A or B7", "<= 7", "0 to 2", "grade A or grade B (no more than 7 points)".

One grammar serves Child-Pugh scores, performance status and BCLC stages; each gives its own atoms and filler words.
An expression is terms joined by or, and, comma and slash; a term is an atom, a range, or a comparison. A number in
parentheses narrows the atom before it. Never decides whether what was read is accepted or banned.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from trials.eligibility.quantities import COMPARATOR, DIRECTION, WHEN, WITHIN_DAYS

_JOIN = re.compile(r"(?:and\s?/\s?or|or|and|&|/|,|及|或|和|vs\.?|versus|\bplus\b)")
_RANGE = re.compile(r"(?:-+>?|~|to|through|thru|until|至|到|and up to)")
_SCORE_OF = re.compile(r"score|point|[:;]|-|分")
_POINTS = re.compile(r"\s?(?:points?|scores?)\b")
_THEIR_POINTS = re.compile(r"(?:\s?(?:or|and|to|/|,|-|~)\s?\d{1,2}){0,4}\s?(?:points?|分)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Atom:
    """A place or span on the scale (both ends included); plain tells a bare number from a named class."""

    low: int
    high: int
    end: int
    is_number: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """How a scale is written. atom reads one atom at a place in a text in lower case (and as published)."""

    bottom: int
    top: int
    atom: Callable[[str, str, int], Atom | None]
    filler: re.Pattern[str]


@dataclass(slots=True)
class Reading:
    """What an expression means: values on the scale, where it stands, and how sure it is."""

    values: set[int]
    start: int
    end: int
    lost_sign: bool = False
    comparator: str = ""


@dataclass(slots=True)
class _Term:
    low: int
    high: int
    is_number: bool
    compared: str = ""


class _Parser:
    """Reads one expression; place moves forward only, so that the work is linear."""

    def __init__(self, scale: Scale, low: str, plain: str, place: int, limit: int) -> None:
        self.scale, self.low, self.plain, self.place, self.limit = scale, low, plain, place, min(limit, len(low))
        self.terms: list[_Term] = []
        self.lost_sign = self.in_parenthesis = False
        self.end = place

    def skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.low, self.place, self.limit)
        if match and match.end() > match.start():
            self.place = match.end()
            return True
        return False

    def fill(self) -> None:
        for _ in range(24):
            if self.skip(_SPACE):
                continue
            if self.low[self.place : self.place + 1] in ("(", "[") and self.place < self.limit:
                if not self._parenthesis():
                    return
            elif _looks_like_atom(self) or self._is_comparison() or not self.skip(self.scale.filler):
                return

    def _is_comparison(self) -> bool:
        """Whether a comparison begins here, which no filler word may eat: "of at least"."""
        match = COMPARATOR.match(self.low, self.place, self.limit)
        return match is not None and match.group() != "within"

    def _parenthesis(self) -> bool:
        """Enters a parenthesis that goes on with the expression, "B (7)", and skips any other, "0 (fully active)"."""
        start = self.place
        self.place += 1
        self.skip(_JOIN)
        for _ in range(8):
            if not (self.skip(_SPACE) or (not _looks_like_atom(self) and self.skip(self.scale.filler))):
                break
        self.comparator()
        self.skip(_SPACE)
        goes_on = _looks_like_atom(self) and not self._is_remark()
        self.place = start + 1 if goes_on else self._closing(start)
        self.in_parenthesis = goes_on
        return self.place > start

    def _is_remark(self) -> bool:
        """ "5-7 (A or B)": classes in parentheses explain the scores before them."""
        atom = self.scale.atom(self.low, self.plain, self.place)
        return bool(self.terms and self.terms[-1].is_number and atom and not atom.is_number)

    def _closing(self, start: int) -> int:
        depth = 0
        for place in range(start, min(start + 240, self.limit)):
            depth += (self.low[place] in "([") - (self.low[place] in ")]")
            if depth == 0:
                return place + 1
        return start

    def comparator(self) -> str:
        match = COMPARATOR.match(self.low, self.place, self.limit)
        if not match or WITHIN_DAYS.match(self.low, self.place):
            return ""
        name = match.lastgroup or ""
        if match.group()[0].isalpha() and self.low[match.end() : match.end() + 1].isalpha():
            return ""
        self.place = match.end()
        return name

    def atom(self) -> Atom | None:
        found = self.scale.atom(self.low, self.plain, self.place)
        if found:
            self.place = self.end = found.end
        return found

    def term(self) -> _Term | None:
        start = self.place
        compared = self.comparator()
        if compared:
            self.fill()
        atom = self.atom()
        if atom is None:
            self.place = start
            return None
        if compared in ("eq", "is"):
            compared = self._equality(atom) if compared == "eq" and not self._has_direction() else ""
        return self._direction(self._ranged(atom, compared))

    def _has_direction(self) -> bool:
        return bool(DIRECTION.match(self.low, self.place, self.limit))

    def _equality(self, atom: Atom) -> str:
        """A single "= 7" or "=B7" has lost its sign: nobody accepts one score in the middle of a scale alone."""
        rest = self.low[atom.end : atom.end + 12].lstrip()
        is_single = not (_RANGE.match(rest) or _JOIN.match(rest))
        if is_single and atom.low == atom.high and atom.low > self.scale.bottom:
            self.lost_sign = True
            return "le"
        return ""

    def _ranged(self, atom: Atom, compared: str) -> _Term:
        term = _Term(atom.low, atom.high, atom.is_number, compared)
        if compared:
            return self._bounded(term)
        start = self.place
        self.skip(_SPACE)
        if self.skip(_RANGE):
            self.fill()
            self.comparator()
            self.skip(_SPACE)
            other = self.atom()
            if other and other.low >= term.low:
                return _Term(term.low, other.high, term.is_number and other.is_number)
        self.place = start
        return term

    def _bounded(self, term: _Term) -> _Term:
        bottom, top = self.scale.bottom, self.scale.top
        if term.compared == "le":
            return _Term(bottom, term.high, term.is_number, "le")
        if term.compared == "lt":
            return _Term(bottom, term.low - 1, term.is_number, "lt")
        if term.compared == "ge":
            return _Term(term.low, top, term.is_number, "ge")
        return _Term(term.high + 1, top, term.is_number, "gt")

    def _direction(self, term: _Term) -> _Term:
        match = DIRECTION.match(self.low, self.place, self.limit)
        if match and not term.compared:
            self.place = self.end = match.end()
            if match["ge"]:
                return _Term(term.low, self.scale.top, term.is_number, "ge")
            return _Term(self.scale.bottom, term.high, term.is_number, "le")
        return term

    def is_score_of_classes(self, end: int) -> bool:
        """Whether the number just read says which scores of the classes before it: "B, 7 or 8 points"."""
        is_named = _SCORE_OF.search(self.low, end, self.end) or _THEIR_POINTS.match(self.low, self.end)
        return bool(self.terms) and not self.terms[-1].is_number and bool(is_named)

    def says_again(self, term: _Term) -> bool:
        """Whether a class in parentheses is a part of the one before it: "B (B7)"."""
        last = self.terms[-1] if self.terms else None
        return last is not None and not term.is_number and last.low <= term.low and term.high <= last.high

    def narrow(self, term: _Term, *, joined: bool) -> None:
        """Adds a term, or narrows what was read: "B (7)", "A or B, <= 7 points"."""
        last = self.terms[-1] if self.terms else None
        low, high = max(term.low, last.low if last else 0), min(term.high, last.high if last else 0)
        if last and not joined and last.compared and last.is_number and not term.is_number and low <= high:
            self.terms[-1] = _Term(low, high, is_number=False)
        elif last and not joined and not last.is_number and term.is_number and (term.compared or low <= high):
            if term.compared:
                kept = [_Term(t.low, min(t.high, term.high), is_number=False) for t in self.terms if t.low <= term.high]
                kept = [_Term(max(t.low, term.low), t.high, is_number=False) for t in kept if t.high >= term.low]
                self.terms = kept or self.terms
            else:
                self.terms[-1] = _Term(last.low if last.high - last.low > 2 else low, high, is_number=False)
        else:
            self.terms.append(term)


def _looks_like_atom(parser: _Parser) -> bool:
    return parser.scale.atom(parser.low, parser.plain, parser.place) is not None


def read_scale(scale: Scale, low: str, plain: str, place: int, limit: int | None = None) -> Reading | None:
    """The expression that begins at or soon after place, None where there is none.

    low and plain are the same text in lower case and as published.
    """
    parser = _Parser(scale, low, plain, place, len(low) if limit is None else limit)
    start = place
    joined, comma = True, False
    parser.fill()
    parser.skip(_JOIN)  # "Child-Pugh, class A"
    for _ in range(16):
        parser.fill()
        if not parser.terms and parser.skip(WHEN):  # "score within 7 days before treatment was 0 or 1"
            parser.fill()
        end = parser.end
        term = parser.term()
        if term is None:
            break
        if (
            not joined
            and term.is_number
            and not term.compared
            and not parser.in_parenthesis
            and not _SCORE_OF.search(low, max(0, end), parser.end)
            and not _POINTS.match(low, parser.end)
        ):
            parser.end = end  # the number of the next list item
            break
        if parser.in_parenthesis and not joined and parser.says_again(term):
            parser.terms.pop()
            joined = True
        parser.in_parenthesis = False
        explains = term.compared or (term.is_number and parser.is_score_of_classes(end))
        parser.narrow(term, joined=joined and not (comma and explains))
        joined, comma = _next_join(parser)
    if not parser.terms:
        return None
    values = {value for term in parser.terms for value in range(term.low, term.high + 1)}
    values = {value for value in values if scale.bottom <= value <= scale.top}
    compared = next((term.compared for term in parser.terms if term.compared), "")
    return Reading(values, start, parser.end, parser.lost_sign, compared)


def _next_join(parser: _Parser) -> tuple[bool, bool]:
    """Moves past the words between two terms; tells whether they join, and whether by a comma alone."""
    joined, comma = False, True
    for _ in range(6):
        parser.skip(_SPACE)
        start = parser.place
        if parser.skip(_JOIN):
            joined, comma = True, comma and parser.low[start] == ","
            continue
        parser.fill()
        if parser.place == start:
            break
    return joined, joined and comma
