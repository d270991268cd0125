"""The rules of the house hold over the source; each is also shown a bad tree, to see that it can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from trials.tests.house_rules import (
    IMPURE,
    PURE,
    Rule,
    Tree,
    alerts_write_their_own_rows,
    every_room_has_a_floor,
    imports_are_absolute_and_named,
    imports_go_down,
    imports_stand_at_the_top,
    models_are_plain,
    modules_open_with_a_docstring,
    names_say_something,
    no_circles,
    only_ingest_writes,
    only_the_parser_knows_json,
    only_the_registry_room_speaks_http,
    pure_rooms_stay_pure,
    room,
)

ROOT = Path(__file__).resolve().parents[2]
ROWS = "'Sees protocolSection.'\nfrom trials.models.trial import Trial\n"
GOOD = {
    "trials/registry/parser.py": "'''Parses.'''\nKEY = 'protocolSection'",
    "trials/models/trial.py": "'''Rows.'''\nclass Trial: ...",
    "trials/ingest/load.py": "'''Writes.'''\nfrom trials.models.trial import Trial\nTrial.objects.create()",
    "trials/web/pages.py": ROWS + "{}.update(a=Trial.objects.get())",
}
BAD = [
    (imports_go_down, "models/up", "from trials.ingest import load"),
    (imports_go_down, "search/beside", "from trials.ingest.load import anything"),
    (imports_go_down, "search/typed", "if TYPE_CHECKING:\n    import trials.web.pages"),
    (imports_go_down, "web/out", "from hcctrials import settings"),
    (imports_go_down, "ingest/tested", "import trials.tests.builders"),
    (every_room_has_a_floor, "cellar/wine", "A = 1"),
    (every_room_has_a_floor, "loose", "A = 1"),
    (no_circles, "models/trial", "from trials.models import other\n"),
    (imports_stand_at_the_top, "web/late", "def f():\n    import json"),
    (imports_stand_at_the_top, "web/lazy", "import importlib\nimportlib.import_module('json')"),
    (imports_are_absolute_and_named, "web/near", "from . import pages"),
    (imports_are_absolute_and_named, "web/all", "from trials.web.pages import *"),
    (pure_rooms_stay_pure, "registry/impure", "from django.db import models"),
    (pure_rooms_stay_pure, "eligibility/by_way", "import trials.models.other"),
    (names_say_something, "web/utils", "A = 1"),
    (names_say_something, "tests/helpers/a", "A = 1"),
    (modules_open_with_a_docstring, "web/silent", None),
    (models_are_plain, "models/saving", "class T:\n    def save(self): ..."),
    (models_are_plain, "web/signals", "from django.db.models.signals import post_save"),
    (only_ingest_writes, "web/direct", ROWS + "Trial.objects.filter(a=1).update(a=2)"),
    (only_ingest_writes, "web/named", ROWS + "rows = Trial.objects.all()\nfor row in rows: row.save()"),
    (only_ingest_writes, "web/given", ROWS + "def f(row: Trial | None): row.delete()"),
    (only_ingest_writes, "web/sql", "QUERY = 'DELETE FROM trials_trial'"),
    (alerts_write_their_own_rows, "alerts/wrong", ROWS + "Trial.objects.filter(a=1).delete()"),
    (only_the_registry_room_speaks_http, "ingest/fetch", "import requests"),
    (only_the_registry_room_speaks_http, "web/fetch", "from urllib.request import urlopen"),
    (only_the_parser_knows_json, "web/json", "raw['protocolSection']"),
]
RULES = tuple(dict.fromkeys(rule for rule, *_ in BAD))  # no rule without a tree that breaks it
HOUSE = Tree(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule) -> None:
    assert len(HOUSE.modules) > 50
    assert sorted(rule(HOUSE)) == []


def test_pure_rooms_load_without_django() -> None:
    names = [name for name, _ in HOUSE.ours(package="trials.") if room(name) in PURE]
    code = f"import sys, {', '.join(names)}\nprint(*sorted({IMPURE} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def _tree(root: Path, files: dict[str, str]) -> Tree:
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return Tree(root)


def test_a_good_tree_breaks_no_rule(tmp_path: Path) -> None:
    assert [problem for rule in RULES for problem in rule(_tree(tmp_path, GOOD))] == []


@pytest.mark.parametrize(("rule", "name", "source"), BAD, ids=lambda part: getattr(part, "__name__", part))
def test_a_bad_tree_breaks_the_rule(rule: Rule, name: str, source: str | None, tmp_path: Path) -> None:
    other = {"trials/models/other.py": "'''Django.'''\nimport django\nfrom trials.models import trial"}
    bad = {f"trials/{name}.py": "A = 1" if source is None else f"'''Bad.'''\n{source}"}
    assert not list(rule(_tree(tmp_path / "good", GOOD | other)))
    assert list(rule(_tree(tmp_path / "bad", GOOD | other | bad)))
