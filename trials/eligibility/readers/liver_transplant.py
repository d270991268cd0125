"""Reads whether an earlier transplant (liver, any solid or allogeneic organ) is excluded, allowed or required.

Waiting for a transplant, or being a candidate for one, says nothing; nor do grafts of stem cells, cornea or skin.
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement
from trials.vocabulary.list_words import list_words

NAME = "liver_transplant"
_MENTION = re.compile(
    r"\btransplant\w*|\b(?:post-?|re)transplant\w*|\ballografts?\b|\bgrafts?\b|\bolt\b|\bldlt\b"
    r"|(?:(?<=prior )|(?<=previous )|(?<=history of )|(?<=post-)|(?<=after ))lt\b|\blt(?= recipient| history)"
    r"|器官移植|肝移植"
)
_ORGAN = re.compile(
    r"\b(?:organs?|liver|hepatic|solid|kidneys?|renal|heart|cardiac|lungs?|tissue(?!s? grafts?)|orthot\w+"
    r"|multi-?organ)\b|^olt|^ldlt|^lt|移植"
)
_ALLOGENIC = re.compile(r"\ballogen\w+|\ballograft")
_CELLS = re.compile(
    r"stem|marrow|h(?:a)?ematopoietic|\bhs?ct\b|cord blood|\bcells?\b|f(?:a)?ecal|microbiota|autologous|islet|platelet"
)
_SURFACE = re.compile(
    r"\b(?:cornea\w*|skin|hair|bone(?! marrow)|tendon|amniotic|bypass|fat|vascular|dental|keratoplasty)\b[\w ]{0,12}$"
)
_NOT_A_GRAFT = re.compile(r"^\W*(?:versus|vs|rejection|survival|failure|function|biops\w+|loss)")
_PAST = re.compile(
    r"\b(?:prior|previous\w*|earlier|history|past|had|have had|received|receiv\w+|undergone|underwent|recipients?"
    r"|status[- ]post|s/p|who have|with a|bearing|presence of)\b"
)
_NOT_YET = re.compile(r"\b(?:be|being|not|never)\W*(?:\w+ )?$")
_DONORS = re.compile(
    r"\b(?:cadaver\w+|deceased|living|split|whole)[\w -]{0,12} or [\w -]{0,20}\b(?:donor|living|deceased|liver)\b"
)
_RECIPIENT = re.compile(r"^\W*(?:recipients?|history|patients?\b(?! (?:who are )?(?:candidate|wait|list)))")
_FUTURE = re.compile(
    r"\b(?:candidates?|candidacy|wait\w*|await\w*|list(?:ed)?|eligible|ineligible|eligibility|suitable|unsuitable"
    r"|planned"
    r"|plan(?:s|ning)?|inten\w+|schedul\w+|indicated|indications?|amenable|evaluat\w+|bridg\w+|need\w*|requir\w+"
    r"|refus\w+"
    r"|declin\w+|appropriate|consider\w*|potential|contraindicat\w+|expected|options?|criteria|undergo(?:ing)?"
    r"|prepar\w+|propos\w+|pre-?planned|potentially|anticipat\w+|curative\w*|referred|down-?stag\w+"
    r"|within transplant)\b"
)
_FUTURE_AFTER = re.compile(
    r"^[\s-]*(?:(?!or\b|and\b|is\b|are\b|not\b|who\b)\w+ )?(?:candida\w+|list\w*|wait\w*|evaluation|criteria|schedul\w*"
    r"|network|setting|team|cent(?:er|re)|work-?up|eligib\w*|ineligib\w*)"
)
_EITHER_TIME = re.compile(
    r"\b(?:history|received|prior|previous\w*|past|had|undergone)\b(?: of)?\s?(?:or|and/or|/)\s?(?:[\w-]+ ){0,2}$"
)
# What may stand between "candidate for" and the transplant that it reaches: other treatments, and joints.
_TREATMENTS = list_words("treatments")
_WORD = re.compile(r"[a-z][a-z.]*[a-z]|[a-z]")
_WASHOUT = re.compile(
    r"^[^.;,]{0,24}\bwithin (?:the )?(?:last |past |previous |prior )?\d+ (?:days?|weeks?|months?|years?)"
)
# Beside recipients who are asked for, these are bans of a further transplant.
_FURTHER = re.compile(
    r"\b(?:multiple|previous\w*|prior|combined|second|another|re-?transplant\w*|multi-?organ|other)\b"
)
_MOST_MENTIONS = 500  # no record names one so often; it bounds the work on any text
_TITLE = re.compile(
    r"recurren\w+[^.]{0,60}(?:after|following|post)[- ]*(?:liver )?transplant\w*|post-?transplant\w* (?:hcc )?recurren"
)


def _phrase(low: str, start: int) -> str:
    """The words before a mention that may name what is transplanted."""
    first = max(low.rfind(sign, 0, start) for sign in (";", ". ", ":", "(")) + 1
    first = max(first, low.rfind("transplant", 0, start) + 1, start - 75)
    return low[first:start]


def _is_of_organ(low: str, start: int, end: int) -> bool:
    """Whether the mention is of an organ, or of no kind that is named."""
    before, mention, after = _phrase(low, start), low[start:end], low[end : end + 45]
    if _NOT_A_GRAFT.match(after) or _SURFACE.search(before):
        return False
    of_organ = re.match(r" (?:of|for) (?:an? |any |the )?(?:\w+ ){0,2}?(?:organs?|liver|kidney)", after)
    if of_organ or _ORGAN.search(before) or _ORGAN.match(mention):
        return True
    if _CELLS.search(before) or mention.startswith("graft"):
        return False
    is_allogenic = _ALLOGENIC.search(before + mention)
    if _is_done(low, start, end):
        return True
    return bool(is_allogenic or _PAST.search(before[-40:]) or _RECIPIENT.match(after))


def _is_done(low: str, start: int, end: int) -> bool:
    """ "Transplanted" is over, "to be transplanted" is not."""
    return low[start:end].endswith("transplanted") and not _NOT_YET.search(low, max(0, start - 16), start)


def _is_ahead(low: str, start: int, end: int) -> bool:
    """Whether the transplant is one to come, or to be considered."""
    if _FUTURE_AFTER.match(low[end : end + 40]):
        return True
    if _is_done(low, start, end):
        return False
    found = list(_FUTURE.finditer(low, max(0, start - 220), start))
    if not found or _EITHER_TIME.search(low, 0, found[-1].start()):
        return False
    return all(word.strip(".") in _TREATMENTS for word in _WORD.findall(low, found[-1].end(), start))


def _claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    if not _is_of_organ(low, start, end) or _is_ahead(low, start, end):
        return None
    said = stance(statement, start, end)
    if said is Stance.BANNED:
        washout = bool(_WASHOUT.match(low[end : end + 70]))
        return rule_claim(statement, ALLOWED if washout else EXCLUDED, start, end, is_implied=washout)
    before = _phrase(low, start)
    if said is Stance.PERMITTED:
        is_kidney = re.search(r"renal|kidney", before[-30:]) and "liver" not in before
        return None if is_kidney else rule_claim(statement, ALLOWED, start, end)
    if _PAST.search(before) or _RECIPIENT.match(low[end : end + 20]) or "recurren" in low:
        comma = low.find(", within ", end)  # "..., within the Milan or UCSF criteria" is a matter of the tumour
        said_of_it = low[:comma] if comma >= 0 else low
        is_choice = re.search(r"\bor\b|\bif\b|and/or|may", _DONORS.sub("", said_of_it))
        rule = ALLOWED if is_choice or statement.sign < 0 else REQUIRED
        # "recurrent after resection, transplant or ablation": an express ban elsewhere is stronger
        return rule_claim(statement, rule, start, end, is_implied=bool(is_choice))
    return None


def read_liver_transplant(document: Document) -> Fact:
    """Excluded, allowed or required."""
    claims: list[RuleClaim] = []
    read = 0
    for statement in document.having("transpl", "graft", "olt", "ldlt", " lt", "-lt", "移植"):
        matches = list(_MENTION.finditer(statement.low))
        read += len(matches)
        if read > _MOST_MENTIONS:
            break
        claims += [claim for match in matches if (claim := _claim(statement, match))]
    if any(
        claim.rule == REQUIRED and claim.sign > 0 and "recipient" in claim.evidence.quote.lower() for claim in claims
    ):
        claims = [c for c in claims if c.rule != EXCLUDED or not _FURTHER.search(c.evidence.quote.lower())]
    if not claims:
        claims = [
            rule_claim(statement, REQUIRED, match.start(), match.end())
            for statement in document.titles()
            if "transpl" in statement.low
            for match in _TITLE.finditer(statement.low)
        ]
    return decide(NAME, claims)
