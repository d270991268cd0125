"""Which tumours a patient can have, given what is known: from single findings to stage and burden and back.

A picture is one complete set of findings. What is known strikes pictures out; what is left of them is what stage,
burden, vessels and spread can be. A summary (BCLC, CNLC, burden) counts as far as it goes with the single findings;
where it does not, both remain possible, and `disagrees` says so. Never judges a trial.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from trials.matching.profile import PatientProfile
from trials.vocabulary.calculators.bclc import BclcValues, Largest, LiverFunction, Nodules, bclc, nodules_of

EARLY, INTERMEDIATE, HIGH = "early", "intermediate", "high"
NONE_LEFT = "0"
_UP_TO_5, _OVER_5 = "5", "over_5"
_SIZES = (Largest.UP_TO_2, Largest.UP_TO_3, _UP_TO_5, _OVER_5)
_TUMORS = tuple(product(map(str, Nodules), _SIZES))


@dataclass(frozen=True, slots=True)
class Findings:
    """nodules: "0" none left, "1", "2-3", "4+". size: of the largest, "" where none is left. status 0, 1 (or 2), 3."""

    nodules: str
    size: str
    invasion: bool
    spread: bool
    over_half: bool
    curative: bool
    status: int
    liver: LiverFunction


@dataclass(frozen=True, slots=True)
class Picture:
    """Findings with what they amount to. Where no tumour is left, the stages are those that one can have had."""

    findings: Findings
    bclc: str
    cnlc: str
    burden: str


@dataclass(frozen=True, slots=True, repr=False)
class TumorPossibilities:
    """Every value that is left. disagrees: a summary and the single findings do not go together."""

    bclc: frozenset[str]
    burden: frozenset[str]
    invasion: frozenset[bool]
    spread: frozenset[bool]
    disagrees: bool


@cache
def all_pictures() -> tuple[Picture, ...]:
    return tuple(dict.fromkeys(_pictures()))


def possibilities(profile: PatientProfile, scores: frozenset[int]) -> TumorPossibilities:
    """What the tumour can be; scores are the Child-Pugh scores that are possible."""
    found, summaries = _direct(profile, scores), _summaries(profile)
    left = [picture for picture in all_pictures() if all(holds(picture.findings) for holds in found)]
    disagrees = not left  # three small tumours that fill half of the liver: no summary beside them counts either
    left = left or list(all_pictures())
    if summaries and not disagrees:
        both = [picture for picture in left if all(holds(picture) for holds in summaries)]
        if not both:
            disagrees = True
            both = [*left, *(one for one in all_pictures() if any(holds(one) for holds in summaries))]
        left = both
    return TumorPossibilities(
        frozenset(picture.bclc for picture in left),
        frozenset(picture.burden for picture in left),
        frozenset(picture.findings.invasion for picture in left),
        frozenset(picture.findings.spread for picture in left),
        disagrees,
    )


def _direct(profile: PatientProfile, scores: frozenset[int]) -> list[Callable[[Findings], bool]]:
    """The single findings that are known, as tests of findings."""
    found: list[Callable[[Findings], bool]] = []
    if profile.tumors is not None:
        nodules = NONE_LEFT if profile.tumors == 0 else str(nodules_of(profile.tumors))
        found.append(lambda findings: findings.nodules == nodules)
    if profile.largest_cm is not None:
        size = _size_of(profile.largest_cm)
        found.append(lambda findings: findings.size == size)
    if profile.vessels is not None:
        invasion = profile.vessels != "none"
        found.append(lambda findings: findings.invasion == invasion)
    if profile.spread is not None or profile.spread_places:
        spread = profile.spread is True or bool(profile.spread_places)
        found.append(lambda findings: findings.spread == spread)
    if profile.over_half_of_liver is not None:
        over_half = profile.over_half_of_liver
        found.append(lambda findings: findings.over_half == over_half)
    if profile.curative_treatment is not None:
        curative = profile.curative_treatment
        found.append(lambda findings: findings.curative == curative)
    if profile.ecog is not None:
        status = 0 if profile.ecog == 0 else 1 if profile.ecog <= 2 else 3
        found.append(lambda findings: findings.status == status)
    livers = _livers(scores)
    if len(livers) == 1:
        found.append(lambda findings: findings.liver in livers)
    return found


def _livers(scores: frozenset[int]) -> set[LiverFunction]:
    """Child-Pugh B alone decides neither."""
    livers = {LiverFunction.PRESERVED} if min(scores) <= 9 else set()
    return livers | ({LiverFunction.END_STAGE} if max(scores) >= 7 else set())


def _size_of(centimetres: float) -> str:
    return next(size for size, most in zip(_SIZES, (2, 3, 5, 1e9), strict=True) if centimetres <= most)


def _summaries(profile: PatientProfile) -> list[Callable[[Picture], bool]]:
    summaries: list[Callable[[Picture], bool]] = []
    if profile.bclc is not None:
        summaries.append(lambda picture: picture.bclc == profile.bclc)
    if profile.cnlc is not None:
        summaries.append(lambda picture: picture.cnlc == profile.cnlc)
    if profile.tumor_burden is not None:
        summaries.append(lambda picture: picture.burden == profile.tumor_burden)
    return summaries


def _pictures() -> Iterator[Picture]:
    for findings in _all_findings():
        staged = [findings]
        if findings.nodules == NONE_LEFT:
            staged = [replace(findings, nodules=nodules, size=size) for nodules, size in _TUMORS]
        for one in staged:
            for stage, burden in product(_stages(one), _burdens(findings)):
                yield Picture(findings, stage, _cnlc(one), burden)


def _all_findings() -> Iterator[Findings]:
    either = (False, True)
    for nodules, size in [(NONE_LEFT, ""), *_TUMORS]:
        is_small = nodules == NONE_LEFT or _is_within_milan(nodules, size)
        halves = (False,) if is_small else either  # so small a tumour cannot fill half of the liver
        for rest in product(either, either, halves, either, (0, 1, 3), LiverFunction):
            yield Findings(nodules, size, *rest)


def _is_within_milan(nodules: str, size: str) -> bool:
    """One tumour up to 5 cm, or up to three of up to 3 cm."""
    if nodules == Nodules.ONE:
        return size != _OVER_5
    return nodules == Nodules.TWO_OR_THREE and size in (Largest.UP_TO_2, Largest.UP_TO_3)


def _burdens(known: Findings) -> tuple[str, ...]:
    """FACTS.md calls early also who can have surgery, ablation or a transplant, and a single tumour of any size (A)."""
    if known.invasion or known.spread or known.over_half:
        return (HIGH,)
    if known.nodules == NONE_LEFT or _is_within_milan(known.nodules, known.size):
        return (EARLY,)
    return (EARLY, INTERMEDIATE) if known.curative or known.nodules == Nodules.ONE else (INTERMEDIATE,)


def _stages(known: Findings) -> tuple[str, ...]:
    """The BCLC stages: several where it depends on what nobody was asked."""
    values = BclcValues(
        nodules=Nodules(known.nodules),
        largest=Largest(known.size) if known.size in tuple(Largest) else Largest.OVER_3,
        invasion=known.invasion,
        spread=known.spread,
        performance_status=known.status,
        liver_function=known.liver,
    )
    return bclc(values).stages


def _cnlc(known: Findings) -> str:
    if known.status == 3 or known.liver is LiverFunction.END_STAGE:
        return "IV"
    if known.spread or known.invasion:
        return "IIIb" if known.spread else "IIIa"
    if known.nodules == Nodules.ONE:
        return "Ib" if known.size == _OVER_5 else "Ia"
    if known.nodules == Nodules.MORE:
        return "IIb"
    return "Ib" if known.size in (Largest.UP_TO_2, Largest.UP_TO_3) else "IIa"
