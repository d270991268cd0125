"""Reads whether macrovascular tumour invasion (portal vein, hepatic vein, vena cava) is required, allowed or excluded.

Excluded only when all of it is banned: a ban of the main trunk, Vp3-4 or the vena cava alone still allows the rest. A
bland thrombus and microvascular invasion say nothing; a BCLC stage alone says nothing.
"""

import re
from collections.abc import Iterator

from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.alternatives import is_one_of_several
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

NAME = "portal_vein_invasion"
_INVASION = (
    r"(?:invasions?|invad\w+|encroach\w*|involvement|involv(?:es|ing|ed)|thr[ou]mb(?:us|i|osis|oses|osed|uses)\b"
    r"|infiltrat\w+|encas\w+|tumou?r thr[ou]mb\w+|cancer(?:ous)? (?:thromb\w+|embol\w+)|embolus|occlu\w+"
    r"|obstruct\w+|extension|extending|blockage|blocked|obliteration|compromised (?:circulation|flow)"
    r"|revers\w+ (?:of )?flow)"
)
_VESSEL = (
    r"(?:macro-?\s?vascular|macroscopic (?:intra-?)?vascular|macro-?vessel|(?:major|large|gross|extensive|big"
    r"|great|important)"
    r" (?:blood )?(?:vascular|vessels?|venous|veins?)|(?<!micro)(?<!micro )(?<!micro-)\bvascular|\bintra-?vascular"
    r"|portal(?:/| and | or |, )?\s?(?:hepatic )?(?:vein|venous|vasculature|trunk|branch\w*|system)?s?|\bporta\b"
    r"|\bpvs?\b"
    r"|(?:hepatic|segmental|lobar)(?:(?:,| and/or| and| or|/) ?(?:hepatic|segmental|lobar))? (?:veins?|venous"
    r"|vasculature)"
    r"|\bvena\s?cava\w*|\bcaval?\b|\bivc\b|intrahepatic vasculature|blood vessels?|\bvenous\b(?= (?:invasion|tumou?r)))"
)
_MENTION = re.compile(
    rf"(?P<vessel>{_VESSEL})(?P<gap>[^.;:]{{0,45}}?)\b(?P<invasion>{_INVASION})"
    rf"|(?P<tumor>\btumou?rs? (?:thrombi )?(?:in|within|inside|into)(?P<gap3> (?:(?:the|a|any|main|left|right"
    rf"|trunks?|branch(?:es)?"
    rf"|of|or|and|first|major|intrahepatic|lobar|segmental|large)\W+){{0,8}}?)(?P<vessel3>(?<![\w-]){_VESSEL}))"
    rf"|(?P<invasion2>(?:tumou?r|cancer|lesions?|carcinoma|hcc|direct|thromb(?:us|i|osis|oses))?\s?{_INVASION}"
    rf"|in contact with)(?P<gap2>[^.;:]{{0,60}}?)(?P<vessel2>{_VESSEL})"
    r"|(?P<short>\b(?:pvtt?|hvtt|ivctt|pv/hvtt)s?\b|\b(?:tumou?r|cancer(?:ous)?|vascular tumou?r)[ -]"
    r"(?:thr[ou]mb(?:us|i|osis|oses)|embol(?:us|i))\b|\btumou?r (?:in|within|inside) (?:a |the "
    r"|any )?(?:[a-z]+ )?veins?\b"
    r"|\bvp\s?-?[0-4](?!\d)|门静脉癌栓|angio-?invasi\w+)"
)
_NO_INVASION = re.compile(
    r"micro-?\s?vascular|portal hypertension|periportal|emboli[sz]ation|vena cava filter|bland|deep vein"
    r"|coronary|cerebrovascular|cardiovascular|aneurysm|peripheral (?:arter|vasc)|scintigraphy|arterial thromb"
    r"|renal vein|portal pressure|portal shunt|portosystemic|prothrombin|thrombocyt|airway"
)
# A thrombosis in such company is one of the blood, unless the tumour is named beside it.
_BLOOD_CLOT = re.compile(
    r"myocardial|stroke|pulmonary embol|deep vein|\bdvt\b|cerebrovascular|cerebral vascular|angina|thrombo-?embol"
    r"|ischa?emic attack|arterial (?:or venous )?thromb|infarct|catheter"
)
_VP0 = re.compile(r"\bvp ?-?0\b")  # none of it is accepted too
_BLAND = re.compile(
    r"(?<!tumor or )(?<!tumour or )(?<!tumoral or )(?<!malignant or )(?<!tumor and )bland"
    r"(?! (?:or|and) (?:malig|tumou?r))"
)
_CHEST = re.compile(  # not the imaging by which invasion is ruled out
    r"airway|mediastin|thora(?!\w* (?:ct|scan))|\bchest(?!(?: and| or|,| abdom\w+| pelvi\w+|/abdom\w+){0,4}"
    r"[ -](?:ct|x-?ray|mri|scan|comput|imag))|aort|pulmonary|bronch|trache|o?esophag|\blungs?\b|cavitat"
)
_OF_TUMOR = re.compile(r"tumou?r|hcc|cancer|carcinoma|malignan|\bvp ?\d|pvtt|neoplas|invasion")
_PARTIAL = re.compile(
    r"\bmain\b|\bmajor portal|\bvp\s?-?[234]\b|\btrunk\b|\bcomplete\b|\btotal\b|(?<!be )\bocclu\w+|\bbilateral\b"
    r"|\bboth\b|first[\s-]order|1st[\s-]order|\bextensive\b|superior mesenteric|contralateral|mesenteric"
    r"|type (?:ii|iii|iv|[234]|b)\b|cheng|\bright and left\b|left and right|extending (?:in)?to"
    r"|revers\w+ (?:of )?flow|flow revers|fully block"
    r"|portal bifurcation|cavernous|(?:segment|lobe|side|area|region) to be (?:treated|resected|irradiated|punctured)"
    r"|target(?:ed)? (?:lobe|segment)|\b(?:preventing|precluding|requiring)\b"
)
_WHOLE = re.compile(
    r"\bvp\s?-?[01]\b|\b(?:including|such as|e\.g\.,?|regardless|any)\b|\bor (?:its )?(?:branch|lobar|segmental)"
    r"|\bmain (?:or|and|and/or) (?:\w+ )?branch"
)
_ANY_DEGREE = re.compile(
    r"\b(?:partial(?:ly)? or complete|complete(?:ly)? or (?:partial|incomplete)|incomplete or complete"
    r"|occlusive or non-?occlusive"
    r"|any (?:level|degree|grade|branch|extent)|\bor (?:its|the|any"
    r"|other) branch)"
)
_OTHER_VESSELS = re.compile(
    r"(?:and/or|or|and) (?:any )?other (?:major |large )?(?:blood )?vessels?\b|(?:and|or) (?:the |its )?branch(?:es)?\b"
)
_LIMITED_VESSEL = re.compile(r"vena\s?cava|\bcaval?\b|\bivc\b|cardiac|atri(?:um|al)|hepatic vein|ivctt|hvtt")
_PORTAL = re.compile(r"portal|macro|vascular invasion|pvtt?\b|any vascular|vessels?\b")
_GENERIC = re.compile(
    r"^(?:macro|vascular|intra-?vascular|blood|(?:major|large|great|gross|big|important) )|blood vessel"
    r"|macro-?\s?vascular"
)
_HEDGE_BEFORE = re.compile(
    r"(?:\bor|\band/or|/|\beither|\bif|\bwithout|\bsuch as|\bincluding|\be\.g\.,?|\bwhether"
    r"|\bhigh[- ]risk[^.;]{0,40})\W+(?:(?!showing|with|having|and\b)[\w-]+\W+){0,5}$"
)
# "or tumors with invasion", "single > 5 cm; multiple; Vp1-3": one of several ways to come.
_OTHER_WAY = re.compile(
    r"\bor (?:tumou?rs?|those|patients|lesions|hcc|disease|any) (?:with|having|showing) (?:[\w-]+\W+){0,4}$"
)
_EXTENT = re.compile(r"\d ?cm\b|\bmultiple\b|multi-?(?:focal|nodular)|\bsolitary\b|\bsingle\b|satellite")
_HEDGE_AFTER = re.compile(
    r"^\W*(?:[\w-]+\W+){0,3}?(?<!with )(?:or|and/or)\b(?!\W*(?:hepatic vein|inferior|vena|portal|ivc|vp|type|i{1,3}v?\b"
    r"|main"
    r"|branch"
    r"|left|right|lobar|segmental|first|second|tumou?r thromb|more\b|greater|higher|beyond))"
)
_ALTERNATIVES = re.compile(
    r"(?:at least one|one or more|any(?: one)?|one|either) of (?:the|these|those)\b|\bone of\b"
    r"|defined as"
)
_LEVEL_OR = re.compile(r"\b(?:vp\s?-?[0-4]|type [iv1-4]+)\W*(?:[-~/,]|or|and|to)\W*(?:or\W+)?$")
_ASIDE = re.compile(r"\([^()]*\)")
# "(branch thrombosis may enter)": what an aside to a ban admits.
_ASIDE_ADMITS = re.compile(
    r"\([^()]*(?:branch|segment|incomplete|partial|distal|peripheral|non-?occlu|lobar|vp ?[123])[^()]*(?:allow"
    r"|permit|eligib"
    r"|accept|may|can be|\bok\b|admit)"
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


# "CNLC stage Ib, IIa or IIIa (branch tumour thrombus)": the stage explained is one of several.
_EARLIER_STAGE = re.compile(r"\b(?:stages?|cnlc|bclc) (?:stages? )?(?:i[ab]?|ii[ab]?|[0ab])\s?(?:,|/|-|or|and|to)\s")


def _is_about_tumor(statement: Statement, match: re.Match[str]) -> bool:
    """Whether the mention is of a tumour in a vessel, not of a clot, a shunt or vessels of the chest."""
    low = statement.low
    around = low[max(0, match.start() - 50) : match.end() + 50]
    near = low[max(0, match.start() - 20) : match.end() + 40]
    first = max(low.rfind(sign, 0, match.start()) for sign in ",;")
    last = min((place for sign in ",;" if (place := low.find(sign, match.end())) >= 0), default=len(low))
    if "bland" in around and _BLAND.search(low, max(first, match.start() - 50, 0), min(last, match.end() + 50)):
        return False
    if _NO_INVASION.search(match.group()) or re.search(
        r"micro(?:scopic(?:al)?)?[\s-]?(?:vascular|vessel)|scintigraphy|vena cava filter|non-?(?:tumou?r|malignan)",
        around,
    ):
        return False
    is_portal = "portal" in match.group() or "cava" in match.group()
    if (_CHEST.search(near) or _CHEST.search(around)) and not is_portal:
        return "portal" in near and "airway" not in near
    if match["short"] in ("pvt", "pvts") and "portal" in low[max(0, match.start() - 40) : match.start()]:
        return False  # the abbreviation of what has just been said
    vessel = match["vessel"] or match["vessel2"] or match["vessel3"] or ""
    invasion = match["invasion"] or match["invasion2"] or ""
    is_clot = "thromb" in invasion or match["short"] in ("pvt", "pvts") or invasion.startswith(("occlu", "obstr"))
    if is_clot and len(set(_BLOOD_CLOT.findall(low))) > 1 and not _OF_TUMOR.search(near):
        return False
    if (
        vessel.startswith(("vascular", "blood", "major", "large", "great"))
        and "thromb" in invasion
        and "tumo" not in around
    ):
        return False
    if vessel.endswith("vascular") and invasion.startswith(("occlu", "obstr", "exten")):
        return False
    if _OCCURRENCE.search(low[max(0, match.start() - 90) : match.start()]):
        return False
    return not (vessel == "vascular" and "disease" in (match["gap"] or ""))


def _mentions(statement: Statement) -> Iterator[re.Match[str]]:
    """What is said of tumour in vessels; after a mention of something else the search goes on within it."""
    low, place = statement.low, 0
    if not any(word in low for word in _INVASION_WORDS):
        return
    for _ in range(16):
        match = _MENTION.search(low, place)
        if match is None:
            return
        if _is_about_tumor(statement, match):
            yield match
            place = match.end()
        else:
            place = match.start() + 8


def _claim(statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    if _EXAMPLE.search(low, max(0, start - 120), start):
        return rule_claim(statement, ALLOWED, start, end)
    said = stance(statement, start, end)
    if said is Stance.PERMITTED:
        claim = rule_claim(statement, ALLOWED, start, end)
        claim.is_asked = statement.sign > 0
        return claim
    if said is Stance.BANNED:
        has_exception = re.search(r"\b(?:except\w*|unless|other than|excluding|exclude)\b", low[end:])
        has_exception = has_exception or _ASIDE_ADMITS.search(low, end)
        partial = _is_partial(low, start, end) or bool(has_exception)
        return rule_claim(
            statement, ALLOWED if partial else EXCLUDED, start, end, is_implied=partial and not has_exception
        )
    if _VP0.search(low) or statement.sign < 0:
        return rule_claim(statement, ALLOWED, start, end, is_implied=statement.sign < 0)
    is_choice = any(
        _ALTERNATIVES.search(text) for text in (low[:start], *(lead.low for lead in statement.lineage()[:1]))
    )
    before = statement.previous
    is_choice = is_choice or bool(
        before and low.startswith((" ", "vp", "portal", "macro", "vascular")) and _EXTENT.search(before.low)
    )
    is_choice = is_choice or bool(_EARLIER_STAGE.search(low, max(0, start - 80), start))
    is_choice = is_choice or bool(_OTHER_WAY.search(low, max(0, start - 60), start))
    said_before = _ASIDE.sub("", low[max(0, start - 100) : start])
    is_hedged = _HEDGE_BEFORE.search(said_before[-60:]) and not _LEVEL_OR.search(said_before)
    if is_choice or is_hedged or _HEDGE_AFTER.search(_ASIDE.sub("", low[end : end + 240])[:70]):
        return rule_claim(statement, ALLOWED, start, end)
    return rule_claim(statement, REQUIRED, start, end)


def _is_partial(low: str, start: int, end: int) -> bool:
    """Whether the ban reaches only some vessels or only wide invasion.

    What qualifies "macrovascular invasion" stands behind it; what qualifies the portal vein may stand before it too.
    """
    mention = low[start:end]
    is_generic = bool(_GENERIC.search(mention)) and "portal" not in mention
    comma = min(
        (place for sign in (", ", ";", ". ", " and no ") if (place := low.find(sign, end)) >= 0), default=len(low)
    )
    behind = low[end : min(comma if is_generic or "bland" in low[comma : comma + 20] else end + 80, end + 80)]
    if _OTHER_VESSELS.search(low, end, end + 120) or _ANY_DEGREE.search(low, max(0, start - 40), end + 50):
        return False
    if _WHOLE.search(low, max(0, start - 12), min(end + 40, len(low))) and not re.search(
        r"vp\s?-?[34][^,;]{0,12}$", mention
    ):
        return False
    if is_generic:
        return bool(_PARTIAL.search(mention + behind))
    first = max(low.rfind(sign, 0, start) for sign in (". ", "; ", " no ", " without "))
    window = low[max(first, 0) : end] + behind
    if _PARTIAL.search(window):
        return True
    return bool(_LIMITED_VESSEL.search(window)) and not _PORTAL.search(window)


def read_portal_vein_invasion(document: Document) -> Fact:
    """Required, allowed or excluded."""
    claims: list[RuleClaim] = []
    for statement in document.having(*_WORDS):
        if is_for_other_tumor(statement):
            continue
        found = [claim for match in _mentions(statement) if (claim := _claim(statement, match))]
        if any(claim.rule == REQUIRED for claim in found) and is_one_of_several(document, statement):
            for claim in found:
                claim.rule = ALLOWED if claim.rule == REQUIRED else claim.rule
        claims += found
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
    "porta",
    "hvtt",
    "vein",
    "embol",
    "pv ",
)
# No mention is without one of these.
_INVASION_WORDS = (
    "inva", "encroach", "thromb", "thrumb", "involv", "infiltr", "encas", "embol", "occlu", "obstru", "exten", "block",
    "oblit", "tumors in", "tumours in", "compromis", "revers", "contact", "pvt", "vp", "tumor in", "tumour in",
    "tumor within", "tumour within", "癌栓",
    "hvtt", "ivctt",
)  # fmt: skip


def _from_titles(document: Document) -> Fact:
    for field in (document.titles(), document.conditions()):
        claims = [
            rule_claim(statement, REQUIRED, match.start(), match.end())
            for statement in field
            for match in _mentions(statement)
            if stance(statement, match.start(), match.end()) is Stance.ASKED
        ]
        if claims:
            return decide(NAME, claims)
    return decide(NAME, [])
