"""Decisions of staff about facts: all that were ever made, and those that the machine contradicts now. Read-only."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_filters import FactNameFilter
from trials.admin.fact_words import answer, answer_words, decision_words, name_words, then_answer
from trials.admin.filters import AnyAdmin, ChoiceFilter, Choices, OneTrialFilter
from trials.admin.links import change_url, link
from trials.admin.marked_text import field_words
from trials.admin.read_only import PartAdmin
from trials.ingest.review_report import differences
from trials.models import EligibilityFact, FactInForce, FactReview, ReviewDecision

_DOWNLOAD = "trials_factreview_differences"
_NOW = ("pk", "status", "value", "claims")


def _machine(column: str) -> Subquery:
    """A column of what the machine reads now about the reviewed fact."""
    facts = EligibilityFact.objects.filter(trial=OuterRef("trial"), name=OuterRef("name"))
    return Subquery(facts.order_by().values(column)[:1])


class DecisionFilter(ChoiceFilter):
    title = _("Decision")
    parameter_name = "decision"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [(decision.value, decision_words(decision)) for decision in ReviewDecision]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(decision=value)


class StandingFilter(ChoiceFilter):
    """Whether a decision holds, and whether the machine reads the same now."""

    title = _("Standing")
    parameter_name = "standing"

    def choices_of(self, model_admin: AnyAdmin) -> Choices:
        del model_admin
        return [
            ("in_force", gettext("In force")),
            ("differs", gettext("Differs from the machine now")),
            ("changed", gettext("The record has changed since")),
            ("past", gettext("Not in force any more")),
        ]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "past":
            return queryset.exclude(superseded_at=None)
        standing = queryset.filter(superseded_at=None)
        if value == "differs":
            return standing.filter(pk__in=[difference.review.pk for difference in differences()])
        return standing.exclude(text_changed_at=None) if value == "changed" else standing


@admin.register(FactReview)
class FactReviewAdmin(PartAdmin):
    list_display = ("fact", "trial_link", "decided", "machine_then", "machine_now", "who", "when", "why", "standing")
    list_filter = (OneTrialFilter, StandingFilter, DecisionFilter, FactNameFilter)
    ordering = ("-pk",)  # type: ignore[assignment]  # as long as it needs to be
    sortable_by = ()
    date_hierarchy = "reviewed_at"
    search_fields = ("trial__nct_id", "trial__brief_title", "reviewer_name", "reason")
    search_help_text = _("NCT number, words of the trial's title or of the reason, or who decided")
    change_list_template = "admin/trials/factreview/list.html"
    fields = (
        *("fact", "trial_link", "review_link", "decided", "depends_on_cohort", "reason", "who", "when"),
        *("standing", "judged", "machine_then", "machine_reader_version", "machine_now"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(**{f"now_{name}": _machine(name) for name in _NOW})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download)
        return [path("differences/", view, name=_DOWNLOAD), *super().get_urls()]

    @admin.display(description=_("Fact"))
    def fact(self, review: FactReview) -> str:
        return name_words(review.name)

    @admin.display(description=_("Decision"))
    def decided(self, review: FactReview) -> str:
        return f"{decision_words(review.decision)}: {answer(review)}"

    @admin.display(description=_("Machine then"))
    def machine_then(self, review: FactReview) -> str:
        return then_answer(review)

    @admin.display(description=_("Machine now"))
    def machine_now(self, review: Any) -> str:
        if review.now_pk is None:
            return "-"
        return answer_words(review.name, review.now_status, review.now_value, review.now_claims)

    @admin.display(description=_("Decided by"))
    def who(self, review: FactReview) -> str:
        return review.reviewer_name

    @admin.display(description=_("When"))
    def when(self, review: FactReview) -> str:
        return date_format(localtime(review.reviewed_at), "DATETIME_FORMAT")

    @admin.display(description=_("Why"))
    def why(self, review: FactReview) -> str:
        return Truncator(review.reason).chars(120) or "-"

    @admin.display(description=_("Standing"))
    def standing(self, review: FactReview) -> str:
        if review.superseded_at is not None:
            day = date_format(localtime(review.superseded_at), "SHORT_DATE_FORMAT")
            return gettext("Until %(day)s") % {"day": day}
        return gettext("The record has changed since") if review.text_changed_at else gettext("In force")

    @admin.display(description=_("Review page"))
    def review_link(self, review: Any) -> str:
        return link(change_url(FactInForce, review.now_pk), gettext("The fact as it is now")) if review.now_pk else "-"

    @admin.display(description=_("Judged sentences"))
    def judged(self, review: FactReview) -> str:
        quotes = ((one["quote"], field_words(one["field"])) for one in review.judged_evidence)
        return format_html_join("", "<p>{}<br><small>{}</small></p>", quotes) or "-"

    def download(self, request: HttpRequest) -> HttpResponse:
        """Where decisions and the machine differ, as test cases for `evaluate_eligibility`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = (json.dumps(difference.as_gold(), ensure_ascii=False) + "\n" for difference in differences())
        response = HttpResponse("".join(lines).encode(), content_type="application/jsonl; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="review-differences.jsonl"'
        return response
