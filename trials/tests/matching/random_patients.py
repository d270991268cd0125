"""Random profiles and facts for the tests of matching. Plain functions; never judges."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trials.matching.profile import LOCOREGIONAL, SYSTEMIC_CLASSES, AgeSpan, PatientProfile
from trials.matching.profile_fields import PROFILE_FIELDS
from trials.matching.trial_facts import Accepted, FactSeen
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.measured import measured

CLASSES = ({5, 6}, {7, 8, 9}, set(range(10, 16)), {5}, {6}, {7}, {9}, {12})
JUDGED = tuple(name for name in FACTS if name not in ("modalities", "hcc_scope"))
SAID: dict[str, Sequence[frozenset[str]]] = {
    "prior_systemic_therapy": (
        frozenset(),
        frozenset({"tki"}),
        frozenset({"checkpoint_inhibitor", "chemotherapy"}),
        frozenset({"tki", "apart:checkpoint_inhibitor"}),
        frozenset({"apart:tki", "apart:anti_vegf"}),
        frozenset({"lines"}),
        frozenset({"checkpoint_inhibitor", "anti_vegf", "all_of", "lines"}),
        frozenset({"chemotherapy", "only_named"}),
    ),
    "extrahepatic_spread": (frozenset(), frozenset({"limited"})),
    "prior_locoregional_therapy": (frozenset(), frozenset({"general"})),
    "portal_vein_invasion": (
        frozenset(),
        frozenset({"any_vessel"}),
        frozenset({"vp4"}),
        frozenset({"vp3", "vp4", "any_vessel"}),
        frozenset({"vena_cava"}),
        frozenset({"vp1_2", "hepatic_vein"}),
        frozenset({"limited"}),
        frozenset({"major", "any_vessel"}),
    ),
    "hbv": (frozenset(), frozenset({"active"})),
    "hcv": (frozenset(), frozenset({"active"})),
    "ascites": (frozenset(), frozenset({"significant"})),
}


def _listed(name: str) -> tuple[str, ...]:
    return tuple(PROFILE_FIELDS[name].choices)


def random_answer(name: str, chance: random.Random) -> Any:
    """A value that a field of the profile may have."""
    if name == "age":
        start = chance.choice((0, 17, 18, 40, 65, 66, 75, 80))
        return AgeSpan(start, start + 1)
    if name == "child_pugh":
        return frozenset(chance.choice(CLASSES))
    if name == "spread_places":
        return frozenset(chance.sample(_listed(name), k=chance.randint(1, 2)))
    if name == "systemic_classes":
        return frozenset(chance.sample(SYSTEMIC_CLASSES, k=chance.randint(0, 2)))
    if name == "measured":
        return (
            measured("bilirubin", chance.choice(("1", "2.5", "4")), "mg/dL"),
            measured("albumin", chance.choice(("4", "2.9", "2")), "g/dL"),
        )
    numbers: dict[str, tuple[Any, ...]] = {
        "ecog": (0, 1, 2, 3, 4),
        "tumors": (0, 1, 2, 3, 4, 9),
        "largest_cm": (1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 5.1, 9.0),
        "systemic_lines": (0, 1, 2),
    }
    yes_no = ("cirrhosis", "spread", "over_half_of_liver", "curative_treatment", "resection", *LOCOREGIONAL)
    if name in yes_no:
        return chance.random() < 0.5
    return chance.choice(numbers.get(name) or _listed(name))


FIELDS = (
    *("age sex cirrhosis child_pugh ascites hepatic_encephalopathy ecog vessels spread spread_places tumors".split()),
    *("largest_cm over_half_of_liver curative_treatment tumor_burden bclc cnlc transplant systemic_lines".split()),
    *("systemic_classes hbv hcv measured resection".split()),
    *LOCOREGIONAL,
)


def random_profile(chance: random.Random, share: float = 0.5) -> PatientProfile:
    """Each answer with the given chance; summaries of the tumour less often, since they seldom go together."""
    profile = PatientProfile()
    for name in FIELDS:
        rare = 0.25 if name in ("tumor_burden", "bclc", "cnlc") else 1
        if chance.random() < share * rare:
            profile = with_answer(profile, name, random_answer(name, chance))
    return profile


def with_answer(profile: PatientProfile, name: str, answer: Any) -> PatientProfile:
    """The profile with one more answer, unless it cannot be true beside another (the parser refuses it)."""
    more = replace(profile, **{name: answer})
    if more.spread is False and more.spread_places:
        return profile
    if more.tumors == 0 and more.largest_cm:
        return profile
    lines, classes = more.systemic_lines, more.systemic_classes
    return profile if (classes and lines == 0) or (lines and classes == frozenset()) else more


def random_value(name: str, chance: random.Random) -> Accepted:
    definition = FACTS[name]
    if not definition.many:
        return str(chance.choice(definition.values))
    if name == "child_pugh":
        return chance.choice(((5, 6), (5, 6, 7), (5, 6, 7, 8, 9), (7, 8, 9), (), tuple(range(5, 16)), (7,)))
    count = chance.randint(1, len(definition.values))
    chosen = chance.sample(definition.values, k=count)
    return tuple(value for value in definition.values if value in chosen)


def random_fact(name: str, chance: random.Random) -> FactSeen:
    says = chance.choice(SAID.get(name, (frozenset(),)))
    status = chance.choices(tuple(FactStatus), weights=(8, 1, 2))[0]
    by_cohort = chance.random() < 0.2
    if status is FactStatus.STATED:
        now = FactSeen(name, FactStatus.STATED, random_value(name, chance), says=says)
        changed = now if chance.random() < 0.1 else None
        return FactSeen(name, status, random_value(name, chance), (), by_cohort, says=says, read_now=changed)
    if status is FactStatus.CONTRADICTORY:
        return FactSeen(name, status, claims=tuple(random_value(name, chance) for _ in range(2)), says=says)
    return FactSeen(name, status)
