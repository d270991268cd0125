"""The variables that the site reads, found in its source. Never imports what it looks at."""

import ast
import re
from collections.abc import Iterator

from hcctrials.embedded.layout import REPOSITORY

_READERS = frozenset({"flag", "text", "choice", "whole_number", "required", "get"})
_OURS = re.compile(r"(?:DJANGO_(?!SETTINGS)|HCCTRIALS_|CELERY_|DATABASE_URL$|PORT$)\w*")


def variables_read() -> set[str]:
    """Of settings, the web server and the command line."""
    found: set[str] = set()
    for path in (REPOSITORY / "hcctrials").rglob("*.py"):
        syntax = ast.parse(path.read_text("utf-8"))
        found.update(name for call in ast.walk(syntax) if isinstance(call, ast.Call) for name in _asked(call, syntax))
    return found


def _asked(call: ast.Call, syntax: ast.Module) -> Iterator[str]:
    """text("NAME", ...), environment.get("NAME") and text(f"NAME_{kind}") with the keys of the limits."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in _READERS or not call.args:
        return
    [first, *_] = call.args
    if isinstance(first, ast.Constant) and _OURS.fullmatch(str(first.value)):
        yield str(first.value)
    elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
        stem = str(first.values[0].value)
        yield from (stem + kind for kind in _kinds(syntax))


def _kinds(syntax: ast.Module) -> list[str]:
    [limits] = [
        node.value
        for node in ast.walk(syntax)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_LIMITS"
    ]
    return [str(kind).upper() for kind in ast.literal_eval(limits)]
