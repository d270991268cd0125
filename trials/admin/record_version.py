"""Raw records, every version that was ever received. Append-only: the database itself refuses changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin.filters import OneRecordFilter
from trials.admin.links import change_url, link
from trials.admin.raw_record import RawRecordAdmin
from trials.models import RecordVersion, Trial


@admin.register(RecordVersion)
class RecordVersionAdmin(RawRecordAdmin):
    list_display = ("nct_id", "received_at", "short_hash", "source")
    list_filter = (OneRecordFilter, "received_at")
    search_fields = ("nct_id", "sha256")
    search_help_text = _("NCT number or hash")
    date_hierarchy = "received_at"
    fields = ("nct_id", "trial_link", "received_at", "source", "sha256", "raw_record")

    @admin.display(description=_("Hash"), ordering="sha256")
    def short_hash(self, version: RecordVersion) -> str:
        return version.sha256[:12]

    @admin.display(description=_("Trial"))
    def trial_link(self, version: RecordVersion) -> str:
        if not Trial.objects.filter(pk=version.nct_id).exists():
            return "-"
        return link(change_url(Trial, version.nct_id), version.nct_id)
