"""Reads whether metastasis outside the liver (nodes included) is required, allowed or excluded.

"Advanced or metastatic" allows it; "advanced" alone says nothing. A ban of active brain metastases alone says nothing;
treated ones admitted allow it. Never takes liver metastases of another cancer, or a stage, for spread.
"""

import re

from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

NAME = "extrahepatic_spread"
_MENTION = re.compile(
    r"(?P<outside>extra-?\s?hepatic(?:al)?(?: \w+){0,2}? (?:metasta\w+|spread|disease|lesions?|involvement"
    r"|tumou?rs?|malignan\w+|progression|dissemination)|extra-?\s?hepatic (?:or|and|and/or) \w+ metasta\w+"
    r"|(?:distant|distal|remote|systemic|nodal|lymph(?:atic)?(?: nodes?)?|regional lymph nodes?"
    r"|intra-?abdominal|lung|pulmonary|peritoneal|visceral) (?:metasta\w+|spread)"
    r"|lymph[- ]?node (?:involvement|invasion|metasta\w+)|metasta\w+ (?:to|in) (?:the )?(?:lymph|nodes"
    r"|regional|distant|other organs?|lungs?)"
    r"|extra-?\s?hepatic\b(?= (?:or|and|and/or)\b)|\behs\b|\bm1\b|肝外转移|oligo-?metasta\w+|oligosaccharides"
    r"|secondary (?:visceral )?(?:localizations?|lesions))"
    r"|(?P<inside>(?:confined|limited|restricted|localized|localised) (?:only )?(?:to|in"
    r"|within) (?:the )?liver|liver[- ](?:confined|only|limited)|disease limited to (?:the )?liver)"
    r"|(?P<brain>(?:brain|cns|central nervous system(?: \(cns\))?|cerebral|intracranial|leptomeningeal"
    r"|meningeal|spinal)\b[^.;]{0,25}?metasta\w+|metasta\w+[^.;]{0,25}\b(?:brain|cns"
    r"|central nervous system)\b)"
    r"|(?P<bone>(?:bone|osseous|skeletal)\s(?:or brain )?metasta\w+|metasta\w+ to (?:the )?bones?)"
    r"|(?P<any>metasta\w+|stage iv[ab]?\b|stage 4\b|disseminated|\badvanced or locally[\s-]advanced"
    r"|locally[\s-]advanced or advanced)"
)
_NOT_THIS_CANCER = re.compile(
    r"(?:risk|probability|potential|chance) (?:of|for) (?:\w+ ){0,2}metasta|negligible|upper limit|\buln\b"
    r"|\bast\b|\balt\b|bilirubin|liver metasta|hepatic metasta|metasta\w+ (?:to|in|of) the liver"
    r"|metastatic (?:castration(?!-resistant prostate cancer,)|prostate|breast|colorectal|gastric|pancrea\w+"
    r"|lung|melanoma|renal|cervical|vulva|crpc|nsclc|sclc|ovarian|urothelial|bladder)"
    r"|metastatic (?:liver|hepatic) (?:cancer|tumou?r|malign|lesion|disease)|cancers? (?:of the )?(?:breast"
    r"|lung|colon)|other (?:primary )?malignan|another malignan|second(?:ary)? malignan|(?:within|last|past"
    r"|previous) \d+ years|anticonvuls|biopsy of|low molecular|lmwh|anticoag|heparin|hormon|fibrosis"
)
_TREATED_BRAIN = re.compile(
    r"(?:previously|adequately|definitively|been) treated|treated (?:brain|cns|central)|unless|stable"
    r"|asymptomatic|eligible|allowed|permitted|may participate|except"
)
_PRIOR_THERAPY = re.compile(r"\b(?:radiotherapy|radiation|irradiat\w+|surgery|resection)\b")
# "Unresectable HCC without spread": what stands before the negation limits something else.
_OF_ANOTHER = re.compile(r"^.*\b(?:with|without|no|not|absence of|free of)\b", re.DOTALL)
_HEDGE = re.compile(r"\b(?:or|and/or)\b|/")
_ULN_LEAD = re.compile(r"\buln\b|upper limit")


def _claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    kind = match.lastgroup
    if kind != "outside" and kind != "inside" and _NOT_THIS_CANCER.search(low, max(0, start - 45), end + 40):
        return None
    if kind == "any" and statement.sign > 0 and re.search(r"\bnon[\s-]?$", low[max(0, start - 4) : start]):
        return rule_claim(statement, EXCLUDED, start, end)
    said = stance(statement, start, end)
    if kind == "brain":
        return _brain_claim(statement, said, start, end)
    if kind == "bone":
        washout = said is Stance.BANNED and _PRIOR_THERAPY.search(low)
        asked = said is not Stance.BANNED
        return rule_claim(statement, ALLOWED, start, end, is_implied=True) if washout or asked else None
    if kind == "outside" and statement.sign < 0 and said is Stance.ASKED and low.strip(" .;").startswith("extra"):
        said = Stance.BANNED
    if kind == "inside":
        if said is Stance.ASKED:
            return rule_claim(statement, EXCLUDED, start, end)
        return rule_claim(statement, ALLOWED, start, end) if said is Stance.PERMITTED else None
    if said is Stance.BANNED:
        return _ban_claim(statement, match)
    if said is Stance.PERMITTED:
        return rule_claim(statement, ALLOWED, start, end)
    is_choice = (
        kind == "any"
        or re.search(r"defined as|\bif\b|permitted|\bmay\b", low)
        or _HEDGE.search(low)
        or statement.sign < 0
    )
    claim = rule_claim(statement, ALLOWED if is_choice else REQUIRED, start, end)
    claim.is_asked = kind == "outside" and statement.sign > 0
    return claim


def _brain_claim(statement: Statement, said: Stance, start: int, end: int) -> RuleClaim | None:
    low = statement.low
    if said is Stance.PERMITTED or (
        said is Stance.BANNED and re.search(r"\bunless\b|\bexcept\b", low) and _TREATED_BRAIN.search(low)
    ):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if said is Stance.ASKED and _TREATED_BRAIN.search(low) and statement.sign > 0:
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if re.search(r"(?:must have|can be|may be) (?:stable|been treated|enrolled)|only eligible if", low):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    return None


def _ban_claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    limited = re.search(
        r"[>≥]\s?\d|more than|greater than|requiring|that (?:involve|require)\w*|involving|symptomatic"
        r"|life-threatening|untreated|unresectable|except|unless|uncontrolled|other than|rapidly",
        _OF_ANOTHER.sub("", low[max(0, start - 40) : start])
        + low[start : end + (220 if "defined as" in low[end : end + 30] else 110)],
    )
    if match.lastgroup == "any":
        return _loose_ban(statement, match, limited=bool(limited))
    if limited:
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    return rule_claim(statement, EXCLUDED, start, end)


def _loose_ban(statement: Statement, match: re.Match[str], *, limited: bool) -> RuleClaim | None:
    """A ban that says only "metastatic": of this disease if the words stand alone, of a treatment if not."""
    low = statement.low
    if limited:
        return rule_claim(statement, ALLOWED, *match.span(), is_implied=True)
    if re.search(
        r"\b(?:for|in) (?:the )?(?:\(?unresectable|locally advanced|advanced|recurrent|metastatic)\b|therapy"
        r"|treatment|chemotherapy|systemic|regimen",
        low,
    ):
        return None
    return rule_claim(statement, EXCLUDED, *match.span())


def read_extrahepatic_spread(document: Document) -> Fact:
    """Required, allowed or excluded."""
    claims: list[RuleClaim] = []
    for statement in document.having(*_WORDS):
        low = statement.low
        if is_for_other_tumor(statement) or _ULN_LEAD.search(low):
            continue
        for match in _MENTION.finditer(low):
            claim = _claim(statement, match)
            if claim:
                claims.append(claim)
    return decide(NAME, claims) if claims else _from_titles(document)


_WORDS = (
    "metasta",
    "extra",
    "confined",
    "limited",
    "restricted",
    "locali",
    "stage iv",
    "stage 4",
    "disseminated",
    "locally",
    "lymph",
    "nod",
    "m1",
    "ehs",
    "转移",
    "secondary",
    "oligo",
    "liver-",
    "spread",
)


def _from_titles(document: Document) -> Fact:
    told = [s for s in document.summary() if re.search(r"(?:patients?|subjects?|participants?) with", s.low)]
    for field in (document.titles(), told):
        claims = [
            rule_claim(statement, ALLOWED, match.start(), match.end())
            for statement in field
            for match in _MENTION.finditer(statement.low)
            if match.lastgroup in ("any", "outside")
            and not _NOT_THIS_CANCER.search(statement.low)
            and stance(statement, match.start(), match.end()) is not Stance.BANNED
        ]
        if claims:
            return decide(NAME, claims)
    return decide(NAME, [])
