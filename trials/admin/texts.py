"""What the admin calls itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("HCC trials: staff")
admin.site.site_title = _("HCC trials")
admin.site.index_title = _("What is stored, and what waits for a decision")
