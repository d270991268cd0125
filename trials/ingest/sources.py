"""Raw records from files: a folder, .json, .jsonl or .jsonl.gz. Never parses a record, never touches the database."""

import gzip
import hashlib
import json
import math
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from trials.registry.parser import without_stamp

SUFFIXES = (".json", ".jsonl", ".jsonl.gz")
_DEEPEST = 100  # levels of nesting; the registry's own records have fewer than 20


class SourceError(Exception):
    """A path that cannot be read or holds no records: says which and why."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One raw record. text is its JSON as received; data is None, with the reason, where that is not valid JSON."""

    text: str
    data: object
    source: str
    reason: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the record with sorted keys, without white space and without the registry's daily stamp.

        Of the text itself where it is not JSON.
        """
        text = self.text if self.reason else _dump(without_stamp(self.data), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


Progress = Callable[[int], object]


def _dump(data: object, *, sort_keys: bool = False) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=sort_keys)


def document_from_data(data: object, source: str) -> RawDocument:
    """A record that is already decoded, such as one of a page of the registry."""
    return RawDocument(_dump(data), data, source)


def document_from_text(text: str, source: str) -> RawDocument:
    try:
        return RawDocument(text, _decode(text), source)
    except ValueError as error:
        # PostgreSQL cannot hold NUL; raw control characters make the JSON invalid anyway, so the text is kept readable
        return RawDocument(text.replace("\x00", "\\x00"), None, source, f"not valid JSON: {error}")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError(f"{number} is not a number that can be kept")
    return value


def _decode(text: str) -> object:
    """The decoded JSON. Raises ValueError, also for nesting that is too deep."""
    try:
        data: object = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if _is_deep(data):
        raise ValueError("nested too deeply")
    return data


def _is_deep(data: object) -> bool:
    """Whether data is nested so deeply that to write it again might exceed Python's limit."""
    level = [data]
    for _ in range(_DEEPEST + 1):
        inner = (node.values() if isinstance(node, dict) else node for node in level if isinstance(node, dict | list))
        level = [child for children in inner for child in children]
        if not level:
            return False
    return True


def find_files(path: Path) -> list[Path]:
    """The files with records at path, in the order of their names. Raises SourceError if there are none."""
    try:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.name.endswith(SUFFIXES) and file.is_file())
            if not found:
                raise SourceError(f"{path}: no {', '.join(SUFFIXES)} file in this folder")
            return found
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error
    if not path.name.endswith(SUFFIXES):
        raise SourceError(f"{path}: expected a folder, {', '.join(SUFFIXES)}")
    return [path]


def read_file(path: Path, progress: Progress = lambda _bytes: None) -> Iterator[RawDocument]:
    """The records of one file; progress is told how many more bytes of it were read.

    Raises SourceError where the file cannot be read on; the records before that point have been given.
    """
    try:
        with path.open("rb") as file:
            yield from _read_json(path, file) if path.suffix == ".json" else _read_lines(path, file, progress)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError(f"{path.name}: broken gzip file ({error})") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error


def _label(path: Path) -> str:
    """The file's name as text that can be stored, whatever its bytes are."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _read_json(path: Path, file: BinaryIO) -> Iterator[RawDocument]:
    try:
        text = file.read().decode("utf-8-sig")
        data = _decode(text)
    except ValueError as error:
        raise SourceError(f"{path.name}: not valid JSON ({error})") from error
    if isinstance(data, dict) and isinstance(data.get("studies"), list):
        data = data["studies"]
    if not isinstance(data, list):
        yield RawDocument(text, data, _label(path))
        return
    if not data:
        raise SourceError(f"{path.name}: the list holds no records")
    for number, item in enumerate(data, start=1):
        yield document_from_data(item, f"{_label(path)}:{number}")


def _read_lines(path: Path, file: BinaryIO, progress: Progress) -> Iterator[RawDocument]:
    lines = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
    done = number = found = 0
    for number, line in enumerate(lines, start=1):
        if file.tell() > done:
            progress(file.tell() - done)
            done = file.tell()
        if line.strip():
            found += 1
            yield _document_of_line(line, f"{_label(path)}:{number}")
    if not found:
        raise SourceError(f"{path.name}: no records in this file")


def _document_of_line(line: bytes, source: str) -> RawDocument:
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        return RawDocument(
            line.decode("utf-8", "backslashreplace").replace("\x00", "\\x00"), None, source, f"not UTF-8: {error}"
        )
    return document_from_text(text, source)
