"""The measurements of the search run from end to end on a tiny store, and what is compared there agrees."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PYTHON, clean_environment

PATIENCE = 900  # seconds; the whole run takes about 25 on a quiet machine
TABLES = "import json, sys; from benchmark.report import tables; print(tables(json.load(sys.stdin)))"


def run(*arguments: str, given: str = "", **environment: str) -> str:
    done = subprocess.run(
        [PYTHON, *arguments],
        cwd=REPOSITORY,
        env=clean_environment(PYTHONPATH=".ci", **environment),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def output(site: Path) -> str:
    """In the folder of the tests of `serve`, whose PostgreSQL is made once; the stores are databases of their own."""
    quick = ("--sizes", "60", "--rounds", "1", "--turns", "1", "--seconds", "0.1", "--pages", "6")
    return run("-m", "benchmark", "fixtures", *quick, HCCTRIALS_DATA_DIR=str(site))


@pytest.fixture(scope="module")
def figures(output: str) -> dict[str, Any]:
    (measured,) = json.loads(output.splitlines()[-1])
    return dict(measured)


def test_the_store_has_as_many_trials_as_asked(figures: dict[str, Any]) -> None:
    assert figures["trials"] == 60
    everything = next(row for row in figures["counting"]["queries"] if not row["query"])
    assert 30 < everything["results"] <= 60  # nine in ten are drawn from records about HCC


def test_index_sql_and_tantivy_count_the_same(figures: dict[str, Any]) -> None:
    rows = figures["counting"]["queries"]
    assert len(rows) == 10
    assert [row["query"] for row in rows if row["sql_differs"]] == []
    assert [row["query"] for row in rows if row["tantivy_differs"] and not row["has_words"]] == []
    assert all(row[name] > 0 for row in rows for name in row if name.endswith("_ms") and row["values"])


def test_every_page_is_answered_and_timed_against_the_empty_one(figures: dict[str, Any]) -> None:
    rows = figures["pages"]
    kinds = ("empty", "frame", "different", "repeated", "match")
    assert [(row["clients"], row["page"]) for row in rows] == [(n, kind) for n in (1, 8, 32) for kind in kinds]
    assert [row for row in rows if row["not_200"]] == []
    assert all((row["ratio"] == 1) is (row["page"] == "empty") for row in rows)


def test_memory_and_changes_are_measured(figures: dict[str, Any]) -> None:
    assert figures["memory_mib"] > 10
    assert figures["memory_without_trials_mib"] > 10
    assert [row["not_shown_at_once"] for row in figures["freshness"]] == [0, 0]


def test_the_tables_say_how_figures_grow(output: str, figures: dict[str, Any]) -> None:
    assert "| empty | 32 |" in output
    assert "| a match, times a page of results, 32 client(s) |" in output
    larger = {**figures, "trials": 120, "memory_mib": 3 * figures["memory_mib"]}
    table = run("-c", TABLES, given=json.dumps([figures, larger]))
    (row,) = (line for line in table.splitlines() if line.startswith("| memory of a web process"))
    assert row.endswith("| 3.00 |")
