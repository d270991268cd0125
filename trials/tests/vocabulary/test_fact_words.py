"""Words for staff: every doubt that the reader may have and every fact's rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

from trials.vocabulary.doubts import DOUBTS
from trials.vocabulary.fact_rules import FACT_RULES
from trials.vocabulary.facts import FACTS

READER = Path(__file__).resolve().parents[2] / "eligibility"


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


def test_every_doubt_of_the_reader_has_words() -> None:
    written = set().union(*(doubts_of(path.read_text("utf-8")) for path in READER.rglob("*.py")))
    assert {"contradictory", "mixed", "lost_sign"} <= written
    assert written <= set(DOUBTS)
    assert doubts_of('doubts = ("new",) if a == ("b" + c) else ()') == {"new"}


def test_doubts_are_known_by_their_code() -> None:
    assert all(doubt.code == code and doubt.words and doubt.note.endswith(".") for code, doubt in DOUBTS.items())


def test_every_fact_has_its_rule() -> None:
    assert list(FACT_RULES) == list(FACTS)
    assert all(rule.endswith(".") for rule in FACT_RULES.values())
