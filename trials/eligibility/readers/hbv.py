"""Reads whether hepatitis B is required, allowed or excluded."""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.viral_hepatitis import Virus, read_virus
from trials.eligibility.reading import Fact

_HBV = Virus(
    name="hbv",
    words=re.compile(
        r"hepatitis[\s-]*(?:type )?\(?b\b|\bhbv\b|\bhbsag\b|\bhbs-?ag\b"
        r"|hepatitis c(?: virus)?(?: \(hcv\))?,? (?:or|and|and/or|/) b\b|hepatitis a,? b\b|viral hepatitis"
        r"|\bhb virus|乙肝|乙型肝炎"
    ),
    other=re.compile(r"hepatitis c|\bhcv\b"),
    detectable=re.compile(r"dna[^.;]{0,25}(?:positive|detect|copies|iu/ml)|detectable"),
    trigger=("hepatitis", "hbv", "hbs", "hb virus", "乙"),
)


def read_hbv(document: Document) -> Fact:
    """Required, allowed or excluded."""
    return read_virus(_HBV, document)
