"""The parameters of the OpenAPI description, made from the FilterSet's own declarations: none is written twice.

English, as the rest of the description is. What a declaration cannot tell (an example, a sentence) stands in `NOTES`,
and a test fails where a parameter has none.
"""

from collections.abc import Mapping
from typing import Any

import django_filters

from trials.api.walk import CURSOR
from trials.search.facets import FactFacet
from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE, DayFilter, FacetFilter, TrialFilterSet

Parameter = dict[str, Any]

# name: what it does, and an example
NOTES: Mapping[str, tuple[str, str]] = {
    "q": ('Words, "phrases", -not, or an identifier of any registry.', "sorafenib -placebo"),
    "changed_since": ("Trials that changed on this day or later, or are new here since.", "2026-11-03"),
    "sort": ("Without it relevance where there are words, else the newest update.", "updated"),
    "near": ("A town by name, or latitude,longitude in degrees.", "Lyon"),
    "radius": ("Kilometres around near.", "100"),
}
_EXAMPLES = {"country": "FR", "status": "RECRUITING", "site_status": "RECRUITING", "phase": "PHASE3"}


def filter_parameters() -> list[Parameter]:
    """What narrows and sorts: of the list, the CSV and the feed alike."""
    return [_parameter(name, found) for name, found in TrialFilterSet.get_filters().items()]


def paging_parameters() -> list[Parameter]:
    whole = {"type": "integer", "minimum": 1}
    size = f"{PAGE_SIZE} by default; more than {LARGEST_PAGE_SIZE} gives {LARGEST_PAGE_SIZE}."
    walk = (
        "Walks through the whole selection without skips or repeats while the data change: give it empty to begin, then"
        " the next_cursor of each answer until that is null. In the order of the NCT numbers; not with page or sort."
    )
    cursor = {"type": "string", "pattern": r"^(NCT\d{8})?$"}
    return [
        _query("page", "From 1; a page that does not exist is a 404.", whole, 1),
        _query("page_size", size, whole, PAGE_SIZE),
        {**_query(CURSOR, walk, cursor, ""), "allowEmptyValue": True},
    ]


def _query(name: str, description: str, schema: Mapping[str, Any], example: object) -> Parameter:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": dict(schema),
        "example": example,
    }


def _parameter(name: str, declared: django_filters.Filter) -> Parameter:
    if isinstance(declared, FacetFilter):
        return _facet_parameter(declared)
    description, example = NOTES[name]
    return _query(name, description, _schema(declared), example)


def _schema(declared: django_filters.Filter) -> dict[str, Any]:
    if choices := declared.extra.get("choices"):
        return {"type": "string", "enum": [value for value, _label in choices]}
    if isinstance(declared, DayFilter):
        return {"type": "string", "format": "date"}
    if isinstance(declared, django_filters.NumberFilter):
        bounds = {"minimum": declared.extra.get("min_value"), "maximum": declared.extra.get("max_value")}
        return {"type": "number", **{name: bound for name, bound in bounds.items() if bound is not None}}
    longest = declared.extra.get("max_length")
    return {"type": "string", **({"maxLength": longest} if longest else {})}


def _facet_parameter(declared: FacetFilter) -> Parameter:
    """Several values by repeating the parameter: one of them is enough."""
    facet = declared.facet
    values = list(facet.labels)
    said = [f"{facet.clinical}. Repeat it for several values: one of them is enough."]
    if isinstance(facet, FactFacet):
        said += [f"When absent: {', '.join(facet.default)}."] if facet.default else []
    elif facet.name != "country":
        said.append("A value that the registry has begun to publish since is accepted too.")
    said += [f"With {facet.partner} it is one and the same site."] if hasattr(facet, "partner") else []
    schema = {"type": "array", "items": {"type": "string", "enum": values}}
    example = [_EXAMPLES.get(facet.name, values[0])]
    return {**_query(facet.name, " ".join(said), schema, example), "style": "form", "explode": True}
