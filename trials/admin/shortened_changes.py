"""Changes without the length of their texts: fifty criteria before and after are megabytes that no table shows."""

from typing import Any

from django.db.models import F, Func, JSONField, QuerySet

from trials.admin.change_words import SHORT


class _Shortened(Func):
    """A JSON value, a text of which is cut by PostgreSQL; everything else is small and stays whole."""

    arity = 1
    output_field = JSONField()
    template = (
        "CASE jsonb_typeof(%(expressions)s) WHEN 'string' "
        f"THEN to_jsonb(left(%(expressions)s #>> '{{}}', {SHORT * 2})) ELSE %(expressions)s END"
    )


def shortened(changes: QuerySet[Any]) -> QuerySet[Any]:
    """With short_old and short_new in place of the whole values, which are read only if somebody asks for them."""
    short = {"short_old": _Shortened(F("old")), "short_new": _Shortened(F("new"))}
    found: QuerySet[Any] = changes.defer("old", "new").annotate(**short)
    return found
