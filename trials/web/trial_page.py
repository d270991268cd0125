"""/trials/NCT.../: everything that one record holds. Reads the request, asks, presents."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.models import Trial
from trials.search.conditional import Answer, unless_seen
from trials.search.related import related_trials
from trials.search.trial_lookup import find_trial
from trials.search.version import moment, version_of
from trials.web.data_age import data_age_of
from trials.web.history_lookup import newest_changes
from trials.web.history_presenter import present_newest
from trials.web.json_ld import json_ld
from trials.web.page_key import page_key
from trials.web.trial_addresses import trial_or_answer
from trials.web.trial_presenter import present_trial
from trials.web.trial_related import present_related


@require_safe
def trial_page(request: HttpRequest, nct_id: str) -> HttpResponseBase:
    return unless_seen(request, lambda: _page(request, nct_id), lambda: page_key(request, _back_url(request)))


def _page(request: HttpRequest, nct_id: str) -> Answer:
    today = data_age_of(request).today
    with moment() as state:
        version = version_of(state)
        trial = trial_or_answer(request, nct_id, find_trial, "trial-detail")
        if not isinstance(trial, Trial):
            return trial, version
        related = related_trials(trial.nct_id, state)
        changes = newest_changes(trial.nct_id)
    context = {
        "trial": trial,
        "view": present_trial(trial, today),
        "newest_change": present_newest(changes),
        "related": present_related(related, today),
        "back_url": _back_url(request),
        "json_ld": json_ld(trial, request.build_absolute_uri(trial.get_absolute_url())),
    }
    return render(request, "trials/detail.html", context), version


def _back_url(request: HttpRequest) -> str:
    """The search that the reader came from, if it was one of ours; else ""."""
    results = reverse("trial-list")
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if came_from.netloc != request.get_host() or came_from.path != results:
        return ""
    return f"{results}?{came_from.query}" if came_from.query else results
