"""The trials of a match, kept in the memory of a process while the store stays the same. Never knows a patient."""

from collections.abc import Callable, Sequence
from threading import Lock

from trials.matching.reading import matchable_trials
from trials.matching.trial_facts import MatchableTrial

Read = Callable[[], Sequence[MatchableTrial]]


class KeptTrials:
    """The trials of one state of the store. Threads share them: they never change, a new state brings new ones.

    While one thread reads a new state, the others that want it wait, so that it is read once.
    """

    def __init__(self, read: Read = matchable_trials) -> None:
        self._read = read
        self._reading = Lock()
        self._kept: tuple[str, Sequence[MatchableTrial]] | None = None

    def of(self, token: str) -> Sequence[MatchableTrial]:
        """The trials by number. token names the state of the store; another one than before is read anew."""
        kept = self._kept
        if kept is not None and kept[0] == token:
            return kept[1]
        with self._reading:
            kept = self._kept
            if kept is None or kept[0] != token:
                kept = self._kept = (token, tuple(self._read()))
            return kept[1]

    def drop(self) -> None:
        """Forgets everything; the next match reads anew."""
        self._kept = None


KEPT = KeptTrials()
