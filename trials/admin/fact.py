"""Facts that the machine read, of all trials: by fact, status and doubt, with the sentences behind them. Read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import answer, listed, name_words, quotes_in_place, status_words
from trials.admin.filters import AnyAdmin, ChoiceFilter, OneTrialFilter
from trials.admin.read_only import PartAdmin
from trials.models import EligibilityFact
from trials.vocabulary.facts import FACTS, FactStatus

_CASES_OF_DOUBT = "some"


class FactNameFilter(ChoiceFilter):
    title = _("Fact")
    parameter_name = "name"

    def choices_of(self, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        del model_admin
        return [(name, name_words(name)) for name in FACTS]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(name=value)


class StatusFilter(ChoiceFilter):
    title = _("Status")
    parameter_name = "status"

    def choices_of(self, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        del model_admin
        return [(status.value, status_words(status)) for status in FactStatus]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(status=value)


class DoubtFilter(ChoiceFilter):
    """Any doubt, none, or one of those that occur."""

    title = _("Doubts")
    parameter_name = "doubt"

    def choices_of(self, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        doubted = model_admin.model._default_manager.exclude(doubts=[]).order_by()
        kinds = {kind for doubts in doubted.values_list("doubts", flat=True).distinct() for kind in doubts}
        return [
            (_CASES_OF_DOUBT, gettext("Any doubt")),
            ("none", gettext("None")),
            *((kind, kind) for kind in sorted(kinds)),
        ]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == _CASES_OF_DOUBT:
            return queryset.exclude(doubts=[])
        return queryset.filter(doubts=[]) if value == "none" else queryset.filter(doubts__contains=[value])


@admin.register(EligibilityFact)
class EligibilityFactAdmin(PartAdmin):
    list_display = ("fact", "trial_link", "status_in_words", "accepted", "by_cohort", "listed_doubts", "first")
    list_filter = (OneTrialFilter, FactNameFilter, StatusFilter, DoubtFilter, "depends_on_cohort")
    search_fields = ("trial__nct_id", "trial__brief_title")
    search_help_text = _("NCT number or words of the trial's title")
    ordering = ("trial_id", "name")
    fields = (
        "trial_link",
        "title",
        "fact",
        "status_in_words",
        "accepted",
        "by_cohort",
        "sentences",
        "listed_doubts",
        "computed_values",
        "reader_version",
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """One fact with its trial, whose text is shown around the sentences. The list never reads a trial."""
        del from_field
        if not object_id.isdecimal() or len(object_id) > 18:
            return None
        facts = self.get_queryset(request).select_related("trial").defer("trial__search_vector")
        return facts.filter(pk=int(object_id)).first()

    @admin.display(description=_("Fact"), ordering="name")
    def fact(self, fact: EligibilityFact) -> str:
        return name_words(fact.name)

    @admin.display(description=_("Title"))
    def title(self, fact: EligibilityFact) -> str:
        return fact.trial.brief_title

    @admin.display(description=_("Status"), ordering="status")
    def status_in_words(self, fact: EligibilityFact) -> str:
        return status_words(fact.status)

    @admin.display(description=_("Accepted"))
    def accepted(self, fact: EligibilityFact) -> str:
        return answer(fact)

    @admin.display(description=_("Depends on the cohort"), ordering="depends_on_cohort")
    def by_cohort(self, fact: EligibilityFact) -> str:
        return gettext("Yes") if fact.depends_on_cohort else "-"

    @admin.display(description=_("Doubts"), ordering="doubts")
    def listed_doubts(self, fact: EligibilityFact) -> str:
        return listed(fact.doubts)

    @admin.display(description=_("First sentence"))
    def first(self, fact: EligibilityFact) -> str:
        return Truncator(str(fact.evidence[0]["quote"])).chars(120) if fact.evidence else "-"

    @admin.display(description=_("Sentences"))
    def sentences(self, fact: EligibilityFact) -> str:
        return quotes_in_place(fact) or "-"
