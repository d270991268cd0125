"""Which faults of the database are answered calmly; how it is answered is shown by trials/tests/site/test_outage.py."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from trials.web.unavailable import DatabaseUnavailableMiddleware


def status_after(exception: Exception) -> int | None:
    middleware = DatabaseUnavailableMiddleware(lambda _request: HttpResponse())
    answer = middleware.process_exception(RequestFactory().get("/"), exception)
    return None if answer is None else answer.status_code


@pytest.mark.django_db
def test_a_database_that_only_reads_is_one_that_is_away() -> None:
    """A standby, asked to keep something."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        with pytest.raises(InternalError) as refused:
            cursor.execute("DELETE FROM trials_trial")
        transaction.set_rollback(True)
    assert status_after(refused.value) == 503


def test_faults_of_ours_stay_faults() -> None:
    for fault in (InternalError("of our making"), ProgrammingError("no such column"), ValueError("x")):
        assert status_after(fault) is None
