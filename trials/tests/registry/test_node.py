"""The cursor over a record's JSON: what counts as absent, and what is refused with its path."""

from collections.abc import Callable

import pytest

from trials.registry.errors import RecordError
from trials.registry.node import Node

ABSENT: tuple[dict[str, object], ...] = ({}, {"key": None})


@pytest.mark.parametrize("data", ABSENT)
def test_absent_and_null_are_not_there(data: dict[str, object]) -> None:
    """F-15."""
    node = Node(data)
    assert (node.text("key"), node.name("key"), node.texts("key"), node.names("key")) == ("", "", (), ())
    assert (node.flag("key"), node.number("key"), node.count("key")) == (None, None, None)
    assert not list(node.children("key"))
    assert node.child("key").child("deeper").text("key") == ""


@pytest.mark.parametrize(
    ("ask", "value", "found"),
    [
        (Node.text, ["a"], "list"),
        (Node.text, {"a": 1}, "dict"),
        (Node.text, True, "bool"),
        (Node.name, [], "list"),
        (Node.texts, "a", "str"),
        (Node.texts, {"a": 1}, "dict"),
        (Node.names, 5, "int"),
        (Node.child, "a", "str"),
        (Node.child, [], "list"),
        (Node.flag, 1, "int"),
        (Node.flag, [], "list"),
        (Node.number, "many", "str"),
        (Node.number, True, "bool"),
        (Node.number, [], "list"),
        (Node.count, {}, "dict"),
        (lambda node, key: list(node.children(key)), {"a": 1}, "dict"),
        (lambda node, key: list(node.children(key)), "a", "str"),
    ],
)
def test_another_type_is_refused_with_its_path(ask: Callable[[Node, str], object], value: object, found: str) -> None:
    """F-18: a registry that changes its shape is noticed."""
    with pytest.raises(RecordError) as refused:
        ask(Node({"key": value}, "some.module"), "key")
    assert str(refused.value).startswith("some.module.key: expected ")
    assert str(refused.value).endswith(f"found {found}")


def test_items_of_lists_are_named_by_their_number() -> None:
    node = Node({"names": ["a", ["b"]], "things": [{"a": 1}, "b"]}, "module")
    with pytest.raises(RecordError, match=r"^module\.names\[1\]: expected text, found list$"):
        node.texts("names")
    with pytest.raises(RecordError, match=r"^module\.things\[1\]: expected an object, found str$"):
        list(node.children("things"))
    assert [child.path for child in Node({"things": [{"a": 1}, None, {}, {"b": 1}]}).children("things")] == [
        "things[0]",
        "things[3]",
    ]


def test_texts_stay_as_published_and_names_are_tidied() -> None:
    node = Node({"key": " a\x00  b\n", "list": [" a ", None, " ", "", "b\ud800"], "count": 7, "share": 0.5})
    assert node.text("key") == " a  b\n"
    assert node.name("key") == "a b"
    assert node.texts("list") == (" a ", "b")
    assert node.names("list") == ("a", "b")
    assert (node.text("count"), node.text("share")) == ("7", "0.5")


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (True, True),
        (False, False),
        ("Yes", True),
        (" no ", False),
        ("true", True),
        ("N", False),
        ("perhaps", None),
        ("", None),
        (" ", None),
    ],
)
def test_yes_and_no_in_all_their_spellings(value: object, flag: bool | None) -> None:
    assert Node({"key": value}).flag("key") is flag


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5.0),
        (5.5, 5.5),
        ("5", 5.0),
        ("-0.5", -0.5),
        ("", None),
        ("nan", None),
        ("inf", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        ("1e400", None),
    ],
)
def test_numbers_are_finite(value: object, number: float | None) -> None:
    assert Node({"key": value}).number("key") == number
    assert Node({"key": value}).count("key") == (None if number is None else int(number))
