"""Sites of all trials. Read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin.filters import OneTrialFilter, SiteCountryFilter, term_filter
from trials.admin.read_only import PartAdmin
from trials.models import Site


@admin.register(Site)
class SiteAdmin(PartAdmin):
    list_display = ("facility_or_city", "city", "state", "country", "status", "trial_link")
    list_filter = (OneTrialFilter, term_filter("status", "site_status", _("Status")), SiteCountryFilter)
    search_fields = ("facility", "city", "state", "country", "trial__nct_id")
    search_help_text = _("Facility, city, state, country or NCT number")
    fields = (
        "trial_link",
        "facility",
        "city",
        "state",
        "zip",
        "country",
        "country_code",
        "status",
        "latitude",
        "longitude",
        "position",
    )

    @admin.display(description=_("Facility"), ordering="facility")
    def facility_or_city(self, site: Site) -> str:
        """Never blank: it is the link to the row."""
        return site.facility or site.city or site.country or "-"
