"""A trial as schema.org's MedicalTrial, for search engines: a block of data in the page. Never names a person.

The block is no script: browsers do not run it and the content security policy does not apply to it. Every "<", ">" and
"&" in it is written as an escape of JSON, so that no published text can end it.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from trials.models import Site, Trial
from trials.registry.values import study_url, unescape
from trials.vocabulary.countries import country_name
from trials.vocabulary.registry_terms import OverallStatus, StudyType

# schema.org's enumerations (version 29, 2026); what has no counterpart there is left out
_STATUS = {
    OverallStatus.RECRUITING: "Recruiting",
    OverallStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    OverallStatus.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    OverallStatus.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    OverallStatus.COMPLETED: "Completed",
    OverallStatus.SUSPENDED: "Suspended",
    OverallStatus.TERMINATED: "Terminated",
    OverallStatus.WITHDRAWN: "Withdrawn",
}
_PERSONS = {"INDIV"}  # a lead sponsor of this class is a person
_MOST_PLACES = 300
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_ld(trial: Trial, page_url: str) -> SafeString:
    """The text of the block, safe between the tags of a script element."""
    text = json.dumps(medical_trial(trial, page_url), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  # no sign is left that HTML knows


def medical_trial(trial: Trial, page_url: str) -> dict[str, Any]:
    """Fields that the record fills; the sites are at hand. Nothing is said that the record does not say."""
    is_observational = trial.study_type == StudyType.OBSERVATIONAL
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalObservationalStudy" if is_observational else "MedicalTrial",
        "@id": page_url,
        "url": page_url,
        "name": unescape(trial.brief_title or trial.official_title or trial.nct_id),
        "alternateName": _filled(
            [unescape(trial.official_title) if trial.brief_title else "", unescape(trial.acronym)]
        ),
        "identifier": {"@type": "PropertyValue", "propertyID": "ClinicalTrials.gov", "value": trial.nct_id},
        "sameAs": study_url(trial.nct_id),
        "status": _status(trial),
        "phase": None if is_observational else _phases(trial),
        "studySubject": [{"@type": "MedicalCondition", "name": unescape(name)} for name in trial.conditions],
        "studyLocation": [_place(site) for site in list(trial.sites.all())[:_MOST_PLACES]],
        "sponsor": _sponsor(trial),
        "description": unescape(trial.brief_summary),
    }
    return {name: value for name, value in said.items() if value}


def _filled(texts: list[str]) -> list[str]:
    return [text for text in texts if text]


def _status(trial: Trial) -> str | None:
    known = {str(status): name for status, name in _STATUS.items()}.get(trial.overall_status)
    return f"https://schema.org/{known}" if known else None


def _phases(trial: Trial) -> list[str]:
    return [phase for phase in trial.phases if phase != "NA"]


def _sponsor(trial: Trial) -> dict[str, str] | None:
    if not trial.lead_sponsor_name or trial.lead_sponsor_class in _PERSONS:
        return None
    return {"@type": "Organization", "name": unescape(trial.lead_sponsor_name)}


def _place(site: Site) -> dict[str, Any]:
    """A hospital and its town; who works there is not said."""
    country = country_name(site.country_code) if site.country_code else site.country
    address = {
        "addressLocality": unescape(site.city),
        "addressRegion": site.state,
        "addressCountry": site.country_code or country,
    }
    filled = {name: value for name, value in address.items() if value}
    name = unescape(site.facility) or ", ".join(_filled([unescape(site.city), site.state, country]))
    place: dict[str, Any] = {"@type": "Place"}
    if name:
        place["name"] = name
    if filled:
        place["address"] = {"@type": "PostalAddress", **filled}
    return place
