"""The contents of a store: blind to the road that led there, and to nothing else."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from trials.models import Arm, Contact, FactReview, RecordVersion, RefreshRun, Site, StagedRecord, Trial, TrialChange
from trials.tests.builders import Raw, arm, contact, intervention, load, raw_record, site
from trials.tests.store_contents import differences, store_contents, store_hash

pytestmark = pytest.mark.django_db


def record(number: int, *, status: str = "RECRUITING") -> Raw:
    return raw_record(
        f"NCT{number:08d}",
        status=status,
        sites=[site(city, "France", contacts=[contact(f"Coordinator, {city}")]) for city in ("Lyon", "Paris")],
        arms=[arm("A", "Drug: x"), arm("B")],
        interventions=[intervention("x", "B")],
        criteria="Inclusion Criteria:\n\n* Child-Pugh A",
    )


def fill(order: list[int]) -> str:
    """The hash after loading two states of each record; everything is undone by the next call."""
    TrialChange.objects.all().delete()
    Trial.objects.all().delete()
    empty_versions()
    load(*(record(number) for number in order))
    load(*(record(number, status="COMPLETED") for number in reversed(order)))
    return store_hash()


def empty_versions() -> None:
    """What only TRUNCATE may do to an append-only table."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE trials_recordversion CASCADE")


def test_the_road_does_not_count() -> None:
    """Other keys, other times, another order of trials."""
    assert fill([1, 2, 3]) == fill([3, 1, 2])
    first = store_contents()
    load(record(1, status="COMPLETED"))
    run = RefreshRun.objects.create(kind="full", status="failed", started_at=timezone.now())
    assert not differences(first, store_contents())
    TrialChange.objects.filter(trial="NCT00000001").update(run=run)
    assert len(differences(first, store_contents())) == 2


def test_every_table_of_ours_is_there() -> None:
    tables = set(store_contents())
    assert {"trials_trial", "trials_arm_interventions", "trials_recordversion", "trials_stagedrecord"} <= tables
    assert tables.isdisjoint({"trials_refreshrun", "trials_factinforce"})


def test_whatever_else_differs_shows() -> None:
    load(record(1), record(2))
    load(record(1, status="COMPLETED"))
    known = {store_hash()}
    steps: list[Callable[[], object]] = [
        lambda: Trial.objects.filter(pk="NCT00000002").update(brief_title="Another"),
        lambda: Site.objects.filter(trial="NCT00000001", city="Lyon").update(latitude=1, longitude=2),
        lambda: Arm.objects.get(trial="NCT00000001", label="A").interventions.clear(),
        lambda: Contact.objects.filter(trial="NCT00000002", site__city="Paris").update(
            site=Site.objects.get(trial="NCT00000002", city="Lyon")
        ),
        lambda: TrialChange.objects.create(trial_id="NCT00000002", field="phases", changed_on="2026-11-01"),
        lambda: TrialChange.objects.create(trial_id="NCT00000002", field="phases", changed_on="2026-11-01"),
        lambda: again("NCT00000001"),
        lambda: Trial.objects.filter(pk="NCT00000001").update(
            record_version=RecordVersion.objects.filter(nct_id="NCT00000001").earliest("pk")
        ),
        lambda: StagedRecord.objects.create(
            run=RefreshRun.objects.create(kind="full", started_at=timezone.now()), nct_id="NCT00000001"
        ),
        review,
        lambda: FactReview.objects.update(superseded_at=timezone.now()),
    ]
    for number, step in enumerate(steps, start=1):
        step()
        known.add(store_hash())
        assert len(known) == number + 1, f"step {number} does not show"


def again(nct_id: str) -> None:
    """The version that stands, a second time."""
    version = RecordVersion.objects.filter(nct_id=nct_id).latest("pk")
    version.pk = None
    version.save(force_insert=True)


def review() -> None:
    trial = Trial.objects.get(pk="NCT00000001")
    FactReview.objects.create(
        trial=trial,
        name="child_pugh",
        decision="not_stated",
        status="not_stated",
        machine_status="stated",
        machine_reader_version=1,
        record_version=trial.record_version,
        reviewer=get_user_model().objects.create(username="curator"),
        reviewer_name="Curator",
    )
