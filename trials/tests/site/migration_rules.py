"""What a migration may not do while the release before it still serves on the same tables (docs/runbook.md, Upgrade).

Looks at the operations alone; never at a database.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import operations as ops
from django.db.models.fields import NOT_PROVIDED

_GONE = (
    ops.RemoveField,
    ops.RenameField,
    ops.RenameModel,
    ops.DeleteModel,
    ops.AlterModelTable,
)
_NARROWS = (ops.AddConstraint, ops.AlterUniqueTogether, ops.AlterIndexTogether)
_HARD_SQL = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN|VIEW|FUNCTION|TYPE)|RENAME|SET\s+NOT\s+NULL|ALTER\s+COLUMN|ADD\s+CONSTRAINT|TRUNCATE"
    r"|CREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY))\b",
    re.IGNORECASE,
)


def broken_promises(operations: Sequence[Any]) -> Iterator[str]:
    """What the code of the release before could not live with. Tables of the same migration are nobody's yet."""
    operations = list(_each(operations))
    new = {operation.name_lower for operation in operations if isinstance(operation, ops.CreateModel)}
    for operation in operations:
        model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
        if model not in new or isinstance(operation, ops.RunSQL | ops.RunPython):
            yield from _broken(operation)


def _each(operations: Sequence[Any]) -> Iterator[Any]:
    """What is done in the database alone, too; the state of models is only Django's own picture."""
    for operation in operations:
        if isinstance(operation, ops.SeparateDatabaseAndState):
            yield from _each(operation.database_operations)
        else:
            yield operation


def _broken(operation: Any) -> Iterator[str]:
    said = operation.describe()
    if isinstance(operation, _GONE):
        yield f"{said}: the code of before still names it"
    elif isinstance(operation, ops.AddField):
        if _is_required(operation.field):
            yield f"{said}: the code of before writes rows without it (null, or db_default)"
    elif isinstance(operation, ops.AlterField):
        yield f"{said}: say why the code of before can live with it"
    elif isinstance(operation, _NARROWS):
        yield f"{said}: the code of before does not keep it"
    elif isinstance(operation, ops.AddIndex) and not isinstance(operation, AddIndexConcurrently):
        yield f"{said}: nobody can write until it is made (AddIndexConcurrently)"
    elif isinstance(operation, ops.RunSQL) and (found := _HARD_SQL.search(str(operation.sql))):
        yield f"{found[0]}: say why the code of before can live with it"


def _is_required(field: "models.Field[Any, Any]") -> bool:
    """Django takes its own default off the column again: only one that the database keeps helps old code."""
    return not field.null and field.db_default is NOT_PROVIDED and not field.many_to_many
