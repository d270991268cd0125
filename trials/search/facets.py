"""Kinds of facets: how a choice narrows the trials, in SQL and in the index, and which values a trial has.

A facet is declared once (in `trials.search.declarations`) and drives filter, counts, page and API alike. Choices are
"or" within a facet and "and" between facets. Many-valued facets use EXISTS or arrays, never joins that multiply rows.
Never writes.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Expression, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from trials.models import FactInForce, Intervention, Site, Trial
from trials.search.distance_sql import sites_within
from trials.search.index.rows import IndexedRow, SiteKind
from trials.search.selection import Selection
from trials.vocabulary.registry_terms import NOT_STATED

Labels = Mapping[str, str]


def _or_absent(column: str, absent: str) -> Expression:
    """The text of a column, or absent where it is blank."""
    blank_is_null = NullIf(F(column), Value(""), output_field=TextField())
    return Coalesce(blank_is_null, Value(absent), output_field=TextField())


def _is_one_of(column: str, values: Sequence[str]) -> Q:
    return Q(**{f"{column}__in": ["" if value == NOT_STATED else value for value in values]})


class _Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = TextField()


@dataclass(frozen=True)
class Facet(ABC):
    """name is the parameter; labels gives the listed values in their order with their words, notes explain some."""

    name: str
    clinical: str
    plain: str
    labels: Labels
    notes: Labels = field(default_factory=dict, kw_only=True)

    @abstractmethod
    def condition(self, values: Sequence[str], selection: Selection) -> Q | Exists:
        """What a trial must fulfil to have one of the values, given what is chosen elsewhere."""

    @abstractmethod
    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        """The values of a trial, each once. Facets of sites have none here: the index keeps their sites in groups."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of `Trial` that the index reads for the facet."""
        return ()

    @abstractmethod
    def stored_values(self) -> QuerySet[Trial, str]:
        """Every value that occurs in the store."""

    def shown_values(self, counts: Mapping[str, int], selected: Collection[str]) -> list[str]:
        """Listed values in their order, then those that the registry added; no chosen one is left out."""
        return [*self.labels, *sorted({*counts, *selected} - set(self.labels))]

    def __deepcopy__(self, memo: object) -> Self:
        """A declaration never changes: django-filter's copies of it are the same."""
        del memo
        return self

    def allows(self, value: str) -> bool:
        """Listed values, and those that the registry has begun to publish since."""
        return value in self.labels or value in set(self.stored_values())


@dataclass(frozen=True)
class ColumnFacet(Facet):
    """One value for each trial, in a column of `Trial`."""

    column: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.column,)

    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        return (str(row.columns[self.column]) or NOT_STATED,)

    def _value(self) -> Expression:
        return _or_absent(self.column, NOT_STATED)

    def condition(self, values: Sequence[str], selection: Selection) -> Q:
        del selection
        return _is_one_of(self.column, values)

    def stored_values(self) -> QuerySet[Trial, str]:
        return Trial.objects.order_by().values_list(self._value(), flat=True).distinct()


@dataclass(frozen=True)
class ArrayFacet(Facet):
    """Several values for each trial, in an array of `Trial`; an empty array is NOT_STATED."""

    column: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.column,)

    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        return set(row.columns[self.column]) or {NOT_STATED}

    def _values(self) -> Expression:
        array: ArrayField[list[str], list[str]] = ArrayField(TextField())
        empty_is_null = NullIf(F(self.column), Value([], output_field=array), output_field=array)
        return _Unnest(Coalesce(empty_is_null, Value([NOT_STATED], output_field=array), output_field=array))

    def condition(self, values: Sequence[str], selection: Selection) -> Q:
        del selection
        named = [value for value in values if value != NOT_STATED]
        condition = Q(**{f"{self.column}__overlap": named}) if named else Q(pk__in=[])
        return condition | Q(**{self.column: []}) if NOT_STATED in values else condition

    def stored_values(self) -> QuerySet[Trial, str]:
        return Trial.objects.order_by().values_list(self._values(), flat=True).distinct()


@dataclass(frozen=True)
class InterventionFacet(Facet):
    """A value of the trial's interventions."""

    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        return (kind for kind in row.types if kind)

    def condition(self, values: Sequence[str], selection: Selection) -> Exists:
        del selection
        return Exists(Intervention.objects.filter(trial=OuterRef("pk"), type__in=values))

    def stored_values(self) -> QuerySet[Trial, str]:
        return Intervention.objects.order_by().values_list("type", flat=True).distinct()  # type: ignore[return-value]


@dataclass(frozen=True)
class SiteFacet(Facet):
    """A value of the trial's sites. Choices of two site facets must hold for one and the same site."""

    column: str
    partner: str
    partner_column: str
    absent: str = ""
    lists_all: bool = True

    def shown_values(self, counts: Mapping[str, int], selected: Collection[str]) -> list[str]:
        """Of a list as long as that of all countries those that occur or are chosen, the most frequent first."""
        if self.lists_all:
            return super().shown_values(counts, selected)
        return sorted({*counts, *selected}, key=lambda value: (-counts.get(value, 0), value))

    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        return ()

    def value_of(self, site: SiteKind) -> str:
        """The value of a site, "" where it has none."""
        return str(getattr(site, self._attribute)) or self.absent

    @property
    def _attribute(self) -> str:
        return "country" if self.column == "country_code" else self.column

    def _sites(self, selection: Selection) -> QuerySet[Site]:
        """The sites that fulfil what is chosen elsewhere about sites."""
        chosen = selection[self.partner]
        sites = sites_within(selection.circle) if selection.circle else Site.objects.all()
        return sites.filter(_is_one_of(self.partner_column, chosen)) if chosen else sites

    def condition(self, values: Sequence[str], selection: Selection) -> Exists:
        return Exists(self._sites(selection).filter(_is_one_of(self.column, values), trial=OuterRef("pk")))

    def stored_values(self) -> QuerySet[Trial, str]:
        return Site.objects.order_by().values_list(self.column, flat=True).distinct()  # type: ignore[return-value]


@dataclass(frozen=True)
class FactFacet(Facet):
    """A fact read from the free text; "not_stated" is a value of every one.

    default is what a search without a choice is narrowed to, default_label the words for that.
    """

    fact: str
    default: tuple[str, ...] = ()
    default_label: str = ""

    def indexed_values(self, row: IndexedRow) -> Iterable[str]:
        return set(row.facts.get(self.fact, ()))

    def _facts(self) -> QuerySet[FactInForce]:
        return FactInForce.objects.filter(name=self.fact)

    def condition(self, values: Sequence[str], selection: Selection) -> Exists:
        del selection
        return Exists(self._facts().filter(trial=OuterRef("pk"), computed_values__overlap=list(values)))

    def stored_values(self) -> QuerySet[Trial, str]:
        return (
            self._facts()
            .order_by()
            .values_list(  # type: ignore[return-value]
                _Unnest(F("computed_values")), flat=True
            )
            .distinct()
        )

    def allows(self, value: str) -> bool:
        """Our own values only: they do not change behind our back."""
        return value in self.labels
