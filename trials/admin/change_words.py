"""A change of a record as staff read it in a table: which field, and both values in short words. Never queries.

Texts are the registry's: unescaped, cut, and escaped by whoever shows them. A value of a form that is not known here is
shown as it is stored, never an error: rows outlive the code that wrote them.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.registry.values import unescape
from trials.vocabulary.change_fields import CONTACTS, LABELS, NAME_KEYS, REGISTRY_STATE, SITES, TERM_FIELDS
from trials.vocabulary.registry_states import STATE_WORDS
from trials.vocabulary.registry_terms import words

SHORT = 120  # characters of a value in a table
NOTHING = "-"
_PLACE = ("facility", "city", "country")


def element_words(field: str) -> str:
    """The name of a data element."""
    return gettext(LABELS[field]) if field in LABELS else field.replace("_", " ").capitalize()


def state_words(state: str) -> str:
    return gettext(STATE_WORDS.get(state, state))


def short_value(field: str, value: Any) -> str:
    return Truncator(whole_value(field, value)).chars(SHORT)


def whole_value(field: str, value: Any) -> str:
    """A value in words; "-" where there is none."""
    if field == CONTACTS:
        return _("Not repeated here")
    if field == REGISTRY_STATE and isinstance(value, str):
        return state_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        said = _date(value) if "date" in value else _part(field, value)
    elif isinstance(value, list):
        said = ", ".join(_text(field, one) for one in value)
    else:
        said = "" if value is None else _text(field, value)
    return said.strip() or NOTHING


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return gettext(words(TERM_FIELDS[field], value)) if field in TERM_FIELDS else unescape(value)


def _date(value: Mapping[str, Any]) -> str:
    """A date as published, and whether it is planned."""
    day, kind = str(value.get("date") or ""), str(value.get("type") or "")
    if not day or not kind:
        return day
    return _("%(day)s (%(kind)s)") % {"day": day, "kind": gettext(words("date_type", kind))}


def _part(field: str, part: Mapping[str, Any]) -> str:
    """What a part of a list is called by; a site with its status."""
    if field != SITES:
        name = next((str(part[key]) for key in NAME_KEYS if part.get(key)), "")
        return unescape(name) or json.dumps(part, ensure_ascii=False)
    place = unescape(", ".join(str(part[key]) for key in _PLACE if part.get(key)))
    status = str(part.get("status") or "")
    return ": ".join(said for said in (place, gettext(words("site_status", status)) if status else "") if said)
