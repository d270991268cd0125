"""A cursor over a record's JSON that asks for values by type.

Absent, null and blank are all "not there". A value of another type than asked for is an error that names its path, so
that a registry that changes its shape is noticed and not misread. Never knows a particular path (that is the parser).
"""

import math
from collections.abc import Iterator, Mapping

from trials.registry.errors import RecordError
from trials.registry.values import storable, tidy_name

Json = object
_YES = frozenset({"yes", "true", "y"})
_NO = frozenset({"no", "false", "n"})


class Node:
    """One JSON object and where it stands, such as protocolSection.designModule."""

    def __init__(self, data: Mapping[str, Json], path: str = "") -> None:
        self._data = data
        self.path = path

    def _where(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _wrong(self, key: str, expected: str, value: Json) -> RecordError:
        return RecordError(f"{self._where(key)}: expected {expected}, found {type(value).__name__}")

    def child(self, key: str) -> "Node":
        """The object at key, an empty one if absent."""
        value = self._data.get(key)
        if value is None:
            return Node({}, self._where(key))
        if not isinstance(value, Mapping):
            raise self._wrong(key, "an object", value)
        return Node(value, self._where(key))

    def text(self, key: str) -> str:
        """The text at key as published (storable), "" if absent; numbers become text."""
        return self._as_text(key, self._data.get(key))

    def name(self, key: str) -> str:
        """The text at key as a tidy name: trimmed, in NFC."""
        return tidy_name(self.text(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at key, without blank ones."""
        found = (self._as_text(f"{key}[{i}]", value) for i, value in enumerate(self._list(key)))
        return tuple(text for text in found if text.strip())

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(tidy_name(text) for text in self.texts(key))

    def children(self, key: str) -> Iterator["Node"]:
        """The objects of the list at key, without null and empty ones."""
        for i, value in enumerate(self._list(key)):
            if value is None:
                continue
            if not isinstance(value, Mapping):
                raise self._wrong(f"{key}[{i}]", "an object", value)
            if value:
                yield Node(value, self._where(f"{key}[{i}]"))

    def flag(self, key: str) -> bool | None:
        """Yes or no at key, None if absent or neither."""
        value = self._data.get(key)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            word = value.strip().lower()
            return True if word in _YES else False if word in _NO else None
        raise self._wrong(key, "yes or no", value)

    def number(self, key: str) -> float | None:
        """The finite number at key, None if absent."""
        value = self._data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                raise self._wrong(key, "a number", value) from None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, "a number", value)
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None

    def count(self, key: str) -> int | None:
        number = self.number(key)
        return None if number is None else int(number)

    def _list(self, key: str) -> list[Json]:
        value = self._data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "a list", value)
        return value

    def _as_text(self, key: str, value: Json) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return storable(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise self._wrong(key, "text", value)
