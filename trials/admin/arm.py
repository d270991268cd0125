"""Arms and interventions of all trials. Read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import listed
from trials.admin.filters import OneTrialFilter, term_filter
from trials.admin.read_only import PartAdmin
from trials.models import Arm, Intervention


@admin.register(Arm)
class ArmAdmin(PartAdmin):
    list_display = ("named", "type", "given", "trial_link")
    list_filter = (OneTrialFilter, term_filter("type", "arm_group_type", _("Type")))
    search_fields = ("label", "trial__nct_id")
    search_help_text = _("Label or NCT number")
    fields = ("trial_link", "label", "type", "description", "given", "position")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("interventions")

    @admin.display(description=_("Arm"), ordering="label")
    def named(self, arm: Arm) -> str:
        return arm.label or "-"

    @admin.display(description=_("Interventions"))
    def given(self, arm: Arm) -> str:
        return listed(str(one) for one in arm.interventions.all())


@admin.register(Intervention)
class InterventionAdmin(PartAdmin):
    list_display = ("named", "type", "known_as", "trial_link")
    list_filter = (OneTrialFilter, term_filter("type", "intervention_type", _("Type")))
    search_fields = ("name", "other_names", "trial__nct_id")
    search_help_text = _("Name, other name or NCT number")
    fields = ("trial_link", "name", "type", "known_as", "description", "position")

    @admin.display(description=_("Intervention"), ordering="name")
    def named(self, intervention: Intervention) -> str:
        return intervention.name or "-"

    @admin.display(description=_("Other names"))
    def known_as(self, intervention: Intervention) -> str:
        return listed(intervention.other_names)
