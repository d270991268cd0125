"""Laboratory limits as rows: loaded, read again, and rows that stay the same are not written."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trials.eligibility import READER_VERSION, read_lab_limits
from trials.ingest.lab_limits import write_lab_limits
from trials.ingest.reread import reread, select_trials
from trials.models import LabLimit, Trial
from trials.registry.parser import parse_record
from trials.tests.builders import NCT_ID, load, load_trial, raw_record
from trials.tests.ingest.rows import writes

pytestmark = pytest.mark.django_db
CRITERIA = "Inclusion Criteria:\n\n* Platelets ≥ 50 x 10^9/L\n* Bilirubin ≤ 2 mg/dL or 2 x ULN\n* INR ≤ 1.7"
OTHERS = "Inclusion Criteria:\n\n* Platelets ≥ 75 x 10^9/L\n* Bilirubin ≤ 2 mg/dL\n* INR ≤ 1.7\n* Albumin ≥ 28 g/L"
IDS = [f"NCT{number:08d}" for number in range(1, 4)]


def _values() -> dict[str, float | None]:
    rows = LabLimit.objects.all()
    return {row.analyte + ("" if row.times_uln is None else " x"): row.times_uln or row.value for row in rows}


def _read(criteria: str) -> None:
    write_lab_limits({NCT_ID: read_lab_limits(parse_record(raw_record(criteria=criteria)))})


def _reread(*, dry_run: bool = False, jobs: int = 1) -> None:
    assert [step.failures for step in reread(select_trials(), dry_run=dry_run, jobs=jobs, batch_size=2)] == [[]] * 2


def test_a_loaded_trial_has_the_limits_that_were_read() -> None:
    trial = load_trial(raw_record(criteria=CRITERIA))
    assert _values() == {"platelets": 50, "bilirubin": 2, "bilirubin x": 2, "inr": 1.7}
    row = trial.lab_limits.get(analyte="platelets")
    assert (row.bound, row.is_strict, row.unit, row.times_uln) == ("min", False, "10^9/L", None)
    assert (row.depends_on_cohort, row.doubts, row.reader_version) == (False, [], READER_VERSION)
    [evidence] = row.evidence
    assert evidence["quote"] == "Platelets ≥ 50 x 10^9/L"
    assert CRITERIA[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert trial.lab_limits.get(analyte="bilirubin", value=2).doubts == ["alternative"]


def test_a_new_record_changes_adds_and_takes_away_and_keeps_the_rest() -> None:
    load_trial(raw_record(criteria=CRITERIA))
    keys = dict(LabLimit.objects.values_list("analyte", "pk"))
    load_trial(raw_record(criteria=OTHERS))
    assert _values() == {"platelets": 75, "bilirubin": 2, "inr": 1.7, "albumin": 2.8}
    now = dict(LabLimit.objects.values_list("analyte", "pk"))
    assert (now["inr"], now["platelets"]) == (keys["inr"], keys["platelets"])


def test_rows_that_stay_the_same_are_not_written() -> None:
    load_trial(raw_record(criteria=CRITERIA))
    with CaptureQueriesContext(connection) as queries:
        _read(CRITERIA)
    assert writes(queries) == []
    with CaptureQueriesContext(connection) as queries:
        _read(CRITERIA.replace("1.7", "1.8"))
    assert len(writes(queries)) == 1
    assert _values()["inr"] == 1.8


def test_a_newer_reader_that_reads_the_same_only_leaves_its_version() -> None:
    load_trial(raw_record(criteria=CRITERIA))
    before = list(LabLimit.objects.order_by("pk").values())
    LabLimit.objects.update(reader_version=READER_VERSION - 1)
    with CaptureQueriesContext(connection) as queries:
        _read(CRITERIA)
    assert len(writes(queries)) == 1
    assert list(LabLimit.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_stored_texts_are_read_again(jobs: int) -> None:
    load(*(raw_record(nct_id, criteria=CRITERIA) for nct_id in IDS))
    LabLimit.objects.filter(trial_id=IDS[0]).delete()  # as trials stand that were stored before there were limits
    LabLimit.objects.filter(trial_id=IDS[1]).update(doubts=["old"])
    Trial.objects.update(reader_version=READER_VERSION - 1)
    _reread(dry_run=True)
    assert not LabLimit.objects.filter(trial_id=IDS[0]).exists()
    _reread(jobs=jobs)
    assert list(LabLimit.objects.values_list("trial_id").distinct().order_by("trial_id")) == [(one,) for one in IDS]
    assert LabLimit.objects.count() == 4 * len(IDS)
    assert not LabLimit.objects.filter(doubts=["old"]).exists()
    with CaptureQueriesContext(connection) as queries:
        _reread()
    assert writes(queries) == []


def test_a_trial_takes_its_limits_with_it() -> None:
    load_trial(raw_record(criteria=CRITERIA))
    Trial.objects.all().delete()
    assert not LabLimit.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"analyte": "inr", "bound": "max", "value": 2.0, "times_uln": None},  # stands already
        {"analyte": "bilirubin", "bound": "max", "value": None, "times_uln": 3.0},
        {"analyte": "albumin", "bound": "min", "value": 2.8, "times_uln": 1.0},
        {"analyte": "albumin", "bound": "min", "value": None, "times_uln": None},
    ],
)
def test_the_store_takes_one_number_for_each_bound(columns: dict[str, object]) -> None:
    trial = load_trial(raw_record(criteria=CRITERIA))
    with pytest.raises(IntegrityError), transaction.atomic():
        LabLimit.objects.create(trial=trial, is_strict=False, reader_version=1, **columns)
