"""/child-pugh/: three calculators in one form, answered in the same response.

A patient's values come by POST and are nowhere else: not in an address, session, cache, log or error report, and the
browser is told to keep no copy.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from trials.vocabulary.calculators.albi import HIRAOKA, JOHNSON
from trials.vocabulary.calculators.bclc import REIG
from trials.vocabulary.calculators.child_pugh import CHILD_TURCOTTE, NOT_FOR, PUGH, WITH_INR, AlbuminTable
from trials.web.calculators.answers import ALBUMIN_TABLES, Answers, read_answers
from trials.web.calculators.form import present_form, present_problems
from trials.web.calculators.results import GRADE_MEANS, STAGE_MEANS, present_results
from trials.web.calculators.tables import child_pugh_table
from trials.web.quiet_faults import quiet


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@quiet
@sensitive_variables()
def calculators(request: HttpRequest) -> HttpResponse:
    answers = read_answers(request.POST) if request.method == "POST" else Answers()
    table = AlbuminTable(answers.choice("albumin_table") or AlbuminTable.PUGH_2_8)
    context = {
        "is_answered": request.method == "POST",
        "groups": present_form(answers),
        "problems": present_problems(answers),
        "view": present_results(answers),
        "table": child_pugh_table(table),
        "table_name": gettext(ALBUMIN_TABLES[table.value]),
        "sources": {"child_pugh": (PUGH, CHILD_TURCOTTE, WITH_INR), "albi": (JOHNSON, HIRAOKA), "bclc": (REIG,)},
        "not_for": gettext(NOT_FOR),
        "grades": [gettext(words) for words in GRADE_MEANS.values()],
        "stages": [gettext(words) for words in STAGE_MEANS.values()],
    }
    return render(request, "calculators/page.html", context, status=400 if answers.errors else 200)
