"""The benchmark measures what it says: real loads, real answers, real queries."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trials.tests.builders import load, raw_record, site

pytestmark = pytest.mark.django_db


def test_it_loads_measures_and_ends_with_json(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(json.dumps(raw_record(f"NCT0000000{n}", sites=[site("Lyon", "France")])) for n in (1, 2)))
    out = io.StringIO()
    call_command("benchmark", str(path), "--rounds", "2", stdout=out)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert report["first"]["counts"]["created"] == report["again"]["counts"]["unchanged"] == 2
    assert report["first"]["sites"] == 2
    assert {page["status"] for page in report["pages"]} == {200}
    assert all(page["queries"] > 0 for page in report["pages"])


def test_it_refuses_a_store_that_is_not_empty(tmp_path: Path) -> None:
    load(raw_record())
    with pytest.raises(CommandError, match="not empty"):
        call_command("benchmark", str(tmp_path))
