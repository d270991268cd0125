"""/trials/NCT.../history/: what changed in a record and when. Reads the request, asks, presents."""

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.models import Trial
from trials.registry.values import study_url
from trials.search.trial_lookup import find_trial_alone
from trials.web.history_lookup import changes_of
from trials.web.history_presenter import present_history
from trials.web.status_pill import status_pill
from trials.web.trial_addresses import trial_or_answer


@require_safe
def trial_history(request: HttpRequest, nct_id: str) -> HttpResponse:
    trial = trial_or_answer(request, nct_id, find_trial_alone, "trial-history")
    if not isinstance(trial, Trial):
        return trial
    try:
        seen = changes_of(trial.nct_id, request.GET.get("page") or "1")
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "trial": trial,
        "title": trial.brief_title or trial.official_title or trial.nct_id,
        "pill": status_pill(trial, timezone.localdate()),
        "days": present_history(seen.changes),
        "page": seen.days,
        "is_cut": seen.is_cut,
        "registry_url": f"{study_url(trial.nct_id)}?tab=history",
    }
    return render(request, "trials/history.html", context)
