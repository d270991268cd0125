"""The real records beside the checkout, for tests that want all of them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def raw_records(shared: Path) -> Iterator[dict[str, Any]]:
    """Every record of ../shared/corpus."""
    for path in sorted((shared / "corpus").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
