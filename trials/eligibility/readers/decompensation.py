"""Shared by the readers of ascites and hepatic encephalopathy: how far one sign of failing liver function is banned.

A ban of its worse forms alone allows the milder ones. A Child-Pugh class says nothing of it.
"""

import re
from dataclasses import dataclass

from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement


@dataclass(frozen=True, slots=True)
class Sign:
    """words finds the sign; severe its worse forms, before or after it; never what only looks like it."""

    name: str
    trigger: tuple[str, ...]
    words: re.Pattern[str]
    severe_before: re.Pattern[str]
    severe_after: re.Pattern[str]
    never: re.Pattern[str]
    lasting: re.Pattern[str]  # a ban in these words stands, whatever milder form is permitted beside it


_MILD = re.compile(
    r"\b(?:mild|minimal|slight|trace|small|little|controlled|grade (?:0|1|i)\b|low[- ]grade|radiographic"
    r"|radiological)\b[^.;]{0,30}$"
)


def _claim(sign: Sign, statement: Statement, match: re.Match[str]) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    said = stance(statement, start, end)
    if said is Stance.PERMITTED:
        return rule_claim(statement, ALLOWED, start, end)
    before, after = low[max(0, start - 90) : start], low[end : end + 130]
    first = max(before.rfind("; "), before.rfind(". "), before.rfind(": "))
    before = before[first + 1 :]
    if said is Stance.BANNED and re.search(r"must be (?:\w+ )?(?:responsive|controlled)", after):
        return rule_claim(statement, ALLOWED, start, end)
    if said is Stance.BANNED:
        severe = sign.severe_before.search(before) or sign.severe_after.search(after)
        return rule_claim(statement, ALLOWED if severe else EXCLUDED, start, end, is_implied=bool(severe))
    if _MILD.search(before) or re.match(
        r"[^.;]{0,60}\b(?:controlled|allowed|diuretic|responsive|stable|treated|medically)", after
    ):
        return rule_claim(statement, ALLOWED, start, end)
    if re.match(r"\W*(?:score|:)?\W*(?:none|absent|no\b)", after):
        return rule_claim(statement, EXCLUDED, start, end)
    return None


def read_sign(sign: Sign, document: Document) -> Fact:
    """Excluded or allowed."""
    claims: list[RuleClaim] = []
    for statement in document.having(*sign.trigger):
        for match in sign.words.finditer(statement.low):
            around = statement.low[max(0, match.start() - 40) : match.end() + 25]
            if sign.never.search(around):
                continue
            claim = _claim(sign, statement, match)
            if claim:
                claims.append(claim)
    bans = [claim for claim in claims if claim.rule == EXCLUDED]
    if any(sign.lasting.search(ban.evidence.quote.lower()) for ban in bans):
        claims = bans
    return decide(sign.name, claims)
