"""Every value that a patient can have in each criterion, given what is known. Never judges a trial.

More knowledge only strikes values out, so a verdict that holds for all that are left keeps holding. The exception is
two answers that do not go together: then what either says remains possible.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from trials.matching.profile import LOCOREGIONAL, SYSTEMIC_CLASSES, PatientProfile
from trials.matching.profile_fields import PROFILE_FIELDS
from trials.matching.tumor_pictures import EARLY, HIGH, INTERMEDIATE, TumorPossibilities, possibilities
from trials.vocabulary.calculators.bclc import STAGES
from trials.vocabulary.calculators.child_pugh import (
    ENCEPHALOPATHY_ANSWERED,
    AlbuminTable,
    Ascites,
    ChildPughValues,
    child_pugh,
)
from trials.vocabulary.measured import PROLONGED

Value = int | str
Values = frozenset[Value]

HAD, NONE = "had", "none"
RESECTED = "resected"  # surgery and no other local treatment
NODES, OUTSIDE, IN_BRAIN = "nodes", "outside", "brain"  # outside: somewhere else than in lymph nodes alone
SCORES = frozenset(range(5, 16))
YES, NO = "yes", "no"
MANY_LINES = 3  # and more
# Every history of drugs: "none", or the number of lines with the classes: "2:checkpoint_inhibitor,tki"
TREATED = frozenset(
    f"{lines}:{','.join(classes)}"
    for lines in range(1, MANY_LINES + 1)
    for number in range(1, len(SYSTEMIC_CLASSES) + 1)
    for classes in combinations(sorted(SYSTEMIC_CLASSES), number)
)


def _listed(name: str) -> Values:
    return frozenset(PROFILE_FIELDS[name].choices)


UNIVERSE: dict[str, Values] = {
    "child_pugh": frozenset(SCORES),
    "cirrhosis": frozenset({YES, NO}),
    "ecog": frozenset(range(5)),
    "bclc": frozenset(STAGES),
    "tumor_burden": frozenset({EARLY, INTERMEDIATE, HIGH}),
    "portal_vein_invasion": _listed("vessels") - {YES},
    "extrahepatic_spread": frozenset({NONE, NODES, OUTSIDE, IN_BRAIN}),
    "prior_systemic_therapy": TREATED | {NONE},
    "prior_locoregional_therapy": frozenset({NONE, RESECTED, HAD}),
    "liver_transplant": _listed("transplant"),
    "hepatic_encephalopathy": _listed("hepatic_encephalopathy"),
    "ascites": _listed("ascites"),
    "hbv": _listed("hbv"),
    "hcv": _listed("hcv"),
    "sex": _listed("sex"),
}

_TUMOR = ("tumors", "largest_cm", "vessels", "spread", "spread_places", "over_half_of_liver", "curative_treatment")
_STAGES = ("bclc", "cnlc", "tumor_burden")
_BEARING = {
    "tumor_burden": (*_TUMOR, *_STAGES),
    "bclc": (*_TUMOR, *_STAGES),
    "portal_vein_invasion": ("vessels", *_STAGES),
    "extrahepatic_spread": ("spread", "spread_places", *_STAGES),
    "prior_locoregional_therapy": (*LOCOREGIONAL, "resection"),
    "prior_systemic_therapy": ("systemic_lines", "systemic_classes"),
}


@dataclass(repr=False)
class Possible:
    """The possible values of one patient."""

    profile: PatientProfile

    def of(self, criterion: str) -> Values:
        """The values that are left, all of `UNIVERSE` where nothing is known."""
        return self._values[criterion]

    def is_answered(self, criterion: str) -> bool:
        """Whether any answer bears on it, even if it leaves everything open."""
        answers = (getattr(self.profile, name) for name in _BEARING.get(criterion, ()))
        return any(answer is not None and answer != frozenset() for answer in answers)

    @property
    def disagreeing(self) -> frozenset[str]:
        """The criteria for which two answers do not go together."""
        tumor = ("bclc", "tumor_burden", "portal_vein_invasion", "extrahepatic_spread")
        liver = {"child_pugh"} if self._child_pugh[1] else set()
        return frozenset({*(tumor if self._tumor.disagrees else ()), *liver})

    @cached_property
    def _values(self) -> dict[str, Values]:
        profile = self.profile
        given: dict[str, Value | None] = {
            "cirrhosis": None if profile.cirrhosis is None else YES if profile.cirrhosis else NO,
            "ecog": profile.ecog,
            "liver_transplant": profile.transplant,
            "hepatic_encephalopathy": profile.hepatic_encephalopathy,
            "ascites": profile.ascites,
            "hbv": profile.hbv,
            "hcv": profile.hcv,
            "sex": profile.sex,
        }
        values = {name: UNIVERSE[name] if value is None else frozenset({value}) for name, value in given.items()}
        return values | {
            "child_pugh": frozenset(self._child_pugh[0]),
            "bclc": frozenset(self._tumor.bclc),
            "tumor_burden": frozenset(self._tumor.burden),
            "portal_vein_invasion": self._vessels(),
            "extrahepatic_spread": self._spread(),
            "prior_locoregional_therapy": self._locoregional(),
            "prior_systemic_therapy": self._systemic(),
        }

    @cached_property
    def _child_pugh(self) -> tuple[frozenset[int], bool]:
        """The scores that class or score and the five values leave, and whether the two disagree."""
        given = self.profile.child_pugh
        computed = self._computed_scores()
        if given is None or computed is None:
            return given or computed or SCORES, False
        return (given & computed, False) if given & computed else (given | computed, True)

    def _computed_scores(self) -> frozenset[int] | None:
        """By either table of albumin, since nobody knows which one a trial's team uses."""
        profile = self.profile
        ascites = Ascites(profile.ascites) if profile.ascites else None
        encephalopathy = ENCEPHALOPATHY_ANSWERED.get(profile.hepatic_encephalopathy or "")
        measured = [profile.value(name) for name in ("bilirubin", "albumin", "inr", PROLONGED)]
        if not any((*measured, ascites, encephalopathy)):
            return None
        bilirubin, albumin, inr, prolonged = measured
        scores: set[int] = set()
        for table in AlbuminTable:
            scores.update(
                child_pugh(ChildPughValues(bilirubin, albumin, inr, prolonged, ascites, encephalopathy, table)).scores
            )
        return frozenset(scores)

    @cached_property
    def _tumor(self) -> TumorPossibilities:
        return possibilities(self.profile, self._child_pugh[0])

    def _vessels(self) -> Values:
        extent = self.profile.vessels
        extents = UNIVERSE["portal_vein_invasion"] - {NONE}
        if extent is not None and extent not in (NONE, YES):
            extents = frozenset({extent})
        return frozenset(value for invasion in self._tumor.invasion for value in (extents if invasion else (NONE,)))

    def _spread(self) -> Values:
        places = self.profile.spread_places
        where: Values = frozenset({NODES, OUTSIDE, IN_BRAIN})
        if places:
            where = frozenset({IN_BRAIN if "brain" in places else NODES if places == {NODES} else OUTSIDE})
        return frozenset(value for spread in self._tumor.spread for value in (where if spread else (NONE,)))

    def _locoregional(self) -> Values:
        had = [getattr(self.profile, name) for name in LOCOREGIONAL]
        surgery = self.profile.resection
        if any(had):
            return frozenset({HAD})
        without: Values = frozenset({NONE, RESECTED} if surgery is None else {RESECTED if surgery else NONE})
        return without if all(one is False for one in had) else without | {HAD}

    def _systemic(self) -> Values:
        lines, classes = self.profile.systemic_lines, self.profile.systemic_classes
        if lines == 0 or (classes is not None and not classes and not lines):
            return frozenset({NONE})
        had = {value for value in TREATED if lines is None or value.startswith(f"{min(lines, MANY_LINES)}:")}
        if classes:
            had = {value for value in had if value.partition(":")[2] == ",".join(sorted(classes))}
        return frozenset(had if lines or classes else had | {NONE})
