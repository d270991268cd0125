"""Whether a trial accepts one value of a patient, by the rules of FACTS.md. Three answers; never knows a profile.

UNKNOWN is given where FACTS.md folds degrees into one value: a trial that bans only the main trunk of the portal vein
"allows" invasion, so that its words decide (`trials.matching.sentences`) whether a patient with the main trunk fits.
"""

from collections.abc import Mapping
from types import MappingProxyType

from trials.matching.judgement import Verdict
from trials.matching.possible import HAD, HAD_APART, HAD_NAMED, IN_BRAIN, NO, NONE, OUTSIDE, Value
from trials.matching.sentences import (
    ACTIVE,
    ANY_VESSEL,
    APART,
    HEPATIC_VEIN,
    SIGNIFICANT,
    VENA_CAVA,
    VP1_2,
    VP3,
    VP4,
)
from trials.matching.trial_facts import Accepted, FactSeen
from trials.vocabulary.facts import FactStatus

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
REQUIRED, ALLOWED, EXCLUDED = "required", "allowed", "excluded"
Says = frozenset[str]
Rule = Mapping[str, Mapping[Value, Verdict]]  # by the trial's value, then by the patient's

_EXTENTS = frozenset({VP1_2, VP3, VP4, HEPATIC_VEIN, VENA_CAVA})

_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "portal_vein_invasion": {
            REQUIRED: {NONE: NOT_MET},  # and by extent: _vessel
            ALLOWED: {NONE: MET},
            EXCLUDED: {NONE: MET, **dict.fromkeys(_EXTENTS, NOT_MET)},
        },
        "extrahepatic_spread": {
            REQUIRED: {NONE: NOT_MET, OUTSIDE: MET, IN_BRAIN: UNKNOWN},
            ALLOWED: {NONE: MET, OUTSIDE: MET, IN_BRAIN: UNKNOWN},
            EXCLUDED: {NONE: MET, OUTSIDE: NOT_MET, IN_BRAIN: NOT_MET},
        },
        "prior_locoregional_therapy": {
            NONE: {NONE: MET, HAD: NOT_MET},
            REQUIRED: {NONE: NOT_MET, HAD: MET},
            ALLOWED: {NONE: MET, HAD: MET},
        },
        "liver_transplant": {
            REQUIRED: {NONE: NOT_MET, "liver": MET, "other": UNKNOWN},
            ALLOWED: {NONE: MET, "liver": MET, "other": MET},
            EXCLUDED: {NONE: MET, "liver": NOT_MET, "other": UNKNOWN},
        },
        "hepatic_encephalopathy": {
            ALLOWED: {"never": MET, "past": MET, "grade_1_2": UNKNOWN, "grade_3_4": UNKNOWN},
            EXCLUDED: {"never": MET, "past": UNKNOWN, "grade_1_2": NOT_MET, "grade_3_4": NOT_MET},
        },
        "ascites": {
            ALLOWED: {NONE: MET, "slight": MET, "moderate": UNKNOWN},
            EXCLUDED: {NONE: MET, "slight": NOT_MET, "moderate": NOT_MET},
        },
        "hbv": {
            REQUIRED: {NONE: NOT_MET, "past": UNKNOWN, "controlled": MET, "active": MET},
            ALLOWED: {NONE: MET, "past": MET, "controlled": MET, "active": UNKNOWN},
            EXCLUDED: {NONE: MET, "past": UNKNOWN, "controlled": NOT_MET, "active": NOT_MET},
        },
        "hcv": {
            REQUIRED: {NONE: NOT_MET, "cured": UNKNOWN, "active": MET},
            ALLOWED: {NONE: MET, "cured": MET, "active": UNKNOWN},
            EXCLUDED: {NONE: MET, "cured": UNKNOWN, "active": NOT_MET},
        },
    }
)
_LISTS = frozenset({"child_pugh", "ecog", "bclc", "tumor_burden"})
JUDGED_FACTS = (*sorted(_LISTS), "prior_systemic_therapy", *_RULES)


def domain_of(fact: FactSeen, accepted: Accepted) -> str:
    """The criterion whose values a fact speaks of: a trial that takes no cirrhosis at all asks for no score."""
    return "cirrhosis" if fact.name == "child_pugh" and accepted == () else fact.name


def accepts(name: str, accepted: Accepted, says: Says, value: Value) -> Verdict:
    """Whether a trial whose fact has this value takes a patient with that value."""
    if name == "child_pugh" and accepted == ():
        return MET if value == NO else NOT_MET
    if name in _LISTS:
        return MET if isinstance(accepted, tuple) and value in accepted else NOT_MET
    if name == "prior_systemic_therapy":
        return _systemic(str(accepted), says, value)
    if name == "portal_vein_invasion" and value != NONE and accepted in (REQUIRED, ALLOWED):
        return _vessel(str(accepted), says, value)
    if name == "ascites" and accepted == EXCLUDED and value == "slight" and SIGNIFICANT in says:
        return UNKNOWN
    if name == "hbv" and accepted == EXCLUDED and value == "controlled" and ACTIVE in says:
        return UNKNOWN
    return _RULES[name].get(str(accepted), {}).get(value, UNKNOWN)


def _systemic(accepted: str, says: Says, value: Value) -> Verdict:
    """A class that the fact's sentences name is what is asked for, or banned among what is allowed; what another
    sentence says of a class nobody can tell from its name alone.
    """
    if accepted == NONE:
        return MET if value == NONE else NOT_MET
    if value == HAD_APART:
        return UNKNOWN
    if accepted == REQUIRED:
        is_class_asked = any(not one.startswith(APART) for one in says)
        return NOT_MET if value == NONE else MET if value == HAD_NAMED or not is_class_asked else UNKNOWN
    return UNKNOWN if value == HAD_NAMED else MET


def _vessel(accepted: str, says: Says, extent: Value) -> Verdict:
    """Whether a vessel may be invaded as far as that. An extent that is named may be what is banned.

    One that reaches less far than all that are named is taken where invasion is no more than allowed. A hepatic vein or
    the vena cava is no portal vein: only a sentence about large vessels of any kind means them.
    """
    if accepted == ALLOWED and extent == VP1_2:
        return MET
    named = says & _EXTENTS
    if extent in (HEPATIC_VEIN, VENA_CAVA):
        return MET if ANY_VESSEL in says and not named else UNKNOWN
    less_far = {VP1_2, VP3} if extent == VP3 else {VP1_2, VP3, VP4}
    return MET if not named or (accepted == ALLOWED and not named & less_far) else UNKNOWN


def readings_of(fact: FactSeen) -> tuple[tuple[Accepted, Says], ...]:
    """The answers that a fact may have: several where the record contradicts itself or has changed since a review."""
    now = readings_of(fact.read_now) if fact.read_now is not None else ()
    if fact.status is FactStatus.CONTRADICTORY:
        return (*((claim, fact.says) for claim in fact.claims), *now)
    return ((fact.value, fact.says), *now) if fact.status is FactStatus.STATED else now
