"""What the admin calls itself, and the room that its lists get."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("HCC trials: staff")
admin.site.site_title = _("HCC trials")
admin.site.index_title = _("What is stored, and what waits for a decision")
admin.site.enable_nav_sidebar = False  # on 1280 pixels it cuts the last columns off
