"""The trials in the order of each sort, made when first asked for and then kept up to date. Pure.

A page of many results walks along such an order; few results are sorted by themselves.
"""

from array import array
from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from pyroaring import BitMap

from trials.search.index.columns import Columns, order_key

_WALK_FROM = 32  # where more than one trial in so many is a result, walking is quicker than sorting


class Orders:
    """Orders by name, of one version of the index. Two threads may make the same one; they make it equal."""

    def __init__(self, columns: Columns, known: "dict[str, array[int]] | None" = None) -> None:
        self._columns = columns
        self._known = known or {}

    def renewed(self, columns: Columns, gone: BitMap, fresh: Collection[int]) -> "Orders":
        """The orders of the next version."""
        known = {}
        for name, order in self._known.copy().items():  # another thread may be adding one
            key = order_key(columns, name)
            kept = array("l", (number for number in order if number not in gone))
            if len(fresh) > len(kept) // 8:
                kept = array("l", sorted([*kept, *fresh], key=key))
            else:
                for number in fresh:
                    insort(kept, number, key=key)
            known[name] = kept
        return Orders(columns, known)

    def sorted(self, numbers: BitMap, name: str, everyone: BitMap) -> Iterator[int]:
        """The numbers in the order of that name, one by one."""
        if len(numbers) * _WALK_FROM < len(everyone):
            return iter(sorted(numbers, key=order_key(self._columns, name)))
        order = self._known.get(name)
        if order is None:
            order = self._known[name] = array("l", sorted(everyone, key=order_key(self._columns, name)))
        return (number for number in order if number in numbers)

    def sorted_tiers(self, tiers: Iterable[BitMap], name: str, everyone: BitMap) -> Iterator[int]:
        """Tier after tier, each in the order of that name."""
        return chain.from_iterable(self.sorted(tier, name, everyone) for tier in tiers)
