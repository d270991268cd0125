"""Why a person should look at a fact or a laboratory limit: the reader's doubts in words. Never reads a record."""

from collections.abc import Iterable
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

DOUBTS = MappingProxyType({doubt.code: doubt for doubt in _DOUBTS})  # the most doubtful first

# Their notes are read by everybody, on the trial's page and in a match.
_LIMIT_DOUBTS = (
    Doubt("implausible", _("Odd number"), _("The number does not go with this test: perhaps a slip, or another unit.")),
    Doubt("contradictory", _("Sentences differ"), _("Two sentences give different limits. The wider one is shown.")),
    Doubt("lost_sign", _("Lost sign"), _("A sign such as ≤ is missing in the record. The usual one was taken.")),
    Doubt("lost_unit", _("Lost unit"), _("The record gives no unit. The one that fits the number was taken.")),
    Doubt(
        "conditional", _("Not for everybody"), _("The limit holds for some people only, or there are exceptions to it.")
    ),
    Doubt("unusual", _("Unusual side"), _("It asks for values that other trials refuse.")),
    Doubt(
        "alternative", _("One of several"), _("Its sentence names another limit: either may do, or both must apply.")
    ),
)

LIMIT_DOUBTS = MappingProxyType({doubt.code: doubt for doubt in _LIMIT_DOUBTS})  # the most doubtful first


def limit_doubts(codes: Iterable[str]) -> list[Doubt]:
    """The doubts of a limit, the most doubtful first; a code that is not known here stands for itself."""
    given = set(codes)
    unknown = (Doubt(code, code, code) for code in sorted(given - set(LIMIT_DOUBTS)))
    return [*(doubt for code, doubt in LIMIT_DOUBTS.items() if code in given), *unknown]
