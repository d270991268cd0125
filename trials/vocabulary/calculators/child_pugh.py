"""The Child-Pugh score by its published tables, in both unit systems, also where some of the five values are not known.

Not for primary biliary cholangitis or primary sclerosing cholangitis: their modified points for bilirubin are left out.
Never stores a value. A value exactly on a boundary has two points: the tables print "2 to 3" in the middle column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from trials.vocabulary.facts import child_pugh_class
from trials.vocabulary.measured import PATIENT_VALUES, UMOL_IN_MG_OF_BILIRUBIN, Measured, questions_about
from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.worded import Question, Source, Worded

PUGH = Source(
    "Pugh RN, Murray-Lyon IM, Dawson JL, Pietroni MC, Williams R. Transection of the oesophagus for bleeding "
    "oesophageal varices. Br J Surg 1973;60:646-649.",
    "10.1002/bjs.1800600817",
)
CHILD_TURCOTTE = Source(
    "Child CG, Turcotte JG. Surgery and portal hypertension. In: The liver and portal hypertension. "
    "Philadelphia: Saunders; 1964:50-58."
)
WITH_INR = Source("MSD Manual Professional. Child-Turcotte-Pugh scoring system (table, 2023): INR and SI units.")


class AlbuminTable(StrEnum):
    """Where the middle column of albumin ends: Pugh's 2.8 g/dL, or the older 3.0 g/dL that some textbooks keep."""

    PUGH_2_8 = "2.8"
    CHILD_TURCOTTE_3_0 = "3.0"


class Ascites(StrEnum):
    NONE = "none"
    SLIGHT = "slight"
    MODERATE = "moderate"


class Encephalopathy(StrEnum):
    NONE = "none"
    GRADE_1_2 = "grade_1_2"
    GRADE_3_4 = "grade_3_4"


# What is answered about `hepatic_encephalopathy`; what is over counts no points
ENCEPHALOPATHY_ANSWERED: Mapping[str, Encephalopathy] = MappingProxyType(
    {
        "never": Encephalopathy.NONE,
        "past": Encephalopathy.NONE,
        "grade_1_2": Encephalopathy.GRADE_1_2,
        "grade_3_4": Encephalopathy.GRADE_3_4,
    }
)

ASCITES_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Ascites.NONE: _("No ascites"),
        Ascites.SLIGHT: _("Slight, or controlled by medicine"),
        Ascites.MODERATE: _("Moderate or more, in spite of medicine"),
    }
)
ENCEPHALOPATHY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Encephalopathy.NONE: _("No encephalopathy"),
        Encephalopathy.GRADE_1_2: _("Grade 1 or 2"),
        Encephalopathy.GRADE_3_4: _("Grade 3 or 4"),
    }
)
NOT_FOR = _("Not for primary biliary cholangitis or primary sclerosing cholangitis, which have other bilirubin limits.")
UNKNOWN_POINTS = (1, 2, 3)

# (end of the first column, end of the middle one), as published for the unit
BILIRUBIN_BANDS: Mapping[str, tuple[float, float]] = MappingProxyType({"mg/dL": (2.0, 3.0), "µmol/L": (34.0, 51.0)})
ALBUMIN_BANDS: Mapping[tuple[str, str], tuple[float, float]] = MappingProxyType(
    {
        (AlbuminTable.PUGH_2_8, "g/dL"): (3.5, 2.8),
        (AlbuminTable.PUGH_2_8, "g/L"): (35.0, 28.0),
        (AlbuminTable.CHILD_TURCOTTE_3_0, "g/dL"): (3.5, 3.0),
        (AlbuminTable.CHILD_TURCOTTE_3_0, "g/L"): (35.0, 30.0),
    }
)
INR_BAND = (1.7, 2.3)
PROLONGED_BAND = (4.0, 6.0)


@dataclass(frozen=True, slots=True, repr=False)
class ChildPughValues:
    """What is known of a patient. Either INR or seconds; where both are given the INR counts."""

    bilirubin: Measured | None = None
    albumin: Measured | None = None
    inr: Measured | None = None
    prothrombin_prolonged: Measured | None = None
    ascites: Ascites | None = None
    encephalopathy: Encephalopathy | None = None
    albumin_table: AlbuminTable = AlbuminTable.PUGH_2_8


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One of the five values: the points that it can have, and the step in words."""

    name: str
    label: str
    points: tuple[int, ...]
    step: Worded


@dataclass(frozen=True, slots=True, repr=False)
class ChildPugh:
    """scores are all that are possible, one if all five values are known; missing names the values that are not."""

    parts: tuple[Part, ...]
    scores: tuple[int, ...]
    missing: tuple[str, ...]
    questions: tuple[Question, ...]
    notes: tuple[Worded, ...]
    sources: tuple[Source, ...]

    @property
    def score(self) -> int | None:
        return self.scores[0] if len(self.scores) == 1 else None

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(child_pugh_class(score) for score in self.scores))

    @property
    def letter(self) -> str | None:
        return self.classes[0] if len(self.classes) == 1 else None


def child_pugh(values: ChildPughValues) -> ChildPugh:
    """Score and class, or the range in which they lie. Ask `questions` back before the class is shown as a result."""
    clotting = values.inr or values.prothrombin_prolonged
    parts = (
        _measured_part("bilirubin", values.bilirubin, _bilirubin_points(values.bilirubin)),
        _measured_part("albumin", values.albumin, _albumin_points(values.albumin, values.albumin_table)),
        _measured_part("inr", clotting, _clotting_points(clotting)),
        _chosen_part("ascites", _("Ascites"), values.ascites, ASCITES_WORDS),
        _chosen_part("encephalopathy", _("Encephalopathy"), values.encephalopathy, ENCEPHALOPATHY_WORDS),
    )
    lowest, highest = (sum(pick(part.points) for part in parts) for pick in (min, max))
    given = [value for value in (values.bilirubin, values.albumin, clotting) if value is not None]
    sources = [PUGH]
    if values.albumin_table is AlbuminTable.CHILD_TURCOTTE_3_0:
        sources.append(CHILD_TURCOTTE)
    if any(value.analyte == "inr" or value.unit in ("µmol/L", "g/L") for value in given):
        sources.append(WITH_INR)
    return ChildPugh(
        parts=parts,
        scores=tuple(range(lowest, highest + 1)),
        missing=tuple(part.name for part in parts if part.points == UNKNOWN_POINTS),
        questions=tuple(question for value in given for question in questions_about(value)),
        notes=tuple(_notes(values, clotting)),
        sources=tuple(sources),
    )


def _rising(number: float, band: tuple[float, float]) -> int:
    return 1 if number < band[0] else 2 if number <= band[1] else 3


def _falling(number: float, band: tuple[float, float]) -> int:
    return 1 if number > band[0] else 2 if number >= band[1] else 3


def _bilirubin_points(value: Measured | None) -> int | None:
    return None if value is None else _rising(value.number, BILIRUBIN_BANDS[value.unit])


def _albumin_points(value: Measured | None, table: AlbuminTable) -> int | None:
    return None if value is None else _falling(value.number, ALBUMIN_BANDS[table, value.unit])


def _clotting_points(value: Measured | None) -> int | None:
    if value is None:
        return None
    return _rising(value.number, INR_BAND if value.analyte == "inr" else PROLONGED_BAND)


def _measured_part(name: str, value: Measured | None, points: int | None) -> Part:
    label = PATIENT_VALUES[value.analyte if value else name].words
    if value is None or points is None:
        return _unknown_part(name, label)
    said = {"value": value.number, "unit": value.unit, "points": points}
    text = _("%(value)s %(unit)s: %(points)d") if value.unit else _("%(value)s: %(points)d")
    return Part(name, label, (points,), Worded(text, said))


def _chosen_part(name: str, label: str, value: StrEnum | None, words: Mapping[str, str]) -> Part:
    if value is None:
        return _unknown_part(name, label)
    points = list(words).index(value) + 1
    return Part(name, label, (points,), Worded(_("%(choice)s: %(points)d"), {"choice": words[value], "points": points}))


def _unknown_part(name: str, label: str) -> Part:
    return Part(name, label, UNKNOWN_POINTS, Worded(_("Not known: 1 to 3")))


def _notes(values: ChildPughValues, clotting: Measured | None) -> list[Worded]:
    notes = [Worded(NOT_FOR)]
    if values.albumin:
        tables = [ALBUMIN_BANDS[table, values.albumin.unit] for table in AlbuminTable]
        if len({_falling(values.albumin.number, band) for band in tables}) > 1:
            text = _(
                "Tables differ here: albumin from 2.8 to under 3.0 g/dL has 2 points in Pugh's table, 3 in others."
            )
            notes.append(Worded(text))
    if values.bilirubin and _differs_in_other_unit(values.bilirubin):
        notes.append(Worded(_("Rounding decides here: the other unit's table gives this bilirubin other points.")))
    if _is_on_boundary(values, clotting):
        notes.append(Worded(_("A value lies exactly on a boundary, where tables differ. Your team's score counts.")))
    if values.inr and values.prothrombin_prolonged:
        notes.append(Worded(_("Both INR and seconds are given: the INR was used.")))
    return notes


def _differs_in_other_unit(value: Measured) -> bool:
    """The published µmol/L limits are rounded: 3 mg/dL is 51.3."""
    mg = value.number if value.unit == "mg/dL" else value.number / UMOL_IN_MG_OF_BILIRUBIN
    umol = value.number if value.unit == "µmol/L" else value.number * UMOL_IN_MG_OF_BILIRUBIN
    return _rising(mg, BILIRUBIN_BANDS["mg/dL"]) != _rising(umol, BILIRUBIN_BANDS["µmol/L"])


def _is_on_boundary(values: ChildPughValues, clotting: Measured | None) -> bool:
    bands = [(values.bilirubin, BILIRUBIN_BANDS[values.bilirubin.unit])] if values.bilirubin else []
    if values.albumin:
        bands.append((values.albumin, ALBUMIN_BANDS[values.albumin_table, values.albumin.unit]))
    if clotting:
        bands.append((clotting, INR_BAND if clotting.analyte == "inr" else PROLONGED_BAND))
    return any(value is not None and value.number in band for value, band in bands)
