"""What could turn text into markup, or the site into one that calls others: found in the source, and few."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Modules that were read for it: what they mark as safe was made by them, or escaped before.
MARKING = {
    "trials.web.json_ld": "JSON without one sign that HTML knows",
    "trials.web.results_facets": "pieces of a rendered template, with numbers between them",
}
# Modules that open a connection, and to whom.
CONNECTING = {
    "trials.registry": "the registry; its host alone, by https",
    "hcctrials.embedded": "the database of this machine",
    "hcctrials.serving": "listens, and asks this site itself",
    "hcctrials.backup": "the database",
    "trials.alerts": "the mail server that the operator names",
}
NETWORK = {"requests", "urllib3", "httpx", "aiohttp", "http.client", "urllib.request", "socket", "ssl", "smtplib"}
NETWORK |= {"ftplib", "imaplib", "poplib", "telnetlib", "asyncio", "websockets", "pycurl", "xmlrpc", "paramiko"}
SAFE_MAKERS = {"mark_safe", "SafeText", "SafeData", "html_safe", "__html__"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([*ROOT.glob("trials/**/*.py"), *ROOT.glob("hcctrials/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "tests" not in parts:
            yield ".".join(parts), ast.parse(path.read_text("utf-8"))


def names(syntax: ast.Module) -> set[str]:
    found = {node.id for node in ast.walk(syntax) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(syntax) if isinstance(node, ast.Attribute)}
    found |= {node.name for node in ast.walk(syntax) if isinstance(node, ast.FunctionDef)}
    return found | {alias.name for node in ast.walk(syntax) if isinstance(node, ast.ImportFrom) for alias in node.names}


def imported(syntax: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(syntax):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_only_reviewed_modules_mark_text_as_safe() -> None:
    assert {name for name, syntax in modules() if names(syntax) & SAFE_MAKERS} == set(MARKING)
    for name, syntax in modules():
        calls = (node.func for node in ast.walk(syntax) if isinstance(node, ast.Call))
        assert "SafeString" not in {call.id for call in calls if isinstance(call, ast.Name)}, name


def test_no_template_turns_escaping_off() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.glob("templates/**/*"))
        if path.is_file() and re.search(r"\|\s*safe\b|\bautoescape\b|\|\s*safeseq\b", path.read_text("utf-8"))
    ]
    assert [path for path in found if not path.endswith(".txt")] == []


def test_format_html_gets_a_text_of_ours_and_no_made_one() -> None:
    """Its first argument is markup: a name, an f-string or a sum could carry somebody's text into it."""
    for name, syntax in modules():
        for node in ast.walk(syntax):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id.startswith("format_html"):
                assert isinstance(node, ast.Call)
                markup = node.args[1 if called.id == "format_html_join" else 0]
                assert isinstance(markup, ast.Constant), f"{name}:{node.lineno}"


def test_nothing_else_opens_a_connection() -> None:
    for name, syntax in modules():
        used = {module for module in imported(syntax) if any(f"{module}.".startswith(f"{one}.") for one in NETWORK)}
        allowed = any(f"{name}.".startswith(f"{one}.") for one in CONNECTING)
        assert allowed or not used, f"{name} uses {used}"


ANCHOR = re.compile(r"<(?:a|area|form)\b[^>]*?>", re.DOTALL)


def _templates() -> Iterator[tuple[Path, str]]:
    for path in sorted(ROOT.glob("templates/**/*.html")):
        yield path.relative_to(ROOT), path.read_text("utf-8")


def test_links_to_other_sites_tell_them_nothing() -> None:
    """Those that are written out; those that come from records are looked at on the pages (test_hostile_texts)."""
    out = [(path, tag) for path, text in _templates() for tag in ANCHOR.findall(text) if re.search(r'="https?:', tag)]
    assert len(out) >= 5
    assert [(path, tag) for path, tag in out if 'rel="noopener noreferrer"' not in tag] == []


def test_no_template_loads_from_elsewhere() -> None:
    tags = "script|img|link|iframe|source|video|audio|embed|object|use"
    loading = re.compile(rf'<(?:{tags})\b[^>]*(?:src|href)="(?:https?:)?//')
    assert [str(path) for path, text in _templates() if loading.search(text)] == []


@pytest.mark.parametrize("text", ["from django.utils.safestring import mark_safe", "def __html__(self): ..."])
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert names(ast.parse(text)) & SAFE_MAKERS
