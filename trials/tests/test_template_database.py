"""When the database that others are copied from is made again."""

from pathlib import Path

import pytest

from trials.tests.template_database import fingerprint


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("hcctrials/settings.py", "trials/models/trial.py", "trials/tests/test_one.py", "requirements-dev.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("A = 1")
    return tmp_path


@pytest.mark.parametrize("name", ["trials/models/trial.py", "trials/migrations/0001.py", "requirements-dev.txt"])
def test_what_may_change_the_tables_changes_the_fingerprint(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("A = 2")
    assert fingerprint(root) != before


def test_a_file_that_is_gone_changes_it_too(root: Path) -> None:
    before = fingerprint(root)
    (root / "hcctrials/settings.py").unlink()
    assert fingerprint(root) != before


@pytest.mark.parametrize("name", ["trials/tests/test_one.py", "trials/models/__pycache__/trial.pyc"])
def test_what_changes_no_table_does_not(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("A = 2")
    assert fingerprint(root) == before
