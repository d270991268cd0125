"""The pages where one fact is decided: look, decide, go on to the next, take a decision back.

Who may view facts looks; who may add fact reviews decides. Nothing is written here but Django's log of what staff did.
"""

from copy import copy
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from trials.admin.fact_words import answer, decision_words, name_words
from trials.admin.read_only import ReadOnlyAdmin
from trials.admin.review_form import ReviewForm
from trials.admin.review_page import review_page
from trials.admin.review_queue import next_after, place_of
from trials.ingest.reviews import ReviewRefused, review_fact, what_was_seen, withdraw_review
from trials.models import FactInForce, FactReview

_FILTERS = "_changelist_filters"  # as Django names the list's parameters on the pages behind it


class ReviewViews(ReadOnlyAdmin):
    """The admin of one fact. The list that it was opened from is the queue that it goes on with."""

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("trials.add_factreview"))

    def get_urls(self) -> list[URLPattern]:
        pages = (("decide", self.decide), ("withdraw", self.withdraw), ("next", self.go_on))
        view = self.admin_site.admin_view
        return [
            *(path(f"<int:pk>/{name}/", view(page), name=self._name(name)) for name, page in pages),
            *super().get_urls(),
        ]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> FactInForce | None:
        """One fact with its trial and its decision."""
        del request, from_field
        if not str(object_id).isdecimal() or len(str(object_id)) > 18:
            return None
        facts = FactInForce.objects.select_related("trial", "review").defer("trial__search_vector")
        return facts.filter(pk=int(object_id)).first()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Never takes a form: nobody edits a fact."""
        fact = self.get_object(request, object_id)
        if fact is None or request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, fact):
            raise PermissionDenied
        return self._page(request, fact, ReviewForm(fact))

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        fact = self._fact(request, pk, to_decide=True)
        if request.method != "POST":
            return redirect(self._url(request, "change", pk))
        form, place = ReviewForm(fact, request.POST), place_of(fact)
        if form.is_valid() and (review := self._keep(request, fact, form)):
            said = {"fact": name_words(fact.name), "trial": fact.trial_id, "decision": decision_words(review.decision)}
            said["answer"] = answer(review)
            self.message_user(
                request, gettext("%(trial)s, %(fact)s: %(decision)s (%(answer)s).") % said, messages.SUCCESS
            )
            return redirect(self._url(request, "change", pk)) if "stay" in request.POST else self._next(request, place)
        return self._page(request, self._fact(request, pk, to_decide=True), form)

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first; takes back the very decision that was asked about."""
        fact = self._fact(request, pk, to_decide=True)
        asked = request.POST.get("review") if request.method == "POST" else str(fact.review_id)
        if fact.review is None or asked != str(fact.review_id):
            self.message_user(request, gettext("This decision is not in force any more."), messages.WARNING)
            return redirect(self._url(request, "change", pk))
        if request.method != "POST":
            page = {"title": gettext("Withdraw a decision"), "page": review_page(fact), "review": fact.review}
            return self._answer(request, "withdraw", fact, page)
        try:
            with transaction.atomic():
                withdraw_review(fact.review.pk)
                self.log(request, [fact], gettext("Decision withdrawn."))
        except ReviewRefused as refused:
            self.message_user(request, str(refused), messages.WARNING)
        else:
            self.message_user(request, gettext("The decision is withdrawn."), messages.SUCCESS)
        return redirect(self._url(request, "change", pk))

    def go_on(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leaves the fact as it is."""
        return self._next(request, place_of(self._fact(request, pk)))

    def log(self, request: HttpRequest, facts: list[FactInForce], message: str) -> None:
        """One line for each fact in Django's log of what staff did."""
        LogEntry.objects.log_actions(str(request.user.pk), facts, CHANGE, message)

    def _keep(self, request: HttpRequest, fact: FactInForce, form: ReviewForm) -> FactReview | None:
        """The decision that was kept; None if it was refused, with the errors in the form."""
        reviewer = cast(AbstractBaseUser, request.user)  # has_decide_permission let nobody else in
        try:
            with transaction.atomic():
                review = review_fact(fact.pk, form.judgement(), reviewer, seen=request.POST.get("seen", ""))
                said = {"decision": decision_words(review.decision), "answer": answer(review), "reason": review.reason}
                self.log(request, [fact], gettext("%(decision)s: %(answer)s. %(reason)s") % said)
        except ReviewRefused as refused:
            form.refuse(refused)
            return None
        return review

    def _page(self, request: HttpRequest, fact: FactInForce, form: ReviewForm) -> HttpResponse:
        page = review_page(fact)
        context = {
            "title": f"{fact.trial_id}: {page.name}",
            "page": page,
            "form": form,
            "seen": what_was_seen(fact),
            "can_decide": self.has_decide_permission(request),
        }
        return self._answer(request, "review", fact, context)

    def _answer(self, request: HttpRequest, template: str, fact: FactInForce, page: dict[str, Any]) -> HttpResponse:
        actions = ("change", "decide", "withdraw", "next", "history")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": fact,
            "preserved_filters": self.get_preserved_filters(request),
            "list_url": self._url(request, "changelist"),
            "urls": {name: self._url(request, name, fact.pk) for name in actions},
            **page,
        }
        return TemplateResponse(request, f"admin/trials/factinforce/{template}.html", context)

    def _fact(self, request: HttpRequest, pk: int, *, to_decide: bool = False) -> FactInForce:
        is_allowed = self.has_decide_permission(request) if to_decide else True
        if not (is_allowed and self.has_view_permission(request)):
            raise PermissionDenied
        fact = self.get_object(request, str(pk))
        if fact is None:
            raise Http404
        return fact

    def _next(self, request: HttpRequest, place: Any) -> HttpResponse:
        following = next_after(place, self._queue(request))
        if following is not None:
            return redirect(self._url(request, "change", following))
        self.message_user(request, gettext("Nothing else is in this list."), messages.INFO)
        return redirect(self._url(request, "changelist"))

    def _queue(self, request: HttpRequest) -> QuerySet[FactInForce]:
        """The list that the fact was opened from; the usual one if its parameters say nothing."""
        asked = copy(request)
        for parameters in (request.GET.get(_FILTERS, ""), ""):
            narrowed = QueryDict(parameters, mutable=True)
            narrowed.pop("p", None)  # a page of the list, which may be gone
            asked.GET = narrowed  # type: ignore[assignment]  # only read
            try:
                return self.get_changelist_instance(asked).get_queryset(asked)
            except IncorrectLookupParameters:
                continue
        raise AssertionError("the list without parameters is always there")

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _url(self, request: HttpRequest, page: str, key: object = None) -> str:
        """A page of this admin, which remembers the list that the person came from."""
        url = reverse(f"admin:{self._name(page)}", args=[] if key is None else [key])
        filters = self.get_preserved_filters(request)
        return add_preserved_filters({"opts": self.opts, "preserved_filters": filters}, url)
