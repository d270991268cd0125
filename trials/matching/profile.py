"""A patient's facts, for the length of one request.

Never stored, logged, pickled or shown by repr: whoever tries to put a profile into a session, a cache or a task gets a
TypeError. None is "not known" everywhere. Never judges.
"""

from dataclasses import dataclass, fields
from typing import NoReturn

from trials.vocabulary.measured import Measured

SYSTEMIC_CLASSES = ("checkpoint_inhibitor", "tki", "anti_vegf", "chemotherapy", "other")
LOCOREGIONAL = ("ablation", "tace", "haic", "radioembolization", "radiotherapy")


@dataclass(frozen=True, slots=True)
class AgeSpan:
    """A person of a typed age is at least from years old and under below: "65" is 65 to under 66."""

    start: float
    below: float

    def __repr__(self) -> str:
        return "AgeSpan(...)"


@dataclass(frozen=True, slots=True, repr=False)
class PatientProfile:
    """What is known of one patient; the values are those of `trials.matching.profile_fields`.

    child_pugh holds every score that a given class or score leaves open. tumors is 0 where none is left after
    treatment. vessels is "yes" where the extent is not known. questioned are laboratory values that were asked back
    and not confirmed: they count as not known.
    """

    age: AgeSpan | None = None
    sex: str | None = None
    country: str | None = None
    place: str | None = None
    cirrhosis: bool | None = None
    child_pugh: frozenset[int] | None = None
    ascites: str | None = None
    hepatic_encephalopathy: str | None = None
    ecog: int | None = None
    vessels: str | None = None
    spread: bool | None = None
    spread_places: frozenset[str] = frozenset()
    tumors: int | None = None
    largest_cm: float | None = None
    over_half_of_liver: bool | None = None
    curative_treatment: bool | None = None
    tumor_burden: str | None = None
    bclc: str | None = None
    cnlc: str | None = None
    resection: bool | None = None
    ablation: bool | None = None
    tace: bool | None = None
    haic: bool | None = None
    radioembolization: bool | None = None
    radiotherapy: bool | None = None
    transplant: str | None = None
    systemic_lines: int | None = None
    systemic_classes: frozenset[str] | None = None
    hbv: str | None = None
    hcv: str | None = None
    measured: tuple[Measured, ...] = ()
    upper_limits: tuple[Measured, ...] = ()
    questioned: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "PatientProfile(...)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a patient's facts are not stored, sent or copied")

    __reduce__ = __reduce_ex__  # type: ignore[assignment]

    def __getstate__(self) -> NoReturn:
        raise TypeError("a patient's facts are not stored, sent or copied")

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, field.name) == field.default for field in fields(self))

    def value(self, analyte: str) -> Measured | None:
        """A laboratory value that counts."""
        if analyte in self.questioned:
            return None
        return next((value for value in self.measured if value.analyte == analyte), None)

    def upper_limit(self, analyte: str) -> Measured | None:
        """The laboratory's own upper limit of normal."""
        return next((value for value in self.upper_limits if value.analyte == analyte), None)
