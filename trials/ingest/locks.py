"""Who writes about a trial waits for whoever does already. Never reads or writes a row."""

from django.db import connection


def lock_trial(nct_id: str) -> None:
    """Holds the trial until the caller's transaction ends; waits while another one holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [nct_id])
