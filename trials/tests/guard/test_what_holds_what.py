"""docs/security.md names the test that holds each row of our list of faults: every row, and tests that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(settings.BASE_DIR, "trials", "tests")
ROW = re.compile(r"^\| (S-\d+(?:, S-\d+)*) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(?:([\w/]+\.py)::)?(test_\w+)`")


@pytest.fixture(scope="module")
def rows() -> dict[str, str]:
    said = Path(settings.BASE_DIR, "docs", "security.md").read_text("utf-8")
    return {row: held for rows, held in ROW.findall(said) for row in rows.split(", ")}


def test_every_row_is_held(rows: dict[str, str]) -> None:
    assert set(rows) == {f"S-{number}" for number in range(1, 33)}


def test_every_test_that_is_named_is_there(rows: dict[str, str]) -> None:
    for row, held in rows.items():
        named = NAMED.findall(held)
        assert named, row
        file = ""
        for path, name in named:
            file = path or file
            assert f"\ndef {name}(" in (TESTS / file).read_text("utf-8"), f"{row}: {file}::{name}"
