"""A naive match: makes every concrete patient that an incomplete profile can be, and asks for each whether FACTS.md
lets the trial take them. Slow, by numbers instead of sets, and written from FACTS.md alone.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from trials.matching.profile import LOCOREGIONAL, PatientProfile
from trials.matching.trial_facts import FactSeen

Patient = dict[str, Any]
Picture = tuple[str, str, str, str, str]  # stage, CNLC, burden, vessels, outside
_COUNTS, _SIZES = (0, 1, 3, 5), (2.0, 3.0, 5.0, 7.0)
_VESSELS = ("none", "vp1_2", "vp3", "vp4", "hepatic_vein", "vena_cava")
TUMOR_FACTS = ("bclc", "tumor_burden", "portal_vein_invasion", "extrahepatic_spread")


def _points(value: float, first: float, second: float) -> int:
    return 1 if value < first else 2 if value <= second else 3


def child_pugh_scores(profile: PatientProfile) -> set[int]:
    """Every total that goes with what is known."""
    any_points = {1, 2, 3}
    bilirubin, albumin, ascites, confusion = (set(any_points) for _ in range(4))
    tests = {value.analyte: value.number for value in profile.measured}
    if "bilirubin" in tests:
        bilirubin = {_points(tests["bilirubin"], 2, 3)}
    tables = [any_points, any_points]
    if "albumin" in tests:
        tables = [{3 if tests["albumin"] < low else 2 if tests["albumin"] <= 3.5 else 1} for low in (2.8, 3.0)]
    if profile.ascites:
        ascites = {{"none": 1, "slight": 2, "moderate": 3}[profile.ascites]}
    if profile.hepatic_encephalopathy:
        confusion = {{"never": 1, "past": 1, "grade_1_2": 2, "grade_3_4": 3}[profile.hepatic_encephalopathy]}
    found = set()
    for albumin in tables:
        found |= {sum(points) for points in product(bilirubin, albumin, any_points, ascites, confusion)}
    given = profile.child_pugh
    if given is None:
        return found
    return found & given or found | given


def _stage(patient: Patient, count: int, size: float) -> str:
    """FACTS.md, stage: read from D down."""
    status = patient["status"] if patient["from_tumor"] else 0
    if status >= 3 or (patient["end_stage"] and not patient["transplant_possible"]):
        return "D"
    if patient["vessels"] != "none" or patient["outside"] != "none" or status in (1, 2):
        return "C"
    if count == 1:
        return "0" if size <= 2 else "A"
    return "A" if count <= 3 and size <= 3 else "B"


def _cnlc(patient: Patient, count: int, size: float) -> str:
    if patient["status"] >= 3 or patient["end_stage"]:
        return "IV"
    if patient["outside"] != "none":
        return "IIIb"
    if patient["vessels"] != "none":
        return "IIIa"
    if count >= 4:
        return "IIb"
    if count == 1:
        return "Ia" if size <= 5 else "Ib"
    return "Ib" if size <= 3 else "IIa"


def _burdens(patient: Patient, count: int, size: float) -> set[str]:
    if patient["vessels"] != "none" or patient["outside"] != "none" or patient["over_half"]:
        return {"high"}
    in_milan = (count == 1 and size <= 5) or (count in (2, 3) and size <= 3)
    if count == 0 or in_milan:
        return {"early"}
    return {"early", "intermediate"} if count == 1 or patient["curative"] else {"intermediate"}


def _choices(known: object, every: tuple[Any, ...]) -> tuple[Any, ...]:
    return every if known is None else (known,)


def _single_findings(profile: PatientProfile, scores: set[int]) -> Iterator[Patient]:
    """Every tumour that the single findings allow."""
    told = profile.tumors
    tumors = None if told is None else {0: 0, 1: 1, 2: 3, 3: 3}.get(told, 5)
    vessels: tuple[str, ...] = tuple(v for v in _VESSELS if v != "none") if profile.vessels == "yes" else _VESSELS
    if profile.vessels is not None and profile.vessels != "yes":
        vessels = (profile.vessels,)
    outside: tuple[str, ...] = ("none", "outside", "brain")
    if profile.spread_places:
        outside = ("brain",) if "brain" in profile.spread_places else ("outside",)
    elif profile.spread is not None:
        outside = ("outside", "brain") if profile.spread else ("none",)
    ends = {end for score in scores for end in ((False,) if score <= 6 else (True,) if score >= 10 else (False, True))}
    names = ("vessels", "outside", "over_half", "curative", "status", "end_stage", "from_tumor", "transplant_possible")
    either = (False, True)
    for count in _choices(tumors, _COUNTS):
        sizes = _SIZES if profile.largest_cm is None else (profile.largest_cm,)
        if count == 0 and profile.largest_cm is not None:
            continue
        for size in sizes if count else (0.0,):
            is_small = count == 0 or (count == 1 and size <= 5) or (count == 3 and size <= 3)
            for chosen in product(
                vessels,
                outside,
                [half for half in _choices(profile.over_half_of_liver, either) if not (half and is_small)],
                _choices(profile.curative_treatment, either),
                _choices(profile.ecog, (0, 2, 4)),
                ends,
                either,
                either,
            ):
                yield {"count": count, "size": size, **dict(zip(names, chosen, strict=True))}


def _pictures(patients: Iterator[Patient]) -> Iterator[Picture]:
    """(stage, CNLC, burden, vessels, outside); a tumour that is gone can have had any number and size."""
    for patient in patients:
        for burden in _burdens(patient, patient["count"], patient["size"]):
            was = [(patient["count"], patient["size"])] if patient["count"] else product((1, 3, 5), _SIZES)
            for count, size in was:
                stage, cnlc = _stage(patient, count, size), _cnlc(patient, count, size)
                yield stage, cnlc, burden, patient["vessels"], patient["outside"]


def tumors(profile: PatientProfile) -> set[Picture]:
    """The pictures that all answers allow; those that either kind of answer allows where the two do not go together."""
    scores = child_pugh_scores(profile)
    direct = set(_pictures(_single_findings(profile, scores)))
    every = {_as_told(profile, one) for one in every_tumor()}
    if not direct:
        return every  # the single findings cannot all be true
    wanted = (profile.bclc, profile.cnlc, profile.tumor_burden)
    if not any(wanted):
        return direct
    fitting = {one for one in direct if all(not want or one[place] == want for place, want in enumerate(wanted))}
    if fitting:
        return fitting
    return direct | {one for one in every if any(want and one[place] == want for place, want in enumerate(wanted))}


def _as_told(profile: PatientProfile, picture: Picture) -> Picture:
    """The picture with the extent that was told, if there is any."""
    stage, cnlc, burden, vessels, outside = picture
    if vessels != "none" and profile.vessels is not None and profile.vessels not in ("none", "yes"):
        vessels = profile.vessels
    if outside != "none" and profile.spread_places:
        outside = "brain" if "brain" in profile.spread_places else "outside"
    return stage, cnlc, burden, vessels, outside


@cache
def every_tumor() -> frozenset[Picture]:
    return frozenset(_pictures(_single_findings(PatientProfile(), set(range(5, 16)))))


def values(profile: PatientProfile, name: str, pictures: set[Picture]) -> set[Any]:
    """Every value of a fact that a concrete patient can have."""
    if name in TUMOR_FACTS:
        place = {"bclc": 0, "tumor_burden": 2, "portal_vein_invasion": 3, "extrahepatic_spread": 4}[name]
        return {picture[place] for picture in pictures}
    if name == "child_pugh":
        cirrhosis = (True, False) if profile.cirrhosis is None else (profile.cirrhosis,)
        return set(product(child_pugh_scores(profile), cirrhosis))
    if name == "ecog":
        return set(range(5)) if profile.ecog is None else {profile.ecog}
    if name == "prior_locoregional_therapy":
        had = {any(one) for one in product(*(_choices(getattr(profile, kind), (False, True)) for kind in LOCOREGIONAL))}
        surgery = _choices(profile.resection, (False, True))
        return {"had" if one else "resected" if cut else "none" for one in had for cut in surgery}
    if name == "prior_systemic_therapy":
        return _treated(profile)
    every = {
        "liver_transplant": ("transplant", ("none", "liver", "other")),
        "hepatic_encephalopathy": ("hepatic_encephalopathy", ("never", "past", "grade_1_2", "grade_3_4")),
        "ascites": ("ascites", ("none", "slight", "moderate")),
        "hbv": ("hbv", ("none", "past", "controlled", "active")),
        "hcv": ("hcv", ("none", "cured", "active")),
    }[name]
    return set(_choices(getattr(profile, every[0]), every[1]))


def _treated(profile: PatientProfile) -> set[tuple[int, frozenset[str]]]:
    """(0, nothing) for a patient without earlier drugs, else the number of lines, 3 for more, and the classes."""
    every = ("tki", "checkpoint_inhibitor", "chemotherapy", "anti_vegf", "other")
    found = set()
    for lines in range(4):
        for chosen in product((False, True), repeat=5):
            classes = frozenset(name for name, is_chosen in zip(every, chosen, strict=True) if is_chosen)
            if bool(lines) is not bool(classes):
                continue
            if profile.systemic_lines is not None and lines != min(profile.systemic_lines, 3):
                continue
            told = profile.systemic_classes
            if told is not None and classes != told and (told or not profile.systemic_lines):
                continue
            found.add((lines, classes))
    return found


def takes(name: str, accepted: Any, says: frozenset[str], value: Any) -> bool | None:
    """FACTS.md for one concrete patient: yes, no, or not to be told from the value."""
    if name == "child_pugh":
        score, has_cirrhosis = value
        return not has_cirrhosis if accepted == () else score in accepted
    if name in ("ecog", "bclc", "tumor_burden"):
        return value in accepted
    if name == "prior_systemic_therapy":
        return _takes_treated(accepted, says, *value)
    if name == "prior_locoregional_therapy":
        if value == "resected" and "general" in says and accepted != "allowed":
            return None
        return accepted == "allowed" or (value == "had") is (accepted == "required")
    has_it = value not in ("none", "never")
    if not has_it:
        return str(accepted) != "required"
    if name == "portal_vein_invasion":
        return _takes_extent(accepted, says, value)
    if name == "extrahepatic_spread" and "limited" in says and value != "brain":
        return None
    unsure = {
        ("extrahepatic_spread", "allowed"): {"brain"},
        ("extrahepatic_spread", "required"): {"brain"},
        ("liver_transplant", "required"): {"other"},
        ("liver_transplant", "excluded"): {"other"},
        ("hepatic_encephalopathy", "allowed"): {"grade_1_2", "grade_3_4"},
        ("hepatic_encephalopathy", "excluded"): {"past"},
        ("ascites", "allowed"): {"moderate"},
        ("ascites", "excluded"): {"slight"} if "significant" in says else set(),
        ("hbv", "required"): {"past", "active"},
        ("hbv", "allowed"): {"active"},
        ("hbv", "excluded"): {"past", *({"controlled"} if "active" in says else ())},
        ("hcv", "required"): {"cured"},
        ("hcv", "allowed"): {"active"},
        ("hcv", "excluded"): {"cured"},
    }
    if value in unsure.get((name, accepted), set()):
        return None
    return str(accepted) != "excluded"


def _takes_treated(accepted: str, says: frozenset[str], lines: int, classes: frozenset[str]) -> bool | None:
    if lines == 0:
        return accepted != "required"
    own = {one for one in says if ":" not in one and one not in ("lines", "all_of", "only_named")}
    if accepted == "none":
        return None if "only_named" in says and not (own & classes) else False
    if ("lines" in says and lines > 1) or any(f"apart:{one}" in says for one in classes):
        return None
    if accepted == "allowed":
        return None if own & classes else True
    if not own:
        return True
    has_enough = all(one in classes for one in own) if "all_of" in says else any(one in classes for one in own)
    return True if has_enough else None


def _takes_extent(accepted: str, says: frozenset[str], extent: str) -> bool | None:
    """By how far into the portal vein: second branches 1, first branches 3, main trunk 4."""
    reach = {"vp1_2": 1, "vp3": 3, "vp4": 4}
    named = [one for one in says if one not in ("any_vessel", "major", "limited")]
    if accepted == "excluded":
        if extent == "vp1_2" and "major" in says:
            return None
        return False if extent in reach or "any_vessel" in says or extent in named else None
    if accepted == "allowed" and extent == "vp1_2":
        return True
    if extent not in reach:
        return True if "any_vessel" in says and not named and "limited" not in says else None
    if "limited" in says:
        return None
    if not named:
        return True
    return True if accepted == "allowed" and all(reach.get(one, 99) > reach[extent] for one in named) else None


def _answers(fact: FactSeen) -> list[Any]:
    now = _answers(fact.read_now) if fact.read_now else []
    own = {"stated": [fact.value], "contradictory": list(fact.claims)}.get(str(fact.status), [])
    return [*own, *now]


def verdict(profile: PatientProfile, fact: FactSeen, pictures: set[Picture]) -> str:
    """met, not_met or unknown, by asking for every concrete patient and every sentence."""
    answers = _answers(fact)
    left, every = values(profile, fact.name, pictures), values(PatientProfile(), fact.name, set(every_tumor()))
    if fact.name == "child_pugh" and answers:
        for place in {int(answer == ()) for answer in answers}:  # scores and cirrhosis are two things to know
            if {one[place] for one in left} == {one[place] for one in every}:
                return "unknown"
    if not answers or left == every:
        return "unknown"
    found = {takes(fact.name, answer, fact.says, value) for answer in answers for value in left}
    if found == {False}:
        return "not_met"
    return "met" if found == {True} and not fact.depends_on_cohort else "unknown"
