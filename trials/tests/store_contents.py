"""What the store holds, in a form that two stores of the same contents share, whatever road led there.

Left out is what the road decides: surrogate keys (a row that is pointed at is named by its own contents), points in
time (only whether there is one), and the journal of runs (a change only tells whether a refresh brought it). Days are
contents. Versions and changes of a trial are numbered in the order in which they came. Never writes.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from trials.models import RecordVersion, RefreshRun, TrialChange

Contents = dict[str, list[str]]
_Model = type[models.Model]
_IN_ORDER: Mapping[_Model, str] = {RecordVersion: "nct_id", TrialChange: "trial_id"}


def store_contents() -> Contents:
    """The rows of every table of ours as JSON, sorted; a row that stands twice is there twice. No journal of runs."""
    lines = _Lines()
    kept = apps.get_app_config("trials").get_models(include_auto_created=True)
    tables = [model for model in kept if model._meta.managed and model is not RefreshRun]
    return {model._meta.db_table: sorted(lines.of(model).values()) for model in tables}


def store_hash() -> str:
    """One short text: two stores have the same if and only if they hold the same."""
    return hashlib.sha256(json.dumps(store_contents(), sort_keys=True).encode()).hexdigest()


def differences(left: Contents, right: Contents) -> list[str]:
    """The rows of one that the other lacks, for people: "- table row" and "+ table row"."""
    found = []
    for table in sorted({*left, *right}):
        was, now = Counter(left.get(table, [])), Counter(right.get(table, []))
        found += [f"- {table} {row}" for row in (was - now).elements()]
        found += [f"+ {table} {row}" for row in (now - was).elements()]
    return found


class _Lines:
    """Each row once as a text; a row that others point at is read before them."""

    def __init__(self) -> None:
        self._known: dict[_Model, dict[Any, str]] = {}

    def of(self, model: _Model) -> dict[Any, str]:
        """The texts of a table's rows by primary key."""
        if model not in self._known:
            self._known[model] = self._read(model)
        return self._known[model]

    def _read(self, model: _Model) -> dict[Any, str]:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        names = [field.attname for field in fields]
        seen: Counter[object] = Counter()
        found = {}
        for key, *values in model._default_manager.order_by("pk").values_list("pk", *names).iterator():
            row = {field.name: self._told(field, value) for field, value in zip(fields, values, strict=True)}
            if model in _IN_ORDER:
                owner = values[names.index(_IN_ORDER[model])]
                row["came as number"] = seen[owner]
                seen[owner] += 1
            found[key] = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
        return found

    def _told(self, field: "models.Field[Any, Any]", value: Any) -> Any:
        if value is None:
            return None
        if isinstance(field, models.DateTimeField):
            return "at some time"
        if isinstance(field, models.ForeignKey):
            return self._name(field.related_model, value)
        if isinstance(field, SearchVectorField) or isinstance(value, memoryview):
            return str(value)
        return value

    def _name(self, model: Any, key: Any) -> str:
        """What a row is called where another one points at it."""
        if model is RefreshRun:
            return "a refresh"
        if model._meta.app_label != "trials":
            return str(model._default_manager.get(pk=key))
        if not isinstance(model._meta.pk, models.AutoField):
            return str(key)
        return hashlib.sha256(self.of(model)[key].encode()).hexdigest()[:16]
