"""evaluate_eligibility: further sets, sealed ones, the generated part of a document, and every clear error."""

import io
import json
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from trials.management.score_tables import BEGIN, END
from trials.tests.builders import raw_record

CRITERIA = "Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1\n\nExclusion Criteria:\n\n* Extrahepatic spread"
RIGHT = {"child_pugh": {"status": "stated", "value": [5, 6]}}
WRONG = {"extrahepatic_spread": {"status": "stated", "value": "allowed", "quote": "people  read this"}}
SILENT = {"hbv": {"status": "stated", "value": "excluded"}}
SPREAD = "NCT00000001 extrahepatic_spread: expected stated allowed, found stated excluded"
DOCUMENT = f"# Ours\n\n{BEGIN}\nfigures of yesterday\n{END}\n\nOurs too, äöü.\n"


def _write(path: Path, *lines: object) -> str:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


def _line(facts: object, nct_id: str = "NCT00000001") -> object:
    return {"nct_id": nct_id, "facts": facts}


@pytest.fixture
def records(tmp_path: Path) -> str:
    both = (raw_record(nct_id, criteria=CRITERIA) for nct_id in ("NCT00000001", "NCT00000002"))
    return _write(tmp_path / "records.jsonl", *both)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    (tmp_path / "some" / "gold").mkdir(parents=True)
    _write(tmp_path / "some" / "gold" / "a.jsonl", _line(RIGHT))
    _write(tmp_path / "some" / "gold" / "b.jsonl", _line(WRONG))
    return str(tmp_path / "some" / "gold")


def _run(*arguments: str) -> tuple[list[str], dict[str, object], str]:
    """The lines, the last line as JSON, and what was said to people."""
    out, err = io.StringIO(), io.StringIO()
    call_command("evaluate_eligibility", *arguments, stdout=out, stderr=err)
    *lines, last = out.getvalue().splitlines()
    return lines, json.loads(last), err.getvalue()


def test_the_plain_form_prints_table_disagreements_and_json(gold: str, records: str) -> None:
    lines, result, said = _run(gold, records)
    assert lines == [
        "| fact | records | accuracy | precision | recall |",
        "|---|---|---|---|---|",
        "| child_pugh | 1 | 1.000 | 1.000 | 1.000 |",
        "| extrahepatic_spread | 1 | 0.000 | 0.000 | 0.000 |",
        "| all facts | 2 | 0.500 | 0.500 | 0.500 |",
        f'{SPREAD}: read "Extrahepatic spread" (eligibility_criteria); decided on "people read this"',
    ]
    wrong = {"records": 1, "accuracy": 0.0, "precision": 0.0, "recall": 0.0}
    assert result == {"child_pugh": dict(wrong, accuracy=1.0, precision=1.0, recall=1.0), "extrahepatic_spread": wrong}
    assert said == ""


def test_a_disagreement_without_sentences_is_printed_too(tmp_path: Path, records: str) -> None:
    lines, _, _ = _run(_write(tmp_path / "gold.jsonl", _line(SILENT)), records)
    assert lines[-1] == "NCT00000001 hbv: expected stated excluded, found not_stated None: read no sentence"


def test_further_sets_get_tables_of_their_own(tmp_path: Path, gold: str, records: str) -> None:
    ours = _write(tmp_path / "ours.jsonl", _line(SILENT), _line(RIGHT, "NCT00000002"))
    kept = _write(tmp_path / "kept=aside.jsonl", _line(WRONG))
    lines, result, _ = _run(gold, records, "--also", f"Read by us, seen={ours}", "--sealed", f"Kept aside={kept}")
    assert lines[6:] == [
        "",
        "### Read by us, seen (2 records)",
        "| fact | records | accuracy | precision | recall |",
        "|---|---|---|---|---|",
        "| hbv | 1 | 0.000 | - | 0.000 |",
        "| child_pugh | 1 | 1.000 | 1.000 | 1.000 |",
        "| all facts | 2 | 0.500 | 1.000 | 0.500 |",
        "NCT00000001 hbv: expected stated excluded, found not_stated None: read no sentence",
        "",
        "### Kept aside (1 record)",
        "| fact | records | accuracy | precision | recall |",
        "|---|---|---|---|---|",
        "| extrahepatic_spread | 1 | 0.000 | 0.000 | 0.000 |",
        "| all facts | 1 | 0.000 | 0.000 | 0.000 |",
    ]
    assert list(result) == ["child_pugh", "extrahepatic_spread", "also"]
    also = result["also"]
    assert isinstance(also, dict)
    assert {name: list(scores) for name, scores in also.items()} == {
        "Read by us, seen": ["hbv", "child_pugh"],
        "Kept aside": ["extrahepatic_spread"],
    }


def test_the_document_gets_numbers_and_never_a_sentence(
    tmp_path: Path, gold: str, records: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 2, 3, 12, tzinfo=UTC))
    path = tmp_path / "figures.md"
    path.write_text(DOCUMENT, "utf-8")
    ours = _write(tmp_path / "ours.jsonl", _line(SILENT))
    _run(gold, records, "--also", f"Ours={ours}", "--write", str(path))
    text = path.read_text("utf-8")
    assert text.startswith(f"# Ours\n\n{BEGIN}\n\n3 February 2027. ")
    assert text.endswith(f"| all facts | 1 | 0.000 | - | 0.000 |\n\n{END}\n\nOurs too, äöü.\n")
    assert "### some/gold (1 record)\n" in text
    assert "### Ours (1 record)\n" in text
    for words in ("yesterday", "Extrahepatic spread", "people", "NCT0", "Child-Pugh"):
        assert words not in text
    _run(gold, records, "--also", f"Ours={ours}", "--write", str(path))
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nothing", r"begin .* must stand there once; found 0 times"),
        (f"{END}{BEGIN}", "stands before"),
        (None, "No such file"),
    ],
)
def test_a_document_that_cannot_be_rewritten_is_told_before_the_work(
    tmp_path: Path, gold: str, records: str, content: str | None, message: str
) -> None:
    path = tmp_path / "figures.md"
    if content is not None:
        path.write_text(content, "utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError, match=rf"figures\.md: .*{message}"):
        call_command("evaluate_eligibility", gold, records, "--write", str(path), stdout=out)
    assert out.getvalue() == ""
    assert content is None or path.read_text("utf-8") == content


def test_a_failure_leaves_the_document_as_it_was(tmp_path: Path, records: str) -> None:
    path = tmp_path / "figures.md"
    path.write_text(DOCUMENT, "utf-8")
    unknown = _write(tmp_path / "gold.jsonl", _line(RIGHT, "NCT00000009"))
    with pytest.raises(CommandError, match="none of the decided records"):
        _run(unknown, records, "--write", str(path))
    assert path.read_text("utf-8") == DOCUMENT


def test_missing_records_are_counted(tmp_path: Path, gold: str, records: str) -> None:
    ours = _write(tmp_path / "ours.jsonl", _line(RIGHT), _line(RIGHT, "NCT00000009"))
    lines, _, said = _run(gold, records, "--also", f"Ours={ours}")
    assert said == "Ours: 1 decided records are not among the records.\n"
    assert "### Ours (1 of 2 records)" in lines


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"shoe_size": {}}, "shoe_size: no fact of that name"),
        ({"hbv": "excluded"}, "hbv: expected an object"),
        ({"hbv": {"value": "excluded"}}, "hbv: None is no status"),
        ({"hbv": {"status": "stated", "value": ["excluded"]}}, "hbv: a stated fact needs a value"),
        ({"ecog": {"status": "stated"}}, "ecog: a stated fact needs a list of values"),
        ([], "expected an object with nct_id and facts"),
    ],
)
def test_a_line_that_decides_nothing_is_named(tmp_path: Path, records: str, facts: object, problem: str) -> None:
    decided = _write(tmp_path / "gold.jsonl", _line(RIGHT), _line(facts))
    with pytest.raises(CommandError, match=rf"gold\.jsonl:2: {problem}"):
        _run(decided, records)


def test_a_record_that_cannot_be_parsed_counts_as_missing(tmp_path: Path, gold: str) -> None:
    broken = raw_record("NCT00000001", designModule=5)
    with pytest.raises(CommandError, match="none of the decided records"):
        _run(gold, _write(tmp_path / "records.jsonl", broken))


@pytest.mark.parametrize("given", ["Ours", "=gold.jsonl", "Ours=", "Our\nown=gold.jsonl"])
def test_a_further_set_needs_a_name_and_a_path(gold: str, records: str, given: str) -> None:
    with pytest.raises(CommandError, match="expected NAME=GOLD"):
        _run(gold, records, "--also", given)


def test_names_of_sets_differ(gold: str, records: str) -> None:
    with pytest.raises(CommandError, match="a name of its own"):
        _run(gold, records, "--also", f"Ours={gold}", "--sealed", f"Ours={gold}")


def test_the_document_of_this_repository_can_be_rewritten() -> None:
    text = (settings.BASE_DIR / "docs" / "eligibility.md").read_text("utf-8")
    assert (text.count(BEGIN), text.count(END)) == (1, 1)


def test_make_evaluate_takes_our_own_readings() -> None:
    command = ["make", "--no-print-directory", "-n", "-o", "setup", "evaluate", "SHARED=/s"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    words = shlex.split(done.stdout)
    start = words.index("evaluate_eligibility")
    assert words[start + 1 : start + 5] == ["/s/gold", "/s/corpus", "--write", "docs/eligibility.md"]
    options = dict(zip(words[start + 5 :: 2], words[start + 6 :: 2], strict=True))
    assert set(options) == {"--records-too", "--also", "--sealed"}
    for word in words[start + 6 :: 2]:
        assert (settings.BASE_DIR / word.rpartition("=")[2]).exists()


def test_further_records_are_read_too(tmp_path: Path, gold: str, records: str) -> None:
    more = _write(tmp_path / "more.jsonl", raw_record("NCT00000077", criteria="Child-Pugh A"))
    decided = {"nct_id": "NCT00000077", "facts": {"child_pugh": {"status": "stated", "value": [5, 6]}}}
    line = _write(tmp_path / "ours.jsonl", decided)
    _, result, _ = _run(gold, records, "--records-too", more, "--also", f"Ours={line}")
    also = result["also"]
    assert isinstance(also, dict)
    assert also["Ours"]["child_pugh"]["records"] == 1
