"""Every value that a patient can have in each criterion, given what is known. Never judges a trial.

More knowledge only strikes values out, so a verdict that holds for all that are left keeps holding. The exception is
two answers that do not go together: then what either says remains possible.
"""

from dataclasses import dataclass
from functools import cached_property

from trials.matching.profile import LOCOREGIONAL, PatientProfile
from trials.matching.profile_fields import PROFILE_FIELDS
from trials.matching.sentences import APART
from trials.matching.tumor_pictures import EARLY, HIGH, INTERMEDIATE, TumorPossibilities, possibilities
from trials.vocabulary.calculators.bclc import STAGES
from trials.vocabulary.calculators.child_pugh import (
    AlbuminTable,
    Ascites,
    ChildPughValues,
    Encephalopathy,
    child_pugh,
)
from trials.vocabulary.measured import PROLONGED

Value = int | str
Values = frozenset[Value]

HAD, NONE = "had", "none"
HAD_NAMED = "had_named"  # an earlier drug of a class that the sentences of the fact name
HAD_APART = "had_apart"  # an earlier drug of a class that another sentence of the criteria names
OUTSIDE, IN_BRAIN = "outside", "brain"
SCORES = frozenset(range(5, 16))
YES, NO = "yes", "no"
_ENCEPHALOPATHY = {
    "never": Encephalopathy.NONE,
    "past": Encephalopathy.NONE,
    "grade_1_2": Encephalopathy.GRADE_1_2,
    "grade_3_4": Encephalopathy.GRADE_3_4,
}


def _listed(name: str) -> Values:
    return frozenset(PROFILE_FIELDS[name].choices)


UNIVERSE: dict[str, Values] = {
    "child_pugh": frozenset(SCORES),
    "cirrhosis": frozenset({YES, NO}),
    "ecog": frozenset(range(5)),
    "bclc": frozenset(STAGES),
    "tumor_burden": frozenset({EARLY, INTERMEDIATE, HIGH}),
    "portal_vein_invasion": _listed("vessels") - {YES},
    "extrahepatic_spread": frozenset({NONE, OUTSIDE, IN_BRAIN}),
    "prior_systemic_therapy": frozenset({NONE, HAD, HAD_NAMED, HAD_APART}),
    "prior_locoregional_therapy": frozenset({NONE, HAD}),
    "liver_transplant": _listed("transplant"),
    "hepatic_encephalopathy": _listed("hepatic_encephalopathy"),
    "ascites": _listed("ascites"),
    "hbv": _listed("hbv"),
    "hcv": _listed("hcv"),
    "sex": _listed("sex"),
}


@dataclass(repr=False)
class Possible:
    """The possible values of one patient."""

    profile: PatientProfile

    def of(self, criterion: str, says: frozenset[str] = frozenset()) -> Values:
        """The values that are left, all of `universe` where nothing is known. says as the fact's."""
        return self._systemic(says) if criterion == "prior_systemic_therapy" else self._values[criterion]

    def universe(self, criterion: str, says: frozenset[str] = frozenset()) -> Values:
        return _treated(says) | {NONE} if criterion == "prior_systemic_therapy" else UNIVERSE[criterion]

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
        encephalopathy = _ENCEPHALOPATHY.get(profile.hepatic_encephalopathy or "")
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
        where: Values = frozenset({OUTSIDE, IN_BRAIN})
        if places:
            where = frozenset({IN_BRAIN if "brain" in places else OUTSIDE})
        return frozenset(value for spread in self._tumor.spread for value in (where if spread else (NONE,)))

    def _locoregional(self) -> Values:
        had = [getattr(self.profile, name) for name in LOCOREGIONAL]
        if any(had):
            return frozenset({HAD})
        return frozenset({NONE}) if all(one is False for one in had) else UNIVERSE["prior_locoregional_therapy"]

    def _systemic(self, says: frozenset[str]) -> Values:
        """What another sentence names counts more than what the fact's own name, and that more than what none does."""
        lines, classes = self.profile.systemic_lines, self.profile.systemic_classes
        if lines == 0 or (classes is not None and not classes and not lines):
            return frozenset({NONE})
        had = _treated(says)
        if classes:
            apart, named = any(f"{APART}{one}" in says for one in classes), bool(classes & says)
            had = frozenset({HAD_APART if apart else HAD_NAMED if named else HAD})
        return had if lines or classes else had | {NONE}


def _treated(says: frozenset[str]) -> Values:
    """What a treated patient can have had, when nobody knows what."""
    apart = {HAD_APART} if any(one.startswith(APART) for one in says) else set()
    named = {HAD_NAMED} if any(not one.startswith(APART) for one in says) else set()
    return frozenset({HAD, *named, *apart})
