"""review_report: the lines that evaluate_eligibility takes, a table for people, and the counts last."""

import io
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from trials.ingest.reviews import Judgement, Verdict, confirm_facts, review_fact, what_was_seen
from trials.models import FactInForce
from trials.tests.builders import NCT_ID, load_trial, raw_record

pytestmark = pytest.mark.django_db
RECORD = raw_record(title="HCC", criteria="Inclusion Criteria:\n\n* Child-Pugh class A\n* ECOG 0 or 1")
LINE = {
    "nct_id": NCT_ID,
    "facts": {"child_pugh": {"status": "stated", "value": [5, 6, 7], "quote": "Child-Pugh class A"}},
}


@pytest.fixture(autouse=True)
def decisions() -> None:
    """One that agrees with the machine and one that does not."""
    load_trial(RECORD)
    curator = User.objects.create_user("curator")
    fact = FactInForce.objects.select_related("review").get(name="child_pugh")
    correction = Judgement(Verdict.CORRECTED, ("5", "6", "7"), reason="B7 | in the\nfootnote " + "x" * 300)
    review_fact(fact.pk, correction, curator, seen=what_was_seen(fact))
    confirm_facts([FactInForce.objects.get(name="ecog").pk], curator)


def report(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("review_report", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_lines_and_counts() -> None:
    lines = [json.loads(line) for line in report()]
    assert lines == [LINE, {"decisions": 2, "differences": 1}]


def test_lines_in_a_file_that_the_evaluation_takes(tmp_path: Path) -> None:
    gold, records = tmp_path / "gold.jsonl", tmp_path / "records.jsonl"
    assert [json.loads(line) for line in report("--write", str(gold))] == [{"decisions": 2, "differences": 1}]
    assert json.loads(gold.read_text("utf-8")) == LINE
    records.write_text(json.dumps(RECORD), encoding="utf-8")
    out = io.StringIO()
    call_command("evaluate_eligibility", str(gold), str(records), stdout=out)
    assert f"{NCT_ID} child_pugh: expected stated (5, 6, 7), found stated (5, 6)" in out.getvalue()


def test_a_table() -> None:
    head, _rule, row, last = report("--table")
    assert head == "| trial | fact | decided | machine reads now | reason |"
    assert row.startswith(f"| {NCT_ID} | child_pugh | 5, 6, 7 | 5, 6 | B7 \\| in the footnote xxx")
    assert row.endswith("x ... |")
    assert json.loads(last) == {"decisions": 2, "differences": 1}


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="directory"):
        report("--write", str(tmp_path))


def test_no_differences() -> None:
    FactInForce.objects.get(name="child_pugh")
    load_trial(raw_record(title="HCC", criteria="Inclusion Criteria:\n\n* Child-Pugh class A or B7\n* ECOG 0 or 1"))
    assert [json.loads(line) for line in report()] == [{"decisions": 2, "differences": 0}]
