"""Bitmaps by a key, brought from one version of the index to the next. Pure; never changes a bitmap of others."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pyroaring import BitMap

K = TypeVar("K")


def renewed_bitmaps(before: Mapping[K, BitMap], gone: BitMap, fresh: Mapping[K, Iterable[int]]) -> dict[K, BitMap]:
    """Without the numbers that are gone and with the fresh ones; bitmaps that stay the same are shared."""
    after = {}
    for key, numbers in before.items():
        kept = numbers - gone if numbers.intersect(gone) else numbers
        if kept:
            after[key] = kept
    for key, added in fresh.items():
        after[key] = after[key] | BitMap(added) if key in after else BitMap(added)
    return after
