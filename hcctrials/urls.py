"""The site's addresses: what visitors see is in `trials.web`, what programs see in `trials.api`.

The admin and the choice of language stand beside them.
"""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("trials.api.urls")),
    path("", include("trials.web.urls")),
]
