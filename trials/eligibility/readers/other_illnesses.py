"""Tells whether a sentence on treatment speaks of another illness than the tumour: infections, transplants, allergies.

Serves the readers of prior systemic and locoregional therapy. Never reads what is said of the treatment.
"""

import re

from trials.eligibility.readers.treatment_history import MAY_HAVE
from trials.eligibility.readers.treatments import is_for_another_cancer
from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

# Plain words, sought without a pattern: they stand in most sentences, and a pattern of sixty words is slow.
_OTHER_ILLNESSES = BOOK.learn(
    tuple(
        "infect antivir pegifn ribavirin telaprevir responders hbv hcv hepatitis hiv steroid immunosuppress autoimmune "
        "pneumonitis hypertens diabet thyroid cardi anticoag vaccine transfus g-csf contracep pregnan breastfeed "
        "breast-feed depress psychiat encephalopath analges opioid pain arrhythm bleed varic allerg hypersens "
        "antibiotic cyp herbal heart seizure bisphosph monoamine traditional intervening lupus cataract consent "
        "brain cns graft "
        "insulin biops archival epoetin transplant recist measurable scan".split()
    ),
)
_ILLNESS_PHRASES = (
    "hormone replac",
    "skin condition",
    "growth factor",
    "birth control",
    "breast feed",
    "surgical proc",
    "surgical interv",
    "proton pump",
    "research drug",
    "chinese medicine",
    "minor surg",
    "central nervous",
    "bone metast",
    "tissue sample",
    "target lesion",
    "index lesion",
)
_IN_PHRASES = BOOK.learn(
    tuple("hormone skin growth birth feed surg pump drug medicine nervous bone tissue lesion".split())
)
_SHORT_NAMES = re.compile(r"\b(?:rbv|mao|qtc?)\b")
_NEVER_COUNTS = re.compile(
    r"hypersens|allerg|anaphyl|menopaus|amenorrh|child-?bearing|ovarian failure|sperm|(?:biopsy|tissue"
    r"|sample)\b[^.;]{0,40}\b(?:expos|collect)"
)
_IS_CANCER_THERAPY = re.compile(
    r"\bhcc|hepatocell|systemic (?:anti|chemo|therapy for|treatment for)|anti-?cancer|anti-?tumou?r|chemotherap"
)


def is_other_illness(statement: Statement, low: str) -> bool:
    """Whether the sentence speaks of the treatment of another illness or another cancer."""
    if is_for_another_cancer(low) or (_NEVER_COUNTS.search(low) and not MAY_HAVE.search(low)):
        return True
    if not (_names_illness(statement.words, low) or _SHORT_NAMES.search(low)):
        return False
    return not _IS_CANCER_THERAPY.search(low) and not MAY_HAVE.search(low)


def _names_illness(held: frozenset[str], low: str) -> bool:
    if any(word in low for word in _OTHER_ILLNESSES & held):
        return True
    return not _IN_PHRASES.isdisjoint(held) and any(phrase in low for phrase in _ILLNESS_PHRASES)
