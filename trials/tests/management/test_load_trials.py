"""`manage.py load_trials`: the JSON line at the end, messages for people, and when it fails."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trials.models import QuarantinedRecord, Trial
from trials.tests.builders import raw_record
from trials.tests.fixtures.records import FOLDER, TRIALS

pytestmark = pytest.mark.django_db
KEYS = ["created", "updated", "unchanged", "quarantined"]


def _run(*paths: Path | str) -> tuple[dict[str, int], str, str]:
    """The counts of the last line, what was said to people, and how the command ended."""
    out, err = StringIO(), StringIO()
    failure = ""
    try:
        call_command("load_trials", *map(str, paths), stdout=out, stderr=err)
    except CommandError as error:
        failure = str(error)
    [line] = out.getvalue().splitlines()
    counts: dict[str, int] = json.loads(line)
    assert list(counts) == KEYS
    assert line == json.dumps(counts)
    return counts, err.getvalue(), failure


def _counts(**counts: int) -> dict[str, int]:
    return dict.fromkeys(KEYS, 0) | counts


def test_the_five_trials_load_and_load_again() -> None:
    assert _run(FOLDER) == (_counts(created=len(TRIALS)), "", "")
    assert {trial.nct_id for trial in Trial.objects.all()} == set(TRIALS)
    assert _run(FOLDER) == (_counts(unchanged=len(TRIALS)), "", "")


def test_several_paths_are_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(raw_record()))
    (tmp_path / "b.json").write_text(json.dumps([raw_record(status="COMPLETED"), raw_record("NCT00000009")]))
    counts, said, failure = _run(tmp_path / "a.jsonl", tmp_path / "b.json")
    assert (counts, said, failure) == (_counts(created=2, updated=1), "", "")


def test_records_in_quarantine_are_no_failure_while_others_load(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(raw_record())}\n{{\n{{}}\n")
    counts, said, failure = _run(tmp_path)
    assert counts == _counts(created=1, quarantined=2)
    assert said == "2 records could not be loaded: kept in quarantine, with the reason.\n"
    assert failure == ""
    assert QuarantinedRecord.objects.count() == 2


def test_nothing_but_quarantine_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n")
    counts, said, failure = _run(tmp_path)
    assert counts == _counts(quarantined=1)
    assert said == "1 record could not be loaded: kept in quarantine, with the reason.\n"
    assert failure == "no record could be loaded"


def test_a_path_that_cannot_be_read_is_a_failure_and_the_others_load(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(raw_record()))
    (tmp_path / "b.json").write_text("{")
    counts, said, failure = _run(tmp_path / "absent.jsonl", tmp_path)
    assert counts == _counts(created=1)
    first, second = said.splitlines()
    assert first == f"Error: {tmp_path}/absent.jsonl: no such file or folder"
    assert second.startswith("Error: b.json: not valid JSON (")
    assert failure == "not everything could be loaded"


@pytest.mark.parametrize("name", ["absent", "empty", "a.csv"])
def test_nothing_to_load_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.csv").write_text("x")
    counts, said, failure = _run(tmp_path / name)
    assert counts == _counts()
    assert said.startswith(f"Error: {tmp_path / name}: ")
    assert failure == "no record could be loaded"


def test_a_path_is_needed() -> None:
    with pytest.raises(CommandError, match="PATH"):
        call_command("load_trials", stdout=StringIO())


def test_progress_is_not_drawn_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    _run(FOLDER)
    assert capfd.readouterr() == ("", "")
