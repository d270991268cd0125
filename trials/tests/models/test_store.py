"""What the database itself holds to: append-only raw records, constraints, the search vector, parts of trials."""

from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from trials.models import QuarantinedRecord, RecordVersion, Site, Trial
from trials.models.child import TrialPart
from trials.models.search_text import words_apart
from trials.models.trial import SEARCH_CONFIG
from trials.tests.builders import NCT_ID, contact, intervention, load, load_trial, raw_record, site
from trials.tests.registry.test_parser import RAW

pytestmark = pytest.mark.django_db
PARTS = [model for model in TrialPart.__subclasses__() if model.__module__.startswith("trials.models")]


def _finds(words: str) -> bool:
    query = SearchQuery(words_apart(words), config=SEARCH_CONFIG, search_type="websearch")
    return Trial.objects.filter(search_vector=query).exists()


class TestRawRecords:
    """RecordVersion is append-only: the database refuses, whoever asks."""

    @pytest.fixture
    def version(self) -> RecordVersion:
        return load_trial().record_version

    def test_cannot_be_changed(self, version: RecordVersion) -> None:
        with pytest.raises(DatabaseError, match="rows of trials_recordversion are append-only"), transaction.atomic():
            RecordVersion.objects.filter(pk=version.pk).update(raw="{}")
        version.raw = "{}"
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            version.save()
        version.refresh_from_db()
        assert version.raw != "{}"

    def test_cannot_be_deleted(self, version: RecordVersion) -> None:
        Trial.objects.all().delete()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            version.delete()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM trials_recordversion")
        assert RecordVersion.objects.get() == version

    def test_outlives_no_trial_by_accident(self, version: RecordVersion) -> None:
        with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():
            version.delete()
        assert Trial.objects.get().record_version == version


def test_a_raw_record_waits_openly_only_once() -> None:
    values = {"sha256": "0" * 64, "raw": "{", "reason": "x"}
    first = QuarantinedRecord.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarantinedRecord.objects.create(**values)
    first.resolved_at = first.first_seen_at
    first.save()
    QuarantinedRecord.objects.create(**values)


@pytest.mark.parametrize(
    "place",
    [
        (45.0, None),
        (None, 4.0),
        (90.1, 4.0),
        (45.0, -180.1),
        (float("nan"), 4.0),
    ],
)
def test_a_place_is_whole_and_on_earth(place: tuple[float | None, float | None]) -> None:
    load_trial(raw_record(sites=[site("Lyon", "France", point=(45.0, 4.0))]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.update(latitude=place[0], longitude=place[1])


@pytest.mark.parametrize("model", PARTS)
def test_parts_are_told_apart_by_fields_that_they_have(model: type[TrialPart]) -> None:
    names = {field.attname for field in model._meta.concrete_fields}
    assert set(model.natural_key) <= names - {"id", "trial_id", "position"}
    assert model._meta.ordering == ["position"]


def test_a_trial_takes_its_parts_with_it_and_leaves_its_raw_record() -> None:
    load_trial(RAW)
    assert len(PARTS) == 11
    for model in PARTS:
        assert model._default_manager.exists(), model
    Trial.objects.all().delete()
    for model in PARTS:
        assert not model._default_manager.exists(), model
    assert RecordVersion.objects.count() == 1


def _names(node: Any) -> list[str]:
    return [str(field.name) for field in node._meta.get_fields() if isinstance(field, models.Field)]


def test_what_we_compute_says_so() -> None:
    """HOUSE.md: other columns hold what the registry published, under its name."""
    days = [field.name for field in Trial._meta.get_fields() if isinstance(field, models.DateField)]
    ours = {"first_loaded_at", "loaded_at", "registry_state_since"}
    assert {name for name in days if not name.startswith("computed_")} == ours
    vectors = [name for name in _names(Trial) if name.startswith("search_")]
    assert vectors == ["search_terms", "search_places", "search_vector"]


class TestSearchVector:
    """One generated column; words are found by stem, without accents, in every field that a reader may mean."""

    @pytest.mark.parametrize(
        "words",
        [
            "sorafenib",
            "SORAFENIB",
            "Hôpital",
            "hopital",
            "Lyon",
            "France",
            "NCT01234567",
            "carcinomas",
            "ABC-123",
            '"hepatocellular carcinoma"',
            "nexavar",
            "albumin",
            "Sponsor Pharma",
        ],
    )
    def test_finds(self, words: str) -> None:
        load_trial(
            raw_record(
                title="Study of hepatocellular carcinoma",
                sponsor="Sponsor Pharma",
                criteria="* Albumin above 28 g/L",
                interventions=[intervention("Sorafenib", other_names=["Nexavar", "ABC-123"])],
                sites=[site("Lyon", "France", facility="Hôpital Édouard-Herriot")],
            )
        )
        assert _finds(words)

    def test_keeps_contacts_out(self) -> None:
        """F-35: people are shown on the trial page only."""
        who = contact("Zuzanna Kowalska", phone="+1 555 0100", email="zuzanna@example.org")
        trial = load_trial(raw_record(contacts=[who], sites=[site("Lyon", contacts=[who])]))
        assert trial.contacts.count() == 2
        for words in ("Zuzanna", "Kowalska", "zuzanna@example.org", '"555 0100"'):
            assert not _finds(words)

    def test_follows_the_record(self) -> None:
        load(raw_record(sites=[site("Lyon", "France")]), raw_record(sites=[site("Paris", "France")]))
        assert _finds("Paris")
        assert not _finds("Lyon")

    def test_is_made_of_long_texts_too(self) -> None:
        """F-27: 200 KB of criteria."""
        load_trial(raw_record(criteria="* ordinary words of a criterion\n" * 7_000 + "cirrhosis"))
        assert _finds("criterion")
        assert Trial.objects.get(nct_id=NCT_ID).eligibility_criteria.endswith("cirrhosis")
