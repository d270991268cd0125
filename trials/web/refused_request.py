"""Django's own pages for a request that is refused (400, 403, 404), without a look at what was sent with it.

Django looks for a form's token even where it only says no. A form that cannot be read (a kind without its boundary)
then made a 500 of the refusal.
"""

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler400 of the site."""
    return defaults.bad_request(_unread(request), exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler403 of the site."""
    return defaults.permission_denied(_unread(request), exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler404 of the site."""
    return defaults.page_not_found(_unread(request), exception)


def _unread(request: HttpRequest) -> HttpRequest:
    """Nothing is done for this request any more, so that no token is needed."""
    request.csrf_processing_done = True  # type: ignore[attr-defined]  # the mark that Django's own check leaves
    return request
