"""Facts that hold, of all trials: by default those that wait for a person, the most doubtful first."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_filters import DoubtFilter, FactNameFilter, ReviewStateFilter, StatusFilter
from trials.admin.fact_words import answer, differs, doubt_note, doubt_words, machine_answer, name_words, who_says
from trials.admin.filters import OneTrialFilter
from trials.admin.links import change_url, link
from trials.admin.marked_text import CRITERIA, field_words
from trials.admin.review_queue import ORDER, ranked
from trials.admin.review_views import ReviewViews
from trials.ingest.reviews import BulkResult, confirm_facts
from trials.models import FactInForce, Trial
from trials.vocabulary.registry_terms import words

_LISTED = (
    *"trial name status value claims depends_on_cohort evidence doubts reviewed_at text_changed_at".split(),
    *"machine_status machine_value machine_claims trial__brief_title trial__overall_status".split(),
    *"review review__reviewer_name".split(),
)
_NAMED = 5  # facts of one kind that a message names


def _as_listed(fact: FactInForce) -> str:
    """A short text that changes when the row would read otherwise."""
    row = [fact.status, fact.value, fact.evidence, fact.machine_status, fact.machine_value, fact.review_id]
    return hashlib.sha256(json.dumps([*row, fact.text_changed_at is None]).encode()).hexdigest()[:16]


class FactChangeList(ChangeList):
    """The list reads its own columns only: criteria of fifty trials are megabytes."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        facts = super().get_queryset(request, exclude_parameters)
        return facts.select_related("trial", "review").only(*_LISTED)


@admin.register(FactInForce)
class FactInForceAdmin(ReviewViews):
    list_display = ("fact", "trial_with_title", "answer_in_force", "said_by", "doubts_in_words", "sentence")
    list_filter = (OneTrialFilter, ReviewStateFilter, FactNameFilter, StatusFilter, DoubtFilter, "depends_on_cohort")
    sortable_by = ()
    search_fields = ("trial__nct_id", "trial__brief_title")
    search_help_text = _("NCT number or words of the trial's title")
    actions = ("confirm",)
    change_list_template = "admin/trials/factinforce/queue.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        del request, kwargs
        return FactChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        del request
        return ranked(FactInForce.objects.all())

    def get_ordering(self, request: HttpRequest) -> Any:
        del request
        return ORDER

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = request.GET.get(str(ReviewStateFilter.parameter_name), ReviewStateFilter.default) == "waiting"
        title = gettext("Facts to review") if waiting else gettext("Facts")
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    @admin.display(description=_("Fact"))
    def fact(self, fact: FactInForce) -> str:
        return name_words(fact.name)

    @admin.display(description=_("Trial"))
    def trial_with_title(self, fact: FactInForce) -> str:
        status = gettext(words("overall_status", fact.trial.overall_status)) if fact.trial.overall_status else "-"
        title = Truncator(fact.trial.brief_title).chars(90)
        number = link(change_url(Trial, fact.trial_id), fact.trial_id)
        return format_html("{} <small>{}</small><br>{}", number, status, title)

    @admin.display(description=_("Answer"))
    def answer_in_force(self, fact: FactInForce) -> str:
        by_cohort = gettext("depends on the cohort") if fact.depends_on_cohort else ""
        machine = gettext("Machine: %(answer)s") % {"answer": machine_answer(fact)} if differs(fact) else ""
        notes = format_html_join("", "<br><small>{}</small>", ((note,) for note in (by_cohort, machine) if note))
        seen = format_html('<input type="hidden" name="seen-{}" value="{}">', fact.pk, _as_listed(fact))
        return format_html("{}{}{}", answer(fact), notes, seen)

    @admin.display(description=_("Who says so"))
    def said_by(self, fact: FactInForce) -> str:
        return who_says(fact)

    @admin.display(description=_("Doubts"))
    def doubts_in_words(self, fact: FactInForce) -> str:
        explained = ((doubt_note(code), doubt_words(code)) for code in fact.doubts)
        return format_html_join(", ", '<span title="{}">{}</span>', explained) or "-"

    @admin.display(description=_("Sentence"))
    def sentence(self, fact: FactInForce) -> str:
        if not fact.evidence:
            return gettext("The judged sentence is gone.") if fact.text_changed_at else "-"
        first = fact.evidence[0]
        place = "" if first["field"] == CRITERIA else field_words(first["field"])
        marked = format_html("<mark>{}</mark>", Truncator(" ".join(str(first["quote"]).split())).chars(200))
        return format_html("{}<br><small>{}</small>", marked, place) if place else marked

    @admin.action(description=_("Confirm what the machine read"), permissions=["decide"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[FactInForce]) -> None:
        """Confirms the chosen rows of the page that the person has before them, never a whole list unseen."""
        if request.POST.get("select_across") == "1":
            self.message_user(
                request, gettext("Confirm page by page: what nobody has looked at is not confirmed."), messages.WARNING
            )
            return
        facts = list(queryset)
        seen = [fact.pk for fact in facts if request.POST.get(f"seen-{fact.pk}") == _as_listed(fact)]
        result = confirm_facts(seen, cast(AbstractBaseUser, request.user))
        changed = gettext("It has changed since the list was shown.")
        result.left.update((fact.pk, changed) for fact in facts if fact.pk not in seen)
        confirmed = [fact for fact in facts if fact.pk not in result.left]
        self.log(request, confirmed, gettext("Confirmed what the machine read, with others in the list."))
        self._tell(request, facts, result, asked=len(set(request.POST.getlist(ACTION_CHECKBOX_NAME))))

    def _tell(self, request: HttpRequest, facts: Iterable[FactInForce], result: BulkResult, *, asked: int) -> None:
        if result.confirmed:
            message = ngettext("%(n)d fact is confirmed.", "%(n)d facts are confirmed.", result.confirmed)
            self.message_user(request, message % {"n": result.confirmed}, messages.SUCCESS)
        left = defaultdict(list)
        for fact in facts:
            if fact.pk in result.left:
                left[result.left[fact.pk]].append(f"{fact.trial_id} {name_words(fact.name)}")
        for reason, names in left.items():
            named = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            message = ngettext(
                "%(n)d was left: %(why)s (%(named)s)", "%(n)d were left: %(why)s (%(named)s)", len(names)
            )
            self.message_user(request, message % {"n": len(names), "why": reason, "named": named}, messages.WARNING)
        if gone := asked - result.confirmed - len(result.left):
            message = ngettext(
                "%(n)d was left: it is not in this list any more.", "%(n)d were left: not in this list any more.", gone
            )
            self.message_user(request, message % {"n": gone}, messages.WARNING)
