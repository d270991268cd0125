"""Whether a trial accepts one value of a patient, by the rules of FACTS.md. Three answers; never knows a profile.

UNKNOWN is given where FACTS.md folds degrees into one value: a trial that bans only the main trunk of the portal vein
"allows" invasion, so that its words decide (`trials.matching.sentences`) whether a patient with the main trunk fits.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from trials.matching import marks
from trials.matching.judgement import Verdict
from trials.matching.marks import HEPATIC_VEIN, LIMITED, VENA_CAVA, VP1_2, VP3, VP4
from trials.matching.possible import HAD, IN_BRAIN, NO, NODES, NONE, OUTSIDE, RESECTED, Value
from trials.matching.profile import SYSTEMIC_CLASSES
from trials.matching.trial_facts import Accepted, FactSeen
from trials.vocabulary.facts import FactStatus

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
REQUIRED, ALLOWED, EXCLUDED = "required", "allowed", "excluded"
Says = frozenset[str]
Rule = Mapping[str, Mapping[Value, Verdict]]  # by the trial's value, then by the patient's

_EXTENTS = frozenset(marks.EXTENTS)

_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "portal_vein_invasion": {  # and by extent: _vessel
            REQUIRED: {NONE: NOT_MET},
            ALLOWED: {NONE: MET},
            EXCLUDED: {NONE: MET},
        },
        "extrahepatic_spread": {
            REQUIRED: {NONE: NOT_MET, NODES: MET, OUTSIDE: MET, IN_BRAIN: UNKNOWN},
            ALLOWED: {NONE: MET, NODES: MET, OUTSIDE: MET, IN_BRAIN: UNKNOWN},
            EXCLUDED: {NONE: MET, NODES: NOT_MET, OUTSIDE: NOT_MET, IN_BRAIN: NOT_MET},
        },
        "prior_locoregional_therapy": {
            NONE: {NONE: MET, RESECTED: MET, HAD: NOT_MET},
            REQUIRED: {NONE: NOT_MET, RESECTED: NOT_MET, HAD: MET},
            ALLOWED: {NONE: MET, RESECTED: MET, HAD: MET},
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
            REQUIRED: {NONE: NOT_MET, "past": UNKNOWN, "controlled": MET, "active": UNKNOWN},
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
_CLASSES = frozenset(SYSTEMIC_CLASSES)
_LISTS = frozenset({"child_pugh", "ecog", "bclc", "tumor_burden"})
JUDGED_FACTS = (*sorted(_LISTS), "prior_systemic_therapy", *_RULES)


def domain_of(fact: FactSeen, accepted: Accepted) -> str:
    """The criterion whose values a fact speaks of: a trial that takes no cirrhosis at all asks for no score."""
    return "cirrhosis" if fact.name == "child_pugh" and accepted == () else fact.name


def accepts(name: str, accepted: Accepted, says: Says, value: Value) -> Verdict:
    """Whether a trial whose fact has this value takes a patient with that value. says: its marks."""
    if name == "child_pugh" and accepted == ():
        return MET if value == NO else NOT_MET
    if name in _LISTS:
        return MET if isinstance(accepted, tuple) and value in accepted else NOT_MET
    if name == "prior_systemic_therapy":
        return _systemic(str(accepted), says, str(value))
    if name == "portal_vein_invasion" and value != NONE:
        return _vessel(str(accepted), says, value)
    if any(mark in says and value in values for mark, values in _OPEN_UNDER.get((name, str(accepted)), ())):
        return UNKNOWN
    return _RULES[name].get(str(accepted), {}).get(value, UNKNOWN)


_Open = tuple[tuple[str, frozenset[Value]], ...]
# For whom a mark leaves open what the value alone would decide
_OPEN_UNDER: Mapping[tuple[str, str], _Open] = MappingProxyType(
    {
        ("extrahepatic_spread", REQUIRED): ((LIMITED, frozenset({NODES, OUTSIDE})),),
        ("extrahepatic_spread", ALLOWED): ((LIMITED, frozenset({NODES, OUTSIDE})),),
        ("extrahepatic_spread", EXCLUDED): ((LIMITED, frozenset({NODES, OUTSIDE})),),
        ("prior_locoregional_therapy", NONE): ((marks.GENERAL, frozenset({RESECTED})),),
        ("prior_locoregional_therapy", REQUIRED): ((marks.GENERAL, frozenset({RESECTED})),),
        ("ascites", EXCLUDED): ((marks.SIGNIFICANT, frozenset({"slight"})),),
        ("hbv", EXCLUDED): ((marks.ACTIVE, frozenset({"controlled"})),),
    }
)


@lru_cache(maxsize=2**16)  # knows trials alone: the same hundred histories are asked about for every patient
def _systemic(accepted: str, says: Says, history: str) -> Verdict:
    """A class that the fact's sentences name is what is asked for, or banned among what is allowed; what another
    sentence says of a class, and how many lines are too many, nobody can tell from the names alone.
    """
    if history == NONE:
        return NOT_MET if accepted == REQUIRED else MET
    lines, _, names = history.partition(":")
    had = frozenset(names.split(","))
    named = says & _CLASSES
    if accepted == NONE:
        return UNKNOWN if marks.ONLY_NAMED in says and not had & named else NOT_MET
    if (marks.LINES in says and lines != "1") or any(f"{marks.APART}{one}" in says for one in had):
        return UNKNOWN
    if accepted == REQUIRED:
        is_enough = named <= had if marks.ALL_OF in says else bool(named & had)
        return MET if is_enough or not named else UNKNOWN
    return UNKNOWN if had & named else MET


def _vessel(accepted: str, says: Says, extent: Value) -> Verdict:
    """Whether a vessel may be invaded as far as that. An extent that is named may be what is banned.

    One that reaches less far than all that are named is taken where invasion is no more than allowed. A hepatic vein or
    the vena cava is no portal vein: only a sentence about large vessels of any kind means them.
    """
    named = says & _EXTENTS
    is_meant = extent not in (HEPATIC_VEIN, VENA_CAVA) or marks.ANY_VESSEL in says
    if accepted == EXCLUDED:
        is_small = extent == VP1_2 and marks.MAJOR in says
        return UNKNOWN if is_small or not (is_meant or extent in named) else NOT_MET
    if accepted == ALLOWED and extent == VP1_2:
        return MET
    if not is_meant:
        return UNKNOWN
    if not named:
        return UNKNOWN if LIMITED in says else MET
    less_far = {VP1_2, VP3} if extent == VP3 else {VP1_2, VP3, VP4}
    reaches_less = extent in (VP3, VP4) and not named & less_far
    return MET if accepted == ALLOWED and reaches_less and LIMITED not in says else UNKNOWN


def readings_of(fact: FactSeen) -> tuple[tuple[Accepted, Says], ...]:
    """The answers that a fact may have: several where the record contradicts itself or has changed since a review."""
    now = readings_of(fact.read_now) if fact.read_now is not None else ()
    if fact.status is FactStatus.CONTRADICTORY:
        return (*((claim, fact.says) for claim in fact.claims), *now)
    return ((fact.value, fact.says), *now) if fact.status is FactStatus.STATED else now
