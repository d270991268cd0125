"""What `make check` says about weaknesses of packages and about secrets in the source; and that hashes are pinned."""

import importlib.util
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from hcctrials.embedded.layout import REPOSITORY

WEAK = {"id": "PYSEC-0000-1", "fix_versions": ["5.2.20"], "aliases": [], "description": "Invented."}


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def report(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


SKIPPED = {"name": "amqp", "skip_reason": "Dependency not found on PyPI and could not be audited: amqp (5.4.2)"}
SOUND = {"name": "babel", "version": "2.18.0", "vulns": []}
BAD = {"name": "django", "version": "5.2.19", "vulns": [WEAK]}


@pytest.mark.parametrize(
    ("reports", "code", "said"),
    [
        (["", ""], 0, "not audited: no connection"),
        ([report(SKIPPED, SKIPPED), ""], 0, "not audited: no connection"),
        ([report(SOUND, SKIPPED), ""], 0, "audited 1 of 2 packages"),
        ([report(SOUND, SOUND), ""], 0, "audited 2 packages: 0 findings"),
        ([report(SOUND, BAD), ""], 1, "django 5.2.19: PYSEC-0000-1, mended in 5.2.20"),
        (["", report(BAD)], 1, "django 5.2.19: PYSEC-0000-1"),
        ([report(SKIPPED), report(BAD)], 1, "django 5.2.19: PYSEC-0000-1"),
    ],
)
def test_the_audit_says_what_it_did(
    reports: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(reports)
    assert tool("audit").main(lambda _service: next(answers)) == code
    assert said in capsys.readouterr().out


def test_a_committed_key_is_found_and_a_hash_is_not(tmp_path: Path) -> None:
    key = tmp_path / "settings.py"
    key.write_text('KEY = "AKIA' + "IOSFODNN7EXAMPLQ" + '"\n')
    pem = tmp_path / "key.pem"
    pem.write_text("-----BEGIN RSA " + "PRIVATE KEY-----\nabc\n")
    plain = tmp_path / "requirements.txt"
    plain.write_text("django==1 --hash=sha256:" + "0123456789abcdef" * 4 + "\n")
    found = tool("secrets_scan").findings([key, pem, plain])
    assert sorted(Path(line.split(":")[0]).name for line in found) == ["key.pem", "settings.py"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_a_hash(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert len(packages) > 20
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []
