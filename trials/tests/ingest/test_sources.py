"""Raw records from files as they come: whole, broken, cut off, empty, in the wrong place."""

import gzip
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.ingest.sources import (
    RawDocument,
    SourceError,
    document_from_data,
    document_from_text,
    find_files,
    read_file,
)
from trials.tests.builders import raw_record

ONE, TWO = raw_record("NCT00000001", title="Größe ≥ 3"), raw_record("NCT00000002")
LINES = "".join(f"{json.dumps(record)}\n" for record in (ONE, TWO))


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _read(path: Path) -> tuple[list[RawDocument], str]:
    """All documents of a file, and what stopped the reading."""
    documents = []
    try:
        for document in read_file(path):
            documents.append(document)
    except SourceError as error:
        return documents, str(error)
    return documents, ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINES),
        ("a.jsonl", "\ufeff" + LINES.replace("\n", "\r\n") + "\n  \n"),
        ("a.jsonl", LINES.rstrip()),
        ("a.jsonl.gz", gzip.compress(LINES.encode())),
        ("a.jsonl.gz", b"".join(gzip.compress(line.encode()) for line in LINES.splitlines(keepends=True))),
        ("a.json", json.dumps([ONE, TWO])),
        ("a.json", json.dumps({"studies": [ONE, TWO], "nextPageToken": "x"}, indent=2, ensure_ascii=False)),
    ],
)
def test_records_come_from_every_kind_of_file(tmp_path: Path, name: str, content: str | bytes) -> None:
    documents, error = _read(_file(tmp_path, name, content))
    assert not error
    assert [document.data for document in documents] == [ONE, TWO]
    assert not any(document.reason for document in documents)
    assert len({document.source for document in documents}) == 2
    assert [json.loads(document.text) for document in documents] == [ONE, TWO]


@pytest.mark.parametrize("content", [json.dumps(ONE, indent=4, ensure_ascii=False), f"\ufeff {json.dumps(ONE)}\n"])
def test_a_json_file_may_hold_one_record(tmp_path: Path, content: str) -> None:
    [document], error = _read(_file(tmp_path, "a.json", content))
    assert (document.data, document.source, error) == (ONE, "a.json", "")
    assert document.text == content.removeprefix("\ufeff")  # as received


def test_one_hash_for_one_record_however_it_is_written(tmp_path: Path) -> None:
    backwards = json.loads(json.dumps(ONE), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert json.dumps(backwards) != json.dumps(ONE)
    hashes = {
        document_from_data(ONE, "").sha256,
        document_from_data(backwards, "").sha256,
        document_from_text(json.dumps(ONE, indent=1, ensure_ascii=False), "").sha256,
        document_from_text(json.dumps(backwards, ensure_ascii=True), "").sha256,
        _read(_file(tmp_path, "a.json", json.dumps([backwards])))[0][0].sha256,
    }
    canonical = json.dumps(ONE, sort_keys=True, separators=(",", ":"))
    assert hashes == {hashlib.sha256(canonical.encode()).hexdigest()}


def test_another_record_has_another_hash() -> None:
    """The order of a list tells records apart, the order of keys does not; 1 is not true, nor "1"."""
    datas: list[Any] = [{"a": [1, 2]}, {"a": [2, 1]}, {"a": ["1", 2]}, {"a": [True, 2]}, {"a": None}, {}, "broken"]
    assert len({document_from_data(data, "").sha256 for data in datas}) == len(datas)


@given(st.text(max_size=60))
def test_any_line_is_a_document_that_can_be_stored(text: str) -> None:
    document = document_from_text(text, "x")
    assert "\x00" not in document.text
    assert len(document.sha256) == 64
    assert (document.data is None) or not document.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON: Expecting property name"),
        ('{"a": 1} x', "not valid JSON: Extra data"),
        ('{"a": NaN}', "not valid JSON: NaN is not a JSON number"),
        ('{"a": -Infinity}', "not valid JSON: -Infinity is not a JSON number"),
        ('{"a": 1e400}', "not valid JSON: 1e400 is not a number that can be kept"),
        ('{"a": "\x00"}', "not valid JSON: Invalid control character"),
        ('{"a": ' + "9" * 5000 + "}", "not valid JSON: Exceeds the limit"),
        ("[" * 100_000 + "]" * 100_000, "not valid JSON: nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "not valid JSON: nested too deeply"),
        (b'{"a": "caf\xe9"}', "not UTF-8: "),
        (b"\xff\xfe{\x00}\x00", "not UTF-8: "),
    ],
    ids=lambda part: str(part)[:20],
)
def test_a_broken_line_does_not_hide_the_others(tmp_path: Path, line: str | bytes, reason: str) -> None:
    bad = line.encode() if isinstance(line, str) else line
    before, after = (json.dumps(record).encode() for record in (ONE, TWO))
    documents, error = _read(_file(tmp_path, "a.jsonl", b"\n".join((before, bad, after))))
    assert not error
    assert [document.data for document in documents] == [ONE, None, TWO]
    broken = documents[1]
    assert broken.reason.startswith(reason)
    assert broken.source == "a.jsonl:2"
    assert "\x00" not in broken.text
    assert len(broken.sha256) == 64


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_no_depth_of_nesting_is_too_deep_for_the_program(opening: str) -> None:
    """Python's own limit depends on how deep the caller already is: a record is never let near it."""
    closing = "]" if opening == "[" else "}"
    for depth in (*range(1, 130), *range(800, 1100)):
        document = document_from_text(opening * depth + "1" + closing * depth, "x")
        assert document.sha256
        assert bool(document.reason) == (depth > 100)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.jsonl", "", "a.jsonl: no records in this file"),
        ("a.jsonl", "\n \r\n", "a.jsonl: no records in this file"),
        ("a.jsonl.gz", gzip.compress(b""), "a.jsonl.gz: no records in this file"),
        ("a.json", "", "a.json: not valid JSON"),
        ("a.json", "[]", "a.json: the list holds no records"),
        ("a.json", '{"studies": []}', "a.json: the list holds no records"),
        ("a.json", "[1, NaN]", "a.json: not valid JSON (NaN is not a JSON number)"),
        ("a.json", "[" * 100_000, "a.json: not valid JSON (nested too deeply)"),
        ("a.json", b'["\xff"]', "a.json: not valid JSON"),
        ("a.jsonl.gz", b"", "a.jsonl.gz: no records in this file"),
        ("a.jsonl.gz", LINES, "a.jsonl.gz: broken gzip file (Not a gzipped file"),
    ],
    ids=lambda part: str(part)[:20],
)
def test_a_file_without_records_says_so(tmp_path: Path, name: str, content: str | bytes, error: str) -> None:
    documents, said = _read(_file(tmp_path, name, content))
    assert documents == []
    assert said.startswith(error)


@pytest.mark.parametrize("cut", [1, 9, 40])
def test_a_gzip_file_that_was_cut_gives_what_came_before(tmp_path: Path, cut: int) -> None:
    many = [raw_record(f"NCT{number:08d}", title=hashlib.sha256(b"%d" % number).hexdigest()) for number in range(500)]
    whole = gzip.compress("".join(f"{json.dumps(record)}\n" for record in many).encode())
    documents, error = _read(_file(tmp_path, "a.jsonl.gz", whole[:-cut]))
    assert error.startswith("a.jsonl.gz: broken gzip file (")
    assert len(documents) >= 490
    assert [document.data for document in documents] == many[: len(documents)]


def test_a_gzip_file_with_flipped_bits_is_an_error(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(LINES.encode()))
    whole[len(whole) // 2] ^= 0xFF
    _, error = _read(_file(tmp_path, "a.jsonl.gz", bytes(whole)))
    assert error.startswith("a.jsonl.gz: broken gzip file (")


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    (tmp_path / "below.json").mkdir()
    for name in ("b.jsonl", "a.json", "below.json/c.jsonl.gz", "notes.txt", "d.json.bak", "README.md"):
        _file(tmp_path, name, "x")
    assert [str(path.relative_to(tmp_path)) for path in find_files(tmp_path)] == [
        "a.json",
        "b.jsonl",
        "below.json/c.jsonl.gz",
    ]
    assert find_files(tmp_path / "a.json") == [tmp_path / "a.json"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda folder: folder / "absent.json", "no such file or folder"),
        (lambda folder: folder / ("x" * 5000 + ".json"), "File name too long"),
        (lambda folder: folder / "a\x00b.json", "no such file or folder"),
        (lambda folder: _file(folder, "a.csv", "x"), "expected a folder, .json, .jsonl, .jsonl.gz"),
        (lambda folder: _file(folder, "a.json.gz", "x"), "expected a folder, .json, .jsonl, .jsonl.gz"),
        (lambda folder: folder, "no .json, .jsonl, .jsonl.gz file in this folder"),
    ],
)
def test_a_path_that_holds_no_records_says_why(tmp_path: Path, make: Callable[[Path], Path], error: str) -> None:
    path = make(tmp_path)
    with pytest.raises(SourceError) as refused:
        find_files(path)
    assert str(refused.value) == f"{path}: {error}"


def test_a_file_that_goes_away_says_why(tmp_path: Path) -> None:
    assert _read(tmp_path / "gone.jsonl") == ([], f"{tmp_path / 'gone.jsonl'}: No such file or directory")


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = _file(tmp_path, "a.jsonl", LINES)
    monkeypatch.setattr(Path, "open", refuse)  # tests may run as root, whom no file refuses
    assert _read(path) == ([], f"{path}: Permission denied")


def test_names_of_files_that_are_no_text_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl"))
    path.write_text(LINES)
    documents, error = _read(path)
    assert not error
    assert [document.source.encode() for document in documents] == [
        "\ufffd.jsonl:1".encode(),
        "\ufffd.jsonl:2".encode(),
    ]


def test_progress_tells_every_byte_once(tmp_path: Path) -> None:
    told: list[int] = []
    path = _file(tmp_path, "a.jsonl", LINES * 500)
    assert len(list(read_file(path, told.append))) == 1000
    assert sum(told) == path.stat().st_size
    assert min(told) > 0
