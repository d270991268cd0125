"""The BCLC stage (2022 version) from tumour, performance status and liver function; open where parts are missing.

What is not known stays open: the result is every stage that remains possible. Never chooses a treatment, and never
stores a value. Performance status counts only as far as the cancer causes it, and end-stage liver function only where
no transplant is possible, as the strategy says; so does this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import product

from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.worded import Source, Worded

REIG = Source(
    "Reig M, Forner A, Rimola J, et al. BCLC strategy for prognosis prediction and treatment recommendation: "
    "the 2022 update. J Hepatol 2022;76:681-693.",
    "10.1016/j.jhep.2021.11.018",
)
STAGES = ("0", "A", "B", "C", "D")


class Nodules(StrEnum):
    ONE = "1"
    TWO_OR_THREE = "2-3"
    MORE = "4+"


class Largest(StrEnum):
    """The largest tumour's diameter in centimetres, in the steps that the stages need."""

    UP_TO_2 = "2"
    UP_TO_3 = "3"
    OVER_3 = "over_3"


class LiverFunction(StrEnum):
    """END_STAGE: Child-Pugh C, or what the team calls so."""

    PRESERVED = "preserved"
    END_STAGE = "end_stage"


def nodules_of(count: int) -> Nodules:
    if count < 1:
        raise ValueError("a stage needs a tumour")
    return Nodules.ONE if count == 1 else Nodules.TWO_OR_THREE if count <= 3 else Nodules.MORE


def largest_of(centimetres: float) -> Largest:
    return Largest.UP_TO_2 if centimetres <= 2 else Largest.UP_TO_3 if centimetres <= 3 else Largest.OVER_3


def liver_function_of(child_pugh_letter: str | None) -> LiverFunction | None:
    """A is preserved, C end-stage; B alone decides neither: ask the team."""
    return {"A": LiverFunction.PRESERVED, "C": LiverFunction.END_STAGE}.get(child_pugh_letter or "")


@dataclass(frozen=True, slots=True, repr=False)
class BclcValues:
    """What is known; None is not known. invasion: cancer in a large vessel; spread: outside the liver, nodes included.

    is_from_tumor: whether the cancer is what lowers the performance status. can_have_transplant matters where the
    liver function is end-stage.
    """

    nodules: Nodules | None = None
    largest: Largest | None = None
    invasion: bool | None = None
    spread: bool | None = None
    performance_status: int | None = None
    is_from_tumor: bool | None = None
    liver_function: LiverFunction | None = None
    can_have_transplant: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Bclc:
    """stages are all that remain possible; missing names what would narrow them, nothing where one is left."""

    stages: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Worded, ...]
    sources: tuple[Source, ...] = (REIG,)

    @property
    def stage(self) -> str | None:
        return self.stages[0] if len(self.stages) == 1 else None


_OPEN: dict[str, tuple[object, ...]] = {
    "nodules": tuple(Nodules),
    "largest": tuple(Largest),
    "invasion": (False, True),
    "spread": (False, True),
    "performance_status": (0, 1, 3),  # 1 stands for 1 and 2, 3 for 3 and 4
    "is_from_tumor": (False, True),
    "liver_function": tuple(LiverFunction),
    "can_have_transplant": (False, True),
}


def stage_of(known: BclcValues) -> str:
    """The stage where everything is known."""
    status = (known.performance_status or 0) if known.is_from_tumor else 0
    if status >= 3 or (known.liver_function is LiverFunction.END_STAGE and not known.can_have_transplant):
        return "D"
    if known.invasion or known.spread or status >= 1:
        return "C"
    if known.nodules is Nodules.ONE:
        return "0" if known.largest is Largest.UP_TO_2 else "A"
    if known.nodules is Nodules.TWO_OR_THREE and known.largest is not Largest.OVER_3:
        return "A"
    return "B"


def bclc(values: BclcValues) -> Bclc:
    """Every stage that what is known leaves open, and what would narrow them."""
    possible = list(_completions(values))
    stages = {stage_of(known) for known in possible}
    ordered = tuple(stage for stage in STAGES if stage in stages)
    open_names = [name for name in _OPEN if getattr(values, name) is None]
    missing = tuple(name for name in open_names if len(stages) > 1 and _decides(name, possible))
    return Bclc(ordered, missing, tuple(_steps(values)))


def _completions(values: BclcValues) -> Iterator[BclcValues]:
    choices = []
    for field in fields(values):
        known = getattr(values, field.name)
        choices.append(_OPEN[field.name] if known is None else (known,))
    return (BclcValues(*chosen) for chosen in product(*choices))


def _decides(name: str, possible: list[BclcValues]) -> bool:
    """Whether two possibilities that differ in this alone have different stages."""
    seen: dict[tuple[object, ...], str] = {}
    for known in possible:
        rest = tuple(getattr(known, field.name) for field in fields(known) if field.name != name)
        stage = stage_of(known)
        if seen.setdefault(rest, stage) != stage:
            return True
    return False


def _steps(values: BclcValues) -> Iterator[Worded]:
    """The rules that what is known touches, in the order in which they are asked."""
    status = values.performance_status
    if values.liver_function is LiverFunction.END_STAGE:
        yield Worded(_("End-stage liver function: stage D, unless a transplant is possible."))
    if status is not None and status >= 3:
        yield Worded(_("Performance status 3 or 4 because of the cancer: stage D."))
    elif status:
        yield Worded(_("Performance status 1 or 2 because of the cancer: stage C."))
    if values.invasion:
        yield Worded(_("Cancer in a large blood vessel: stage C."))
    if values.spread:
        yield Worded(_("Cancer outside the liver: stage C."))
    if values.nodules is Nodules.ONE:
        yield Worded(_("One tumour: stage 0 up to 2 cm, else stage A."))
    elif values.nodules is Nodules.TWO_OR_THREE:
        yield Worded(_("Two or three tumours: stage A where none is larger than 3 cm, else stage B."))
    elif values.nodules is Nodules.MORE:
        yield Worded(_("Four or more tumours: stage B."))
