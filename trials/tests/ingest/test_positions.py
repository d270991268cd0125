"""Where sites are: as published, else their city's; and the migration fills stored rows as a load does."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from trials.ingest.load import LoadResult
from trials.models import Site
from trials.tests.builders import load, load_trial, raw_record, site

SITES = [
    site("Lyon", "France", point=(45.7, 4.8)),
    site("Lyon", "France", facility="without"),
    site("Lyon", "France", facility="nought", point=(0.0, 0.0)),
    site("Toulouse Cedex", "France"),
    site("Nowhere at all", "France"),
    site(None, "France"),
    site("Lyon", None),
    {**site("Springfield", "United States"), "state": "Illinois"},
    {**site("Springfield", "United States", facility="other"), "state": "Alaska"},
    {**site("Suita-shi", "Japan"), "state": "Osaka"},
]


def _positions() -> list[tuple[float | None, float | None]]:
    found = Site.objects.order_by("position").values_list("computed_latitude", "computed_longitude")
    return [(north and round(north, 1), east and round(east, 1)) for north, east in found]


@pytest.mark.django_db
def test_published_coordinates_else_those_of_the_city() -> None:
    load_trial(raw_record(sites=SITES))
    assert _positions() == [
        (45.7, 4.8),
        (45.7, 4.8),
        (45.7, 4.8),
        (43.6, 1.4),
        (None, None),
        (None, None),
        (None, None),
        (39.8, -89.6),
        (None, None),
        (34.8, 135.5),
    ]


@pytest.mark.django_db
def test_what_is_published_stays_as_published() -> None:
    load_trial(raw_record(sites=SITES))
    assert list(Site.objects.exclude(latitude=None).values_list("latitude", "longitude")) == [(45.7, 4.8)]


@pytest.mark.django_db
def test_a_site_that_stays_is_not_written_again() -> None:
    load_trial(raw_record(sites=SITES))
    before = _versions()
    assert load(raw_record(title="Another title", sites=SITES)) == [LoadResult.UPDATED]
    assert _versions() == before


def _versions() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM trials_site ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_the_migration_fills_stored_sites_as_a_load_does() -> None:
    load_trial(raw_record(sites=SITES))
    loaded = list(Site.objects.order_by("pk").values_list("pk", "computed_latitude", "computed_longitude"))
    Site.objects.update(computed_latitude=None, computed_longitude=None)
    Site.objects.filter(facility="nought").update(latitude=0, longitude=0)  # as an older parser may have left it
    migration = importlib.import_module("trials.migrations.0008_towns")
    with connection.schema_editor() as editor:
        migration._place_sites(apps, editor)
    assert list(Site.objects.order_by("pk").values_list("pk", "computed_latitude", "computed_longitude")) == loaded
