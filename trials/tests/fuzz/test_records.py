"""No record brings the loader down: whatever the registry sends is loaded or set aside with its reason, and every page
of what was loaded can be shown. The parser alone is fuzzed in trials/tests/registry/test_parser_fuzz.py.

`make fuzz` mutates more of them.
"""

import copy
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_data
from trials.models import QuarantinedRecord, Trial
from trials.registry.parser import nct_id_of
from trials.tests.fuzz.asking import Asked, ask, no_closing
from trials.tests.fuzz.texts import ODD_TEXTS, mutated

RECORDS = int(os.environ.get("FUZZED_RECORDS", "15"))
SEED = int(os.environ.get("FUZZ_SEED", "20261121"))
OUR_FAULT = "our own fault"
ODD: tuple[Any, ...] = (None, 0, -1, 1.5, 10**30, True, [], {}, [None], [{}], {"x": 1}, "\ud800", float("nan"), 1e308)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_closed_connections() -> Iterator[None]:
    with no_closing():
        yield


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a record with a key in it."""
    for key, value in list(
        node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        yield node, key
        yield from _places(value)


def _mutated_record(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """One to four places hold something else, are gone, or stand twice; mostly texts, so that most records load."""
    raw = copy.deepcopy(record)
    for _ in range(chance.randint(1, 4)):
        places = list(_places(raw))
        if not places:
            break
        texts = [(node, key) for node, key in places if isinstance(node[key], str)]
        node, key = chance.choice(texts if texts and chance.random() < 0.8 else places)
        drawn = chance.random()
        if drawn < 0.15:
            del node[key]
        elif drawn < 0.3:
            node[key] = [node[key]] * chance.choice((2, 3))
        elif isinstance(node[key], str) and drawn < 0.75:
            node[key] = mutated(node[key].encode("utf-8", "replace"), chance).decode("utf-8", "replace")
        else:
            node[key] = copy.deepcopy(chance.choice((*ODD, *ODD_TEXTS)))
    return raw


def _pages_of(nct_id: str) -> Iterator[str]:
    yield from (f"/trials/{nct_id}/", f"/trials/{nct_id}/history/", f"/api/v1/trials/{nct_id}/", "/fr/trials/")


def test_every_mutated_record_is_loaded_or_set_aside() -> None:
    chance, results, troubles = random.Random(SEED), Counter[str](), list[str]()
    records = [json.loads(path.read_text("utf-8")) for path in sorted((settings.BASE_DIR / "fixtures").glob("*.json"))]
    assert len(records) >= 5
    for number in range(RECORDS):
        raw = _mutated_record(chance.choice(records), chance)
        document = document_from_data(raw, f"record {number}")
        result = load_document(document)
        results[result] += 1
        nct_id = nct_id_of(raw)
        if result == LoadResult.QUARANTINED:
            reasons = QuarantinedRecord.objects.filter(raw=document.text).values_list("reason", flat=True)
            troubles += [f"record {number}: {reason}" for reason in reasons if OUR_FAULT in reason or not reason]
            assert reasons
            continue
        assert nct_id
        assert Trial.objects.filter(nct_id=nct_id).exists()
        asked = [(path, ask(Asked(path.encode()))) for path in _pages_of(nct_id)]
        bad = [(path, seen) for path, seen in asked if seen.status != 200]
        troubles += [f"record {number}, {path}: {seen.trouble or seen.status}" for path, seen in bad]
    print(f"seed {SEED}, {RECORDS} records: {dict(results)}")
    assert not troubles, "\n".join(troubles)
    assert results[LoadResult.QUARANTINED]
    assert results[LoadResult.CREATED] + results[LoadResult.UPDATED]
