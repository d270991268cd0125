"""What is wrong with a match question, in our own words: what a field takes, read from the question's own description.

Never repeats what was sent: a value is a patient's fact, and a name that is none of ours may hold one too.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from pydantic import ValidationError

from trials.api.match_schemas import MatchQuestion
from trials.matching.profile_fields import UNKNOWN
from trials.search.near import NearAnswer

Schema = Mapping[str, Any]
_FIELDS: Mapping[str, Schema] = MatchQuestion.model_json_schema()["properties"]
_LIKE_A_NAME = re.compile(r"[a-z][a-z_]{0,59}", re.ASCII)
_MOST_LISTED = 40  # values; the others are the countries
_UNBOUNDED = 1e9  # only keeps absurd numbers out


def in_our_words(exception: ValidationError) -> dict[str, list[str]]:
    """Errors by field; under "" what concerns the whole body."""
    wrong: dict[str, list[str]] = {}
    for found in exception.errors(include_url=False, include_context=False, include_input=False):
        name = str(found["loc"][0]) if found["loc"] else ""
        if name in _FIELDS:
            wrong[name] = [_takes(_FIELDS[name])]
        elif _LIKE_A_NAME.fullmatch(name):
            wrong[name] = [_("There is no such field.")]
        elif name:
            wrong[""] = [_("One of the fields is none that is known here.")]
        elif found["type"] == "json_invalid":
            wrong[""] = [_("The body is not JSON that can be read.")]
        else:
            wrong[""] = [_("A JSON object with the answers is needed.")]
    return wrong


def place_errors(near: NearAnswer) -> list[str]:
    """Why a place is not known, and the towns that may be meant, without the name that was sent."""
    choices = [town.value for town in near.others]
    if near.is_ambiguous:
        return [_("Several places have this name. Name one of these."), *choices]
    if choices:
        return [_("No place of this name is known. It may be one of these."), *choices]
    return [_("No place of this name is known. Name a larger town near it, with its country.")]


def _takes(field: Schema) -> str:
    """What a field takes, as a sentence. Open answers, which every field takes, are not spoken of."""
    kinds = [
        kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null" and kind.get("const") != UNKNOWN
    ]
    kind = kinds[0] if kinds else field
    if kind["type"] == "array":
        return _("A list is needed, of: %(values)s.") % {"values": _listed(kind["items"]["enum"])}
    if "enum" in kind or "const" in kind:
        return _one_of(kind.get("enum") or [kind["const"]])
    if kind["type"] == "boolean":
        return _("True or false is needed.")
    if kind["type"] == "string":
        return _("A text of at most %(most)d characters is needed.") % {"most": kind["maxLength"]}
    return _number(kind)


def _one_of(values: Iterable[str]) -> str:
    named = [value for value in values if value and value != UNKNOWN]
    if not named:
        return _("Nothing is needed here: leave it out.")
    if len(named) > _MOST_LISTED:
        return _("A country is needed as two letters (ISO 3166-1), such as FR.")
    return _("One of these is needed: %(values)s.") % {"values": _listed(named)}


def _listed(values: Iterable[str]) -> str:
    return get_text_list([value for value in values if value != UNKNOWN], _("or"))


def _number(kind: Schema) -> str:
    least, most = kind.get("minimum", kind.get("exclusiveMinimum")), kind["maximum"]
    said = {"least": least, "most": most}
    if kind["type"] == "integer":
        return _("A whole number from %(least)d to %(most)d is needed.") % said
    if most >= _UNBOUNDED:
        return _unbounded(kind)
    if "exclusiveMinimum" in kind:
        return _("A number above %(least)d is needed, at most %(most)d.") % said
    return _("A number from %(least)d to %(most)d is needed.") % said


def _unbounded(kind: Schema) -> str:
    if "exclusiveMinimum" in kind:
        return _("A number above 0 is needed.")
    return _("A number from 0 on is needed.") if kind["minimum"] == 0 else _("A number is needed.")
