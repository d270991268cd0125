"""Rendered pieces of pages, kept in the process by everything that they depend on. Never renders."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock

from django.utils.safestring import SafeString


class Fragments:
    """At most so many pieces; the one that was not asked for the longest goes first. Safe for threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, SafeString] = OrderedDict()

    def get(self, key: Hashable) -> SafeString | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def each(
        self, keys: Mapping[str, Hashable], render: Callable[[list[str]], Iterable[tuple[str, SafeString]]]
    ) -> list[SafeString]:
        """The pieces of these names, in their order; render is asked, once, for those that are not kept."""
        pieces = {name: piece for name, key in keys.items() if (piece := self.get(key)) is not None}
        if missing := [name for name in keys if name not in pieces]:
            pieces |= {name: self.keep(keys[name], piece) for name, piece in render(missing)}
        return [pieces[name] for name in keys]

    def keep(self, key: Hashable, piece: SafeString) -> SafeString:
        with self._lock:
            self._kept[key] = piece
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return piece
