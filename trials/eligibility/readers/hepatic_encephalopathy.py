"""Reads whether hepatic encephalopathy is excluded or accepted within limits.

Any ban, now or within a window, excludes it; "no grade 2 or worse" and "severe" alone allow milder forms. Other
encephalopathies (hypertensive, uraemic, Wernicke's) never count.
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.decompensation import Sign, read_sign
from trials.eligibility.reading import Fact

_SIGN = Sign(
    name="hepatic_encephalopathy",
    trigger=("enceph", "hepatic coma", "肝性脑病"),
    acronym="HE",
    words=re.compile(
        r"\b(?:porto-?systemic |hepatic )(?!encephalitis)enceph\w+|\b(?:hepato-?)?enceph\w{1,4}p\w{0,3}th?\w*"
        r"|hepatic coma|肝性脑病|(?<![(\w'])he\b(?![\w'-]| (?:or she|has|is|must|will|can|may|should|does|was))"
        r"|\bhepatic (?:brain disease|cerebropathy)"
    ),
    severe_before=re.compile(
        r"\b(?:severe|serious|uncontrolled|poorly[- ]controlled|refractory|intractable|persistent"
        r"|grade (?:2|3|4|ii|iii|iv)|grades? [2-4]\S{0,3}|moderate|worse than grade)\b"
        r"|(?:≥|>|>=|=>)\s?(?:(?:grade|stage) )?(?:1|2|3|ii)\b|stage (?:2|3|4|ii|iii|iv)\b"
    ),
    severe_after=re.compile(
        r"^\W*(?:\w+\W+){0,3}?(?:of )?(?:>\s?(?:grade )?1\b|(?:≥|>|>=|=>)\s?(?:grade )?(?:2|3|ii)|grade (?:2|3|ii"
        r"|iii)|(?:more"
        r"|greater|worse|higher) than (?:grade )?1|uncontrolled|refractory to|stage (?:3|4|iii))"
        r"|^[^.;,]{0,45}\b(?:unresponsive|not respon\w+|refractory|not (?:\w+ )?controlled|despite)\b"
    ),
    apart=frozenset({"ascites", "peritoneal", "hydrops", "ascitic", "effusion", "effusions", "hydrothorax"}),
    lasts=True,
    never=re.compile(
        r"hypertensi|uremic|uraemic|wernicke|metabolic|leuko-?encephalopath|toxic enceph|hypoxic|1 point|ischemic"
        r"|posterior reversible|\bpoints? (?:\w+ ){0,4}(?:from|for|by|due to|because of)"
    ),
)


def read_hepatic_encephalopathy(document: Document) -> Fact:
    """Excluded or allowed."""
    return read_sign(_SIGN, document)
