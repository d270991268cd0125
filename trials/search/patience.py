"""More time than a page has, for the few questions whose answers a process keeps."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_SET_TIMEOUT = "SELECT set_config('statement_timeout', %s, true)"  # of this transaction alone
_LONGEST = "10min"  # what is kept is large, and a page's patience is too short for that


@contextmanager
def patience() -> Iterator[None]:
    """In the transaction that there is, or in one of its own."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        (usual,) = cursor.fetchone()
        cursor.execute(_SET_TIMEOUT, [_LONGEST])
        yield
        cursor.execute(_SET_TIMEOUT, [usual])
