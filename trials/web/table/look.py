"""How a page of results is shown: parameters of the page alone, parted from those of the search. Never queries.

`view=table` shows a table; `column=` repeated chooses its columns, and is kept beside cards too, so that who changes
back and forth keeps the columns. CSV, feed and API know neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.web.query_links import PRESENTATION
from trials.web.table.columns import COLUMNS, USUAL

CARDS, TABLE = "cards", "table"
_LONGEST_ERROR = 300


class _LookForm(forms.Form):
    view = forms.ChoiceField(choices=[(CARDS, CARDS), (TABLE, TABLE)], required=False)
    column = forms.MultipleChoiceField(choices=[(name, name) for name in COLUMNS], required=False)


@dataclass(frozen=True, slots=True)
class Look:
    """search is the query without these parameters, columns those to show in their order, refusals what is wrong."""

    search: QueryDict
    is_table: bool
    columns: tuple[str, ...]
    refusals: Mapping[str, Sequence[str]]


def asked_look(query: QueryDict) -> Look:
    """What the address asks for; blanks ask for nothing."""
    search, asked = query.copy(), QueryDict(mutable=True)
    for name in PRESENTATION:
        asked.setlist(name, [value for value in query.getlist(name) if value.strip()])
        search.pop(name, None)
    form = _LookForm(asked)
    refusals = {name: [str(error)[:_LONGEST_ERROR] for error in errors] for name, errors in form.errors.items()}
    if len(asked.getlist("view")) > 1:
        refusals["view"] = [_("This parameter can be given once only.")]
    chosen = set(asked.getlist("column")) or USUAL
    columns = tuple(name for name in COLUMNS if name in chosen)
    return Look(search, asked.get("view") == TABLE, columns, refusals)
