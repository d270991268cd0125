"""Charts of bars on one scale that begins at zero: how long each is, and of which pieces. Pure.

Lengths are strings such as "43.21", in percent of the longest bar: an SVG attribute has no comma, whatever language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: kind is how it is drawn; x and width are in percent of the drawing."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """numbers are those of the pieces. url is "" for a bar that no search stands behind.

    is_chosen: the search has this value; is_aside: it has others of the same facet, so that these are not its results.
    """

    label: str
    count: int
    pieces: Sequence[Piece]
    numbers: Sequence[int] = ()
    url: str = ""
    is_chosen: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """said are whole sentences; bars are drawn, rows stand in the table; stages are the pieces of a bar with words."""

    name: str
    title: str
    said: Sequence[str]
    bars: Sequence[Bar]
    rows: Sequence[Bar]
    stages: Sequence[tuple[str, str]] = ()


WHOLE = ("all",)  # the kinds of a bar that is one piece


def pieces_of(numbers: Sequence[int], kinds: Sequence[str], most: int) -> list[Piece]:
    """Pieces one behind the other, for numbers of 0 or more; most is the sum of the longest bar."""
    edges = [_edge(reached, most) for reached in accumulate(numbers, initial=0)]
    return [
        Piece(kind, _percent(start), _percent(end - start))
        for kind, number, (start, end) in zip(kinds, numbers, pairwise(edges), strict=True)
        if number
    ]


def _edge(reached: int, most: int) -> int:
    """In hundredths of a percent: pieces meet where they are rounded to."""
    return round(reached * 10_000 / most) if most else 0


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
