"""Trials: the list with filters, and one page with everything that the record holds. Read-only."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.change_words import state_words
from trials.admin.fact_words import listed
from trials.admin.filters import RegistryStateFilter, UnknownTermsFilter, facet_filter, fact_status_filter
from trials.admin.links import change_url, changelist_url, link, outside_link
from trials.admin.trial_fieldsets import FIELDSETS, held
from trials.admin.trial_parts import PARTS
from trials.admin.trial_refresh import TrialRefresh
from trials.models import RecordVersion, Site, Trial
from trials.registry.values import study_url
from trials.vocabulary.registry_states import RegistryState
from trials.vocabulary.registry_terms import words

_LISTED = (
    "brief_title",
    "overall_status",
    "registry_state",
    "phases",
    "lead_sponsor_name",
    "last_update_post_date",
    "computed_last_update_day",
)


def _number_of_sites() -> Coalesce:
    sites = Site.objects.filter(trial=OuterRef("pk")).order_by().values("trial").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(sites, output_field=IntegerField()), 0)


class TrialChangeList(ChangeList):
    """The list reads its own columns only: criteria and descriptions of fifty trials are megabytes."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return super().get_queryset(request, exclude_parameters).only(*_LISTED)


@admin.register(Trial)
class TrialAdmin(TrialRefresh):
    list_display = ("nct_id", "title", "status", "phase", "sponsor", "last_update", "site_count")
    list_filter = (
        facet_filter("status"),
        facet_filter("study_type"),
        facet_filter("phase"),
        facet_filter("hcc_scope"),
        fact_status_filter("child_pugh"),
        facet_filter("child_pugh"),
        facet_filter("tumor_burden"),
        RegistryStateFilter,
        UnknownTermsFilter,
        facet_filter("country"),
    )
    search_fields = ("brief_title", "official_title", "search_terms", "lead_sponsor_name")
    search_help_text = _("Words of the titles, any identifier (old numbers too), condition, treatment or sponsor")
    date_hierarchy = "computed_last_update_day"
    readonly_fields = ("registry_link", "registry_standing", "raw_record_link")
    change_form_template = "admin/trials/trial/change_form.html"
    inlines = PARTS

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        del request, kwargs
        return TrialChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the search's own columns, which nobody reads."""
        trials = super().get_queryset(request).defer("search_vector", "search_terms", "search_places")
        return trials.annotate(number_of_sites=_number_of_sites())

    def get_fieldsets(self, request: HttpRequest, obj: Trial | None = None) -> Any:
        del request
        return held(obj) if obj else FIELDSETS

    def get_ordering(self, request: HttpRequest) -> Any:
        """Newest first; records without a date are not the newest."""
        del request
        return (F("computed_last_update_day").desc(nulls_last=True), "nct_id")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["can_order"] = self.has_refresh_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, trial: Trial) -> str:
        """The public page itself, without the detour through Django's redirect."""
        return trial.get_absolute_url()

    @admin.display(description=_("Title"), ordering="brief_title")
    def title(self, trial: Trial) -> str:
        return Truncator(trial.brief_title).chars(90) or "-"

    @admin.display(description=_("Status"), ordering="overall_status")
    def status(self, trial: Trial) -> str:
        status = gettext(words("overall_status", trial.overall_status)) if trial.overall_status else "-"
        if trial.registry_state == RegistryState.LISTED:
            return status
        return format_html("{}<br><small>{}</small>", status, state_words(trial.registry_state))

    @admin.display(description=_("Phase"), ordering="phases")
    def phase(self, trial: Trial) -> str:
        return listed(gettext(words("phase", phase)) for phase in trial.phases)

    @admin.display(description=_("Sponsor"), ordering="lead_sponsor_name")
    def sponsor(self, trial: Trial) -> str:
        return Truncator(trial.lead_sponsor_name).chars(60) or "-"

    @admin.display(description=_("Last update"), ordering="computed_last_update_day")
    def last_update(self, trial: Trial) -> str:
        return trial.last_update_post_date or "-"

    @admin.display(description=_("Sites"), ordering="number_of_sites")
    def site_count(self, trial: Any) -> str:
        return link(changelist_url(Site, trial=trial.nct_id), trial.number_of_sites) if trial.number_of_sites else "0"

    @admin.display(description=_("Registry record"))
    def registry_link(self, trial: Trial) -> str:
        return outside_link(study_url(trial.nct_id))

    @admin.display(description=_("Place in the registry"))
    def registry_standing(self, trial: Trial) -> str:
        return state_words(trial.registry_state)

    @admin.display(description=_("Raw record"))
    def raw_record_link(self, trial: Trial) -> str:
        return link(change_url(RecordVersion, trial.record_version_id), gettext("As the registry gave it"))
