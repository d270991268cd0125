"""What a trial accepts, read from the registry's free text with its evidence.

Rules over a grammar of sections, clauses, negation, quantities and scope; offline and deterministic. Never imports
Django, never touches the database or the network.
"""

from trials.eligibility.reader import READER_VERSION, read
from trials.eligibility.reading import EligibilityReading, Evidence, Fact

__all__ = ["READER_VERSION", "EligibilityReading", "Evidence", "Fact", "read"]
