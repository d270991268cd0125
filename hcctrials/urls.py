"""The site's addresses: what visitors see is in `trials.web`; the admin and the choice of language stand beside it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("trials.web.urls")),
]
