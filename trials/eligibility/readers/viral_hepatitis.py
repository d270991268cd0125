"""Shared by the readers of hepatitis B and C: whether patients with the virus are required, accepted or excluded.

Accepted under treatment or below a limit is accepted. A ban of co-infection, of untreated or detectable infection alone
accepts the rest.
"""

import re
from dataclasses import replace

from trials.eligibility.claims import contradictory
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, base_sign, stance
from trials.eligibility.readers.alternatives import is_one_of_several
from trials.eligibility.readers.viral_scope import Virus, is_by_load, is_one_list, is_part, own_phrase
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement

_CONTROLLED = re.compile(
    r"antivir|anti-vir|anti-?h[bc]v (?:treat|therap|med|drug)|treated|on (?:stable )?treatment|receiving"
    r"|controlled|suppress"
    r"|undetect|below|less than|under (?:the )?(?:lower )?limit|(?:<|≤)\s?=?\s?\d|prophyla|inactive|resolved"
    r"|cured|cleared|past|rna[- ](?:is )?negative|negative for|completed|stable|therapy|eligible|allowed"
    r"|viral load must|entecavir|tenofovir|nucleos"
)
_CONDITION = re.compile(
    r"\bif\b|\bunless\b|provided|\bwho are\b|must (?:be|have|receive|also)|should (?:be|have|receive)"
    r"|are required|patients with|subjects with|participants with|those with|with a history|history of"
    r"|with or without|for (?:patients|subjects|participants)|in (?:patients|case|subjects)|are positive"
    r"|who have|known to be|infected (?:patients|subjects|participants)|only|regardless|whether|any of"
    r"|etiology|aetiology|status|screen|test|serolog|and/or|\bor\b|confirmed by|alcohol|arld|masld|nash|nafld"
    r"|such as|e\.g\."
)
_POSITIVE = re.compile(r"positiv|infect|carrier|chronic|related|associated|detectable|induced|\+")
_TREATMENT_OF = re.compile(
    r"\b(?:therap(?:y|ies)|treatment|medications?|antivirals?|prophylaxis)\b[^.;,:]{0,70}\b(?:for|of|against)\s"
    r"(?:the |chronic |active |concurrent |any )*$"
)
_TESTED = re.compile(r"test\w*|screen\w*|serolog\w*|samples?|virology|vaccin\w*|immuni[sz]\w+|assays?")
_FOUND = re.compile(r"positiv|negativ|reactiv|detect|\+|evidence|infection")
_ALTERNATIVES = re.compile(
    r"\b(?:one|any|either|at least one|either one)\b[^.]{0,40}\b(?:of|following)\b|\bas follows\b"
)
_CAUSE = re.compile(r"due to|caused by|etiolog|aetiolog|secondary to|alcohol|masld|nash|nafld|cirrhosis|risk factor")
_ANTIGEN_BAN = re.compile(
    r"positive (?:\w+ ){0,3}(?:surface antigen|\(?hbs-?ag)|(?:hbs-?ag"
    r"|surface antigen)\W+(?:\(?hbs-?ag\W+)?(?:positiv|reactiv|\+|result|test)"
)
_RESOLVED = re.compile(
    r"past or resolved|resolved|absence of (?:an )?hbs|negative hbs|hbs-?ag[\s-]*(?:negative|\(-\))|history of cured"
    r"|anti-?hbc|vaccin|core antibod|hb[cs] antibod|hb[cs]-?ab\b"
)
_ON_TREATMENT = re.compile(r"controlled|ongoing|on antiviral|antiviral therapy")
_NEGATIVE = re.compile(
    r"\b(?:hbsag|surface antigen|hcv|hbv|antibod\w+|rna|dna|hepatitis [bc]|serology|\(hbsag\)"
    r"|tests? for)\b[^.;]{0,35}\b(?:negative|undetectable)|negative (?:for |test |tests |results? |hepatitis "
    r"|hbsag|serolog|hcv|hbv|total )[^.;]{0,50}"
)
_CARRIER = re.compile(
    r"(?<!negative )(?<!absence of )\bhbs-?ag(?:\W*positive)?\W*(?:but|and|with) (?:\w+[ -])?dna[ -](?:is )?(?:neg"
    r"|undet)"
)
_PROCEDURE = re.compile(r"\btest(?:s|ing)? (?:will|should|need)\b[^.;]{0,25}\b(?:performed|done|required|optional)")
_ACTIVE = re.compile(r"\bactive\b")
_TO_BE_TREATED = re.compile(
    r"\b(?:will|should|must) (?:be (?:placed|started|treated|given|on\b)|receive (?:\w+ )?(?:anti|treat))"
)
_WITH_OR_WITHOUT = re.compile(r"\b(?:with (?:or|and) without|with/without|regardless of|irrespective of)[\w -]{0,24}$")
_OTHER_VIRUS = re.compile(r"\bh[bc]v\b|\bhvc\b|hepatitis\W{0,3}(?:virus|type)?\W{0,3}[bc]\b|\bhbs|viral hepatitis")
_GENERIC = re.compile(r"viral|infectious")
# "Hepatitis" without a letter counts for both viruses where it is accepted; a ban of it is too vague.
_BARE = re.compile(
    r"(?<!autoimmune )(?<!alcoholic )(?<!immune )(?<!induced )(?<!steato)\bhepatitis\b"
    r"(?!\W{0,3}(?:virus|viral|types?|virolog\w*|status|[a-e]\b))"
)
_NOT_OF_VIRUS = re.compile(r"lymphaden|immune|alcohol|steato|drug-|radiation|vaccin")
_NO_SCREENING = re.compile(
    r"\b(?:no|without|never) (?:any |prior |previous )*[\w/ -]{2,30}? (?:screen\w*|test(?:s|ed|ing))\b"
)
# Chronic infection asked for by its definition: "HBsAg positive for more than 6 months".
_CARRIER_ASKED = re.compile(
    r"\W*(?:(?:patients|subjects|participants) )?(?:with |who are |must be |documented |confirmed |serum )*"
    r"(?:(?:hbs-?ag|hepatitis b surface antigen)[\s(-]*(?:is |was )?(?:(?:sero)?positiv\w*|\+)\)?"
    r"|positive (?:serum )?hbs-?ag)"
    r" (?:for|>|≥|lasting|at least|more than|over)\b"
)
# A note under exclusion that asks for it: "subjects are required to be negative for HBsAg".
_MUST_BE_NEGATIVE = re.compile(r"\b(?:must|required to|need to|should|have to) (?:be|test) negative for [^.;:]{0,120}$")
_MOST_MENTIONS = 200  # no record names a virus so often; it bounds the work on any text
_SINGLE_JOINT = re.compile(r"\b(?:co-?\s?|super-?\s?)infect")
# "HCC on top of HCV cirrhosis": the cause that every patient has, unless another is named beside it.
_ON_TOP_OF = re.compile(
    r"\b(?:hcc|carcinoma|hepatoma)(?: \(hcc\))? (?:on top of|(?:is |was )?(?:due|secondary) to|caused by|complicating)"
    r" (?:the |a )?(?:chronic |post-?)?$"
)
_OTHER_CAUSE = re.compile(
    r"\b(?:or|other|alcohol\w*|nash|masld|nafld|non-?viral|if|may|any|such as|e\.g)\b|/|hbv and|hcv and|hepatitis b and"
)
_NO_LONGER = re.compile(r"considered (?:as )?non-?infected|considered (?:as )?(?:not infected|uninfected)")


def _claim(document: Document, virus: Virus, statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    if match.group().startswith("viral") and re.search(r"\bother\b", low[max(0, start - 30) : start]):
        return None
    if _NO_SCREENING.search(low) and not _FOUND.search(low):
        return None
    if re.search(r"virology status|documented virology", low) and not re.search(r"must|should", low):
        return None
    if _PROCEDURE.search(low) and not _NEGATIVE.search(low):
        return None
    if statement.sign < 0 and re.match(r"[\s-]*(?:virus )?negative\b", low[end:]):
        return rule_claim(statement, REQUIRED, start, end)
    said = stance(statement, start, end)
    if statement.sign > 0 and said is not Stance.BANNED and _CARRIER_ASKED.match(low):
        return rule_claim(statement, REQUIRED, start, end)
    if said is Stance.PERMITTED:
        if statement.sign < 0 and _WITH_OR_WITHOUT.search(low, max(0, start - 44), start):
            return None
        is_resolved = virus.name == "hbv" and _is_resolved(low)
        return rule_claim(statement, ALLOWED, start, end, is_implied=is_resolved)
    if _NO_LONGER.search(low):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if said is Stance.BANNED:
        return _ban(virus, statement, start, end)
    return _asked(document, virus, statement, start, end)


def _is_resolved(low: str) -> bool:
    """Whether only an infection of the past is spoken of, or a vaccination: not a carrier, nobody on treatment."""
    return bool(_RESOLVED.search(low)) and not (_ON_TREATMENT.search(low) or _CARRIER.search(low))


def _ban(virus: Virus, statement: Statement, start: int, end: int) -> RuleClaim | None:
    low = statement.low
    first, last = _sentence(low, start, end)
    if _TO_BE_TREATED.search(low, end):
        return rule_claim(statement, ALLOWED, start, end)
    if _is_only_tested(virus, low, end, last) or _TREATMENT_OF.search(low, max(first, start - 110), start):
        return None
    part = is_part(virus, low, start, end, (first, last))
    return rule_claim(statement, ALLOWED if part else EXCLUDED, start, end, is_implied=part)


def _is_only_tested(virus: Virus, low: str, end: int, last: int) -> bool:
    """ "Samples for HCV testing", "treatment for hepatitis B": no word of who has the virus."""
    tail = low[end : min(own_phrase(virus, low, end, last), end + 40)]
    tested = _TESTED.search(tail)
    gap = tail[: tested.start()] if tested else "("
    return "(" not in gap and is_one_list(gap) and not _FOUND.search(low)


def _sentence(low: str, start: int, end: int) -> tuple[int, int]:
    first = max(low.rfind(sign, 0, start) for sign in (". ", "; ")) + 1
    last = min((place for sign in (". ", "; ") if (place := low.find(sign, end)) >= 0), default=len(low))
    return first, last


def _asked(document: Document, virus: Virus, statement: Statement, start: int, end: int) -> RuleClaim | None:
    """What a mention means that stands neither under a ban nor under a permission."""
    low = statement.low
    if base_sign(statement) <= 0:
        if _MUST_BE_NEGATIVE.search(low, 0, start) and not virus.load.match(low, end + 1):
            return rule_claim(statement, EXCLUDED, start, end)
        is_condition = _CONTROLLED.search(low) and _CONDITION.search(low)
        return rule_claim(statement, ALLOWED, start, end) if is_condition else None
    negative = _NEGATIVE.search(low, max(0, start - 60), end + 80)
    if negative and not re.search(r"\bif\b|\bor\b (?:on|receiv)|positive", low):
        by_load = virus.load.search(negative.group())
        return rule_claim(statement, ALLOWED if by_load else EXCLUDED, start, end)
    if _ON_TOP_OF.search(low, max(0, start - 70), start) and not _OTHER_CAUSE.search(
        low.partition(",")[0] if low.find(",") > end else low
    ):
        return rule_claim(statement, REQUIRED, start, end)
    if _CONTROLLED.search(low) and _CONDITION.search(low):
        return rule_claim(statement, ALLOWED, start, end)
    if _TREATMENT_OF.search(low, max(0, start - 110), start):
        return rule_claim(statement, ALLOWED, start, end)
    if _POSITIVE.search(low) and not _CONDITION.search(low) and not _CONTROLLED.search(low):
        is_choice = _is_alternative(statement) or is_one_of_several(document, statement)
        return rule_claim(statement, ALLOWED if is_choice else REQUIRED, start, end, is_implied=is_choice)
    if is_by_load(virus, low, start, end, len(low)) and _CONTROLLED.search(low):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if re.search(r"documented virology|screen|status|test", low):
        return None
    if re.search(r"history of|infected|infection|positive|carrier", low) or _CAUSE.search(low):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    return None


def _is_alternative(statement: Statement) -> bool:
    """Whether the statement is one of several ways in: "one or more of the following"."""
    return any(_ALTERNATIVES.search(lead.low) for lead in statement.lineage())


def read_virus(virus: Virus, document: Document, other: Virus) -> Fact:
    """Required, allowed or excluded; other is the virus that may be asked for, of which this one is then a second."""
    claims = _claims(virus, document)
    second = [claim for claim in claims if _is_second(claim, other)]
    if second and _decide(other, document, _claims(other, document)).value == REQUIRED:
        claims = [replace(claim, rule=EXCLUDED) if claim in second else claim for claim in claims]
    return _decide(virus, document, claims)


def _is_second(claim: RuleClaim, other: Virus) -> bool:
    """Whether co-infection is banned by the name of this virus alone: "HCV or HIV co-infection"."""
    quote = claim.evidence.quote.lower()
    is_ban = claim.rule == ALLOWED and claim.is_implied and claim.sign < 0
    return is_ban and bool(_SINGLE_JOINT.search(quote)) and not other.words.search(quote)


def _claims(virus: Virus, document: Document) -> list[RuleClaim]:
    claims: list[RuleClaim] = []
    read = 0
    for statement in document.having(*virus.trigger):
        if read > _MOST_MENTIONS:
            break
        matches = list(virus.words.finditer(statement.low))
        read += len(matches)
        named = [match for match in matches if not _GENERIC.match(match.group())]
        if named:  # "active viral hepatitis (HBsAg ...)": the name beside it says more, unless the general word is free
            free = [m for m in matches if m not in named and stance(statement, *m.span()) is Stance.PERMITTED]
            matches = named + free
        if not matches and "hepatitis" in statement.low:
            claims += _of_bare_hepatitis(statement)
        if matches and not is_for_other_tumor(statement):
            claims += [claim for match in matches if (claim := _claim(document, virus, statement, match))]
    return _settled(virus, _defined(virus, claims))


def _decide(virus: Virus, document: Document, claims: list[RuleClaim]) -> Fact:
    antigen = [claim for claim in claims if claim.rule == EXCLUDED and claim.sign < 0]
    asked = [claim for claim in claims if claim.rule == ALLOWED and not claim.is_implied and claim.sign > 0]
    if antigen and asked:
        return contradictory(virus.name, [antigen[0].evidence, asked[0].evidence], [EXCLUDED, ALLOWED])
    return decide(virus.name, claims) if claims else _from_titles(virus, document)


def _of_bare_hepatitis(statement: Statement) -> list[RuleClaim]:
    match = _BARE.search(statement.low)
    if match is None or _NOT_OF_VIRUS.search(statement.low) or _OTHER_VIRUS.search(statement.low):
        return []
    is_treated = statement.sign > 0 and "antivir" in statement.low and "controlled" in statement.low
    if is_treated or stance(statement, *match.span()) is Stance.PERMITTED:
        return [rule_claim(statement, ALLOWED, *match.span(), is_implied=True)]
    return []


def _defined(virus: Virus, claims: list[RuleClaim]) -> list[RuleClaim]:
    """A ban of "active" hepatitis means no more than the viral load that another ban names for it."""
    by_load = [claim for claim in claims if claim.is_implied and claim.sign < 0 and _says(virus.load, claim)]
    if not by_load:
        return claims
    return [
        claim
        for claim in claims
        if claim.rule != EXCLUDED or not _says(_ACTIVE, claim) or _says(virus.marker, claim) or claim.sign > 0
    ]


def _says(pattern: re.Pattern[str], claim: RuleClaim) -> bool:
    return bool(pattern.search(claim.evidence.quote.lower()))


def _settled(virus: Virus, claims: list[RuleClaim]) -> list[RuleClaim]:
    """What is accepted under conditions beside a ban is the ban's exception: "active hepatitis B; treated is eligible".

    A ban of the surface antigen itself stands against it.
    """
    bans = [claim for claim in claims if claim.rule == EXCLUDED]
    express = [claim for claim in claims if claim.rule == ALLOWED and not claim.is_implied]
    if any(claim.rule == REQUIRED for claim in claims) and all(_is_of_load_alone(virus, claim) for claim in express):
        express = []  # "HBsAg positive; DNA detectable or not": a line about the load takes nothing back
    if bans and express:
        hbsag = [claim for claim in bans if claim.sign < 0 and _ANTIGEN_BAN.search(claim.evidence.quote.lower())]
        if not hbsag or any(claim.sign < 0 for claim in express):
            return express
    if express or bans:
        return [claim for claim in claims if claim.rule != REQUIRED]
    return claims


def _is_of_load_alone(virus: Virus, claim: RuleClaim) -> bool:
    return _says(virus.load, claim) and not _says(virus.marker, claim)


def _from_titles(virus: Virus, document: Document) -> Fact:
    claims = [
        rule_claim(statement, REQUIRED, match.start(), match.end())
        for statement in document.titles()
        if any(word in statement.low for word in virus.trigger)
        for match in virus.words.finditer(statement.low)
        if re.match(
            r"\W*(?:virus|infection|-)?\W*\(?\w*\)?\W*(?:related|associated|infected|positive|induced)",
            statement.low[match.end() :],
        )
    ]
    return decide(virus.name, claims)
