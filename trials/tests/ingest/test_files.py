"""Records of files and folders: all that can be loaded is, and the report says what could not."""

import gzip
import json
from pathlib import Path

import pytest

from trials.ingest.files import LoadReport, Step, load_paths, total_bytes
from trials.ingest.load import LoadResult
from trials.models import QuarantinedRecord, Site, Trial
from trials.tests.builders import raw_record, site

pytestmark = pytest.mark.django_db
GOOD = [json.dumps(raw_record(f"NCT0000000{number}")) for number in range(4)]


def _load(*paths: Path) -> tuple[LoadReport, list[Step]]:
    report = LoadReport()
    return report, list(load_paths(paths, report))


def _folder(root: Path) -> Path:
    (root / "a.json").write_text(GOOD[0])
    (root / "b.jsonl").write_text(f"{GOOD[1]}\n{{broken\n{GOOD[0]}\n")
    (root / "c.jsonl.gz").write_bytes(gzip.compress(f"{GOOD[2]}\n".encode()))
    (root / "d.json").write_text("[")
    (root / "e.json").write_text(f'{{"studies": [{GOOD[3]}, {{}}]}}')
    return root


def test_a_folder_is_loaded_past_everything_broken(tmp_path: Path) -> None:
    report, steps = _load(tmp_path / "absent", _folder(tmp_path), tmp_path / "a.json")
    assert report.as_json() == {"created": 4, "updated": 0, "unchanged": 2, "quarantined": 2}
    assert report.accepted == 6
    assert len(report.errors) == 2
    assert report.errors[0] == f"{tmp_path}/absent: no such file or folder"
    assert report.errors[1].startswith("d.json: not valid JSON (")
    assert Trial.objects.count() == 4
    assert sorted(QuarantinedRecord.objects.values_list("source", flat=True)) == ["b.jsonl:2", "e.json:2"]
    assert [step.result for step in steps if step.result] == [
        *(LoadResult.CREATED, LoadResult.CREATED, LoadResult.QUARANTINED, LoadResult.UNCHANGED),
        *(LoadResult.CREATED, LoadResult.CREATED, LoadResult.QUARANTINED, LoadResult.UNCHANGED),
    ]


def test_progress_ends_at_the_whole_size(tmp_path: Path) -> None:
    _folder(tmp_path)
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    assert total_bytes([tmp_path, tmp_path / "absent"]) == size
    _, steps = _load(tmp_path)
    assert sum(step.read_bytes for step in steps) == size
    assert min(step.read_bytes for step in steps) >= 0


def test_what_came_before_a_cut_is_loaded(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(GOOD).encode() + b"\n")
    cut, after = tmp_path / "a.jsonl.gz", tmp_path / "b.json"
    cut.write_bytes(whole[:-9])
    after.write_text(json.dumps(raw_record("NCT00000009")))
    report, _ = _load(cut, after)
    assert report.errors == [
        "a.jsonl.gz: broken gzip file (Compressed file ended before the end-of-stream marker was reached)"
    ]
    assert report.as_json()["quarantined"] == 0
    assert {trial.nct_id for trial in Trial.objects.all()} >= {"NCT00000000", "NCT00000009"}


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    report, steps = _load(tmp_path)
    assert report.errors == [f"{tmp_path}: no .json, .jsonl, .jsonl.gz file in this folder"]
    assert (report.accepted, steps) == (0, [])


def test_a_giant_loads_and_loads_again(tmp_path: Path) -> None:
    """F-27: 1,148 sites, more than one batch of a bulk write."""
    places = [site(f"City {number}", "France", status="RECRUITING") for number in range(1148)]
    (tmp_path / "a.jsonl").write_text(json.dumps(raw_record(sites=places)))
    assert _load(tmp_path)[0].as_json()["created"] == 1
    keys = list(Site.objects.order_by("pk").values_list("pk", flat=True))
    assert list(Site.objects.values_list("city", flat=True)) == [f"City {number}" for number in range(1148)]
    assert _load(tmp_path)[0].as_json()["unchanged"] == 1
    (tmp_path / "a.jsonl").write_text(json.dumps(raw_record(sites=[{**one, "status": "COMPLETED"} for one in places])))
    assert _load(tmp_path)[0].as_json()["updated"] == 1
    assert list(Site.objects.order_by("pk").values_list("pk", flat=True)) == keys
    assert set(Site.objects.values_list("status", flat=True)) == {"COMPLETED"}
