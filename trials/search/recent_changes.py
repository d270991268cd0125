"""Trials by the day of their newest change, in SQL: what "changed since" narrows to.

The day is the newest of those on which the registry posted a change that we saw, and the day on which the trial was
first stored here. Never writes.
"""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from trials.models import TrialChange

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DayField(forms.Field):
    """A day as YYYY-MM-DD, and nothing else that looks like one."""

    default_error_messages = {"invalid": _("A day is needed, written as in 2026-11-03 (year, month, day).")}

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def changed_since(day: date) -> Q:
    """Trials with a change that the registry posted or that we saw on this day or later, or first stored since."""
    midnight = datetime.combine(day, time.min, UTC)
    since = Q(changed_on__gte=day) | Q(seen_at__gte=midnight)
    changed = Exists(TrialChange.objects.filter(since, trial=OuterRef("pk")))
    return Q(changed) | Q(first_loaded_at__gte=midnight)
