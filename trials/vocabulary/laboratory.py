"""The laboratory tests that trials set limits for: their units, folded into one each, and what is plausible.

Never reads a text. A match and a calculator fold a patient's value with the same `fold`, so that both sides of a
comparison are rounded alike.
"""

from dataclasses import dataclass
from types import MappingProxyType

MIN, MAX = "min", "max"  # what a participant must have at least, and at most
OTHER_BOUND = MappingProxyType({MIN: MAX, MAX: MIN})
SIGNIFICANT_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Analyte:
    """A laboratory test.

    unit is the one in which limits are kept. factors turn other units into it. usual_bound is the side on which trials
    limit it, "" for both. least and most hold what a limit can sensibly be: what lies beyond is a slip of the pen.
    has_normal tells whether limits are given in multiples of the upper limit of normal.
    """

    code: str
    unit: str
    usual_bound: str
    least: float
    most: float
    factors: MappingProxyType[str, float]
    has_normal: bool = False


_CELLS = {"10^9/L": 1.0, "/µL": 0.001, "g/L": 1.0, "/mL": 0.000001, "/L": 0.000000001}
# "G/L" of cells is giga: nobody weighs them.
_ENZYME = {"U/L": 1.0}
_CLEARANCE = {"mL/min": 1.0, "mL/s": 60.0}
# Molar masses: bilirubin 584.7, creatinine 113.1 g/mol; a haemoglobin monomer (Fe) 16,114 g/mol.
_ANALYTES = (
    Analyte(
        "bilirubin",
        "mg/dL",
        MAX,
        0.3,
        20,
        MappingProxyType({"mg/dL": 1.0, "µmol/L": 1 / 17.1, "mg/mL": 100.0, "mg/L": 0.1, "g/dL": 1000.0}),
        has_normal=True,
    ),
    Analyte(
        "albumin",
        "g/dL",
        MIN,
        1.5,
        6,
        MappingProxyType({"g/dL": 1.0, "g/L": 0.1, "mg/dL": 0.001, "mg/L": 0.0001}),
    ),
    Analyte("platelets", "10^9/L", MIN, 5, 600, MappingProxyType(_CELLS)),
    Analyte("inr", "", MAX, 0.8, 5, MappingProxyType({"": 1.0}), has_normal=True),
    Analyte("prothrombin_time_prolongation", "s", MAX, 1, 20, MappingProxyType({"s": 1.0})),
    Analyte(
        "creatinine",
        "mg/dL",
        MAX,
        0.4,
        6,
        MappingProxyType({"mg/dL": 1.0, "µmol/L": 1 / 88.4, "mmol/L": 1000 / 88.4, "mg/L": 0.1, "g/dL": 1000.0}),
        has_normal=True,
    ),
    Analyte("creatinine_clearance", "mL/min", MIN, 10, 150, MappingProxyType(_CLEARANCE)),
    Analyte("afp", "ng/mL", "", 1, 1_000_000, MappingProxyType({"ng/mL": 1.0, "IU/mL": 1.21, "mg/dL": 10_000.0})),
    Analyte(
        "haemoglobin",
        "g/dL",
        MIN,
        4,
        18,
        MappingProxyType({"g/dL": 1.0, "g/L": 0.1, "mmol/L": 1.6114, "mg/dL": 0.001, "mg/L": 0.0001}),
    ),
    Analyte("ast", "U/L", MAX, 10, 2000, MappingProxyType(_ENZYME), has_normal=True),
    Analyte("alt", "U/L", MAX, 10, 2000, MappingProxyType(_ENZYME), has_normal=True),
    Analyte("neutrophils", "10^9/L", MIN, 0.1, 20, MappingProxyType(_CELLS)),
    Analyte("white_cells", "10^9/L", MIN, 0.5, 50, MappingProxyType(_CELLS)),
)
ANALYTES: MappingProxyType[str, Analyte] = MappingProxyType({analyte.code: analyte for analyte in _ANALYTES})


def rounded(value: float) -> float:
    """The value with four digits that count: enough for any laboratory, and equal for equal amounts."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def fold(analyte: str, value: float, unit: str) -> float | None:
    """The value in the analyte's one unit; None where it is never measured in that unit."""
    factor = ANALYTES[analyte].factors.get(unit)
    return None if factor is None else rounded(value * factor)


def is_plausible(analyte: str, value: float) -> bool:
    """Whether a value in the analyte's own unit can be a limit: 34 mg/dL of bilirubin cannot."""
    return ANALYTES[analyte].least <= value <= ANALYTES[analyte].most


def guessed_unit(analyte: str, value: float) -> str:
    """The unit that an amount without one must have, "" where none of the two usual ones makes it plausible."""
    for unit in list(ANALYTES[analyte].factors)[:2]:
        folded = fold(analyte, value, unit)
        if analyte not in ("ast", "alt") and folded is not None and is_plausible(analyte, folded):
            return unit
    return ""
