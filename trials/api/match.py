"""The match by POST, prepared: its address and its rules stand, the answer comes with the people who search.

Never reads, keeps or logs the body.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from trials.api.errors import error

MOST_BYTES = 16_384


def match(request: HttpRequest) -> HttpResponseBase:
    del request
    return error(501, _("Matching is not available yet. Nothing of what was sent was read or kept."))
