"""/livez, /readyz and /status: for those who run the site."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.eligibility import READER_VERSION
from trials.registry.parser import PARSER_VERSION
from trials.search.store_state import store_state


@never_cache
@require_safe
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """The process can serve: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """How much is stored, how fresh it is, and what waits for staff."""
    versions = {"parser_version": PARSER_VERSION, "reader_version": READER_VERSION}
    return render(request, "status.html", {"store": store_state(), **versions})
