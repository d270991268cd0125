"""/trials/NCT.../: everything that one record holds. Reads the request, asks, presents."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.registry.values import study_url
from trials.web.trial_lookup import find_trial, registered_id
from trials.web.trial_presenter import present_trial


@require_safe
def trial_page(request: HttpRequest, nct_id: str) -> HttpResponse:
    wanted = registered_id(nct_id)
    if not wanted:
        raise Http404
    trial = find_trial(wanted)
    if trial is None:
        return render(request, "trials/detail/unknown.html", {"registry_url": study_url(wanted)}, status=404)
    if nct_id != trial.nct_id:
        return HttpResponsePermanentRedirect(reverse("trial-detail", args=[trial.nct_id]))
    context = {"trial": trial, "view": present_trial(trial, timezone.localdate()), "back_url": _back_url(request)}
    return render(request, "trials/detail.html", context)


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
