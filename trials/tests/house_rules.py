"""The rules of the house over the source: what may import, write and name what. Read by test_architecture.

They read source text alone (ast, graphlib).
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

FLOORS = (  # from the ground up; rooms on one floor do not import each other
    {"vocabulary"},
    {"registry", "eligibility"},
    {"apps", "models"},
    {"migrations"},
    {"ingest", "search", "matching", "alerts"},
    {"tasks"},
    {"admin"},
    {"web", "api", "management", "templatetags"},
)
PURE = ("vocabulary", "registry", "eligibility")
IMPURE = {"django", "psycopg", "sqlite3", "celery", "django_filters"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
HIDDEN_IMPORTS = {
    "hcctrials.apps": "Celery's app reads the settings, which are not there when the module is imported",
    "hcctrials.serving.gunicorn_conf": "gunicorn reads its settings before Django is set up",
}
MAY_WRITE = {
    "trials.ingest": "the one room that writes what the registry said",
    "trials.alerts": "writes who follows a search and what they were told, see alerts_write_their_own_rows",
    "trials.migrations": "they change the tables themselves",
}
OF_ALERTS = {"SavedSearch", "AlertMail", "AlertEvent", "AlertQuota"}
WRITES = re.compile(r"a?(?:save|create|update|delete|bulk_create|bulk_update|get_or_create|update_or_create)")
WRITING_SQL = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\b.*\btrials_", re.IGNORECASE | re.DOTALL)
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "celery.signals")
HTTP = {"requests", "urllib3", "stamina", "httpx", "aiohttp", "http.client", "urllib.request"}
PARSER = "trials.registry.parser"
JSON_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]*)+")
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


Problems = Iterator[str]


@dataclass
class Tree:
    """The modules of a source tree: name to syntax."""

    root: Path

    @cached_property
    def modules(self) -> dict[str, ast.Module]:
        found = {}
        for path in sorted([*self.root.glob("trials/**/*.py"), *self.root.glob("hcctrials/**/*.py")]):
            parts = path.relative_to(self.root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text("utf-8"), str(path))
        return found

    @cached_property
    def graph(self) -> dict[str, set[str]]:
        """Each module with all that it imports anywhere, TYPE_CHECKING blocks too; ours by the module's full name."""
        return {name: set(self._imported(name)) - {name} for name in self.modules}

    def _imported(self, name: str) -> Iterator[str]:
        for node in ast.walk(self.modules[name]):
            if isinstance(node, ast.Import):
                yield from (self._module(alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield from (self._module(f"{node.module}.{alias.name}") for alias in node.names)

    def _module(self, dotted: str) -> str:
        """The longest part of a dotted name that is a module of ours, the name itself if none is."""
        parts = dotted.split(".")
        names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((name for name in names if name in self.modules), dotted)

    def ours(self, *, tests: bool = False, package: str = "") -> Iterator[tuple[str, ast.Module]]:
        for name, syntax in self.modules.items():
            if (tests or not name.startswith("trials.tests")) and f"{name}.".startswith(package):
                yield name, syntax


Rule = Callable[[Tree], Problems]


def room(module: str) -> str:
    return module.split(".")[1] if module.startswith("trials.") else ""


def within(module: str, packages: Iterable[str]) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def imports_go_down(tree: Tree) -> Problems:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    for name, _ in tree.ours(package="trials."):
        for target in tree.graph[name]:
            here, there = room(name), room(target)
            if within(target, ["hcctrials", "trials.tests"]):
                yield f"{name} imports {target}"
            elif there and here != there and floor.get(here, -1) <= floor.get(there, len(FLOORS)):
                yield f"{name} imports {target}, which is not below it"


def every_room_has_a_floor(tree: Tree) -> Problems:
    known = {"tests", "__init__", "__pycache__"}.union(*FLOORS)
    paths = (tree.root / "trials").iterdir()
    yield from (f"trials/{path.name} has no floor" for path in paths if path.stem not in known)


def no_circles(tree: Tree) -> Problems:
    try:
        TopologicalSorter(tree.graph).prepare()
    except CycleError as error:
        yield " -> ".join(error.args[1])


def imports_stand_at_the_top(tree: Tree) -> Problems:
    for name, syntax in tree.ours():
        inside = (part for node in ast.walk(syntax) if isinstance(node, Function) for part in ast.walk(node))
        if name not in HIDDEN_IMPORTS and any(isinstance(part, ast.Import | ast.ImportFrom) for part in inside):
            yield f"{name} hides an import in a function"
        if re.search(r"\b(?:import_module|__import__)\b", ast.unparse(syntax)):
            yield f"{name} imports by a name made at run time"


def imports_are_absolute_and_named(tree: Tree) -> Problems:
    for name, syntax in tree.ours(tests=True):
        for node in (node for node in ast.walk(syntax) if isinstance(node, ast.ImportFrom)):
            if node.level:
                yield f"{name}:{node.lineno} is a relative import"
            if any(alias.name == "*" for alias in node.names):
                yield f"{name}:{node.lineno} imports *"


def pure_rooms_stay_pure(tree: Tree) -> Problems:
    for start in (name for name, _ in tree.ours() if room(name) in PURE):
        reached, waiting = {start}, [start]
        while waiting:
            for target in tree.graph.get(waiting.pop(), set()) - reached:
                reached.add(target)
                waiting.append(target)
        yield from (f"{start} reaches {target}" for target in sorted(reached) if target.split(".")[0] in IMPURE)


def names_say_something(tree: Tree) -> Problems:
    yield from (f"{name} says nothing" for name, _ in tree.ours(tests=True) if BANNED_NAMES & set(name.split(".")))


def modules_open_with_a_docstring(tree: Tree) -> Problems:
    for name, syntax in tree.ours(tests=True):
        if syntax.body and not ast.get_docstring(syntax) and not within(name, ["trials.migrations"]):
            yield f"{name} does not say what it does"


def models_are_plain(tree: Tree) -> Problems:
    for name, syntax in tree.ours(package="trials."):
        yield from (f"{name} uses {target}" for target in tree.graph[name] if within(target, SIGNALS))
        for node in ast.walk(syntax):
            if room(name) == "models" and isinstance(node, Function) and getattr(node, "name", "") in {"save", "asave"}:
                yield f"{name}:{node.lineno} overrides save"


def _root(node: ast.expr) -> str:
    """The name that a chain such as Trial.objects.filter(...)[0].facts starts with."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bindings(syntax: ast.Module) -> Iterator[tuple[ast.expr | str, ast.expr]]:
    """What gets a name and from what: assignments, loops, and parameters from their types."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield node.target, node.iter
        elif isinstance(node, ast.NamedExpr) or (isinstance(node, ast.AnnAssign) and node.value):
            yield node.target, node.value  # type: ignore[misc]
        elif isinstance(node, ast.arg) and node.annotation:
            yield from ((node.arg, part) for part in ast.walk(node.annotation) if isinstance(part, ast.Name))


def _rows(syntax: ast.Module) -> set[str]:
    """The names in a module that stand for models, querysets or rows."""
    imports = (node for node in ast.walk(syntax) if isinstance(node, ast.ImportFrom))
    ours = (node for node in imports if within(f"{node.module}", ["trials.models"]))
    found = {alias.asname or alias.name for node in ours for alias in node.names}
    for _ in range(5):  # names of names of names
        for target, value in _bindings(syntax):
            if _root(value) in found:
                nodes = [] if isinstance(target, str) else ast.walk(target)
                found |= {node.id for node in nodes if isinstance(node, ast.Name)} or {str(target)}
    return found


def only_ingest_writes(tree: Tree) -> Problems:
    for name, syntax in tree.ours(package="trials."):
        if within(name, MAY_WRITE):
            continue
        rows = _rows(syntax)
        for node in ast.walk(syntax):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.search(node.value):
                yield f"{name}:{node.lineno} writes by SQL"
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and WRITES.fullmatch(called.attr) and _root(called) in rows:
                yield f"{name}:{called.lineno} writes: {ast.unparse(called)}"


def alerts_write_their_own_rows(tree: Tree) -> Problems:
    """A writing call whose chain begins at a model of the registry's; rows of ours are reached through our models."""
    for name, syntax in tree.ours(package="trials.alerts."):
        for node in ast.walk(syntax):
            called = node.func if isinstance(node, ast.Call) else None
            if not isinstance(called, ast.Attribute) or not WRITES.fullmatch(called.attr):
                continue
            if _root(called)[:1].isupper() and _root(called) not in OF_ALERTS:
                yield f"{name}:{called.lineno} writes: {ast.unparse(called)}"


def _texts(syntax: ast.Module) -> Iterator[tuple[int, str]]:
    prose = {id(node.value) for node in ast.walk(syntax) if isinstance(node, ast.Expr)}
    for node in ast.walk(syntax):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def only_the_parser_knows_json(tree: Tree) -> Problems:
    parser = {name: syntax for name, syntax in tree.modules.items() if within(name, [PARSER])}
    paths = {text for syntax in parser.values() for _, text in _texts(syntax) if JSON_NAME.fullmatch(text)}
    for name, syntax in tree.ours(package="trials."):
        for line, text in _texts(syntax) if name not in parser else ():
            yield from (f"{name}:{line} knows {part}" for part in set(text.split(".")) & paths)


def only_the_registry_room_speaks_http(tree: Tree) -> Problems:
    for name, _ in tree.ours(package="trials."):
        if room(name) != "registry":
            yield from (f"{name} uses {target}" for target in tree.graph[name] if within(target, HTTP))
