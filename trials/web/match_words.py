"""A judged criterion in words: what the trial takes, what was answered, and why that fits, does not, or is not known.

Whole sentences for every reason, so that each language can order them its own way. Pure; never keeps an answer.
"""

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from trials.matching.judgement import CriterionJudgement, Why
from trials.matching.profile import PatientProfile
from trials.matching.profile_fields import PROFILE_FIELDS, WITH_UPPER_LIMIT
from trials.models import FactInForce
from trials.vocabulary.doubts import limit_doubts
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.messages import gettext_noop
from trials.web.fact_words import child_pugh_words, claimed_words, fact_words
from trials.web.match_limits import accepted_ages, accepted_limit, given_age, given_value
from trials.web.word_lists import all_of, any_of, one_after_another

# Of facts, limits and ages alike; %(accepted)s is what the trial takes, %(yours)s what was answered
_REASONS: Mapping[Why, str] = MappingProxyType(
    {
        Why.RECORD_SILENT: gettext_noop("The record does not say. Ask the team."),
        Why.PATIENT_UNKNOWN: gettext_noop("The trial says: %(accepted)s. You have not answered this."),
        Why.FITS: gettext_noop("The trial says: %(accepted)s. Your answer: %(yours)s."),
        Why.DOES_NOT_FIT: gettext_noop("The trial says: %(accepted)s. Your answer: %(yours)s."),
        Why.RECORD_CONTRADICTS: gettext_noop("The record says two things: %(claims)s. Ask the team."),
        Why.RECORD_CHANGED: gettext_noop(
            "A person checked it as: %(accepted)s. The record has changed since. Ask the team."
        ),
        Why.COHORTS_DIFFER: gettext_noop(
            "Some groups (cohorts) of the trial take: %(accepted)s. Your answer: %(yours)s. Ask which groups are open."
        ),
        Why.EXTENT_COUNTS: gettext_noop(
            "The trial says: %(accepted)s. Your answer: %(yours)s. How far or which kind decides. Ask the team."
        ),
        Why.PATIENT_PARTLY_KNOWN: gettext_noop(
            "The trial says: %(accepted)s. By your answers it can be: %(yours)s. That leaves it open."
        ),
        Why.ANSWERS_DISAGREE: gettext_noop(
            "The trial says: %(accepted)s. Two of your answers do not go together here. Please look at them again."
        ),
        Why.UPPER_LIMIT_NEEDED: gettext_noop(
            "The trial says: %(accepted)s. Your answer: %(yours)s. The upper limit of your laboratory is missing."
        ),
        Why.LIMIT_DOUBTFUL: gettext_noop(
            "The number in the record looks odd: a sign or a unit may be missing. Read the sentence and ask the team."
        ),
        Why.OTHER_LIMIT_MAY_DO: gettext_noop(
            "The trial says: %(accepted)s. Your answer: %(yours)s. The sentence names another limit that may do "
            "instead. Ask the team."
        ),
        Why.NEAR_LIMIT: gettext_noop(
            "The trial says: %(accepted)s. Your answer: %(yours)s. That is so near that rounding decides. Ask the team."
        ),
        Why.VALUE_QUESTIONED: gettext_noop(
            "The trial says: %(accepted)s. Your answer is unusual: confirm it, or it does not count."
        ),
        Why.HEALTHY_TOO: gettext_noop("The trial takes healthy people too. Ask which group is open to you."),
    }
)
_MOST_ANSWERS = 4096
_SEXES: Mapping[str, str] = MappingProxyType(
    {"ALL": gettext_noop("Everybody"), "FEMALE": gettext_noop("Women"), "MALE": gettext_noop("Men")}
)
_HAD_OR_NOT = {
    "none": gettext_noop("None so far"),
    "had": gettext_noop("At least one"),
    "resected": gettext_noop("Surgery alone"),
}
_VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "portal_vein_invasion": PROFILE_FIELDS["vessels"].choices,
        "liver_transplant": PROFILE_FIELDS["transplant"].choices,
        "extrahepatic_spread": {
            "none": gettext_noop("No"),
            "nodes": gettext_noop("Yes, in lymph nodes alone"),
            "outside": gettext_noop("Yes, not in the brain"),
            "brain": gettext_noop("Yes, in the brain or spinal cord"),
        },
        "prior_locoregional_therapy": _HAD_OR_NOT,
        "tumor_burden": FACTS["tumor_burden"].labels,
        "cirrhosis": PROFILE_FIELDS["cirrhosis"].choices,
    }
)


@sensitive_variables()
def reason(judged: CriterionJudgement, profile: PatientProfile) -> str:
    """Why the verdict is what it is, in one or two short sentences."""
    if judged.why is Why.UPPER_LIMIT_NEEDED and judged.name.partition(":")[0] not in WITH_UPPER_LIMIT:
        text = _("The trial says: %(accepted)s. Ask the team, this cannot be compared here.")
        return text % {"accepted": _accepted(judged, profile)}
    said = {"accepted": _accepted(judged, profile), "yours": _yours(judged, profile), "claims": _claims(judged)}
    if judged.why is Why.LIMIT_DOUBTFUL and (doubt := _doubt(judged)):
        return _("The trial says: %(accepted)s. %(doubt)s Read the sentence and ask the team.") % {
            **said,
            "doubt": doubt,
        }
    return gettext(_REASONS[judged.why]) % said


def _doubt(judged: CriterionJudgement) -> str:
    """The strongest doubt about the number in the record, as a sentence."""
    codes = judged.parameters.get("doubts")
    doubts = limit_doubts(codes) if isinstance(codes, tuple) else []
    return gettext(doubts[0].note) if doubts else ""


def criterion_words(name: str) -> tuple[str, str]:
    """What a criterion is about: in plain words, and the clinical term where that is another."""
    if ":" in name:
        return gettext(PROFILE_FIELDS[name.partition(":")[0]].words), ""
    if name in FACTS:
        plain, clinical = gettext(FACTS[name].plain), gettext(FACTS[name].clinical)
        return (clinical, "") if plain in clinical else (plain, clinical)
    own = {"age": _("Age"), "sex": _("Sex"), "healthy_volunteers": _("Healthy people")}
    return own[name], ""


def _accepted(judged: CriterionJudgement, profile: PatientProfile) -> str:
    """What the trial takes."""
    said = judged.parameters
    if judged.name == "age":
        return accepted_ages(said)
    if judged.name == "sex":
        words = _SEXES.get(str(said.get("accepted")))
        return gettext(words) if words else _("not stated")
    if ":" in judged.name:
        return accepted_limit(judged.name.partition(":")[0], said, profile)
    if judged.name not in FACTS:
        return ""
    return _fact_answer(judged.name, said.get("accepted"))


def _fact_answer(name: str, value: object) -> str:
    if value is None:
        return _("several things")
    return _words_of(name, value, get_language() or "en")


@lru_cache(maxsize=_MOST_ANSWERS)
def _words_of(name: str, value: Hashable, _language: str) -> str:
    """What trials say, never what a patient does, and many say the same: found once for each language."""
    given = list(value) if isinstance(value, tuple) else value
    return fact_words(FactInForce(name=name, status=FactStatus.STATED, value=given)).answer


def _claims(judged: CriterionJudgement) -> str:
    claims = judged.parameters.get("claims")
    if not isinstance(claims, tuple):
        return ""
    return claimed_words(_fact_answer(judged.name, claim) for claim in claims)


def _yours(judged: CriterionJudgement, profile: PatientProfile) -> str:
    """What was answered, or what the answers together leave possible."""
    if judged.name == "age":
        return given_age(profile)
    if judged.name == "sex":
        words = PROFILE_FIELDS["sex"].choices.get(profile.sex or "")
        return gettext(words) if words else _("not known")
    if ":" in judged.name:
        return given_value(judged.name.partition(":")[0], profile)
    left = judged.parameters.get("patient")
    if not isinstance(left, Mapping):
        return _("not known")
    if judged.name == "portal_vein_invasion" and profile.vessels:
        extents = PROFILE_FIELDS["vessels"].choices
        return gettext(extents[profile.vessels])  # what was told, whatever else is possible
    if judged.name == "prior_systemic_therapy":
        return _treated(left.get(judged.name, ()), profile)
    return one_after_another(_possible(domain, values) for domain, values in left.items() if values) or _("not known")


@sensitive_variables()
def _treated(histories: Sequence[str], profile: PatientProfile) -> str:
    """Earlier drugs as they were told; histories are what they leave possible."""
    untreated, treated = _HAD_OR_NOT["none"], _HAD_OR_NOT["had"]
    if "none" in histories:
        return any_of(gettext(words) for words in ((untreated, treated) if len(histories) > 1 else (untreated,)))
    told = []
    if lines := profile.systemic_lines:
        told.append(ngettext("%(count)d line of drugs", "%(count)d lines of drugs", lines) % {"count": lines})
    if profile.systemic_classes:
        words = PROFILE_FIELDS["systemic_classes"].choices
        told.append(all_of(gettext(words[name]) for name in words if name in profile.systemic_classes))
    return one_after_another(told) or gettext(treated)


def _possible(domain: str, values: Sequence[int | str]) -> str:
    if domain == "child_pugh":
        return child_pugh_words([int(value) for value in values])
    words = _VALUES.get(domain) or PROFILE_FIELDS[domain].choices
    labels = [gettext(words.get(str(value), str(value))) for value in values]
    if domain == "ecog":
        labels = [
            _("%(score)s (%(words)s)") % {"score": value, "words": label}
            for value, label in zip(values, labels, strict=True)
        ]
    if domain == "cirrhosis":
        return _("cirrhosis: %(answer)s") % {"answer": any_of(labels)}
    return any_of(labels)
