"""Filters at the side of the lists. Those of trials are the facets of the public search, declared once, there."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import status_words
from trials.models import FactInForce
from trials.registry.values import parse_nct_id
from trials.search.declarations import FACETS
from trials.search.facets import Facet, FactFacet
from trials.search.selection import Selection
from trials.vocabulary.countries import country_name
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_states import STATE_WORDS, RegistryState
from trials.vocabulary.registry_terms import TERMS, words

if TYPE_CHECKING:
    AnyAdmin = ModelAdmin[Any]
else:
    AnyAdmin = ModelAdmin  # not generic when it runs

Choices = list[tuple[str, str]]


class ChoiceFilter(SimpleListFilter, ABC):
    """Offers choices and refuses every other value, as the list does with parameters that it does not know."""

    @abstractmethod
    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        """The values that may be chosen, with their words."""

    @abstractmethod
    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that have the chosen value."""

    def lookups(self, request: HttpRequest, model_admin: AnyAdmin) -> Choices:
        del request
        return self.choices_of(model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        del request
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(choice) for choice, _words in self.lookup_choices}:
            raise IncorrectLookupParameters
        return self.narrow(queryset, value)


class DefaultFilter(ChoiceFilter):
    """One choice holds unless another is asked for; "all" is a choice like the others."""

    default: ClassVar[str]

    def value(self) -> str:
        return super().value() or self.default

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Without Django's own "All", which means no choice."""
        everything = super().choices(changelist)
        next(everything)
        return everything


def _in_order(stored: Iterable[str], labels: Iterable[str]) -> list[str]:
    """The stored values in the order of the labels, then those that the vocabulary does not know."""
    found = set(stored) - {""}
    known = [value for value in labels if value in found]
    return known + sorted(found.difference(known))


class FacetFilter(ChoiceFilter):
    """A facet of the public search. Offers the values that occur."""

    facet: ClassVar[Facet]

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        values = list(self.facet.labels)
        if not isinstance(self.facet, FactFacet):
            values = _in_order(self.facet.stored_values(), values)
        return [(value, self._words(value)) for value in values]

    def _words(self, value: str) -> str:
        if self.facet.name == "country":
            return country_name(value, get_language() or "en")
        return gettext(self.facet.labels.get(value, value))

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(self.facet.condition([value], Selection({})))


def facet_filter(name: str) -> type[FacetFilter]:
    facet = FACETS[name]
    attributes = {"title": _(facet.clinical), "parameter_name": name, "facet": facet}
    return type(f"{name.title().replace('_', '')}Filter", (FacetFilter,), attributes)


class FactStatusFilter(ChoiceFilter):
    """Whether a fact of the trial is stated, not stated or contradictory."""

    fact: ClassVar[str]

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(status.value, status_words(status)) for status in FactStatus]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        facts = FactInForce.objects.filter(trial=OuterRef("pk"), name=self.fact, status=value)
        return queryset.filter(Exists(facts))


def fact_status_filter(name: str) -> type[FactStatusFilter]:
    attributes = {"title": _(FACTS[name].clinical), "parameter_name": f"{name}_status", "fact": name}
    return type(f"{name.title().replace('_', '')}StatusFilter", (FactStatusFilter,), attributes)


class TermFilter(ChoiceFilter):
    """A column of published values of one data element. Offers the values that occur, in the vocabulary's order."""

    element: ClassVar[str]

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        column = self.parameter_name
        stored = model_admin.model._default_manager.order_by().values_list(column, flat=True).distinct()
        return [(value, gettext(words(self.element, value))) for value in _in_order(stored, TERMS[self.element])]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{str(self.parameter_name): value})


def term_filter(column: str, element: str, title: Any) -> type[TermFilter]:
    return type(f"{element}Filter", (TermFilter,), {"title": title, "parameter_name": column, "element": element})


class SiteCountryFilter(ChoiceFilter):
    """The country of a site, by name."""

    title = _("Country")
    parameter_name = "country_code"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        codes = model_admin.model._default_manager.order_by().values_list("country_code", flat=True).distinct()
        language = get_language() or "en"
        return sorted(((code, country_name(code, language)) for code in codes if code), key=lambda choice: choice[1])

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(country_code=value)


class UnknownTermsFilter(ChoiceFilter):
    """Records with values that our vocabulary does not know: the registry has changed."""

    title = _("Terms unknown to us")
    parameter_name = "unknown"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [("yes", gettext("Has some")), ("no", gettext("Has none"))]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.exclude(unknown_terms=[]) if value == "yes" else queryset.filter(unknown_terms=[])


class RegistryStateFilter(ChoiceFilter):
    """How the trial stands to the registry."""

    title = _("Place in the registry")
    parameter_name = "registry_state"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(state.value, gettext(STATE_WORDS[state])) for state in RegistryState]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(registry_state=value)


class OneTrialFilter(ChoiceFilter):
    """The one trial that a link asked for. Not offered otherwise: thousands of choices help nobody."""

    title = _("Trial")
    parameter_name = "trial"
    column: ClassVar[str] = "trial_id"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        nct_id = parse_nct_id(str(self.value() or ""))
        return [(nct_id, nct_id)] if nct_id else []

    def has_output(self) -> bool:
        return self.value() is not None

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.column: value})


class OneRecordFilter(OneTrialFilter):
    """The same for raw records, which know their trial by its number only."""

    column = "nct_id"
