"""/compare/?id=NCT...&id=NCT...: two to four trials side by side, with their sites near a town if near= names one.

Reads the request, asks, presents.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trials.registry.values import study_url
from trials.search.compared_trials import compared_trials
from trials.search.conditional import unless_known
from trials.search.near import NearAnswer, find_origin
from trials.web.compare.asked import FEWEST, MOST, Asked, asked_numbers, compare_url
from trials.web.compare.columns import present_comparison
from trials.web.compare.share import share_link
from trials.web.page_key import page_key


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    asked = asked_numbers(request)
    if asked.wrong:
        return _refusal(request, asked, 404)
    if not FEWEST <= len(asked.numbers) <= MOST:
        return _refusal(request, asked, 400 if asked.numbers else 200)
    if not asked.is_canonical:
        return HttpResponsePermanentRedirect(compare_url(asked.numbers, asked.near))
    today = timezone.localdate()
    return unless_known(request, lambda version: (_page(request, asked, today), version), lambda: page_key(request))


def _page(request: HttpRequest, asked: Asked, today: date) -> HttpResponse:
    found = compared_trials(asked.numbers)
    trials = list({trial.nct_id: trial for trial in found.values()}.values())
    unknown = [(number, study_url(number)) for number in asked.numbers if number not in found]
    if len(trials) < FEWEST:
        return _refusal(request, asked, 404, unknown=unknown, known=trials)
    near = find_origin(asked.near, get_language() or "en") if asked.near else NearAnswer(None)
    url = request.build_absolute_uri(compare_url([trial.nct_id for trial in trials]))
    context = {
        "view": present_comparison(trials, today, near.origin),
        "near": near,
        "towns": [(town.label, compare_url(asked.numbers, town.value)) for town in near.others],
        "typed": asked.near,
        "unknown": unknown,
        "today": today,
        "page_url": url,
        "mail_url": share_link(trials, url, request.build_absolute_uri),
    }
    return render(request, "compare/page.html", context)


def _refusal(request: HttpRequest, asked: Asked, status: int, **more: object) -> HttpResponse:
    """Says what is missing or wrong, and leads to the trials that are known."""
    context = {"asked": asked, "too_many": len(asked.numbers) > MOST, "most": MOST, **more}
    return render(request, "compare/refused.html", context, status=status)
