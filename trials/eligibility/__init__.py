"""What a trial accepts, read from the registry's free text with its evidence.

Rules over a grammar of sections, clauses, negation, quantities and scope; offline and deterministic. Never imports
Django, never touches the database or the network.
"""

from trials.eligibility.labs.limits import LabLimit, read_lab_limits
from trials.eligibility.reader import READER_VERSION, read, read_all
from trials.eligibility.reading import EligibilityReading, Evidence, Fact

__all__ = [
    "READER_VERSION",
    "EligibilityReading",
    "Evidence",
    "Fact",
    "LabLimit",
    "read",
    "read_all",
    "read_lab_limits",
]
