"""Filters of the review queue: what waits, which fact, its status and its doubts, in words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import doubt_note, doubt_words, name_words, status_words
from trials.admin.filters import AnyAdmin, ChoiceFilter, Choices, DefaultFilter
from trials.admin.review_queue import UNDECIDED, WAITING
from trials.models import EligibilityFact
from trials.vocabulary.doubts import DOUBTS
from trials.vocabulary.facts import FACTS, FactStatus

_ANY, _NONE = "some", "none"


class ReviewStateFilter(DefaultFilter):
    """Those that wait for a person, unless others are asked for."""

    title = _("State")
    parameter_name = "state"
    default = "waiting"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [
            ("waiting", gettext("Waiting for a person")),
            ("undecided", gettext("Everything undecided")),
            ("decided", gettext("Decided by a person")),
            ("all", gettext("All")),
        ]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "waiting":
            return queryset.filter(WAITING)
        if value == "undecided":
            return queryset.filter(UNDECIDED)
        return queryset if value == "all" else queryset.exclude(UNDECIDED)


class FactNameFilter(ChoiceFilter):
    title = _("Fact")
    parameter_name = "name"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(name, name_words(name)) for name in FACTS]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(name=value)


class StatusFilter(ChoiceFilter):
    """The status of the answer in force."""

    title = _("Status")
    parameter_name = "status"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(status.value, status_words(status)) for status in FactStatus]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(status=value)


class DoubtFilter(ChoiceFilter):
    """Any doubt, none, or one of those that occur, each with what it means."""

    title = _("Doubt")
    parameter_name = "doubt"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        stored = EligibilityFact.objects.exclude(doubts=[]).order_by().values_list("doubts", flat=True).distinct()
        kinds = {kind for doubts in stored for kind in doubts}
        ordered = [*(code for code in DOUBTS if code in kinds), *sorted(kinds - set(DOUBTS))]
        explained = [
            (code, format_html("{} <small>{}</small>", doubt_words(code), doubt_note(code))) for code in ordered
        ]
        return [(_ANY, gettext("Any doubt")), (_NONE, gettext("No doubt")), *explained]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == _ANY:
            return queryset.exclude(doubts=[])
        return queryset.filter(doubts=[]) if value == _NONE else queryset.filter(doubts__contains=[value])
