"""The index that this process has at the moment, brought to the moment of the caller's transaction. Never writes.

Versions never change, so that threads share them without locks. A version is published for others only if it was made
from committed data. PostgreSQL stays the only truth: without a version the next search makes one.
"""

from itertools import count
from threading import Lock

from django.db import connection

from trials.search.index.history import History
from trials.search.index.marks import NO_SNAPSHOT, Changes, changes_since
from trials.search.index.postings import Postings
from trials.search.index.rows import read_rows
from trials.search.index.state import IndexState, columns_to_read, empty_state, renewed
from trials.search.patience import patience
from trials.search.snapshot import snapshot


class LiveIndex:
    """One for each process; postings are the words that its searches have asked for."""

    def __init__(self) -> None:
        self._published: IndexState | None = None
        self._building = Lock()
        self._renewing = Lock()
        self._serials = count()
        self._history = History()
        self.postings = Postings(self._history)

    def drop(self) -> None:
        """Forgets everything, words too; the next search builds anew."""
        self._published = None
        self.postings = Postings(self._history)

    def current(self) -> IndexState:
        """The version of the present transaction. To be asked before anything else in a `snapshot()`.

        One thread after the other: who waited begins its snapshot behind the version that the one before has made, and
        makes only what has changed since.
        """
        with self._renewing:
            return self._current()

    def _current(self) -> IndexState:
        published = self._published
        changes = changes_since(published.snapshot if published else NO_SNAPSHOT)
        if published is None or changes.everything or changes.server != published.server:
            if not changes.is_own_work:
                self._published = None  # others wait in `prepare` instead of building too
            published, before = None, empty_state(changes.server)
        elif changes.numbers:
            before = published
        else:
            return published
        with patience():
            rows = read_rows(columns_to_read(), changes.numbers if published else None)
            state = renewed(before, changes.numbers, rows, changes.snapshot, next(self._serials))
        if not changes.is_own_work:
            self._publish(published, state, changes)
        return state

    def prepare(self) -> None:
        """Sees to it that there is a version, made by one thread while others wait for it."""
        if self._published is None and not connection.in_atomic_block:
            with self._building:
                if self._published is None:
                    with snapshot():
                        self.current()

    def _publish(self, before: IndexState | None, state: IndexState, changes: Changes) -> None:
        """Unless another thread has been quicker: then this version serves its own request alone."""
        with self._history.lock:
            if before is None:
                self._history.begin(state.serial)
            elif self._published is before:
                self._history.go_on(state.serial, changes.numbers)
            else:
                return
            self._published = state


LIVE = LiveIndex()
