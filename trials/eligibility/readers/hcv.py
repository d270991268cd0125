"""Reads whether hepatitis C is required, allowed or excluded."""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.viral_hepatitis import Virus, read_virus
from trials.eligibility.reading import Fact

_HCV = Virus(
    name="hcv",
    words=re.compile(
        r"hepatitis[\s-]*(?:type )?\(?c\b|\bhcv\b"
        r"|hepatitis (?:a,? )?b(?: virus)?(?: \([^)]*\))?,?\s?(?:infection )?(?:or|and|and/or|/|,"
        r"|&)\s?(?:hepatitis )?\(?c\b|hepatitis b/c|viral hepatitis|丙肝|丙型肝炎"
    ),
    other=re.compile(r"hepatitis b|\bhbv\b"),
    detectable=re.compile(r"rna|detectable|viral load"),
    trigger=("hepatitis", "hcv", "丙"),
)


def read_hcv(document: Document) -> Fact:
    """Required, allowed or excluded."""
    return read_virus(_HCV, document)
