"""Cells of lists whose rows become cards on a phone: there are no heads then, so each says what it is. See runs.css."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def named_cell(name: object, shown: object) -> SafeString:
    """The name is shown on a phone alone; elsewhere the column's head says it."""
    return format_html('<span class="cell-name">{}</span> {}', name, shown)
