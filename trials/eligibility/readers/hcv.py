"""Reads whether hepatitis C is required, allowed or excluded."""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.viral_hepatitis import read_virus
from trials.eligibility.readers.viral_scope import Virus
from trials.eligibility.reading import Fact

_HCV = Virus(
    name="hcv",
    words=re.compile(
        r"\bhep(?:atitis)?\.?[\s-]*(?:virus(?:es)? |types? |viral )*[\"'(]{0,2}c\b|\b(?:hcv|hvc)(?:-?ab|-?rna)?\b"
        r"|\banti-?hcv"
        r"|\bhep(?:atitis)?\.?[\s-]*(?:(?:virus |types? )?[\"'(]{0,2}a[\s,/]+(?:and |or )?)?(?:virus "
        r"|types? )?[\"'(]{0,2}b"
        r"(?: (?:virus|surface antigen))?(?: \([^)]{0,30}\))?(?: infection)?[\s,/+&]*(?:or |and |and/or )?"
        r"(?:hepatitis |type )?\(?c\b|(?:viral|infectious) hepatitis|丙肝|丙型肝炎"
        r"|\bany (?:hepatitis )?(?:virus|viral) status|\bhepatitis (?:virus |viral |infection )?status"
    ),
    load=re.compile(
        r"\brna\b|-rna\b|ribonucleic|vira(?:l|emic) load|virus load|\btit(?:er|re)s?\b|\bcopies\b|\bpcr\b|polymerase"
        r"|nucleic acid|viremi\w+|replicat\w+"
    ),
    marker=re.compile(r"antibod\w+|anti-?hcv|hcv-?ab\b|serolog\w+|seropositiv\w*"),
    trigger=("hepatitis", "hcv", "hvc", "hep c", "hep. c", "hep b", "virus status", "viral status", "丙"),
)


def read_hcv(document: Document) -> Fact:
    """Required, allowed or excluded."""
    return read_virus(_HCV, document)
