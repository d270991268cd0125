"""The one FilterSet behind page, API, CSV and feed: built from the declared facets, strict about what it is given.

django-filter alone answers an invalid query with everything; `TrialFilterSet.refusals` names what is wrong instead.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.declarations import FACETS
from trials.search.facets import Facet, FactFacet, Selection
from trials.search.recent_changes import DayField, changed_since, newest_change_day
from trials.search.text import LONGEST_QUERY, identified_trials, search_query
from trials.vocabulary.registry_states import STILL_THERE

PAGE_SIZE, LARGEST_PAGE_SIZE = 20, 100
PAGING = ("page", "page_size")
SORTS = {
    "relevance": (F("rank").desc(), F("computed_last_update_day").desc(nulls_last=True)),
    "updated": (F("computed_last_update_day").desc(nulls_last=True),),
    "changed": (F("changed_day").desc(), F("computed_last_update_day").desc(nulls_last=True)),
    "start": (F("computed_start_day").desc(nulls_last=True),),
    "enrollment": (F("enrollment_count").desc(nulls_last=True),),
}


class _FacetField(forms.MultipleChoiceField):
    facet: Facet

    def valid_value(self, value: Any) -> bool:
        return self.facet.allows(str(value))


class FacetFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """Choices of one facet."""

    field_class = _FacetField

    def __init__(self, facet: Facet) -> None:
        super().__init__(choices=list(facet.labels.items()), label=facet.clinical)
        self.facet = facet

    @property
    def field(self) -> forms.Field:
        field: _FacetField = super().field
        field.facet = self.facet
        return field

    def filter(self, queryset: QuerySet[Trial], value: Sequence[str]) -> QuerySet[Trial]:
        selection: Selection = self.parent.selection
        chosen = selection.get(self.facet.name, ())
        return queryset.filter(self.facet.condition(chosen, selection)) if chosen else queryset


class DayFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """One day."""

    field_class = DayField


class TrialFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrowed and sorted trials of a query. Ask `refusals` first: the querysets hold only for a query without any."""

    q = django_filters.CharFilter(method="filter_words", max_length=LONGEST_QUERY)
    changed_since = DayFilter(method="filter_changed")
    sort = django_filters.ChoiceFilter(method="keep", choices=[(name, name) for name in SORTS])

    class Meta:
        model = Trial
        fields: Sequence[str] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data=data, queryset=Trial.objects.filter(registry_state__in=STILL_THERE))

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """The declared filters and one for each facet."""
        return {**super().get_filters(), **{name: FacetFilter(facet) for name, facet in FACETS.items()}}

    @cached_property
    def refusals(self) -> dict[str, list[str]]:
        """What is wrong with the query, by parameter: unknown parameters, unlisted or repeated values."""
        found: dict[str, list[str]] = {}
        for name in self.data:
            if name not in self.filters and name not in PAGING:
                found[name] = [_("There is no such parameter.")]
            elif name not in FACETS and len(self.data.getlist(name)) > 1:
                found[name] = [_("This parameter can be given once only.")]
        for name, errors in self.form.errors.items():
            found.setdefault(name, [str(error) for error in errors])
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
    def sort_name(self) -> str:
        return self._cleaned.get("sort") or ("relevance" if self.words else "updated")

    @cached_property
    def selection(self) -> Selection:
        """The chosen values by facet, with the defaults of facets that were left alone."""
        chosen = {name: tuple(values) for name in FACETS if (values := self._cleaned.get(name))}
        return {name: chosen.get(name) or self._default(facet) for name, facet in FACETS.items()}

    def _default(self, facet: Facet) -> tuple[str, ...]:
        # Whoever types a trial's number wants that trial, whatever it is about.
        return facet.default if isinstance(facet, FactFacet) and not self.identified else ()

    def is_default(self, name: str) -> bool:
        """Whether the facet's choices are the default and not the reader's own."""
        return bool(self.selection[name]) and not self._cleaned.get(name)

    def filter_words(self, queryset: QuerySet[Trial], name: str, value: str) -> QuerySet[Trial]:
        del name
        words = value.strip()
        if not words:
            return queryset
        return queryset.filter(Q(search_vector=search_query(words)) | Q(pk__in=self.identified))

    def filter_changed(self, queryset: QuerySet[Trial], name: str, value: date) -> QuerySet[Trial]:
        del name
        return queryset.filter(changed_since(value))

    def keep(self, queryset: QuerySet[Trial], name: str, value: str) -> QuerySet[Trial]:
        """The sort does not narrow."""
        del name, value
        return queryset

    def without(self, facet_name: str) -> QuerySet[Trial]:
        """The trials narrowed by everything but one facet's own choices, in no order."""
        queryset: QuerySet[Trial] = self.queryset.order_by()
        for name, chosen in self._cleaned.items():
            if name != facet_name:
                queryset = self.filters[name].filter(queryset, chosen)
        return queryset

    def ordered(self) -> QuerySet[Trial]:
        """All trials of the query in the chosen order; ties by identifier, so that pages never overlap."""
        queryset: QuerySet[Trial] = self.qs
        order = SORTS[self.sort_name]
        if self.sort_name == "relevance":
            if not self.words:
                order = SORTS["updated"]
            else:
                queryset = queryset.annotate(rank=SearchRank(F("search_vector"), search_query(self.words)))
        elif self.sort_name == "changed":
            queryset = queryset.annotate(changed_day=newest_change_day())
        return queryset.order_by(*order, "nct_id")
