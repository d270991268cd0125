"""Texts of the pure rooms in the reader's language, with the numbers and words that belong into them.

Pure; never keeps a value, which may be a patient's.
"""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.vocabulary.laboratory import ANALYTES, fold
from trials.vocabulary.measured import PATIENT_VALUES
from trials.vocabulary.worded import Worded

SHORT = 3  # digits that count: as many as limits are written with


def say(worded: Worded) -> str:
    """Values that are words or numbers themselves are put into the reader's language too."""
    return gettext(worded.text) % {name: _value(value) for name, value in worded.values.items()}


def number_words(number: float | Decimal) -> str:
    """Without an exponent: of a float the digits that say something, a Decimal with the digits that it has."""
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.6g}")
    return str(number_format(f"{exact:f}", use_l10n=True)).replace("-", "−")


def unit_words(unit: str) -> str:
    """A unit as people write it: 10^9/L is × 10⁹/L."""
    return unit.replace("10^9", "×\u00a010⁹")


def amount_words(value: float, unit: str) -> str:
    return f"{number_words(value)}\u00a0{unit_words(unit)}" if unit else number_words(value)


def shortened(value: float) -> float:
    """With the few digits that people read."""
    return float(f"{value:.{SHORT}g}")


def as_recorded(analyte: str, value: float) -> tuple[float, str]:
    """A limit that is kept in the one unit of its test, in the unit in which it is a short number.

    2.982 mg/dL of bilirubin was 51 µmol/L in the record. Where no unit makes it short it stays as it is kept.
    """
    kept = ANALYTES[analyte].unit
    if shortened(value) != value and analyte in PATIENT_VALUES:
        for unit in PATIENT_VALUES[analyte].units:
            number = shortened(value / ANALYTES[analyte].factors[unit.name])
            if fold(analyte, number, unit.name) == value:
                return number, unit.name
    return value, kept


def _value(value: object) -> object:
    if isinstance(value, str):
        return unit_words(gettext(value)) if value else value
    if isinstance(value, tuple):
        return _(", ").join(unit_words(str(one)) for one in value)
    return number_words(value) if isinstance(value, float | Decimal) else value
