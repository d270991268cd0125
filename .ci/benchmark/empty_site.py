"""The site with two addresses more: an empty page behind the same middleware, which the pages of results are compared
with, and the frame that every page stands in.

A door for the benchmark's gunicorn alone.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from hcctrials.wsgi import application

__all__ = ["application"]


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def frame(request: HttpRequest) -> HttpResponse:
    """The site's head and foot with nothing between them."""
    return render(request, "base.html")


settings.ROOT_URLCONF = __name__
urlpatterns = [path("empty/", empty), path("frame/", frame), path("", include("hcctrials.urls"))]
