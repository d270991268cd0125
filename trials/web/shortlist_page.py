"""/shortlist/: a script shows there what the reader's own browser has kept. The server knows and asks nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.web.compare.asked import MOST


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    return render(request, "shortlist.html", {"most": MOST})
