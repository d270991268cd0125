"""What changed between two versions of the index, for those who keep something made from an earlier one. Pure."""

from collections import deque
from collections.abc import Collection
from threading import Lock

from pyroaring import BitMap

_LONGEST = 256  # versions; whoever is further behind starts anew


class History:
    """The chain of the newest published versions, by serial, each with the numbers that changed to it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._steps: deque[tuple[int, BitMap]] = deque(maxlen=_LONGEST)

    def begin(self, serial: int) -> None:
        """A version was made from scratch: nothing earlier can be brought up to it."""
        self._steps.clear()
        self._steps.append((serial, BitMap()))

    def go_on(self, serial: int, changed: Collection[int]) -> None:
        self._steps.append((serial, BitMap(changed)))

    def changed_between(self, earlier: int, later: int) -> BitMap | None:
        """The numbers that changed, None where that is not known: a version that was never published, or long ago."""
        steps = list(self._steps)
        serials = {serial for serial, _ in steps}
        if earlier > later or earlier not in serials or later not in serials:
            return None
        return BitMap().union(*(changed for serial, changed in steps if earlier < serial <= later))
