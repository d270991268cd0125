"""Looks for keys and tokens that were committed by mistake, with detect-secrets: the detectors that know a form (cloud
keys, tokens, private keys), not those that guess by entropy, which find hashes and records everywhere."""

import subprocess
import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parent.parent
GUESSING = {"Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector"}
GUESSING |= {"IPPublicDetector", "BasicAuthDetector"}
LARGEST = 200_000  # what people write is smaller; records and measurements are larger


def findings(paths: list[Path]) -> list[str]:
    plugins = sorted({kind.__name__ for kind in get_mapping_from_secret_type_to_class().values()} - GUESSING)
    found = SecretsCollection()
    with transient_settings({"plugins_used": [{"name": name} for name in plugins]}):
        for path in paths:
            if path.is_file() and path.stat().st_size < LARGEST:
                found.scan_file(str(path))
    return [f"{secret.filename}:{secret.line_number}: {secret.type}" for _, secret in found]


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    found = findings([ROOT / name for name in listed.stdout.split("\0") if name])
    print("\n".join(found) or "no secrets found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
