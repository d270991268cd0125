"""Shared by the readers of hepatitis B and C: whether patients with the virus are required, accepted or excluded.

Accepted under treatment or below a limit is accepted. A ban of co-infection, of untreated or detectable infection alone
accepts the rest.
"""

import re
from dataclasses import dataclass

from trials.eligibility.claims import contradictory
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, base_sign, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement


@dataclass(frozen=True, slots=True)
class Virus:
    """words finds the virus; other its companion; detectable what of it, banned alone, accepts the rest."""

    name: str
    words: re.Pattern[str]
    other: re.Pattern[str]
    detectable: re.Pattern[str]
    trigger: tuple[str, ...]


_CONTROLLED = re.compile(
    r"antivir|anti-vir|anti-?h[bc]v (?:treat|therap|med|drug)|treated|on (?:stable )?treatment|receiving"
    r"|controlled|suppress"
    r"|undetect|below|less than|under (?:the )?(?:lower )?limit|(?:<|≤)\s?=?\s?\d|prophyla|inactive|resolved"
    r"|cured|cleared|past|rna[- ](?:is )?negative|negative for|completed|stable|therapy|eligible|allowed"
    r"|viral load must|entecavir|tenofovir|nucleos"
)
_LIMITED_BAN = re.compile(
    r"untreated|un-treated|uncontrolled|not (?:be(?:en)? )?(?:adequately |well |being )?(?:controlled|treated"
    r"|receiv\w+|on )|without (?:anti|treat)|co-?\s?infect|dual|both|simultaneous|concurrent(?:ly)? infect"
    r"|concomitant|combined|(?:dna|load|copies|titer|replication)[^.;]{0,40}(?:>|≥|more than|greater than"
    r"|above|over|exceed|higher|at least)|(?:>|≥|greater than|more than|above)\s?=?\s?\d[\d,.^×x* ]*\s?(?:iu"
    r"|copies|u/|cps|ul|/ml)|require|refus\w+|(?:and|together) (?:hepatitis d|hdv)|superinfect|unless|except"
    r"|other than|unstable|decompensat|flare|reactivat|within \d+ (?:weeks|days|months)"
    r"|if [^.;]{0,40}positive[^.;]{0,60}\bdna\b|<\s?\d+ (?:weeks|days|months)|uncleared"
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
_HBSAG = re.compile(r"\bhbs-?ag\b|surface antigen")
_ANTIGEN_BAN = re.compile(
    r"positive (?:\w+ ){0,3}(?:surface antigen|\(?hbs-?ag)|(?:hbs-?ag"
    r"|surface antigen)\W+(?:\(?hbs-?ag\W+)?(?:positiv|reactiv|\+|result|test)"
)
_RESOLVED = re.compile(
    r"past or resolved|resolved|absence of hbs|negative hbs|hbs-?ag[\s-]*(?:negative|\(-\))|history of cured|anti-?hbc"
)
_NEGATIVE = re.compile(
    r"\b(?:hbsag|surface antigen|hcv|hbv|antibod\w+|rna|dna|hepatitis [bc]|serology|\(hbsag\)"
    r"|tests? for)\b[^.;]{0,35}\b(?:negative|undetectable)|negative (?:for |test for |tests for |hepatitis "
    r"|hbsag|serolog|hcv|hbv)[^.;]{0,50}"
)


def _claim(virus: Virus, statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    if match.group() == "viral hepatitis" and re.search(r"\bother\b", low[max(0, start - 30) : start]):
        return None
    if re.search(r"virology status|documented virology", low) and not re.search(r"must|should", low):
        return None
    if statement.sign < 0 and re.match(r"[\s-]*(?:virus )?negative\b", low[end:]):
        return rule_claim(statement, REQUIRED, start, end)
    said = stance(statement, start, end)
    is_resolved = (
        virus.name == "hbv"
        and bool(_RESOLVED.search(low))
        and not re.search(r"controlled|ongoing|on antiviral|antiviral therapy", low)
    )
    if said is Stance.PERMITTED:
        return rule_claim(statement, ALLOWED, start, end, is_implied=is_resolved)
    if said is Stance.BANNED:
        return _ban(virus, statement, start, end)
    sign = base_sign(statement)
    negative = _NEGATIVE.search(low, max(0, start - 60), end + 80)
    if sign > 0 and negative and not re.search(r"\bif\b|\bor\b (?:on|receiv)|positive", low):
        is_rna = "rna" in negative.group() or "dna" in negative.group()
        return rule_claim(statement, ALLOWED if is_rna else EXCLUDED, start, end)
    if _CONTROLLED.search(low) and _CONDITION.search(low):
        return rule_claim(statement, ALLOWED, start, end)
    if sign > 0 and _POSITIVE.search(low) and not _CONDITION.search(low) and not _CONTROLLED.search(low):
        return rule_claim(statement, REQUIRED, start, end)
    if (
        sign > 0
        and re.search(r"history of|infected|infection|positive|carrier", low)
        and not re.search(r"documented virology|screen|status|test", low)
    ):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    return None


def _ban(virus: Virus, statement: Statement, start: int, end: int) -> RuleClaim:
    low = statement.low
    window = low[max(0, start - 80) : end + 160]
    if re.search(r"will be (?:placed|started|treated|given)", low[end:]):
        return rule_claim(statement, ALLOWED, start, end)
    is_joint = re.search(r"\bdual\b|co-?\s?infect|\bboth\b", low[:end])
    is_part = (
        is_joint
        or _LIMITED_BAN.search(window)
        or (virus.detectable.search(window) and (virus.name == "hcv" or not _HBSAG.search(window)))
    )
    if (
        virus.name == "hbv"
        and not is_joint
        and re.search(
            r"hbsag[^.;]{0,30}\bor\b[^.;]{0,20}dna|(?:hbsag|surface antigen)\W{0,3}(?:positive|\+|reactive)\W+(?:or"
            r"|and/or)\b",
            window,
        )
    ):
        is_part = None
    return rule_claim(statement, ALLOWED if is_part else EXCLUDED, start, end, is_implied=bool(is_part))


def read_virus(virus: Virus, document: Document) -> Fact:
    """Required, allowed or excluded."""
    claims: list[RuleClaim] = []
    for statement in document.having(*virus.trigger):
        if is_for_other_tumor(statement):
            continue
        for match in virus.words.finditer(statement.low):
            claim = _claim(virus, statement, match)
            if claim:
                claims.append(claim)
    claims = _settled(claims)
    antigen = [claim for claim in claims if claim.rule == EXCLUDED and claim.sign < 0]
    asked = [claim for claim in claims if claim.rule == ALLOWED and not claim.is_implied and claim.sign > 0]
    if antigen and asked:
        return contradictory(virus.name, [antigen[0].evidence, asked[0].evidence], [EXCLUDED, ALLOWED])
    return decide(virus.name, claims) if claims else _from_titles(virus, document)


def _settled(claims: list[RuleClaim]) -> list[RuleClaim]:
    """What is accepted under conditions beside a ban is the ban's exception: "active hepatitis B; treated is eligible".

    A ban of the surface antigen itself stands against it.
    """
    bans = [claim for claim in claims if claim.rule == EXCLUDED]
    express = [claim for claim in claims if claim.rule == ALLOWED and not claim.is_implied]
    if bans and express:
        hbsag = [claim for claim in bans if claim.sign < 0 and _ANTIGEN_BAN.search(claim.evidence.quote.lower())]
        if not hbsag or any(claim.sign < 0 for claim in express):
            return express
    if express or bans:
        return [claim for claim in claims if claim.rule != REQUIRED]
    return claims


def _from_titles(virus: Virus, document: Document) -> Fact:
    claims = [
        rule_claim(statement, REQUIRED, match.start(), match.end())
        for statement in document.titles()
        for match in virus.words.finditer(statement.low)
        if re.match(
            r"\W*(?:virus|infection|-)?\W*\(?\w*\)?\W*(?:related|associated|infected|positive|induced)",
            statement.low[match.end() :],
        )
    ]
    return decide(virus.name, claims)
