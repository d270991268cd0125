"""ClinicalTrials.gov's enumerations as published, each value with words that people understand.

Source: the registry's OpenAPI description 2.0.5 (a test compares them). Values that the registry adds later are kept as
published everywhere; `words` then shows the value itself. Never decides what a record means.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _

NOT_STATED = "NOT_STATED"  # our own value, for records that leave the field out


class OverallStatus(StrEnum):
    """A trial's or a site's recruitment status. Only RECRUITING means that people can join today."""

    RECRUITING = "RECRUITING"
    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    COMPLETED = "COMPLETED"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    AVAILABLE = "AVAILABLE"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"
    WITHHELD = "WITHHELD"
    UNKNOWN = "UNKNOWN"


class StudyType(StrEnum):
    INTERVENTIONAL = "INTERVENTIONAL"
    OBSERVATIONAL = "OBSERVATIONAL"
    EXPANDED_ACCESS = "EXPANDED_ACCESS"


class DateType(StrEnum):
    ACTUAL = "ACTUAL"
    ESTIMATED = "ESTIMATED"


class OutcomeKind(StrEnum):
    """The registry's three lists of outcomes."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"
    OTHER = "OTHER"


class LinkKind(StrEnum):
    """Where a link of a record comes from: seeAlsoLinks, availIpds or largeDocs."""

    SEE_ALSO = "SEE_ALSO"
    AVAILABLE_IPD = "AVAILABLE_IPD"
    DOCUMENT = "DOCUMENT"


class MeshAxis(StrEnum):
    CONDITION = "CONDITION"
    INTERVENTION = "INTERVENTION"


ORG_STUDY_ID = "ORG_STUDY_ID"  # our type for orgStudyIdInfo without a type of its own

OVERALL_STATUS = {
    "RECRUITING": _("Recruiting"),
    "NOT_YET_RECRUITING": _("Not yet recruiting"),
    "ENROLLING_BY_INVITATION": _("By invitation only"),
    "ACTIVE_NOT_RECRUITING": _("Active, closed to new people"),
    "COMPLETED": _("Completed"),
    "SUSPENDED": _("Paused"),
    "TERMINATED": _("Stopped early"),
    "WITHDRAWN": _("Withdrawn before anyone joined"),
    "AVAILABLE": _("Expanded access: available"),
    "NO_LONGER_AVAILABLE": _("Expanded access: no longer available"),
    "TEMPORARILY_NOT_AVAILABLE": _("Expanded access: paused"),
    "APPROVED_FOR_MARKETING": _("Expanded access: drug now approved"),
    "WITHHELD": _("Withheld by the registry"),
    "UNKNOWN": _("Status unknown (not verified for two years)"),
}
RECRUITMENT_STATUS = {
    value: OVERALL_STATUS[value]
    for value in (
        "RECRUITING",
        "NOT_YET_RECRUITING",
        "ENROLLING_BY_INVITATION",
        "ACTIVE_NOT_RECRUITING",
        "COMPLETED",
        "SUSPENDED",
        "TERMINATED",
        "WITHDRAWN",
        "AVAILABLE",
    )
}
PHASE = {
    "EARLY_PHASE1": _("Early phase 1"),
    "PHASE1": _("Phase 1"),
    "PHASE2": _("Phase 2"),
    "PHASE3": _("Phase 3"),
    "PHASE4": _("Phase 4"),
    "NA": _("No phase (not a drug trial)"),
}
STUDY_TYPE = {
    "INTERVENTIONAL": _("Treatment or other intervention"),
    "OBSERVATIONAL": _("Observation only"),
    "EXPANDED_ACCESS": _("Expanded access"),
}
INTERVENTION_TYPE = {
    "DRUG": _("Drug"),
    "BIOLOGICAL": _("Biological (antibody, cell, vaccine)"),
    "PROCEDURE": _("Procedure"),
    "RADIATION": _("Radiation"),
    "COMBINATION_PRODUCT": _("Combination product"),
    "DEVICE": _("Device"),
    "GENETIC": _("Genetic"),
    "DIAGNOSTIC_TEST": _("Diagnostic test"),
    "DIETARY_SUPPLEMENT": _("Dietary supplement"),
    "BEHAVIORAL": _("Behavioural"),
    "OTHER": _("Other"),
}
SEX = {"ALL": _("All"), "FEMALE": _("Women only"), "MALE": _("Men only")}
AGE_GROUP = {
    "CHILD": _("Children (under 18)"),
    "ADULT": _("Adults (18 to 64)"),
    "OLDER_ADULT": _("Older adults (65 and over)"),
}
AGENCY_CLASS = {
    "INDUSTRY": _("Industry"),
    "NIH": _("NIH (US national institutes)"),
    "FED": _("US federal agency"),
    "OTHER_GOV": _("Other government"),
    "NETWORK": _("Research network"),
    "INDIV": _("Individual"),
    "OTHER": _("University, hospital or other"),
    "AMBIG": _("Unclear"),
    "UNKNOWN": _("Unknown"),
}
ARM_GROUP_TYPE = {
    "EXPERIMENTAL": _("Experimental"),
    "ACTIVE_COMPARATOR": _("Active comparator"),
    "PLACEBO_COMPARATOR": _("Placebo comparator"),
    "SHAM_COMPARATOR": _("Sham comparator"),
    "NO_INTERVENTION": _("No intervention"),
    "OTHER": _("Other"),
}
DATE_TYPE = {"ACTUAL": _("actual"), "ESTIMATED": _("planned")}
ENROLLMENT_TYPE = DATE_TYPE
ALLOCATION = {"RANDOMIZED": _("Randomised"), "NON_RANDOMIZED": _("Not randomised"), "NA": _("Not applicable")}
INTERVENTION_MODEL = {
    "SINGLE_GROUP": _("One group"),
    "PARALLEL": _("Parallel groups"),
    "CROSSOVER": _("Crossover"),
    "FACTORIAL": _("Factorial"),
    "SEQUENTIAL": _("Sequential"),
}
PRIMARY_PURPOSE = {
    "TREATMENT": _("Treatment"),
    "PREVENTION": _("Prevention"),
    "DIAGNOSTIC": _("Diagnosis"),
    "ECT": _("Educational, counselling or training"),
    "SUPPORTIVE_CARE": _("Supportive care"),
    "SCREENING": _("Screening"),
    "HEALTH_SERVICES_RESEARCH": _("Health services research"),
    "BASIC_SCIENCE": _("Basic science"),
    "DEVICE_FEASIBILITY": _("Device feasibility"),
    "OTHER": _("Other"),
}
MASKING = {
    "NONE": _("None (open label)"),
    "SINGLE": _("Single"),
    "DOUBLE": _("Double"),
    "TRIPLE": _("Triple"),
    "QUADRUPLE": _("Quadruple"),
}
WHO_MASKED = {
    "PARTICIPANT": _("Participant"),
    "CARE_PROVIDER": _("Care provider"),
    "INVESTIGATOR": _("Investigator"),
    "OUTCOMES_ASSESSOR": _("Outcomes assessor"),
}
OBSERVATIONAL_MODEL = {
    "COHORT": _("Cohort"),
    "CASE_CONTROL": _("Case-control"),
    "CASE_ONLY": _("Cases only"),
    "CASE_CROSSOVER": _("Case-crossover"),
    "ECOLOGIC_OR_COMMUNITY": _("Ecologic or community"),
    "FAMILY_BASED": _("Family-based"),
    "DEFINED_POPULATION": _("Defined population"),
    "NATURAL_HISTORY": _("Natural history"),
    "OTHER": _("Other"),
}
TIME_PERSPECTIVE = {
    "RETROSPECTIVE": _("Retrospective"),
    "PROSPECTIVE": _("Prospective"),
    "CROSS_SECTIONAL": _("Cross-sectional"),
    "OTHER": _("Other"),
}
SAMPLING_METHOD = {
    "PROBABILITY_SAMPLE": _("Probability sample"),
    "NON_PROBABILITY_SAMPLE": _("Non-probability sample"),
}
BIO_SPEC_RETENTION = {
    "NONE_RETAINED": _("None kept"),
    "SAMPLES_WITH_DNA": _("Samples with DNA"),
    "SAMPLES_WITHOUT_DNA": _("Samples without DNA"),
}
CONTACT_ROLE = {
    "CONTACT": _("Contact"),
    "STUDY_CHAIR": _("Study chair"),
    "STUDY_DIRECTOR": _("Study director"),
    "PRINCIPAL_INVESTIGATOR": _("Principal investigator"),
    "SUB_INVESTIGATOR": _("Sub-investigator"),
}
RESPONSIBLE_PARTY_TYPE = {
    "SPONSOR": _("Sponsor"),
    "PRINCIPAL_INVESTIGATOR": _("Principal investigator"),
    "SPONSOR_INVESTIGATOR": _("Sponsor-investigator"),
}
IPD_SHARING = {"YES": _("Yes"), "NO": _("No"), "UNDECIDED": _("Undecided")}
IPD_INFO_TYPE = {
    "STUDY_PROTOCOL": _("Study protocol"),
    "SAP": _("Statistical analysis plan"),
    "ICF": _("Informed consent form"),
    "CSR": _("Clinical study report"),
    "ANALYTIC_CODE": _("Analytic code"),
}
IDENTIFIER_TYPE = {
    ORG_STUDY_ID: _("Sponsor's own number"),
    "NIH": _("US NIH grant or contract"),
    "FDA": _("US FDA grant or contract"),
    "VA": _("US VA grant or contract"),
    "CDC": _("US CDC grant or contract"),
    "AHRQ": _("US AHRQ grant or contract"),
    "SAMHSA": _("US SAMHSA grant or contract"),
    "OTHER_GRANT": _("Other grant or funding number"),
    "EUDRACT_NUMBER": _("EudraCT number"),
    "CTIS": _("EU trial number (CTIS)"),
    "REGISTRY": _("Other registry"),
    "OTHER": _("Other"),
}
EXPANDED_ACCESS_TYPE = {
    "individual": _("Individual patients"),
    "intermediate": _("Intermediate-size population"),
    "treatment": _("Treatment protocol"),
}
REFERENCE_TYPE = {"BACKGROUND": _("Background"), "RESULT": _("Results"), "DERIVED": _("Found by the registry")}
OUTCOME_KIND = {"PRIMARY": _("Primary outcomes"), "SECONDARY": _("Secondary outcomes"), "OTHER": _("Other outcomes")}

# Every enumeration by the data element that carries it: for the parser, which counts values that it does not know,
# and for the pages, which show the words.
TERMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "overall_status": OVERALL_STATUS,
        "last_known_status": OVERALL_STATUS,
        "site_status": RECRUITMENT_STATUS,
        "phase": PHASE,
        "study_type": STUDY_TYPE,
        "intervention_type": INTERVENTION_TYPE,
        "sex": SEX,
        "age_group": AGE_GROUP,
        "agency_class": AGENCY_CLASS,
        "arm_group_type": ARM_GROUP_TYPE,
        "date_type": DATE_TYPE,
        "enrollment_type": ENROLLMENT_TYPE,
        "allocation": ALLOCATION,
        "intervention_model": INTERVENTION_MODEL,
        "primary_purpose": PRIMARY_PURPOSE,
        "masking": MASKING,
        "who_masked": WHO_MASKED,
        "observational_model": OBSERVATIONAL_MODEL,
        "time_perspective": TIME_PERSPECTIVE,
        "sampling_method": SAMPLING_METHOD,
        "bio_spec_retention": BIO_SPEC_RETENTION,
        "contact_role": CONTACT_ROLE,
        "official_role": CONTACT_ROLE,
        "responsible_party_type": RESPONSIBLE_PARTY_TYPE,
        "ipd_sharing": IPD_SHARING,
        "ipd_info_type": IPD_INFO_TYPE,
        "identifier_type": IDENTIFIER_TYPE,
        "expanded_access_type": EXPANDED_ACCESS_TYPE,
        "reference_type": REFERENCE_TYPE,
        "outcome_kind": OUTCOME_KIND,
    }
)


def words(element: str, value: str) -> str:
    """The words (English, to be passed through gettext) for a value of a data element; the value itself if unknown."""
    return TERMS[element].get(value, value)


def is_known(element: str, value: str) -> bool:
    return value in TERMS[element]


def may_recruit(site_status: str, overall_status: str) -> bool:
    """Whether a site may take people: it is listed as recruiting, or not listed at all in a trial that recruits."""
    return site_status == OverallStatus.RECRUITING or (not site_status and overall_status == OverallStatus.RECRUITING)
