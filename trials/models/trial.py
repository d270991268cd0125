"""The trial: one row per record of the registry.

Names and values are the registry's, as published. What we compute from them says so: `computed_*`, `*_years`,
`search_*`. Never fetches, renders or parses; rows are written by `trials.ingest` alone.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Left
from django.urls import reverse

from trials.models.search_text import WordsApart
from trials.vocabulary.registry_states import RegistryState

SEARCH_CONFIG = "trials_english"  # English stems without accents; made in migration 0001
_LONGEST_SEARCHED = 200_000  # characters: PostgreSQL refuses a search vector of over 1 MB


def _weighted(field: str, weight: str) -> SearchVector:
    return SearchVector(WordsApart(Left(field, _LONGEST_SEARCHED)), weight=weight, config=SEARCH_CONFIG)


def _text() -> "models.TextField[str, str]":
    return models.TextField(blank=True, default="")


def _yes_no() -> "models.BooleanField[bool | None, bool | None]":
    return models.BooleanField(null=True)


def _day() -> "models.DateField[date | None, date | None]":
    return models.DateField(null=True)


def _texts() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.TextField(), default=list, blank=True)


class Trial(models.Model):
    nct_id = models.CharField(max_length=11, primary_key=True)
    nct_id_aliases = _texts()

    brief_title = _text()
    official_title = _text()
    acronym = _text()
    organization_name = _text()
    organization_class = _text()

    overall_status = _text()
    last_known_status = _text()
    why_stopped = _text()
    status_verified_date = _text()
    start_date = _text()
    start_date_type = _text()
    primary_completion_date = _text()
    primary_completion_date_type = _text()
    completion_date = _text()
    completion_date_type = _text()
    study_first_submit_date = _text()
    study_first_post_date = _text()
    study_first_post_date_type = _text()
    last_update_submit_date = _text()
    last_update_post_date = _text()
    last_update_post_date_type = _text()
    results_first_submit_date = _text()
    results_first_post_date = _text()
    results_first_post_date_type = _text()
    has_expanded_access = _yes_no()
    expanded_access_nct_id = _text()

    lead_sponsor_name = _text()
    lead_sponsor_class = _text()
    responsible_party_type = _text()
    responsible_party_name = _text()
    responsible_party_title = _text()
    responsible_party_affiliation = _text()

    oversight_has_dmc = _yes_no()
    is_fda_regulated_drug = _yes_no()
    is_fda_regulated_device = _yes_no()
    is_unapproved_device = _yes_no()
    is_us_export = _yes_no()

    brief_summary = _text()
    detailed_description = _text()
    conditions = _texts()
    keywords = _texts()

    study_type = _text()
    phases = _texts()
    allocation = _text()
    intervention_model = _text()
    intervention_model_description = _text()
    observational_model = _text()
    time_perspective = _text()
    primary_purpose = _text()
    masking = _text()
    masking_description = _text()
    who_masked = _texts()
    patient_registry = _yes_no()
    target_duration = _text()
    bio_spec_retention = _text()
    bio_spec_description = _text()
    expanded_access_types = _texts()
    enrollment_count = models.IntegerField(null=True)
    enrollment_type = _text()

    eligibility_criteria = _text()
    healthy_volunteers = _yes_no()
    sex = _text()
    gender_based = _yes_no()
    gender_description = _text()
    minimum_age = _text()
    maximum_age = _text()
    minimum_age_years = models.FloatField(null=True)
    maximum_age_years = models.FloatField(null=True)
    std_ages = _texts()
    study_population = _text()
    sampling_method = _text()

    ipd_sharing = _text()
    ipd_description = _text()
    ipd_info_types = _texts()
    ipd_time_frame = _text()
    ipd_access_criteria = _text()
    ipd_url = _text()

    has_results = models.BooleanField(default=False)
    removed_countries = _texts()
    registry_date = _text()
    unknown_terms = _texts()

    # First and last day that a partial date can mean
    computed_start_day = _day()
    computed_primary_completion_day = _day()
    computed_completion_day = _day()
    computed_verified_day = _day()
    computed_last_update_day = _day()

    search_terms = _text()
    search_places = _text()
    search_vector = models.GeneratedField(
        expression=_weighted("brief_title", "A")
        + _weighted("official_title", "A")
        + _weighted("search_terms", "B")
        + _weighted("brief_summary", "C")
        + _weighted("search_places", "C")
        + _weighted("eligibility_criteria", "D")
        + _weighted("detailed_description", "D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # How the trial stands to the registry, and since which day where that is not the usual way
    registry_state = models.TextField(
        choices=[(state.value, state.value) for state in RegistryState], default=RegistryState.LISTED
    )
    registry_state_since = models.DateField(null=True)

    record_version = models.ForeignKey("trials.RecordVersion", on_delete=models.PROTECT, related_name="+")
    parser_version = models.PositiveIntegerField()
    reader_version = models.PositiveIntegerField()
    first_loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-computed_last_update_day", "nct_id"]
        indexes: ClassVar = [
            GinIndex(fields=["search_vector"], name="trial_search"),
            GinIndex(fields=["phases"], name="trial_phases"),
            GinIndex(fields=["nct_id_aliases"], name="trial_aliases"),
            models.Index(fields=["overall_status"], name="trial_status"),
            models.Index(fields=["-computed_last_update_day", "nct_id"], name="trial_updated"),
        ]

    def __str__(self) -> str:
        return self.nct_id

    def get_absolute_url(self) -> str:
        return reverse("trial-detail", args=[self.nct_id])
