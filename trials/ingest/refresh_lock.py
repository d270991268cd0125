"""One refresh at a time: a session lock of PostgreSQL, which goes when its holder does, even after kill -9."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

LOCK_KEY = 0x48434354  # "HCCT"
# Else PostgreSQL notices that a client is gone only when the client's last statement has ended.
_NOTICE_DEATH = "SET client_connection_check_interval = '2s'"


@contextmanager
def refresh_lock() -> Iterator[bool]:
    """Whether this process holds the lock while the block runs; False at once if another one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY])
        (is_held,) = cursor.fetchone()
        if is_held:
            cursor.execute(_NOTICE_DEATH)
    try:
        yield is_held
    finally:
        if is_held and connection.connection is not None and not connection.connection.closed:
            _let_go()


def _let_go() -> None:
    """A connection that cannot say so any more, because a time limit broke into its query, is closed instead."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
    except Error:
        connection.close()
