"""Emptying leaves what Django's own flush leaves, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from trials.models import RecordVersion, Town
from trials.tests.builders import load, raw_record, site
from trials.tests.emptying import empty_tables


def _fill() -> None:
    load(raw_record(sites=[site("Lyon", "France")], criteria="* Child-Pugh A"))
    group = Group.objects.create(name="Readers")
    group.permissions.set(Permission.objects.all()[:3])
    User.objects.create_user("reader").groups.add(group)


def _rows() -> dict[str, int]:
    counted = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counted[table] = cursor.fetchone()[0]
    return counted


def _kept() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Without their keys, which the flush gives anew."""
    kinds = set(ContentType.objects.values_list("app_label", "model"))
    return kinds, set(Permission.objects.values_list("codename", "content_type__model"))


@pytest.mark.django_db(transaction=True)
def test_it_leaves_what_the_flush_leaves() -> None:
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    rows, kept, towns = _rows(), _kept(), Town.objects.count()
    _fill()
    assert RecordVersion.objects.exists()
    assert _rows() != rows
    for _ in ("filled", "empty already"):
        empty_tables()
        assert (_rows(), _kept(), Town.objects.count()) == (rows, kept, towns)
    assert rows["auth_permission"] > 0
    assert towns > 0
