"""Results by how well they fit the words: where the words stand decides, best places first. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from pyroaring import BitMap

from trials.search.index.postings import PLACES, Matches

_MARKS = {"title": 6, "terms": 4, "summary": 2, "text": 0}
_TYPED = 3  # the reader's own words in the terms weigh more than what they were widened to in the title


def tiers(found: BitMap, groups: Sequence[Matches], first: BitMap) -> Iterator[BitMap]:
    """The found trials in tiers, best first: each group gives marks for the place where it stands, sums are compared.

    first are those that were asked for by their number.
    """
    yield found & first
    for _, numbers in by_sum(found - first, map(_marks, groups)):
        yield numbers


def _marks(group: Matches) -> Iterator[tuple[int, BitMap]]:
    for place, held in zip(PLACES, group.by_place, strict=True):
        yield _MARKS[place] + _TYPED, held & group.typed
        yield _MARKS[place], held - group.typed


def by_sum(among: BitMap, features: Iterable[Iterable[tuple[int, BitMap]]]) -> list[tuple[int, BitMap]]:
    """The numbers by the sum of their marks, the greatest first. No number has two marks of one feature."""
    sums: dict[int, BitMap] = {0: among}
    for feature in features:
        after: dict[int, BitMap] = {}
        marks = list(feature)
        marked = BitMap().union(*(having for _, having in marks))
        for total, numbers in sums.items():
            for mark, here in [*((mark, numbers & having) for mark, having in marks), (0, numbers - marked)]:
                if here:
                    after[total + mark] = after[total + mark] | here if total + mark in after else here
        sums = after
    return sorted(sums.items(), key=lambda one: -one[0])
