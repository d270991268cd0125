"""Pages go out compressed. Django's own middleware does it, with what its notes on BREACH ask for.

A form's token is masked anew in each answer, and every compressed answer has a random length in its head: what a page
repeats of a query cannot be used to guess the token. Behind WhiteNoise, whose files were compressed once beforehand.
"""

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers


class CompressionMiddleware(GZipMiddleware):
    """A 304 varies as its page does, too: a cache takes over its headers, and would hand gzip to who cannot read it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, HttpResponseNotModified):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)
