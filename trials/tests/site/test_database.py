"""The embedded server's database as Django sees it."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_accents_and_signs_are_understood() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÉCOLE'), to_tsvector('simple', 'AFP ≥400')::text")
        assert cursor.fetchone() == ("école", "'400':2 'afp':1")


@pytest.mark.django_db
def test_the_role_is_not_a_superuser_as_in_production() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pg_trgm", "unaccent", "btree_gin"])
def test_extensions_that_the_role_may_create(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


@pytest.mark.django_db
def test_the_clock_is_utc() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)
