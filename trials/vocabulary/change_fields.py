"""What each data element of a record is called in a history, and how its values are put into words. Data alone.

The order is that of importance to a reader: the first one of a day is the one that the trial's page names.
"""

from collections.abc import Mapping
from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _

REGISTRY_STATE, SITES, CONTACTS = "registry_state", "sites", "contacts"

LABELS: Mapping[str, str] = MappingProxyType(
    {
        REGISTRY_STATE: _("Place in the registry"),
        "overall_status": _("Status"),
        "last_known_status": _("Last known status"),
        "why_stopped": _("Why it stopped"),
        SITES: _("Sites"),
        "eligibility_criteria": _("Eligibility criteria (who can join)"),
        "minimum_age": _("Youngest age"),
        "maximum_age": _("Oldest age"),
        "sex": _("Sex"),
        "gender_based": _("By gender identity"),
        "gender_description": _("What is said about gender"),
        "healthy_volunteers": _("Takes healthy volunteers"),
        "study_population": _("Study population"),
        "brief_title": _("Title"),
        "official_title": _("Official title"),
        "acronym": _("Short name"),
        "phases": _("Phase"),
        "enrollment_count": _("Number of people"),
        "enrollment_type": _("The number of people is"),
        "start_date": _("Start"),
        "primary_completion_date": _("End for the main result"),
        "completion_date": _("End"),
        "has_results": _("Results"),
        "has_expanded_access": _("Treatment can be had outside of the trial"),
        "expanded_access_nct_id": _("Number of the expanded access"),
        "arms": _("Groups"),
        "interventions": _("Treatments"),
        "outcomes": _("What is measured"),
        "conditions": _("Conditions"),
        "keywords": _("Keywords"),
        "brief_summary": _("Summary"),
        "detailed_description": _("Detailed description"),
        "study_type": _("Kind of study"),
        "primary_purpose": _("Purpose"),
        "allocation": _("Who gets what is decided"),
        "intervention_model": _("Groups compared"),
        "intervention_model_description": _("How the groups are compared"),
        "masking": _("Masking"),
        "masking_description": _("How it is masked"),
        "who_masked": _("Who does not know what is given"),
        "observational_model": _("Kind of observation"),
        "time_perspective": _("Looks back or ahead"),
        "sampling_method": _("How people are chosen"),
        "patient_registry": _("Patient registry"),
        "target_duration": _("People are followed for"),
        "bio_spec_retention": _("Samples kept"),
        "bio_spec_description": _("What is said about samples"),
        "expanded_access_types": _("Kinds of expanded access"),
        CONTACTS: _("Contact details"),
        "lead_sponsor": _("Lead sponsor"),
        "collaborators": _("Collaborators"),
        "organization": _("Organisation that keeps the record"),
        "responsible_party_type": _("Kind of responsible party"),
        "responsible_party_name": _("Responsible party"),
        "responsible_party_title": _("Title of the responsible party"),
        "responsible_party_affiliation": _("Organisation of the responsible party"),
        "removed_countries": _("Countries no longer named"),
        "nct_id_aliases": _("Earlier NCT numbers"),
        "identifiers": _("Other numbers"),
        "references": _("Publications"),
        "links": _("Links and documents"),
        "oversight_has_dmc": _("Has a data monitoring committee"),
        "is_fda_regulated_drug": _("Studies a drug regulated by the US FDA"),
        "is_fda_regulated_device": _("Studies a device regulated by the US FDA"),
        "is_unapproved_device": _("Device not yet approved by the US FDA"),
        "is_us_export": _("Product exported from the US"),
        "ipd_sharing": _("Plan to share data of single participants"),
        "ipd_description": _("What is said about sharing data"),
        "ipd_info_types": _("Documents shared"),
        "ipd_time_frame": _("When data are shared"),
        "ipd_access_criteria": _("For whom data are shared"),
        "ipd_url": _("Where data are shared"),
        "results_first_post_date": _("Results first posted"),
        "results_first_submit_date": _("Results first sent in"),
        "study_first_post_date": _("First posted"),
        "study_first_submit_date": _("First sent in"),
        "status_verified_date": _("Record last verified"),
    }
)
IMPORTANCE: Mapping[str, int] = MappingProxyType({field: place for place, field in enumerate(LABELS)})

# Elements whose values are terms, with the name of the vocabulary where that is another one
TERM_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **{
            name: name
            for name in (
                "overall_status last_known_status sex enrollment_type study_type primary_purpose allocation "
                "intervention_model masking who_masked observational_model time_perspective sampling_method "
                "bio_spec_retention responsible_party_type ipd_sharing"
            ).split()
        },
        "phases": "phase",
        "expanded_access_types": "expanded_access_type",
        "ipd_info_types": "ipd_info_type",
    }
)
AGES = frozenset({"minimum_age", "maximum_age"})
PLAIN_DATES = frozenset({"status_verified_date", "study_first_submit_date", "results_first_submit_date"})
# Texts that a reader compares word by word, however short
COMPARED_TEXTS = frozenset(
    (
        "eligibility_criteria study_population brief_title official_title brief_summary detailed_description "
        "intervention_model_description masking_description bio_spec_description gender_description ipd_description "
        "ipd_time_frame ipd_access_criteria"
    ).split()
)

# Added, gone, reworded; name is what the record calls the part
PART_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "arms": (_("Group added: %(name)s"), _("Group gone: %(name)s"), _("Group reworded: %(name)s")),
        "interventions": (
            _("Treatment or procedure added: %(name)s"),
            _("Treatment or procedure gone: %(name)s"),
            _("Treatment or procedure reworded: %(name)s"),
        ),
        "identifiers": (
            _("Another number of this trial added: %(name)s"),
            _("Another number of this trial gone: %(name)s"),
            _("Details of another number changed: %(name)s"),
        ),
        "collaborators": (
            _("Collaborator added: %(name)s"),
            _("Collaborator gone: %(name)s"),
            _("Details of a collaborator changed: %(name)s"),
        ),
        "references": (
            _("Publication added: %(name)s"),
            _("Publication gone: %(name)s"),
            _("Details of a publication changed: %(name)s"),
        ),
        "links": (
            _("Link or document added: %(name)s"),
            _("Link or document gone: %(name)s"),
            _("Details of a link or document changed: %(name)s"),
        ),
    }
)
OUTCOME_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "PRIMARY": (
            _("Main outcome added: %(name)s"),
            _("Main outcome gone: %(name)s"),
            _("Main outcome reworded: %(name)s"),
        ),
        "SECONDARY": (
            _("Secondary outcome added: %(name)s"),
            _("Secondary outcome gone: %(name)s"),
            _("Secondary outcome reworded: %(name)s"),
        ),
        "OTHER": (
            _("Other outcome added: %(name)s"),
            _("Other outcome gone: %(name)s"),
            _("Other outcome reworded: %(name)s"),
        ),
    }
)
NAME_KEYS = ("label", "name", "measure", "id", "citation", "url")  # what a part is called by: the first that is there
