"""Reads whether hepatitis B is required, allowed or excluded."""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.viral_hepatitis import read_virus
from trials.eligibility.readers.viral_scope import Virus
from trials.eligibility.reading import Fact

_HBV = Virus(
    name="hbv",
    words=re.compile(
        r"\bhep(?:atitis)?\.?[\s-]*(?:virus(?:es)? |types? |viral )*[\"'(]{0,2}b\b|\bhbv\b|\bhbs[\s-]?ag\b"
        r"|\bhbs antigen|\bhbe[\s-]?ag\b|\bhb virus|乙肝|乙型肝炎"
        r"|\bhep(?:atitis)?\.?[\s-]*(?:virus |types? )?[\"'(]{0,2}[ac](?: virus)?(?: \([^)]{0,30}\))?[\s,/+&]*"
        r"(?:or |and |and/or )?(?:type )?b\b|(?:viral|infectious) hepatitis|\bany (?:hepatitis )?(?:virus|viral) status"
        r"|\bhepatitis (?:virus |viral |infection )?status"
    ),
    load=re.compile(
        r"\bdna\b|-dna\b|deoxyribo\w*|vira(?:l|emic) load|virus load|\btit(?:er|re)s?\b|\bcopies\b|copy number"
        r"|replicat\w+|\bpcr\b|polymerase"
    ),
    marker=re.compile(r"\bhbs|surface antigen|s antigen|hbc|\bcore\b|\bhbe|e antigen|antibod\w+|serolog\w+"),
    trigger=("hepatitis", "hbv", "hbs", "hb virus", "hep b", "hep. b", "virus status", "viral status", "乙"),
)


def read_hbv(document: Document) -> Fact:
    """Required, allowed or excluded."""
    return read_virus(_HBV, document)
