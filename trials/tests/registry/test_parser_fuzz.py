"""Whatever JSON comes, the parser gives a record that can be stored or says why not: never another exception."""

import copy
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.registry.errors import RecordError
from trials.registry.links import arm_interventions
from trials.registry.parser import nct_id_of, parse_record
from trials.registry.record import TrialRecord
from trials.registry.values import storable
from trials.tests.registry.test_parser import RAW

ODD: list[Any] = [None, "", " ", "\x00", "\ud800", 0, -1, 1.5, 10**400, float("nan"), float("inf"), True, [], {}]
ODD += [[None], [[]], [{}], ["x"], [0], {"x": 1}, "x" * 5000, "9999999999"]
Path = tuple[str | int, ...]


def _paths(node: object, path: Path = ()) -> Iterator[Path]:
    """The places of all values in a record."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _paths(value, (*path, key))


def _replaced(path: Path, value: object) -> dict[str, Any]:
    """The complete record with another value at one place."""
    raw = copy.deepcopy(RAW)
    node: Any = raw
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return raw


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _check(raw: object) -> TrialRecord | None:
    """Parses; the record if there is one, with all that holds of every record."""
    name = nct_id_of(raw)
    reason = ""
    try:
        record = parse_record(raw)
    except RecordError as error:
        reason = str(error) or "none given"
    if reason:
        assert storable(reason) == reason != "none given"
        return None
    assert record.nct_id == name
    assert [text for text in _texts(record) if storable(text) != text] == []
    assert all((site.latitude is None) == (site.longitude is None) for site in record.sites)
    arm_interventions(record)
    assert parse_record(json.loads(json.dumps(raw))) == record
    return record


PATHS = list(_paths(RAW))


def test_the_example_itself_is_sound() -> None:
    assert len(PATHS) > 200
    assert _check(RAW) is not None


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
def test_any_place_may_hold_any_odd_value(value: object) -> None:
    parsed = [_check(_replaced(path, copy.deepcopy(value))) for path in PATHS]
    assert any(parsed)


@pytest.mark.parametrize("value", [[], "text", 5, True])
def test_every_object_that_is_something_else_is_refused_by_its_path(value: object) -> None:
    """No object of the record is passed over in silence when it changes its type."""
    for path in PATHS:
        raw = _replaced(path, value)
        node: Any = RAW
        for key in path:
            node = node[key]
        if isinstance(node, dict):
            with pytest.raises(RecordError) as refused:
                parse_record(raw)
            said = str(refused.value).split(":")[0]
            assert said == ".".join(map(str, path)).replace(".0", "[0]").replace(".1", "[1]")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(ODD[:11]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(PATHS), JSON)
@settings(max_examples=300)
def test_arbitrary_values_at_any_place(path: Path, value: object) -> None:
    _check(_replaced(path, value))


@given(JSON)
@settings(max_examples=100)
def test_arbitrary_records(raw: object) -> None:
    assert _check(raw) is None
