"""Laboratory limits as the machine read them: of all trials, and of one on its page. Read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import quotes
from trials.admin.filters import AnyAdmin, ChoiceFilter, Choices, OneTrialFilter
from trials.admin.links import change_url, link
from trials.admin.read_only import PartAdmin, PartInline
from trials.matching.wording import number_words
from trials.models import LabLimit
from trials.vocabulary.doubts import LIMIT_DOUBTS, limit_doubts
from trials.vocabulary.laboratory import MIN
from trials.vocabulary.measured import PATIENT_VALUES


def _test_words(analyte: str) -> str:
    return gettext(PATIENT_VALUES[analyte].words) if analyte in PATIENT_VALUES else analyte


class TestFilter(ChoiceFilter):
    title = _("Test")
    parameter_name = "analyte"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(code, _test_words(code)) for code in PATIENT_VALUES]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(analyte=value)


class LimitDoubtFilter(ChoiceFilter):
    title = _("Doubt")
    parameter_name = "doubt"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(code, gettext(doubt.words)) for code, doubt in LIMIT_DOUBTS.items()]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(doubts__contains=[value])


class _Words:
    """A limit in words, the same in the list and on the trial's page."""

    @admin.display(description=_("Test"), ordering="analyte")
    def test(self, limit: LabLimit) -> str:
        return _test_words(limit.analyte)

    @admin.display(description=_("Bound"), ordering="bound")
    def side(self, limit: LabLimit) -> str:
        if limit.bound == MIN:
            return gettext("More than") if limit.is_strict else gettext("At least")
        return gettext("Less than") if limit.is_strict else gettext("At most")

    @admin.display(description=_("Value"))
    def amount(self, limit: LabLimit) -> str:
        """As it is kept: in the test's one unit."""
        number = limit.value if limit.times_uln is None else limit.times_uln
        return "-" if number is None else number_words(number)

    @admin.display(description=_("Unit"))
    def measure(self, limit: LabLimit) -> str:
        return (limit.unit or "-") if limit.times_uln is None else gettext("times the upper limit of normal")

    @admin.display(description=_("Depends on the cohort"))
    def by_cohort(self, limit: LabLimit) -> str:
        return gettext("Yes") if limit.depends_on_cohort else "-"

    @admin.display(description=_("Doubts"))
    def doubts_in_words(self, limit: LabLimit) -> str:
        explained = ((gettext(doubt.note), gettext(doubt.words)) for doubt in limit_doubts(limit.doubts))
        return format_html_join(", ", '<span title="{}">{}</span>', explained) or "-"

    @admin.display(description=_("Sentences"))
    def sentences(self, limit: LabLimit) -> str:
        return quotes(limit) or "-"


_SHOWN = ("side", "amount", "measure", "by_cohort", "doubts_in_words", "sentences")


@admin.register(LabLimit)
class LabLimitAdmin(_Words, PartAdmin):
    ordering = ("trial_id", "analyte", "bound", "times_uln")  # type: ignore[assignment]  # as long as it needs to be
    list_display = ("test", *_SHOWN, "trial_link")
    list_filter = (OneTrialFilter, TestFilter, LimitDoubtFilter)
    search_fields = ("trial__nct_id",)
    search_help_text = _("NCT number")
    fields = ("trial_link", "test", *_SHOWN, "reader_version")


class LabLimitInline(_Words, PartInline):
    """Bounded by the store itself: one row for each test, bound and kind."""

    model = LabLimit
    verbose_name_plural = _("Laboratory limits")
    said_of_none = _("None read from the record.")
    fields = ("linked_test", *_SHOWN)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Limits have no position; the model's order is that of their tests."""
        return super(PartInline, self).get_queryset(request)

    @admin.display(description=_("Test"))
    def linked_test(self, limit: LabLimit) -> str:
        return link(change_url(LabLimit, limit.pk), _test_words(limit.analyte))
