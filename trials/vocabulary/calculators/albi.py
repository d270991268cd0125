"""ALBI: liver function from bilirubin and albumin alone, and its finer grades 2a and 2b. Never stores a value."""

import math
from dataclasses import dataclass
from decimal import Decimal

from trials.vocabulary.measured import UMOL_IN_MG_OF_BILIRUBIN, Measured, questions_about
from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.worded import Question, Source, Worded

JOHNSON = Source(
    "Johnson PJ, Berhane S, Kagebayashi C, et al. Assessment of liver function in patients with hepatocellular "
    "carcinoma: a new evidence-based approach, the ALBI grade. J Clin Oncol 2015;33:550-558.",
    "10.1200/JCO.2014.57.9151",
)
HIRAOKA = Source(
    "Hiraoka A, Michitaka K, Kumada T, et al. Validation and potential of albumin-bilirubin grade and "
    "prognostication in a nationwide survey of 46,681 hepatocellular carcinoma patients in Japan. "
    "Liver Cancer 2017;6:325-336.",
    "10.1159/000479984",
)
GRADE_1_UP_TO = -2.60
GRADE_2A_UP_TO = -2.27
GRADE_2_UP_TO = -1.39
_NOISE = 9  # decimals beyond which a sum of floats says nothing


@dataclass(frozen=True, slots=True, repr=False)
class Albi:
    """score, grade (1 to 3) and modified grade ("1", "2a", "2b", "3"); None where a value is missing.

    shown_score is the score with the digits to show.
    """

    score: float | None
    grade: int | None
    modified_grade: str | None
    shown_score: Decimal | None
    missing: tuple[str, ...]
    steps: tuple[Worded, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...] = (JOHNSON, HIRAOKA)


def grade_of(score: float) -> tuple[int, str]:
    """Grade and modified grade of a score: a boundary belongs to the better grade."""
    if score <= GRADE_1_UP_TO:
        return 1, "1"
    if score <= GRADE_2_UP_TO:
        return 2, "2a" if score <= GRADE_2A_UP_TO else "2b"
    return 3, "3"


def albi(bilirubin: Measured | None, albumin: Measured | None) -> Albi:
    given = {"bilirubin": bilirubin, "albumin": albumin}
    missing = tuple(name for name, value in given.items() if value is None)
    questions = tuple(question for value in given.values() if value for question in questions_about(value))
    if bilirubin is None or albumin is None:
        return Albi(None, None, None, None, missing, (), questions)
    umol = bilirubin.number * (UMOL_IN_MG_OF_BILIRUBIN if bilirubin.unit == "mg/dL" else 1)
    grams = albumin.number * (10 if albumin.unit == "g/dL" else 1)
    score = round(0.66 * math.log10(umol) - 0.085 * grams, _NOISE)
    grade, modified = grade_of(score)
    shown = _shown(score)
    said = {"bilirubin": round(umol, 4), "albumin": round(grams, 4), "score": shown}
    steps = (
        Worded(_("0.66 × log10(%(bilirubin)s µmol/L) − 0.085 × %(albumin)s g/L = %(score)s"), said),
        Worded(_("Grade 1: −2.60 or less; grade 2: up to −1.39 (2a up to −2.27, 2b above); grade 3: above −1.39")),
    )
    return Albi(score, grade, modified, shown, (), steps, questions)


def _shown(score: float) -> Decimal:
    """Two decimals, or as many as it takes for the shown number to have the grade of the exact one."""
    for decimals in range(2, _NOISE):
        if grade_of(round(score, decimals)) == grade_of(score):
            return Decimal(f"{score:.{decimals}f}")
    return Decimal(f"{score:.{_NOISE}f}")
