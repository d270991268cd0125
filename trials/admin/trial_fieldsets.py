"""The trial's page in the order of the registry's modules. A test finds columns that stand in no module."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trials.models import Trial

Field = str | tuple[str, ...]
Fieldset = tuple[Any, Any]


def _module(title: Any, *fields: Field, folded: bool = False) -> Fieldset:
    return title, {"fields": fields, "classes": ("collapse",) if folded else ()}


# registry_state is shown in words, record_version as a link
NOT_SHOWN = ("search_terms", "search_places", "search_vector", "record_version", "registry_state")

FIELDSETS: tuple[Fieldset, ...] = (
    _module(
        _("Identification"),
        "nct_id",
        "registry_link",
        ("registry_standing", "registry_state_since"),
        "nct_id_aliases",
        "brief_title",
        "official_title",
        "acronym",
        "organization_name",
        "organization_class",
    ),
    _module(
        _("Status"),
        "overall_status",
        "last_known_status",
        "why_stopped",
        "status_verified_date",
        ("start_date", "start_date_type"),
        ("primary_completion_date", "primary_completion_date_type"),
        ("completion_date", "completion_date_type"),
        "study_first_submit_date",
        ("study_first_post_date", "study_first_post_date_type"),
        "last_update_submit_date",
        ("last_update_post_date", "last_update_post_date_type"),
        "results_first_submit_date",
        ("results_first_post_date", "results_first_post_date_type"),
        "has_expanded_access",
        "expanded_access_nct_id",
    ),
    _module(
        _("Sponsor"),
        "lead_sponsor_name",
        "lead_sponsor_class",
        "responsible_party_type",
        "responsible_party_name",
        "responsible_party_title",
        "responsible_party_affiliation",
    ),
    _module(
        _("Oversight"),
        "oversight_has_dmc",
        "is_fda_regulated_drug",
        "is_fda_regulated_device",
        "is_unapproved_device",
        "is_us_export",
        folded=True,
    ),
    _module(_("Description"), "brief_summary", "detailed_description", folded=True),
    _module(_("Conditions"), "conditions", "keywords"),
    _module(
        _("Design"),
        "study_type",
        "phases",
        "allocation",
        "intervention_model",
        "intervention_model_description",
        "observational_model",
        "time_perspective",
        "primary_purpose",
        "masking",
        "masking_description",
        "who_masked",
        "patient_registry",
        "target_duration",
        "bio_spec_retention",
        "bio_spec_description",
        "expanded_access_types",
        ("enrollment_count", "enrollment_type"),
    ),
    _module(
        _("Eligibility"),
        "eligibility_criteria",
        "healthy_volunteers",
        "sex",
        "gender_based",
        "gender_description",
        ("minimum_age", "minimum_age_years"),
        ("maximum_age", "maximum_age_years"),
        "std_ages",
        "study_population",
        "sampling_method",
    ),
    _module(
        _("Sharing of participants' data"),
        "ipd_sharing",
        "ipd_description",
        "ipd_info_types",
        "ipd_time_frame",
        "ipd_access_criteria",
        "ipd_url",
        folded=True,
    ),
    _module(_("Results and the registry's own notes"), "has_results", "removed_countries", "registry_date"),
    _module(
        _("How it was loaded"),
        "unknown_terms",
        "raw_record_link",
        "parser_version",
        "reader_version",
        "first_loaded_at",
        "loaded_at",
        "computed_start_day",
        "computed_primary_completion_day",
        "computed_completion_day",
        "computed_verified_day",
        "computed_last_update_day",
    ),
)


def _is_held(trial: Trial, field: Field) -> bool:
    first = field if isinstance(field, str) else field[0]
    return getattr(trial, first, True) not in (None, "", [])


def held(trial: Trial) -> list[Fieldset]:
    """What the record holds: columns without a value, and modules without any, are left out."""
    modules = []
    for title, options in FIELDSETS:
        fields = tuple(field for field in options["fields"] if _is_held(trial, field))
        if fields:
            modules.append((title, {**options, "fields": fields}))
    return modules
