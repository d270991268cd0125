"""The site's addresses: what visitors see is in `trials.web`, what programs see in `trials.api`.

The admin stands beside them.
"""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("trials.api.urls")),
    path("", include("trials.web.urls")),
]

handler400 = "trials.web.refused_request.bad_request"
handler403 = "trials.web.refused_request.permission_denied"
handler404 = "trials.web.refused_request.page_not_found"
handler500 = "trials.web.unavailable.server_error"
