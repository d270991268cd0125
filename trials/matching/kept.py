"""The trials of a match, kept in the memory of a process; after a change of the store only what changed is read again.

Never knows a patient.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from trials.matching.reading import matchable_trials_of
from trials.matching.trial_facts import MatchableTrial

Read = Callable[[Collection[str]], Sequence[MatchableTrial]]
Marks = Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The trials of one state of the store; marks hold a number for each trial of it, matchable or not."""

    token: str
    marks: Mapping[str, int] = field(default_factory=dict)
    trials: Sequence[MatchableTrial] = ()


class KeptTrials:
    """The trials of one state of the store. Threads share them: they never change, a new state brings new ones.

    While one thread reads what is new, the others that want it wait, so that it is read once.
    """

    def __init__(self, read: Read = matchable_trials_of) -> None:
        self._read = read
        self._reading = Lock()
        self._kept = _Kept("")

    def of(self, token: str, marks: Marks) -> Sequence[MatchableTrial]:
        """The trials by number. token names the state of the store that the caller's snapshot shows; marks gives a
        number for each of its trials that differs whenever anything of the trial does.
        """
        kept = self._kept
        if kept.token == token:
            return kept.trials
        with self._reading:
            if self._kept.token != token:
                self._kept = self._renewed(token, marks())
            return self._kept.trials

    def _renewed(self, token: str, marks: Mapping[str, int]) -> _Kept:
        before = self._kept
        changed = {nct_id for nct_id, mark in marks.items() if before.marks.get(nct_id) != mark}
        stay = [trial for trial in before.trials if trial.nct_id in marks and trial.nct_id not in changed]
        fresh = self._read(changed) if changed else ()
        return _Kept(token, marks, sorted((*stay, *fresh), key=lambda trial: trial.nct_id))

    def drop(self) -> None:
        """Forgets everything; the next match reads anew."""
        self._kept = _Kept("")


KEPT = KeptTrials()
