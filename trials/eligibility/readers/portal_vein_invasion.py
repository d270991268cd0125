"""Reads whether macrovascular tumour invasion (portal vein, hepatic vein, vena cava) is required, allowed or excluded.

Excluded only when all of it is banned: a ban of the main trunk, Vp3-4 or the vena cava alone still allows the rest. A
bland thrombus and microvascular invasion say nothing; a BCLC stage alone says nothing.
"""

import re

from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

NAME = "portal_vein_invasion"
_INVASION = (
    r"(?:invasions?|invad\w+|involvement|involv(?:es|ing|ed)|thr[ou]mb(?:us|i|osis|oses|osed|uses)\b"
    r"|infiltrat\w+|encas\w+|tumou?r thr[ou]mb\w+|cancer(?:ous)? (?:thromb\w+|embol\w+)|embolus|occlusion"
    r"|obstruction|extension|blockage|obliteration)"
)
_VESSEL = (
    r"(?:macro-?\s?vascular|macro-?vessel|(?:major|large|gross|extensive|big|great) (?:blood )?(?:vascular"
    r"|vessels?|venous|veins?)|(?<!micro)(?<!micro )(?<!micro-)\bvascular|portal(?:/| and | or "
    r"|, )?\s?(?:hepatic )?(?:vein|venous|vasculature|trunk|branch\w*)?s?"
    r"|hepatic (?:veins?|venous|vasculature)|\bvena\s?cava\w*|\bcaval?\b|\bivc\b|intrahepatic vasculature"
    r"|blood vessels?)"
)
_MENTION = re.compile(
    rf"(?P<vessel>{_VESSEL})(?P<gap>[^.;:]{{0,45}}?)\b(?P<invasion>{_INVASION})"
    rf"|(?P<invasion2>(?:tumou?r|cancer|lesions?|carcinoma|hcc|direct|thromb(?:us|i|osis|oses))?\s?{_INVASION}"
    rf"|in contact with)(?P<gap2>[^.;:]{{0,60}}?)(?P<vessel2>{_VESSEL})"
    r"|(?P<short>\bpvtt?s?\b|\b(?:tumou?r|cancer(?:ous)?|vascular tumou?r) (?:thr[ou]mb(?:us|i|osis|oses)"
    r"|embol(?:us|i))\b|\bvp\s?-?[0-4](?!\d)|门静脉癌栓|angio-?invasion|(?:compromised circulation in"
    r"|blockage of) the[^.;]{0,30}portal vein|vascular disease with portal)"
)
_NO_INVASION = re.compile(
    r"micro-?\s?vascular|portal hypertension|periportal|emboli[sz]ation|vena cava filter|bland|deep vein"
    r"|pulmonary embol|coronary|cerebrovascular|cardiovascular|aneurysm|peripheral (?:arter|vasc)|scintigraphy"
    r"|arterial thromb"
    r"|renal vein|portal pressure|portal shunt|portosystemic|prothrombin|thrombocyt"
)
_PARTIAL = re.compile(
    r"\bmain\b|\bmajor portal|\bvp\s?-?[234]\b|\btrunk\b|\bcomplete\b|\btotal\b|\boccl\w+|\bbilateral\b"
    r"|\bboth\b|first[\s-]order|1st[\s-]order|\bextensive\b|superior mesenteric|contralateral|mesenteric"
    r"|type (?:iii|iv|3|4|b)\b|cheng|\bright and left\b|left and right|extending (?:in)?to"
)
_LIMITED_VESSEL = re.compile(r"vena\s?cava|\bcaval?\b|\bivc\b|cardiac|atri(?:um|al)|hepatic vein")
_PORTAL = re.compile(r"portal|macro|vascular invasion|pvtt?\b|any vascular|vessels?\b")
_HEDGE_BEFORE = re.compile(
    r"(?:\bor|\band/or|/|\beither|\bif|\bwithout|\bsuch as|\bincluding|\be\.g\.,?|\bwhether"
    r"|\bhigh[- ]risk[^.;]{0,40})\W+(?:(?!showing|with|having|and\b)[\w-]+\W+){0,4}$"
)
_HEDGE_AFTER = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:[\w-]+\W+){0,3}?(?:or|and/or)\b(?!\W*(?:hepatic vein|inferior|vena|portal|ivc"
    r"|tumou?r thromb))"
)
_ALTERNATIVES = re.compile(
    r"(?:at least one|one or more|any(?: one)?|one|either) of (?:the|these|those)\b|\bone of\b"
    r"|defined as"
)
_NEED = re.compile(
    r"\b(?:with|presence|showing|having|have|has|confirmed|diagnos\w+|evidence|documented|complicated"
    r"|accompanied|by|combined|required|must)\b"
)
# "Not a candidate for surgery (vascular involvement, ...)": why a patient comes, not what is banned.
_EXAMPLE = re.compile(
    r"(?:not|un|in)[\s-]?(?:be )?(?:a |good |suitable )*(?:candidates?|amenable|eligible|suitable|resectable"
    r"|operable)\b[^.;]{0,90}(?:\(|due to|because of|\bie\b|i\.e\.|such as)[^.;)]*$"
)
_OCCURRENCE = re.compile(r"progressing from|due to (?:the )?occurrence|in case of")


def _is_about_tumor(statement: Statement, match: re.Match[str]) -> bool:
    low = statement.low
    around = low[max(0, match.start() - 50) : match.end() + 50]
    if _NO_INVASION.search(match.group()) or re.search(
        r"bland|microvascular|micro-vascular|scintigraphy|vena cava filter", around
    ):
        return False
    vessel = match["vessel"] or match["vessel2"] or ""
    if "airway" in around and "portal" not in match.group() and "cava" not in match.group():
        return False
    invasion = match["invasion"] or match["invasion2"] or ""
    if (
        vessel.startswith(("vascular", "blood", "major", "large", "great"))
        and "thromb" in invasion
        and "tumo" not in around
    ):
        return False
    if vessel.endswith("vascular") and invasion in ("occlusion", "obstruction", "extension"):
        return False
    if _OCCURRENCE.search(low[max(0, match.start() - 90) : match.start()]):
        return False
    return not (vessel == "vascular" and "disease" in (match["gap"] or ""))


def _claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    if _EXAMPLE.search(low, max(0, start - 120), start):
        return rule_claim(statement, ALLOWED, start, end)
    said = stance(statement, start, end)
    if said is Stance.PERMITTED:
        return rule_claim(statement, ALLOWED, start, end)
    if said is Stance.BANNED:
        has_exception = re.search(r"\b(?:except\w*|unless|other than|excluding|exclude)\b", low[end:])
        partial = _is_partial(low, start, end) or bool(has_exception)
        return rule_claim(
            statement, ALLOWED if partial else EXCLUDED, start, end, is_implied=partial and not has_exception
        )
    if re.fullmatch(r"vp\s?-?0", match.group()) or statement.sign < 0:
        return rule_claim(statement, ALLOWED, start, end)
    is_choice = any(
        _ALTERNATIVES.search(text) for text in (low[:start], *(lead.low for lead in statement.lineage()[:1]))
    )
    if is_choice or _HEDGE_BEFORE.search(low, max(0, start - 60), start) or _HEDGE_AFTER.search(low[end : end + 70]):
        return rule_claim(statement, ALLOWED, start, end)
    return rule_claim(statement, REQUIRED, start, end)


def _is_partial(low: str, start: int, end: int) -> bool:
    first = max(low.rfind(sign, 0, start) for sign in (". ", "; ", " no ", " without "))
    window = low[max(first, 0) : end + 80]
    if _PARTIAL.search(window):
        return True
    return bool(_LIMITED_VESSEL.search(window)) and not _PORTAL.search(window)


def read_portal_vein_invasion(document: Document) -> Fact:
    """Required, allowed or excluded."""
    claims: list[RuleClaim] = []
    for statement in document.having(*_WORDS):
        if is_for_other_tumor(statement):
            continue
        claims += [
            claim
            for match in _MENTION.finditer(statement.low)
            if _is_about_tumor(statement, match) and (claim := _claim(statement, match))
        ]
    return decide(NAME, claims) if claims else _from_titles(document)


_WORDS = (
    "portal",
    "vascular",
    "vessel",
    "cava",
    "pvt",
    "thromb",
    "thrumb",
    "vp",
    "ivc",
    "hepatic vein",
    "vasculature",
    "门静脉",
    "angio",
)


def _from_titles(document: Document) -> Fact:
    for field in (document.titles(), document.conditions()):
        claims = [
            rule_claim(statement, REQUIRED, match.start(), match.end())
            for statement in field
            for match in _MENTION.finditer(statement.low)
            if _is_about_tumor(statement, match) and stance(statement, match.start(), match.end()) is Stance.ASKED
        ]
        if claims:
            return decide(NAME, claims)
    return decide(NAME, [])
