"""Reads whether an earlier transplant (liver, any solid or allogeneic organ) is excluded, allowed or required.

Waiting for a transplant, or being a candidate for one, says nothing.
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

NAME = "liver_transplant"
_MENTION = re.compile(
    r"(?:\b(?:liver|hepatic|organs?|solid[- ]organ|tissue|allogen\w+|orthoto?pic|orthotropic|kidney|renal"
    r"|heart|lung|hematologic|bone marrow or (?:solid )?organ)\b[^.;:]{0,60}?(?:transplant\w*|allografts?"
    r"|grafts?\b))|transplant\w* (?:of|for) (?:a |an |the )?(?:\w+ ){0,2}?(?:organs?|liver|kidney)|\bolt\b"
    r"|\bldlt\b|organ (?:allo)?grafts?|\ballografts?\b"
    r"|\btransplant (?:recipients?|history)|history of (?:any )?transplant\w*|(?:prior|previous"
    r"|had) (?:any )?transplant\w*|transplant patients|器官移植|肝移植"
)
_STEM_ONLY = re.compile(r"stem[- ]cell|bone marrow|hematopoietic|hct\b|hsct")
_SOLID = re.compile(r"organ|liver|tissue|kidney|heart|lung|solid|graft(?! versus)")
_FUTURE = re.compile(
    r"candidates?|waiting|awaiting|listed|wait-?list|eligible for|eligible to|suitable|planned|plan for"
    r"|plans? to|intent|intend|schedule|indicated|indication|not amenable|amenable|evaluat\w+ for|bridg\w+"
    r"|need for|refus\w+|declin\w+|appropriate|considered|potential|contraindicat|undergo(?:ing)?\b|expected"
    r"|criteria|unsuitable|curative|for (?:\w+ )?(?:resection|surgery)|option"
)
_PAST = re.compile(
    r"\b(?:prior|previous\w*|history|had|have had|received|undergone|underwent|recipient|status[- ]post"
    r"|who have|with a)\b"
)
_SKIN = re.compile(r"corneal?|bypass|skin graft|bone graft|graft[- ]versus[- ]host|hair transplant")


def _claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    mention = match.group()
    if _STEM_ONLY.search(mention) and not _SOLID.search(re.sub(_STEM_ONLY, "", mention)):
        return None
    if _SKIN.search(mention):
        return None
    window = low[max(0, start - 70) : end + 30]
    if _FUTURE.search(window) and not _PAST.search(low[max(0, start - 50) : end]):
        return None
    said = stance(statement, start, end)
    if said is Stance.BANNED:
        return rule_claim(statement, EXCLUDED, start, end)
    if said is Stance.PERMITTED and re.search(r"renal|kidney|corneal?", mention) and "liver" not in mention:
        return None
    if said is Stance.PERMITTED:
        return rule_claim(statement, ALLOWED, start, end)
    if _PAST.search(low[max(0, start - 60) : end]) or "recurren" in low:
        is_choice = re.search(r"\bor\b|\bif\b|and/or|may", low)
        return rule_claim(statement, ALLOWED if is_choice or statement.sign < 0 else REQUIRED, start, end)
    return None


def read_liver_transplant(document: Document) -> Fact:
    """Excluded, allowed or required."""
    claims: list[RuleClaim] = []
    for statement in document.having("transpl", "graft", "olt", "移植"):
        matches = list(_MENTION.finditer(statement.low))
        claims += [claim for match in matches if (claim := _claim(statement, match))]
    if not claims:
        claims = [
            rule_claim(statement, REQUIRED, match.start(), match.end())
            for statement in document.titles()
            for match in re.finditer(
                r"recurren\w+[^.]{0,60}(?:after|following|post)[- ]*(?:liver )?transplant\w*", statement.low
            )
        ]
    return decide(NAME, claims)
