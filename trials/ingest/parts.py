"""Brings the parts of one trial (arms, sites, ...) to what its record says: compared by natural key, so that a row that
stays the same keeps its identity and is not written. Runs inside the caller's transaction.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from trials.ingest.rows import Row
from trials.models.child import TrialPart

P = TypeVar("P", bound=TrialPart)
_BATCH = 1000


def _numbered(keys: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Each key with the count of its equals before it, so that twins in a record stay apart."""
    seen: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for key in keys:
        numbered.append((*key, seen[key]))
        seen[key] += 1
    return numbered


def sync_parts(model: type[P], trial_id: str, rows: Sequence[Row], *, is_new_trial: bool = False) -> list[P]:
    """Creates, updates and deletes the rows of one trial's parts; gives the parts in the record's order."""
    existing = [] if is_new_trial else list(model._default_manager.filter(trial_id=trial_id).order_by("position"))
    by_key = dict(
        zip(_numbered(tuple(getattr(p, f) for f in model.natural_key) for p in existing), existing, strict=True)
    )
    parts: list[P] = []
    created: list[P] = []
    changed: list[P] = []
    fields: set[str] = set()
    keys = _numbered(tuple(row[f] for f in model.natural_key) for row in rows)
    for position, (key, row) in enumerate(zip(keys, rows, strict=True)):
        values = {**row, "position": position}
        part = by_key.pop(key, None)
        if part is None:
            part = model(trial_id=trial_id, **values)
            created.append(part)
        elif differing := {name for name, value in values.items() if getattr(part, name) != value}:
            for name in differing:
                setattr(part, name, values[name])
            fields |= differing
            changed.append(part)
        parts.append(part)
    if by_key:
        model._default_manager.filter(pk__in=[part.pk for part in by_key.values()]).delete()
    if created:
        model._default_manager.bulk_create(created, batch_size=_BATCH)
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields), batch_size=_BATCH)
    return parts
