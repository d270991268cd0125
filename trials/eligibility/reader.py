"""Reads all facts and laboratory limits of a record. The only module that knows every reader.

Raises nothing on any text: it is offline, deterministic and takes time linear in the text's length.
"""

from collections.abc import Callable
from types import MappingProxyType

from trials.eligibility.document import Document, document
from trials.eligibility.labs.limits import LabLimit, lab_limits
from trials.eligibility.readers.ascites import read_ascites
from trials.eligibility.readers.bclc import read_bclc
from trials.eligibility.readers.child_pugh import read_child_pugh
from trials.eligibility.readers.ecog import read_ecog
from trials.eligibility.readers.extrahepatic_spread import read_extrahepatic_spread
from trials.eligibility.readers.hbv import read_hbv
from trials.eligibility.readers.hcc_scope import read_hcc_scope
from trials.eligibility.readers.hcv import read_hcv
from trials.eligibility.readers.hepatic_encephalopathy import read_hepatic_encephalopathy
from trials.eligibility.readers.liver_transplant import read_liver_transplant
from trials.eligibility.readers.modalities import read_modalities
from trials.eligibility.readers.portal_vein_invasion import read_portal_vein_invasion
from trials.eligibility.readers.prior_locoregional_therapy import read_prior_locoregional_therapy
from trials.eligibility.readers.prior_systemic_therapy import read_prior_systemic_therapy
from trials.eligibility.readers.tumor_burden import read_tumor_burden
from trials.eligibility.reading import EligibilityReading, Fact, RecordText
from trials.eligibility.unusual import marked
from trials.vocabulary.facts import FACTS

READER_VERSION = 3  # raise it when the same record would give other facts or limits

READERS: MappingProxyType[str, Callable[[Document], Fact]] = MappingProxyType(
    {
        "child_pugh": read_child_pugh,
        "bclc": read_bclc,
        "ecog": read_ecog,
        "prior_locoregional_therapy": read_prior_locoregional_therapy,
        "prior_systemic_therapy": read_prior_systemic_therapy,
        "hcv": read_hcv,
        "hbv": read_hbv,
        "hepatic_encephalopathy": read_hepatic_encephalopathy,
        "ascites": read_ascites,
        "liver_transplant": read_liver_transplant,
        "modalities": read_modalities,
        "tumor_burden": read_tumor_burden,
        "portal_vein_invasion": read_portal_vein_invasion,
        "hcc_scope": read_hcc_scope,
        "extrahepatic_spread": read_extrahepatic_spread,
    }
)


def read(record: RecordText) -> EligibilityReading:
    """All facts of the record, in the order of FACTS."""
    return _read(document(record))


def read_all(record: RecordText) -> tuple[EligibilityReading, tuple[LabLimit, ...]]:
    """As `read`, and the laboratory limits; the text is cut into statements only once."""
    seen = document(record)
    return _read(seen), lab_limits(seen)


def _read(seen: Document) -> EligibilityReading:
    facts = {name: marked(seen, seen.fact(name, READERS[name])) for name in FACTS}
    return EligibilityReading(seen.record.nct_id, READER_VERSION, MappingProxyType(facts))
