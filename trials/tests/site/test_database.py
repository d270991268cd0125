"""The test session's own database."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_accents_and_signs_are_understood() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÉCOLE'), to_tsvector('simple', 'AFP ≥400 Å')::text, current_database()")
        assert cursor.fetchone() == 1
