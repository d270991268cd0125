"""Which record an address of a trial means: its page, a redirect to its one address, or a calm 404. Never presents."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from trials.models import Trial
from trials.registry.values import study_url
from trials.search.trial_lookup import registered_id


def trial_or_answer(
    request: HttpRequest, nct_id: str, find: Callable[[str], Trial | None], address: str
) -> Trial | HttpResponse:
    """The trial, or what the visitor gets instead. address is the name of the URL that the page stands at."""
    wanted = registered_id(nct_id)
    if not wanted:
        raise Http404
    trial = find(wanted)
    if trial is None:
        return render(request, "trials/detail/unknown.html", {"registry_url": study_url(wanted)}, status=404)
    if nct_id != trial.nct_id:
        return HttpResponsePermanentRedirect(reverse(address, args=[trial.nct_id]))
    return trial
