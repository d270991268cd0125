"""/match/: a patient's facts against all trials. GET shows the form, POST answers in the same response.

Nothing is kept: not in the address, a session, a cache, a log or a task. No script takes part.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from trials.web.match_answers import Answers, read_answers
from trials.web.match_cards import MatchView, present_match
from trials.web.match_form import present_form
from trials.web.match_results import results_for
from trials.web.quiet_faults import quiet


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@quiet
@sensitive_variables()
def match_page(request: HttpRequest) -> HttpResponse:
    answers = read_answers(request.POST) if request.method == "POST" else Answers()
    view = _matched(answers)
    asked = frozenset(link.field for link in view.questions) if view else frozenset()
    context = {
        "form": present_form(answers, asked),
        "view": view,
        "nothing_answered": request.method == "POST" and answers.is_empty and not answers.errors,
    }
    return render(request, "match/page.html", context, status=answers.status)


@sensitive_variables()
def _matched(answers: Answers) -> MatchView | None:
    today = timezone.localdate()
    results = results_for(answers, today)
    if results is None or answers.profile is None:
        return None
    place = answers.origin.label if answers.origin else ""
    return present_match(results, answers.profile, place, today)
