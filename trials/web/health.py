"""/livez and /readyz: for the machines that run the site. Old data make neither of them fail."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.search.version import data_version


@never_cache
@require_safe
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """The process can serve: the database answers, and this process has the index of its present state.

    One cheap query; a process that has no index yet makes it now, and a balancer that does not wait so long asks again.
    """
    try:
        data_version()
    except Error:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
