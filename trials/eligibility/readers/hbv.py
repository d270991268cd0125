"""Reads whether hepatitis B is required, allowed or excluded."""

from trials.eligibility.document import Document
from trials.eligibility.readers.viral_hepatitis import read_virus
from trials.eligibility.readers.viruses import HBV, HCV
from trials.eligibility.reading import Fact


def read_hbv(document: Document) -> Fact:
    """Required, allowed or excluded."""
    return read_virus(HBV, document, HCV)
