"""Loads the records of files and folders, one after the other. A file that cannot be read does not stop the others."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import SourceError, find_files, read_file
from trials.ingest.table_statistics import analyze_tables


@dataclass
class LoadReport:
    """How many records were created, updated, unchanged and quarantined, and what could not be read."""

    counts: Counter[LoadResult] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return sum(self.counts.values()) - self.counts[LoadResult.QUARANTINED]

    def as_json(self) -> dict[str, int]:
        return {result.value: self.counts[result] for result in LoadResult}


@dataclass(frozen=True, slots=True)
class Step:
    """One record done: what happened to it, and how many more bytes of its file were read."""

    result: LoadResult | None
    read_bytes: int


def total_bytes(paths: Iterable[Path]) -> int:
    """The size of all files at the paths; paths that cannot be read count nothing."""
    total = 0
    for path in paths:
        try:
            total += sum(file.stat().st_size for file in find_files(path))
        except (SourceError, OSError):
            continue
    return total


def load_paths(paths: Iterable[Path], report: LoadReport) -> Iterator[Step]:
    """Loads every record and yields a step for each; the report is filled on the way."""
    for path in paths:
        try:
            files = find_files(path)
        except SourceError as error:
            report.errors.append(str(error))
            continue
        for file in files:
            yield from _load_file(file, report)
    if report.counts[LoadResult.CREATED] or report.counts[LoadResult.UPDATED]:
        analyze_tables()


def _load_file(file: Path, report: LoadReport) -> Iterator[Step]:
    read = 0
    pending = 0

    def progress(more: int) -> None:
        nonlocal pending
        pending += more

    try:
        for document in read_file(file, progress):
            result = load_document(document)
            report.counts[result] += 1
            yield Step(result, pending)
            read, pending = read + pending, 0
    except SourceError as error:
        report.errors.append(str(error))
    try:
        yield Step(None, max(file.stat().st_size - read, 0))
    except OSError:
        return
