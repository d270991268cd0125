"""`manage.py reread_trials`: the differences, the JSON line at the end, messages for people, and when it fails."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from trials.eligibility import READER_VERSION, Fact
from trials.ingest import reading_pool, reread
from trials.ingest.facts import write_facts
from trials.models import EligibilityFact, LabLimit, RecordVersion, Trial
from trials.tests.builders import load, raw_record
from trials.tests.ingest.dying import die

pytestmark = pytest.mark.django_db
CRITERIA = "Inclusion Criteria:\n\n* ECOG 0 or 1\n\nExclusion Criteria:\n\n* Hepatitis B"
IDS = [f"NCT{number:08d}" for number in range(1, 5)]
KEYS = ["read", "changed_trials", "changed_facts", "changed_limits", "failed", "dry_run"]


@pytest.fixture(autouse=True)
def _older_facts() -> None:
    """Four trials, of which two stand as an older reader left them."""
    load(*(raw_record(nct_id, criteria=CRITERIA) for nct_id in IDS))
    old = EligibilityFact.objects.filter(trial_id__in=IDS[:2])
    old.filter(name="hbv").update(status="not_stated", value=None, evidence=[])
    old.filter(name="ecog").update(status="stated", value=[0, 1, 2])
    EligibilityFact.objects.filter(trial_id=IDS[2], name="ecog").update(evidence=[])
    Trial.objects.filter(pk__in=IDS[:2]).update(reader_version=READER_VERSION + 1)


def _run(*arguments: str) -> tuple[dict[str, object], list[str], str, str]:
    """The last line, the lines before it, what was said to people, and how the command ended."""
    out, err = StringIO(), StringIO()
    failure = ""
    try:
        call_command("reread_trials", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        failure = str(error)
    *lines, last = out.getvalue().splitlines()
    assert list(json.loads(last)) == KEYS
    return json.loads(last), lines, err.getvalue(), failure


def _counts(**counts: object) -> dict[str, object]:
    return {**dict.fromkeys(KEYS, 0), "dry_run": False, **counts}


def test_one_line_a_fact_then_counts_then_json() -> None:
    counts, lines, said, failure = _run("--jobs", "1")
    assert lines == [
        'NCT00000001 ecog: 0, 1, 2 -> 0, 1 "ECOG 0 or 1"',
        'NCT00000001 hbv: not_stated -> excluded "Hepatitis B"',
        'NCT00000002 ecog: 0, 1, 2 -> 0, 1 "ECOG 0 or 1"',
        'NCT00000002 hbv: not_stated -> excluded "Hepatitis B"',
        "ecog: 2 with another answer, 1 with other words for the same answer",
        "hbv: 2 with another answer, 0 with other words for the same answer",
    ]
    assert counts == _counts(read=4, changed_trials=2, changed_facts=4)
    assert (said, failure) == ("", "")
    assert set(Trial.objects.values_list("reader_version", flat=True)) == {READER_VERSION}


def test_a_dry_run_shows_the_same_and_leaves_all_as_it_was() -> None:
    shown, lines, _, _ = _run("--dry-run")
    assert shown == _counts(read=4, changed_trials=2, changed_facts=4, dry_run=True)
    assert EligibilityFact.objects.filter(name="hbv", status="not_stated").count() == 2
    assert _run()[:2] == ({**shown, "dry_run": False}, lines)


def test_laboratory_limits_are_counted_and_shown_too(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    text = f"{CRITERIA}\n* Bilirubin > 2 mg/dL\n* ALT > 5 x ULN\n* INR > 1.7"
    load(raw_record(IDS[3], criteria=text))
    rows = LabLimit.objects.filter(trial_id=IDS[3])
    rows.filter(analyte="bilirubin").update(value=3)
    rows.filter(analyte="alt").delete()
    rows.filter(analyte="inr").update(doubts=["unusual"])
    LabLimit.objects.create(
        trial_id=IDS[3], analyte="albumin", bound="min", is_strict=True, value=2.8, unit="g/dL", reader_version=1
    )
    shown, lines, _, _ = _run("--id", IDS[3], "--dry-run", "--report", str(path))
    assert shown == _counts(read=1, changed_trials=1, changed_limits=3, dry_run=True)
    assert lines == [
        'NCT00000004 bilirubin max: 3.0 mg/dL -> 2.0 mg/dL "Bilirubin > 2 mg/dL"',
        'NCT00000004 alt max: none -> 5.0 x ULN "ALT > 5 x ULN"',
        "NCT00000004 albumin min: 2.8 g/dL (strict) -> none",
        "laboratory limits: 3 changed, 1 with other words for the same limit",
    ]
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(one["limit"], one["other_answer"]) for one in told] == [
        ("bilirubin:max", True),
        ("inr:max", False),
        ("alt:max", True),
        ("albumin:min", True),
    ]
    assert (told[0]["old"]["value"], told[0]["new"]["value"], told[3]["new"]) == (3, 2, None)
    assert _run("--id", IDS[3])[:2] == ({**shown, "dry_run": False}, lines)
    assert _run("--id", IDS[3])[:2] == (_counts(read=1), [])


def test_stale_named_and_in_two_processes() -> None:
    assert _run("--id", IDS[1], IDS[2], "--id", IDS[3].lower(), "--dry-run")[0]["read"] == 3
    assert _run("--stale", "--jobs", "2", "--batch-size", "1")[0] == _counts(read=2, changed_trials=2, changed_facts=4)
    assert _run("--stale")[:2] == (_counts(), [])


def test_the_report_holds_every_difference(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    _run("--report", str(path), "--dry-run")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line["nct_id"], line["fact"], line["other_answer"]) for line in lines] == [
        *((nct_id, name, True) for nct_id in IDS[:2] for name in ("ecog", "hbv")),
        (IDS[2], "ecog", False),
    ]
    assert lines[0]["old"] == {"status": "stated", "value": [0, 1, 2]}
    assert lines[0]["new"]["value"] == [0, 1]
    [evidence] = lines[0]["new"]["evidence"]
    assert CRITERIA[evidence["start"] : evidence["end"]] == evidence["quote"] == "ECOG 0 or 1"


def test_long_sentences_are_cut_on_the_screen() -> None:
    words = "Hepatitis B infection with " + "much of everything and " * 30
    load(raw_record(IDS[3], criteria=f"Exclusion Criteria:\n\n* {words}"))
    EligibilityFact.objects.filter(trial_id=IDS[3], name="hbv").update(status="not_stated", value=None)
    [line] = _run("--id", IDS[3])[1][:-1]
    assert line.endswith(' ..."')
    assert len(line) < 300


def test_a_record_that_cannot_be_read_is_a_failure_in_the_end() -> None:
    version = RecordVersion.objects.create(nct_id=IDS[0], sha256="0" * 64, raw="[]")
    Trial.objects.filter(pk=IDS[0]).update(record_version=version)
    counts, _, said, failure = _run()
    assert counts == _counts(read=3, changed_trials=1, changed_facts=2, failed=1)
    assert said == "NCT00000001: RecordError: expected an object, found list\n"
    assert failure == "1 could not be read again; their facts stay as they were"


def test_superseded_trials_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_while_a_refresh_runs(texts: list[reading_pool.StoredText]) -> list[reading_pool.Reading]:
        load(raw_record(IDS[0], criteria="Inclusion Criteria:\n\n* Adults"))
        return [reading_pool.Reading(text.nct_id, text.version_id) for text in texts]

    monkeypatch.setattr(reading_pool, "read_texts", read_while_a_refresh_runs)
    counts, _, said, failure = _run("--id", IDS[0])
    assert (counts, failure) == (_counts(), "")
    assert said == "1 left alone: a newer record came in meanwhile and was read then.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--id", "NCT09999999"], "not in the store: NCT09999999"),
        (["--jobs", "0"], "--jobs: a number from 1 on is needed"),
        (["--batch-size", "many"], "--batch-size: a number from 1 on is needed"),
        (["--batch-size", "5000"], "--batch-size: 1000 is the most"),
        (["--report", "/nowhere/report.jsonl"], "/nowhere/report.jsonl: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_a_clear_error(arguments: list[str], message: str) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=message):
        call_command("reread_trials", *arguments, stdout=out)
    assert out.getvalue() == ""


def test_ctrl_c_tells_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:

    def write_and_stop(facts: dict[str, dict[str, Fact]]) -> None:
        write_facts(facts)
        if IDS[1] in facts:
            raise KeyboardInterrupt

    monkeypatch.setattr(reread, "write_facts", write_and_stop)
    with pytest.raises(CommandError, match=r"^Stopped; 1 trials were read in complete batches") as stopped:
        call_command("reread_trials", "--batch-size", "1", "--jobs", "1", stdout=StringIO())
    assert stopped.value.returncode == 130
    assert [row.trial_id for row in EligibilityFact.objects.filter(name="hbv", status="not_stated")] == [IDS[1]]


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "read_texts", die)
    with pytest.raises(CommandError, match=r"^Stopped: a reading process died at NCT00000001 .*; 0 trials"):
        call_command("reread_trials", "--batch-size", "1", "--jobs", "2", stdout=StringIO())


def test_progress_is_not_drawn_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    _run()
    assert capfd.readouterr() == ("", "")


def test_progress_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    _run("--batch-size", "2")
    assert "Reading: 100%" in screen.getvalue()
    assert "4/4" in screen.getvalue()


def test_the_door_says_what_it_takes() -> None:
    command = [sys.executable, "manage.py", "reread_trials", "--help"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"--dry-run", "--id", "--stale", "--batch-size", "--jobs", "--report"} <= set(
        done.stdout.replace("[", " ").replace("]", " ").split()
    )
