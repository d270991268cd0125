"""A patient's laboratory values as people type them: the number, its unit, and whether it is plausible in that unit.

Units are folded by `trials.vocabulary.laboratory`, as the limits of trials are. Never judges a patient, keeps nothing.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trials.vocabulary.laboratory import fold
from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.worded import Question, Worded

UMOL_IN_MG_OF_BILIRUBIN = 17.1  # µmol/L in 1 mg/dL; molar mass 584.7 g/mol, rounded as laboratories do
PROLONGED = "prothrombin_time_prolongation"
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f']\d{3})+|[1-9]\d{0,2}(?:[.,]\d{3}){2,}", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)  # thousands or decimals: nobody can tell


@dataclass(frozen=True, slots=True)
class PatientUnit:
    """A unit in which a patient may give a value; a number outside low to high is asked back, not refused."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PatientValue:
    """A laboratory value that a patient may give, under the analyte's code. may_be_zero: 0 is no slip of the pen."""

    code: str
    words: str
    units: tuple[PatientUnit, ...]
    may_be_zero: bool = False

    def unit(self, name: str) -> PatientUnit | None:
        wanted = folded_unit(name)
        if not wanted and len(self.units) == 1:
            return self.units[0]
        return next((unit for unit in self.units if folded_unit(unit.name) == wanted), None)


@dataclass(frozen=True, slots=True, repr=False)
class Measured:
    """A value as it was typed: a number in a unit."""

    analyte: str
    number: float
    unit: str

    @property
    def folded(self) -> float | None:
        """In the one unit in which limits of trials are kept."""
        return fold(self.analyte, self.number, self.unit)


_CELLS = "10^9/L"
_VALUES = (
    PatientValue("bilirubin", _("Bilirubin (total)"), (PatientUnit("µmol/L", 3, 500), PatientUnit("mg/dL", 0.15, 10))),
    PatientValue("albumin", _("Albumin"), (PatientUnit("g/L", 10, 60), PatientUnit("g/dL", 1, 6))),
    PatientValue("inr", _("INR (blood clotting)"), (PatientUnit("", 0.7, 8),)),
    PatientValue(
        PROLONGED, _("Prothrombin time: seconds longer than normal"), (PatientUnit("s", -3, 10),), may_be_zero=True
    ),
    PatientValue("platelets", _("Platelets"), (PatientUnit(_CELLS, 5, 1500), PatientUnit("/µL", 5000, 1_500_000))),
    PatientValue("creatinine", _("Creatinine"), (PatientUnit("µmol/L", 20, 1000), PatientUnit("mg/dL", 0.2, 11))),
    PatientValue("creatinine_clearance", _("Creatinine clearance or eGFR"), (PatientUnit("mL/min", 5, 250),)),
    PatientValue(
        "afp",
        _("AFP (alpha-fetoprotein)"),
        (PatientUnit("ng/mL", 0, 3_000_000), PatientUnit("IU/mL", 0, 2_500_000)),
        may_be_zero=True,
    ),
    PatientValue(
        "haemoglobin",
        _("Haemoglobin"),
        (PatientUnit("g/L", 40, 220), PatientUnit("g/dL", 4, 22), PatientUnit("mmol/L", 2.5, 14)),
    ),
    PatientValue("ast", _("AST (GOT)"), (PatientUnit("U/L", 4, 5000),)),
    PatientValue("alt", _("ALT (GPT)"), (PatientUnit("U/L", 3, 5000),)),
    PatientValue("neutrophils", _("Neutrophils"), (PatientUnit(_CELLS, 0.1, 50), PatientUnit("/µL", 100, 50_000))),
    PatientValue(
        "white_cells", _("White blood cells"), (PatientUnit(_CELLS, 0.3, 100), PatientUnit("/µL", 300, 100_000))
    ),
)
PATIENT_VALUES: Mapping[str, PatientValue] = MappingProxyType({value.code: value for value in _VALUES})


class Unreadable(ValueError):
    """A text that is no value. Says in words what is wrong, and never repeats the text."""

    def __init__(self, words: Worded) -> None:
        super().__init__(words.text)
        self.words = words


def folded_unit(name: str) -> str:
    """A unit's spelling as units are compared: "umol/l" and "μmol/L" are one, and so are "10^9/L" and "×10⁹/L"."""
    text = "".join(unicodedata.normalize("NFKC", name).lower().split())
    text = text.replace("μ", "u").replace("10e", "10").replace("^", "").replace("**", "")
    return text.lstrip("x×*")


def read_number(text: str) -> float:
    """A number with a decimal point or comma; thousands may stand apart. Raises Unreadable for anything else."""
    tidy = text.strip().replace("−", "-")
    if _THOUSANDS.fullmatch(tidy):
        return float(re.sub(r"[^\d]", "", tidy))
    if _EITHER.fullmatch(tidy):
        raise Unreadable(Worded(_("Write the number without a sign for thousands, such as 1200.")))
    if _NUMBER.fullmatch(tidy) is None:
        raise Unreadable(Worded(_("Enter one number, such as 2 or 2.5.")))
    return float(tidy.replace(",", "."))


def measured(code: str, number: str | float, unit_name: str = "") -> Measured:
    """A value from a form (a text) or a program (a number).

    Raises Unreadable if it is no number, its unit is not known or not named, or it cannot be (an INR of 0).
    """
    kind = PATIENT_VALUES[code]
    unit = kind.unit(unit_name)
    if unit is None:
        raise Unreadable(Worded(_("Choose the unit: %(units)s."), {"units": tuple(known.name for known in kind.units)}))
    value = read_number(number) if isinstance(number, str) else float(number)
    if not math.isfinite(value) or abs(value) > 1e9:
        raise Unreadable(Worded(_("Enter one number, such as 2 or 2.5.")))
    if value <= 0 and not kind.may_be_zero:
        raise Unreadable(Worded(_("This value must be more than 0.")))
    if value < 0 and code != PROLONGED:
        raise Unreadable(Worded(_("This value cannot be less than 0.")))
    return Measured(code, value, unit.name)


def questions_about(value: Measured) -> tuple[Question, ...]:
    """What to ask back where the number is not plausible in its unit, naming the unit in which it would be."""
    kind = PATIENT_VALUES[value.analyte]
    unit = kind.unit(value.unit)
    if unit is None or unit.low <= value.number <= unit.high:
        return ()
    said: dict[str, object] = {"value": value.number, "unit": unit.name}
    others = [other.name for other in kind.units if other.low <= value.number <= other.high]
    if others:
        text = _("%(value)s %(unit)s would be unusual. Is the unit %(other)s?")
        return (Question(value.analyte, "other_unit", Worded(text, said | {"other": others[0]})),)
    if value.analyte == PROLONGED:
        text = _("%(value)s seconds would be unusual. Is it the whole time, and not the seconds longer than normal?")
        return (Question(value.analyte, "whole_time", Worded(text, said)),)
    text = (
        _("%(value)s %(unit)s would be unusual. Is the number right?")
        if unit.name
        else _("%(value)s would be unusual. Is the number right?")
    )
    return (Question(value.analyte, "unusual", Worded(text, said)),)
