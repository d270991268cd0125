"""Reads whether metastasis outside the liver (nodes included) is required, allowed or excluded.

"Advanced or metastatic" allows it; "advanced" alone says nothing. A ban of active brain metastases alone says nothing;
treated ones admitted allow it. Never takes liver metastases of another cancer for spread.
"""

import re

from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.alternatives import is_one_of_several
from trials.eligibility.readers.bclc import read_bclc
from trials.eligibility.readers.spread_mentions import NOT_THIS_CANCER, WORDS, Spread, mentions
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

NAME = "extrahepatic_spread"
_TREATED_BRAIN = re.compile(
    r"(?:previously|adequately|definitively|been) treated|treated (?:brain|cns|central)|unless|stable"
    r"|asymptomatic|eligible|allowed|permitted|may participate|except"
)
_TITLE_HEDGE = re.compile(
    r"\b(?:or|and|and/or)\W+$|/\W*$|\b(?:resectable|advanced|recurrent|inoperable|refractory)\W+$"
)
_BRAIN_CONDITION = re.compile(
    r"\b(?:unless|except)\b|(?:must have|can be|may be) (?:stable|been treated|enrolled)|only eligible if"
    r"|\bif (?:they|the patient|these|it)\b|(?:treated|stable)\b[^.;]{0,40}\b(?:accepted|allowed|permitted|eligible"
    r"|ok)\b"
)
_PRIOR_THERAPY = re.compile(r"\b(?:radiotherapy|radiation|irradiat\w+|surgery|resection)\b")
# "Unresectable HCC without spread": what stands before the negation limits something else.
_OF_ANOTHER = re.compile(r"^.*\b(?:with|without|no|not|absence of|free of)\b", re.DOTALL)
_LIMIT_BEHIND = re.compile(
    r"[>≥]\s?\d|more than|greater than|larger than|exceed\w*|requiring|that (?:involve|require|cannot|can not"
    r"|is not|are not)\w*"
    r"|involving|except|unless|other than|not amenable|rapidly|uncontrolled|symptomatic|untreated|progressing"
    r"|life-threatening"
)
_LIMIT = (
    r"(?:symptomatic|life-threatening|untreated|unresectable|uncontrolled|other than|rapidly|progressing|progressive"
    r"|non-?(?:resect|ablat|operab)\w+|significant|extensive|bulky|massive|widespread|dominant)"
)
_LIMIT_BEFORE = re.compile(rf"(?:{_LIMIT}|[>≥]\s?\d+|(?:more|greater) than \w+)(?:[ -](?!or\b|and\b)\w+)?[\s(]*$")
_LIMIT_WITHIN = re.compile(_LIMIT)
_NEXT_THING = re.compile(
    r"[;.]\s|,? (?:or|and|and/or) (?:\w+ ){0,2}?(?:tumou?r|hcc|ascites|portal|vascular|macro|child|bleed|infect"
    r"|uncontrolled"
    r"|liver|invasion|thromb|hepatic|active|other)"
)
_HEDGE_BEFORE = re.compile(
    r"(?:\b(?:or|and/or|either|regardless)\b[^,]{0,10}|/|\b(?:\w*resectable|advanced|recurrent|\w*operable"
    r"|refractory|relapsed"
    r"|persistent|locali[sz]ed|disease|primary)\W*,)\W*(?:and |or )?$"
)
_HEDGE_BEHIND = re.compile(
    r"\b(?:or|and/or|either|regardless)\b|/|,\s?(?:locally|unresect|recurr|advanced|refract|relaps|inoper|persist)"
)
_CONDITION = re.compile(
    r"defined as|\bif\b|permitted|\bmay\b|\b(?:up to|no more than|not more than|at most|maximum|fewer than"
    r"|less than|limited to)\b|≤"
)
_ULN_LEAD = re.compile(r"\buln\b|upper limit(?! (?:of|to|on) (?:the )?(?:tumou?r|number|size|nodule|lesion))")
_UNCERTAIN = re.compile(
    r"indeterminate|benign|non-?enhancing|reactive|sub-?cent|not (?:considered )?suspicious|not considered"
    r"|measur|short axis"
)
_CONFIRMED = re.compile(
    r"\b(?:confirmed|documented|diagnos\w+|proven|have|has|with)(?: an?| of)?(?: histolog\w+"
    r"| cytolog\w+)? (?:\w+ ){0,2}?$"
)
# "Metastatic cancer" as what patients have; not "a metastatic lesion", "the metastatic setting", "therapy for ...".
_TUMOR_BEHIND = re.compile(
    r"\s(?:(?!or\b|and\b)[\w()+-]+\s){0,4}?(?:cancers?|tumou?rs?|malignan\w+|carcinomas?|hcc|hepatocellular|disease"
    r"|adenocarcinomas?|flc|neoplasms?)\b"
)
_HAVE_IT = re.compile(
    r"(?:^\W*|\b(?:with|of|have|has|had|having|confirmed|documented|diagnos\w+|proven|measurable|evaluable)\W+)"
    r"(?:(?:an?|the|solid|advanced|progressive|histolog\w+|radiolog\w+|measurable|refractory)\W+){0,3}$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_OF_THERAPY = re.compile(r"\b(?:therap\w+|treatments?|regimens?|lines?|chemotherapy|surgery|resection)\b[^.;,]{0,40}$")
_PEOPLE_WITH = re.compile(r"(?:patients?|subjects?|participants?) with")
_OWN_TUMOR = re.compile(r"hcc|hepatocell|hepatoma|solid|liver cancer")
_TISSUE = re.compile(r"\b(?:tissue|specimens?|archiv\w+|biops\w+)\b")
_TREATMENT = re.compile(
    r"\b(?:for|in) (?:the )?(?:\(?unresectable|locally advanced|advanced|recurrent|metastatic)\b|therapy"
    r"|treatment|chemotherapy|systemic|regimen"
)


def _claim(statement: Statement, kind: Spread, match: re.Match[str]) -> RuleClaim | None:
    start, end = match.span()
    said = stance(statement, start, end)
    if kind is Spread.NODE:
        return _node_claim(statement, said, start, end)
    if kind is Spread.NONE:
        is_gloss = statement.low[:start].endswith("(")  # "no distant disease (M0)"
        is_asked = (said is Stance.ASKED or is_gloss) and statement.sign > 0
        return rule_claim(statement, EXCLUDED, start, end) if is_asked else None
    if kind is Spread.DOMINANT:
        return None if said is Stance.BANNED else rule_claim(statement, ALLOWED, start, end)
    if kind is Spread.INSIDE:
        return _inside_claim(statement, said, start, end)
    if kind is Spread.BRAIN:
        return _brain_claim(statement, said, start, end)
    if kind is Spread.BONE:
        washout = said is Stance.BANNED and _PRIOR_THERAPY.search(statement.low)
        asked = said is not Stance.BANNED
        return rule_claim(statement, ALLOWED, start, end, is_implied=True) if washout or asked else None
    if kind is Spread.OUTSIDE and statement.sign < 0 and statement.low.strip(" .;").startswith("extra"):
        said = Stance.BANNED if said is Stance.ASKED else said
    if said is Stance.BANNED:
        return _ban_claim(statement, kind, match)
    return _open_claim(statement, kind, said, match)


def _open_claim(statement: Statement, kind: Spread, said: Stance, match: re.Match[str]) -> RuleClaim | None:
    """Spread that is asked for or permitted."""
    low = statement.low
    start, end = match.span()
    if said is Stance.PERMITTED:
        is_aside = (
            kind is Spread.LOOSE and statement.sign < 0 and low[:start].rstrip().endswith(("other than", "except"))
        )
        is_doubtful = kind is Spread.OUTSIDE and "lesion" in match.group() and _UNCERTAIN.search(low)
        return None if is_aside or is_doubtful else rule_claim(statement, ALLOWED, start, end)
    is_choice = bool(_CONDITION.search(low)) or statement.sign < 0
    if kind is Spread.LOOSE:
        is_hedged = _HEDGE_BEFORE.search(low, max(0, start - 30), start) or _HEDGE_BEHIND.search(low, end, end + 25)
        is_alone = match.group() == "metastatic" and not is_hedged and _is_what_patients_have(low, start, end)
        claim = rule_claim(statement, REQUIRED if is_alone and not is_choice else ALLOWED, start, end)
        is_noun = match.group() in ("metastasis", "metastases")
        claim.is_implied = (is_noun and not is_hedged) or bool(_TISSUE.search(low))
    else:
        is_choice = is_choice or bool(re.search(r"\b(?:or|and/or)\b|/", low))
        claim = rule_claim(statement, ALLOWED if is_choice else REQUIRED, start, end)
    claim.is_asked = kind is Spread.OUTSIDE and statement.sign > 0
    return claim


def _is_what_patients_have(low: str, start: int, end: int) -> bool:
    if _CONFIRMED.search(low, max(0, start - 80), start):
        return True
    before = _ASIDE.sub("", low[max(0, start - 60) : start])
    return bool(_TUMOR_BEHIND.match(low, end) and _HAVE_IT.search(before)) and not _OF_THERAPY.search(before)


def _node_claim(statement: Statement, said: Stance, start: int, end: int) -> RuleClaim | None:
    """Nodes that are expressly admitted; a benign or doubtful node is none."""
    if said is not Stance.PERMITTED or _UNCERTAIN.search(statement.low):
        return None
    return rule_claim(statement, ALLOWED, start, end)


def _inside_claim(statement: Statement, said: Stance, start: int, end: int) -> RuleClaim | None:
    if said is Stance.ASKED and statement.sign > 0:
        return rule_claim(statement, EXCLUDED, start, end)
    if (
        said is Stance.BANNED
        and statement.sign < 0
        and re.search(r"\bnot\b", statement.low[max(0, start - 12) : start])
    ):
        return rule_claim(statement, EXCLUDED, start, end)
    return rule_claim(statement, ALLOWED, start, end) if said is Stance.PERMITTED else None


def _brain_claim(statement: Statement, said: Stance, start: int, end: int) -> RuleClaim | None:
    """Only brain metastases that are admitted, once treated, tell of spread."""
    low = statement.low
    is_treated = bool(_TREATED_BRAIN.search(low))
    is_admitted = (
        said is Stance.PERMITTED
        or (said is Stance.ASKED and is_treated and statement.sign > 0)
        or (is_treated and bool(_BRAIN_CONDITION.search(low)))
    )
    return rule_claim(statement, ALLOWED, start, end, is_implied=True) if is_admitted else None


def _ban_claim(statement: Statement, kind: Spread, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    reach = 220 if "defined as" in low[end : end + 30] else 110
    following = _NEXT_THING.search(low, end, end + reach) if reach == 110 else None
    limited = (
        _LIMIT_BEHIND.search(low, end, following.start() if following else end + reach)
        or _LIMIT_BEFORE.search(_OF_ANOTHER.sub("", low[max(0, start - 45) : start]))
        or _LIMIT_WITHIN.search(match.group())
    )
    if limited:
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if kind is Spread.LOOSE and _TREATMENT.search(low):
        return None  # a ban of a treatment
    return rule_claim(statement, EXCLUDED, start, end)


def _claims(statement: Statement) -> list[RuleClaim]:
    """The claims of one statement; where it speaks of spread outright, a looser word only gives an example."""
    found = [(kind, claim) for kind, match in mentions(statement) if (claim := _claim(statement, kind, match))]
    is_outright = any(kind is Spread.OUTSIDE for kind, _ in found)
    return [claim for kind, claim in found if not (is_outright and kind is Spread.LOOSE and claim.rule == EXCLUDED)]


def read_extrahepatic_spread(document: Document) -> Fact:
    """Required, allowed or excluded."""
    claims: list[RuleClaim] = []
    for statement in document.having(*WORDS):
        if not is_for_other_tumor(statement) and not _ULN_LEAD.search(statement.low):
            found = _claims(statement)
            if any(claim.rule == REQUIRED for claim in found) and is_one_of_several(document, statement):
                for claim in found:
                    claim.rule = ALLOWED if claim.rule == REQUIRED else claim.rule
            claims += found
    if any(claim.rule == REQUIRED for claim in claims) and _admits_earlier_stage(document):
        for claim in claims:
            claim.rule = ALLOWED if claim.rule == REQUIRED else claim.rule
    return decide(NAME, _settled(claims)) if claims else _from_weak_fields(document)


def _admits_earlier_stage(document: Document) -> bool:
    """Whether a stage without spread is accepted by name: then no sentence can ask everybody for spread."""
    stage = document.fact("bclc", read_bclc).value
    return isinstance(stage, tuple) and not {"0", "A", "B"}.isdisjoint(stage)


def _settled(claims: list[RuleClaim]) -> list[RuleClaim]:
    """ "Metastatic" asks for spread only where no other sentence admits patients without it, or bans it."""
    if all(claim.rule == REQUIRED or claim.is_implied for claim in claims):
        return claims
    for claim in claims:
        if claim.rule == REQUIRED and not claim.is_asked:
            claim.rule = ALLOWED
    return claims


def _from_weak_fields(document: Document) -> Fact:
    summary = document.record.brief_summary.lower()
    is_told = "metasta" in summary or "hepatic" in summary or "stage iv" in summary or "advanced" in summary
    told = [s for s in document.summary() if _PEOPLE_WITH.search(s.low)] if is_told else []
    conditions = [s for s in document.conditions() if _OWN_TUMOR.search(s.low)]
    for field in (document.titles(), conditions, told):
        claims = [
            rule_claim(statement, _told_by(statement, kind, match), match.start(), match.end())
            for statement in field
            for kind, match in mentions(statement)
            if kind in (Spread.LOOSE, Spread.OUTSIDE)
            and not NOT_THIS_CANCER.search(statement.low)
            and stance(statement, match.start(), match.end()) is not Stance.BANNED
        ]
        if claims:
            return decide(NAME, _settled(claims))
    return decide(NAME, [])


def _told_by(statement: Statement, kind: Spread, match: re.Match[str]) -> str:
    """A title that names "metastatic HCC" alone tells that all have spread; any other mention only that some may."""
    low, (start, end) = statement.low, match.span()
    is_title = statement.view.field.endswith("_title")
    if not is_title or kind is not Spread.LOOSE or match.group() != "metastatic" or not _TUMOR_BEHIND.match(low, end):
        return ALLOWED
    is_hedged = _TITLE_HEDGE.search(low, max(0, start - 40), start) or _HEDGE_BEHIND.search(low, end, end + 25)
    return ALLOWED if is_hedged else REQUIRED
