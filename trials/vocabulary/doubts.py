"""Why a person should look at a fact: the reader's doubts in words, the most doubtful first. Never reads a record."""

from dataclasses import dataclass
from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Doubt:
    """code is what the reader writes, words what staff see, note what it means for the answer."""

    code: str
    words: str
    note: str


_DOUBTS = (
    Doubt("contradictory", _("Contradictory"), _("Two sentences claim what cannot both hold.")),
    Doubt("weak_field", _("Not from the criteria"), _("The criteria are silent; a title, condition or arm says it.")),
    Doubt("lost_sign", _("Lost sign"), _("A sign such as ≤ is missing in the record; the usual one was taken.")),
    Doubt("unusual", _("Unusual wording"), _("The words are seldom used so; the rule may have misread them.")),
    Doubt("mixed", _("Mixed statements"), _("Some sentences ask for it and others ban it; both were taken to hold.")),
    Doubt("misfiled", _("Under the wrong heading"), _("It stands among the exclusions but reads like an inclusion.")),
    Doubt("cohorts", _("Cohorts differ"), _("Cohorts or arms accept different patients; the widest was taken.")),
)

DOUBTS = MappingProxyType({doubt.code: doubt for doubt in _DOUBTS})
