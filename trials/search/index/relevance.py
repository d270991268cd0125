"""Results by how well they fit the words: where the words stand decides, best places first. Pure."""

from collections.abc import Iterator, Sequence

from pyroaring import BitMap

from trials.search.index.postings import PLACES, Matches

_MARKS = {"title": 6, "terms": 4, "summary": 2, "text": 0}
_TYPED = 3  # the reader's own words in the terms weigh more than what they were widened to in the title


def tiers(found: BitMap, groups: Sequence[Matches], first: BitMap) -> Iterator[BitMap]:
    """The found trials in tiers, best first: each group gives marks for the place where it stands, sums are compared.

    first are those that were asked for by their number.
    """
    yield found & first
    left = found - first
    by_sum: dict[int, BitMap] = {0: left}
    for group in groups:
        after: dict[int, BitMap] = {}
        for total, numbers in by_sum.items():
            for place, held in zip(PLACES, group.by_place, strict=True):
                here = numbers & held
                for mark, these in ((_MARKS[place] + _TYPED, here & group.typed), (_MARKS[place], here - group.typed)):
                    if these:
                        after[total + mark] = after[total + mark] | these if total + mark in after else these
        by_sum = after
    for total in sorted(by_sum, reverse=True):
        yield by_sum[total]
