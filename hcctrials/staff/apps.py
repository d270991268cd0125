"""Django's admin as an app, with our door in front of it."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "hcctrials.staff.site.StaffSite"
