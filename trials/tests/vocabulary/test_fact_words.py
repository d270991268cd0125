"""Words of every doubt that the reader may have, and every fact's rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

from trials.vocabulary.doubts import DOUBTS, LIMIT_DOUBTS, limit_doubts
from trials.vocabulary.fact_rules import FACT_RULES
from trials.vocabulary.facts import FACTS

READER = Path(__file__).resolve().parents[2] / "eligibility"
LABS = READER / "labs"


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in tuples: a comparison beside them holds no doubt."""
    for part in ast.walk(node):
        if isinstance(part, ast.Tuple):
            yield from (
                item.value for item in part.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)
            )


def doubts_of(source: str) -> set[str]:
    """What a module writes as doubts: doubts=(...) in a call, doubts = (...) in a line, appended tuples."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "doubts":
            found |= set(_texts(node.value))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any("doubt" in ast.unparse(target) for target in targets):
                found |= set(_texts(node.value))
    return found


def added_doubts_of(source: str) -> list[str]:
    """What a module adds to a set of doubts, each time: doubts.add("...")."""
    return [
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("doubts.add")
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]


def test_every_doubt_about_a_laboratory_limit_has_words() -> None:
    sources = [path.read_text("utf-8") for path in LABS.rglob("*.py")]
    written = [code for source in sources for code in added_doubts_of(source)]
    assert len(written) == sum(source.count("doubts.add(") for source in sources)  # none is added by another name
    assert set(written) == set(LIMIT_DOUBTS)  # neither without words nor words without a doubt
    assert added_doubts_of('one.doubts.add("new")\nseen.add("no")') == ["new"]
    assert all(doubt.note.endswith(".") and len(doubt.note) < 90 for doubt in LIMIT_DOUBTS.values())


def test_doubts_of_a_limit_stand_in_their_order() -> None:
    assert [doubt.code for doubt in limit_doubts(["new", "alternative", "implausible"])] == [
        "implausible",
        "alternative",
        "new",
    ]
    assert limit_doubts([]) == []


def test_every_doubt_of_the_reader_has_words() -> None:
    paths = (path for path in READER.rglob("*.py") if LABS not in path.parents)
    written = set().union(*(doubts_of(path.read_text("utf-8")) for path in paths))
    assert {"contradictory", "mixed", "lost_sign"} <= written
    assert written <= set(DOUBTS)
    assert doubts_of('doubts = ("new",) if a == ("b" + c) else ()') == {"new"}


def test_doubts_are_known_by_their_code() -> None:
    assert all(doubt.code == code and doubt.words and doubt.note.endswith(".") for code, doubt in DOUBTS.items())


def test_every_fact_has_its_rule() -> None:
    assert list(FACT_RULES) == list(FACTS)
    assert all(rule.endswith(".") for rule in FACT_RULES.values())
