"""read_eligibility and evaluate_eligibility: lines of JSON, a table, clear errors; no database."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trials.tests.builders import raw_record
from trials.vocabulary.facts import FACTS

CRITERIA = "Inclusion Criteria:\n\n* Child-Pugh class A (score \\<= 6)\n\nExclusion Criteria:\n\n* Extrahepatic spread"


def _write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def _read(path: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("read_eligibility", path, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_a_record_with_all_facts_and_exact_spans(tmp_path: Path) -> None:
    records = (raw_record("NCT00000001", criteria=CRITERIA), raw_record("NCT00000002"))
    lines = _read(str(_write(tmp_path / "records.jsonl", *records)))
    assert [line["nct_id"] for line in lines] == ["NCT00000001", "NCT00000002"]
    facts = lines[0]["facts"]
    assert isinstance(facts, dict)
    assert list(facts) == list(FACTS)
    fact = facts["child_pugh"]
    assert (fact["status"], fact["value"], fact["depends_on_cohort"]) == ("stated", [5, 6], False)
    for evidence in fact["evidence"]:
        assert CRITERIA[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert facts["extrahepatic_spread"]["value"] == "excluded"


def test_lines_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(raw_record("NCT00000003")) + "\n\n"))
    assert [line["nct_id"] for line in _read("-")] == ["NCT00000003"]


def test_a_bad_record_does_not_stop_the_others_but_fails_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("{broken\n" + json.dumps(raw_record("NCT00000004")), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 records could not be read"):
        call_command("read_eligibility", str(path), stdout=out, stderr=err)
    assert json.loads(out.getvalue())["nct_id"] == "NCT00000004"
    assert "records.jsonl:1" in err.getvalue()


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        call_command("read_eligibility", str(tmp_path / "none.jsonl"))


def test_the_evaluation_counts_and_names_every_disagreement(tmp_path: Path) -> None:
    gold = {
        "child_pugh": {"status": "stated", "value": [5, 6]},
        "extrahepatic_spread": {"status": "stated", "value": "allowed", "quote": "spread"},
        "ecog": {"open": True, "readings": []},
    }
    decided = _write(tmp_path / "gold.jsonl", {"nct_id": "NCT00000001", "facts": gold})
    records = _write(tmp_path / "records.jsonl", raw_record("NCT00000001", criteria=CRITERIA))
    out = io.StringIO()
    call_command("evaluate_eligibility", str(decided), str(records), stdout=out)
    lines = out.getvalue().splitlines()
    scores = json.loads(lines[-1])
    assert scores["child_pugh"] == {"records": 1, "accuracy": 1.0, "precision": 1.0, "recall": 1.0}
    assert scores["extrahepatic_spread"]["accuracy"] == 0.0
    assert scores["ecog"]["records"] == 0
    assert any(line.startswith("NCT00000001 extrahepatic_spread: expected stated allowed") for line in lines)


def test_gold_without_records_is_an_error(tmp_path: Path) -> None:
    decided = _write(tmp_path / "gold.jsonl", {"nct_id": "NCT00000009", "facts": {}})
    records = _write(tmp_path / "records.jsonl", raw_record("NCT00000001"))
    with pytest.raises(CommandError, match="none of the decided records"):
        call_command("evaluate_eligibility", str(decided), str(records))
