"""Results by how well they fit the words: where the words stand decides, best places first. Pure."""

from collections.abc import Iterator, Sequence

from pyroaring import BitMap

from trials.search.index.postings import PLACES, Matches

_MARKS = {"title": 3, "terms": 2, "summary": 1, "text": 0}


def tiers(found: BitMap, groups: Sequence[Matches], first: BitMap) -> Iterator[BitMap]:
    """The found trials in tiers, best first. A group gives 3 for the title ... 0 for the long texts; sums are compared.

    first are those that were asked for by their number.
    """
    yield found & first
    left = found - first
    by_sum: dict[int, BitMap] = {0: left}
    for group in groups:
        after: dict[int, BitMap] = {}
        for total, numbers in by_sum.items():
            for place, held in zip(PLACES, group.by_place, strict=True):
                if here := numbers & held:
                    better = total + _MARKS[place]
                    after[better] = after[better] | here if better in after else here
        by_sum = after
    for total in sorted(by_sum, reverse=True):
        yield by_sum[total]
