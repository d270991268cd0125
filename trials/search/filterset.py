"""The one FilterSet behind page, API, CSV and feed: built from the declared facets, strict about what it is given.

django-filter alone answers an invalid query with everything; `TrialFilterSet.refusals` names what is wrong instead.
"""

from collections.abc import Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, Self

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.declarations import FACETS
from trials.search.distance_sql import sites_within
from trials.search.facets import Facet, FactFacet
from trials.search.identifiers import LONGEST_QUERY, identified_trials
from trials.search.near import NearAnswer, Origin, find_origin, parse_radius
from trials.search.recent_changes import DayField, changed_since
from trials.search.selection import Circle, Selection
from trials.search.words.question import Question, ask
from trials.search.words.tsquery import matches
from trials.vocabulary.registry_states import STILL_THERE

PAGE_SIZE, LARGEST_PAGE_SIZE = 20, 100
PAGING = ("page", "page_size")
SORTS = ("relevance", "updated", "changed", "start", "enrollment", "distance")
LONGEST_PLACE = 100  # characters
_LONGEST_ERROR = 300


class _FacetField(forms.MultipleChoiceField):
    facet: Facet

    def valid_value(self, value: Any) -> bool:
        return self.facet.allows(str(value))


class FacetFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """Choices of one facet."""

    field_class = _FacetField

    def __init__(self, facet: Facet) -> None:
        super().__init__(label=facet.clinical)  # the facet says what is valid: Django copies choices for every form
        self.facet = facet

    @property
    def field(self) -> forms.Field:
        field: _FacetField = super().field
        field.facet = self.facet
        return field

    def __deepcopy__(self, memo: object) -> Self:
        """django-filter copies every filter for every query; what is declared never changes, so the shell is enough."""
        del memo
        return copy(self)


class DayFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """One day."""

    field_class = DayField


def _shortened(error: str) -> str:
    """Django's messages repeat what was sent, and that may be of any length."""
    return error if len(error) <= _LONGEST_ERROR else f"{error[:_LONGEST_ERROR]}…"


class TrialFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrowed trials of a query, and what orders them. Ask `refusals` first: all else holds only without any."""

    q = django_filters.CharFilter(max_length=LONGEST_QUERY)
    near = django_filters.CharFilter(max_length=LONGEST_PLACE)
    radius = django_filters.CharFilter(max_length=LONGEST_PLACE)
    changed_since = DayFilter()
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS])

    class Meta:
        model = Trial
        fields: Sequence[str] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data=data, queryset=Trial.objects.filter(registry_state__in=STILL_THERE))

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """The declared filters and one for each facet."""
        return {**super().get_filters(), **{name: FacetFilter(facet) for name, facet in FACETS.items()}}

    def get_form_class(self) -> type[forms.Form]:
        """Of the parameters that the query has: a form of all facets costs more than the whole search."""
        asked = {name: self.filters[name].field for name in self.data if name in self.filters}
        return type("SearchForm", (self._meta.form,), asked)

    @cached_property
    def refusals(self) -> dict[str, list[str]]:
        """What is wrong with the query, by parameter: unknown parameters, unlisted or repeated values."""
        found: dict[str, list[str]] = {}
        for name in self.data:
            if name not in self.filters and name not in PAGING:
                found[_shortened(name)] = [_("There is no such parameter.")]
            elif name not in FACETS and len(self.data.getlist(name)) > 1:
                found[name] = [_("This parameter can be given once only.")]
        for name, errors in self.form.errors.items():
            found.setdefault(name, [_shortened(str(error)) for error in errors])
        if not found:
            found |= self._refusals_of_place()
        return found

    def _refusals_of_place(self) -> dict[str, list[str]]:
        place, radius = self._cleaned.get("near", ""), self._cleaned.get("radius", "")
        found = {}
        if place and not self.origin:
            found["near"] = [self.near_answer.message]
        elif not place:
            needed = {"radius": bool(radius), "sort": self._cleaned.get("sort") == "distance"}
            found |= {name: [_("This needs a place: near=...")] for name, is_asked in needed.items() if is_asked}
        if radius:
            try:
                parse_radius(radius)
            except ValueError as error:
                found["radius"] = [str(error)]
        return found

    @cached_property
    def _cleaned(self) -> dict[str, Any]:
        self.form.full_clean()
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    @cached_property
    def words(self) -> str:
        return str(self._cleaned.get("q") or "").strip()

    @cached_property
    def changed_since_day(self) -> date | None:
        day: date | None = self._cleaned.get("changed_since")
        return day

    @cached_property
    def identified(self) -> list[str]:
        return identified_trials(self.words) if self.words else []

    @cached_property
    def question(self) -> Question:
        """The words as they are searched for; `trials.search.finding` puts a corrected question in place."""
        return ask(self.words)

    @property
    def is_place_unclear(self) -> bool:
        """Whether a place was named of which `near_answer` tells what it may mean."""
        return bool(self._cleaned.get("near")) and self.origin is None

    @cached_property
    def near_answer(self) -> NearAnswer:
        return find_origin(self._cleaned["near"], get_language() or "en")

    @cached_property
    def origin(self) -> Origin | None:
        """The place that distances are measured from."""
        return self.near_answer.origin if self._cleaned.get("near") else None

    @cached_property
    def radius_km(self) -> float | None:
        """How far around the place."""
        return parse_radius(self._cleaned["radius"]) if self._cleaned.get("radius") else None

    @cached_property
    def sort_name(self) -> str:
        return str(self._cleaned.get("sort") or self.usual_sort)

    @property
    def usual_sort(self) -> str:
        """The order of a search that asks for none."""
        return "distance" if self.origin else "relevance" if self.words else "updated"

    @cached_property
    def selection(self) -> Selection:
        """The chosen values by facet, with the defaults of facets that were left alone."""
        chosen = {name: tuple(values) for name in FACETS if (values := self._cleaned.get(name))}
        values = {name: chosen.get(name) or self._default(facet) for name, facet in FACETS.items()}
        if not self.origin or not self.radius_km:
            return Selection(values)
        return Selection(values, Circle(self.origin.latitude, self.origin.longitude, self.radius_km))

    def _default(self, facet: Facet) -> tuple[str, ...]:
        # Whoever types a trial's number wants that trial, whatever it is about.
        return facet.default if isinstance(facet, FactFacet) and not self.identified else ()

    def is_default(self, name: str) -> bool:
        """Whether the facet's choices are the default and not the reader's own."""
        return bool(self.selection[name]) and not self._cleaned.get(name)

    def filter_queryset(self, queryset: QuerySet[Trial]) -> QuerySet[Trial]:
        return self._narrowed(queryset, self.selection)

    def without(self, facet_name: str) -> QuerySet[Trial]:
        """The trials narrowed by everything but one facet's own choices, in no order."""
        others = {name: values for name, values in self.selection.items() if name != facet_name}
        return self._narrowed(self.queryset.order_by(), Selection(others, self.selection.circle))

    def _narrowed(self, trials: QuerySet[Trial], selection: Selection) -> QuerySet[Trial]:
        """In SQL: the second opinion on the index, which answers the searches."""
        for name, values in selection.items():
            if values:
                trials = trials.filter(FACETS[name].condition(values, selection))
        if selection.circle:
            trials = trials.filter(Exists(sites_within(selection.circle).filter(trial=OuterRef("pk"))))
        if self.words and self.question.groups:
            trials = trials.filter(matches(self.question) | Q(pk__in=self.identified))
        return trials.filter(changed_since(self.changed_since_day)) if self.changed_since_day else trials
