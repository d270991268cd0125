"""Shared by the readers of ascites and hepatic encephalopathy: how far one sign of failing liver function is banned.

A ban of its worse forms alone allows the milder ones; a permission of what only imaging shows lifts no ban of the sign
itself. A Child-Pugh class says nothing of it.
"""

import re
from dataclasses import dataclass, replace

from trials.eligibility.cohorts import cohort_of, is_for_hcc
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, RuleClaim, decide, rule_claim
from trials.eligibility.statements import Statement
from trials.vocabulary.list_words import list_words


@dataclass(frozen=True, slots=True)
class Sign:
    """words finds the sign; severe its worse forms, before or after it; never what only looks like it."""

    name: str
    trigger: tuple[str, ...]
    words: re.Pattern[str]
    severe_before: re.Pattern[str]
    severe_after: re.Pattern[str]
    never: re.Pattern[str]
    apart: frozenset[str]  # other signs, whose worse forms say nothing of this one: "severe ascites or encephalopathy"
    evident: re.Pattern[str] | None = None  # "clinically significant": a ban of it is one of the sign itself
    acronym: str = ""  # in capitals; the same word in small letters is another
    lasts: bool = False  # a ban stands, whatever milder form is permitted beside it


# What may stand between "uncontrolled" and the sign that it reaches: other signs and effusions, joints, measures.
_LIST_WORDS = list_words("liver_signs")
_WORD = re.compile(r"[a-z][a-z.]*[a-z]|[a-z]")
_MILD = re.compile(
    r"\b(?:mild|minimal|slight|small|little|controlled|grade (?:0|1|i)\b|low[- ]grade)\b[^.;]{0,30}$"
    r"|^[^.;,]{0,40}?\bgrade (?:0|1|i)(?: or 1|-1)? (?:at most|or (?:less|lower|below|better)|maximum|only)\b"
    r"|^[^.;]{0,60}?\b(?:controlled|diuretic|responsive|stable|treated|medically|pharmacolog|grade\s?[<≤]|<\s?grade)"
)
_SEEN_ONLY = re.compile(
    r"\b(?:trace|radiograph\w+|radiolog\w+|imaging|perihepatic|ct|mri|ultraso\w+|sonograph\w+|undetectable"
    r"|malignant|not related to|unrelated to|not clinically (?:detectable|evident|apparent|significant))\b"
)
_OF_SOME = re.compile(
    r"\b(?:for|in|among) (?:patients|subjects|participants|those|individuals) (?:with|without|who have|with no)"
    r"(?: [\w-]+){0,3} $|\bif (?:[\w-]+ ){0,3}$"
)
_SCORED = re.compile(
    r"\b(?:patients|subjects|participants|those) (?:with|who have) (?:an? )?(?:child[\w -]*?)?(?:scores?"
    r"|class)(?: of)? \w+"
    r" (?:must|should)\b[^.;]*$"
)
_JOINT = re.compile(r"\b(?:or|and)\b|[,/]")
_NEXT_SIGN = re.compile(r"\W*(?:(?:hepatic|portal|pleural|clinical|overt|malignant)\W+)?(?P<sign>[a-z]+)")
_DEFINES = re.compile(r"\bdefin\w+|\bi\.?e\b|\bmeaning\b|\bthat is\b")
_HAS = re.compile(r"\b(?:with|having|presence of) (?:(?!no\b|without\b)[\w-]+ ){0,3}$")
_SHOWN_BY = re.compile(
    r"\b(?:signs?|symptoms?|manifest\w+|complications?|evidence|findings?|features?|decompensat\w+|identification)\b"
    r"[^.;]*$"
)


def _is_worse_form(sign: Sign, before: str, after: str) -> bool:
    evident = list(sign.evident.finditer(before)) if sign.evident else []
    if evident and not _DEFINES.search(after) and _reaches(sign, before[evident[-1].end() :]):
        return False
    behind = sign.severe_after.search(after)
    if behind and not _is_of_another(sign, after, behind):
        return True
    found = list(sign.severe_before.finditer(before))
    if not found:
        return False
    return _reaches(sign, before[found[-1].end() :])


def _reaches(sign: Sign, gap: str) -> bool:
    """Whether a quality reaches the sign over what stands between: joints and effusions, no other such sign."""
    words = [word.strip(".") for word in _WORD.findall(gap)]
    return _LIST_WORDS.issuperset(words) and sign.apart.isdisjoint(words)


def _is_of_another(sign: Sign, after: str, severe: re.Match[str]) -> bool:
    """ "Encephalopathy or uncontrolled ascites": the worse form behind the joint is that of the other sign."""
    if not _JOINT.search(after, 0, severe.end()):
        return False
    following = _NEXT_SIGN.match(after, severe.end())
    return following is not None and following["sign"] in sign.apart


def _claim(sign: Sign, statement: Statement, match: re.Match[str], limit: int) -> RuleClaim | None:
    low = statement.low
    start, end = match.span()
    said = stance(statement, start, end, limit)
    before, after = low[max(0, start - 120) : start], low[end : min(end + 130, limit)]
    first = max(before.rfind("; "), before.rfind(". "), before.rfind(": "))
    before = before[first + 1 :]
    if said is Stance.PERMITTED:
        seen_only = bool(_SEEN_ONLY.search(before[-60:] + after)) and not (_MILD.search(before) or _MILD.search(after))
        return rule_claim(statement, ALLOWED, start, end, is_implied=seen_only)
    if statement.sign > 0 and (_OF_SOME.search(before) or _SCORED.search(low, 0, start)):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    if said is Stance.BANNED and re.search(r"must be (?:\w+ )?(?:responsive|controlled)", after):
        return rule_claim(statement, ALLOWED, start, end)
    if said is Stance.BANNED:
        worse = _is_worse_form(sign, before, after)
        return rule_claim(statement, ALLOWED if worse else EXCLUDED, start, end, is_implied=worse)
    if _MILD.search(before) or _SEEN_ONLY.search(before[-60:]) or _MILD.search(after) or "allowed" in after[:60]:
        return rule_claim(statement, ALLOWED, start, end)
    if re.match(r"\W*(?:score|:)?\W*(?:none|absent|no\b)", after):
        return rule_claim(statement, EXCLUDED, start, end)
    if statement.sign > 0 and (_SHOWN_BY.search(before) or _HAS.search(before)):
        return rule_claim(statement, ALLOWED, start, end, is_implied=True)
    return None


def _limit(low: str, end: int, following: int | None) -> int:
    """Where the words about this mention end: the next one speaks for itself, unless both are simply joined."""
    if following is None or _DEFINES.search(low, end, following):
        return len(low)
    return following if re.search(r"[,;.(:]", low[end:following]) else len(low)


def _is_only_of_hcc(document: Document, statement: Statement) -> bool:
    """Whether a rule for the one cohort with HCC: no other cohort is wider for these patients."""
    if not any(is_for_hcc(lead) for lead in statement.lineage()):
        return False
    named = {cohort_of(s) for s in document.having("hcc", "hepatocellular") if is_for_hcc(s)}
    return len(named - {""}) == 1


def _for_all(claim: RuleClaim) -> RuleClaim:
    return replace(claim, cohort="", scope=frozenset(), others=frozenset())


def _naming(sign: Sign, document: Document) -> list[Statement]:
    found = document.having(*sign.trigger)
    if sign.acronym and document.criteria and sign.acronym in document.criteria[0].view.plain:
        word = re.compile(rf"(?<![(\w'-]){sign.acronym}(?![\w'-])")
        found += [s for s in document.criteria if word.search(s.plain) and s not in found]
    return found


def read_sign(sign: Sign, document: Document) -> Fact:
    """Excluded or allowed."""
    claims: list[RuleClaim] = []
    for statement in _naming(sign, document):
        low = statement.low
        matches = list(sign.words.finditer(low))
        for match, following in zip(matches, [*matches[1:], None], strict=False):
            if match.group() == sign.acronym.lower() and statement.plain[slice(*match.span())] != sign.acronym:
                continue  # the pronoun
            if sign.never.search(low, max(0, match.start() - 40), match.end() + 25):
                continue
            limit = _limit(low, match.end(), following.start() if following else None)
            claim = _claim(sign, statement, match, limit)
            if claim:
                claims.append(_for_all(claim) if claim.cohort and _is_only_of_hcc(document, statement) else claim)
    bans = [claim for claim in claims if claim.rule == EXCLUDED]
    return decide(sign.name, bans if bans and sign.lasts else claims)
