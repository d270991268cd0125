"""Tells whether a statement asks for, bans or permits what it mentions.

Works on clauses: the section's sign, turned round by "no", "without", "not eligible", "except" and "unless", and
overruled by "are eligible" and "is allowed". Knows which negations are none ("not amenable to", "not only"). Never
knows what is mentioned.
"""

import re
from enum import Enum
from functools import lru_cache

from trials.eligibility.sections import EXCLUSION, INCLUSION
from trials.eligibility.statements import Statement


class Stance(Enum):
    ASKED = "asked"  # stands among what a patient must have or may have
    BANNED = "banned"
    PERMITTED = "permitted"  # expressly allowed: an exception to a ban, "are eligible"


_NOT_A_NEGATION = (
    r"with (?:or|and) without|with/without|whether or not"
    r"|not only|no(?:t)? (?:more|less|longer|later|earlier|greater|lower|higher|fewer|limited|exceed\w*)"
    r"|not (?:yet )?(?:be )?"
    r"(?:amenable|candidates?|suitable|suited|fit|appropriate|eligible for|feasible|indicated|a candidate"
    r"|an appropriate"
    r"|good candidates"
    r"|necessary|necessarily|required|restricted|excluded|exclusionary|exclude|an exclusion|considered"
    r"|previously|applicable|otherwise)"
    r"|no (?:standard|curative|effective|available|alternative|other|restrictions?|limit|upper|surgical|clear"
    r"|further|longer)"
    r"|cannot be|not (?:be )?(?:been )?(?:resect|remov|treat|irradiat|cured|tolerat|respon|recover|want"
    r"|willing|located|reach|(?:well |adequately |stably )?control|stabili)\w*|non(?!e\b)-?\w+"
)
_NEGATION = re.compile(
    rf"(?P<none>\b(?:{_NOT_A_NEGATION}))|(?P<neg>\b(?:no|not|never|without|none|neither|nor|absence of|lack of|lacking|"
    r"free of|free from|absent|negative for|excludes?|ineligible|cannot|can't|w/o|does not have|do not have|"
    r"has not|have not|had not|must not|should not|may not|ruled out|rule out|exclusion of|denies|devoid of"
    r"|prohibited)\b)"
)
_CLAUSE = re.compile(
    r"[;:]\s|(?<!\be\.g)(?<!\bi\.e)\.\s|,?\s\b(?:but|however|although|whereas|while)\b|,?\s\b(?:who|which|that"
    r"|and) (?:have|has|are"
    r"|is|must)\b"
    r"|\s-+\s|,\swith\b|,\s(?=(?:patients|subjects|participants)\s(?:with|who|positive|on)\b)"
)
_JOINED = re.compile(r"\b(?:and|or|nor|with|but)\b|[,;(]")
_EXCEPT = re.compile(
    r"\b(?:except(?:ion)?(?:s|ing)?(?: for| of| that| in)?|unless|other than|apart from|outside of"
    r"|with the exclusion of|aside from|excluding)\b"
)
_FORBID_AFTER = re.compile(
    r"\b(?:(?:is|are|be|was|were|been|will be|should be|must be|shall be|also|who|being|deemed|considered)\s+)?"
    r"(?:(?:not|never|in)[\s-]?(?:be )?(?:eligible|allowed|permitted|permissible|acceptable|accepted|included"
    r"|admitted|enrolled|enroled|enter|participate|considered eligible)"
    r"|ineligible|excluded|exclusionary|prohibited|disallowed|an exclusion|forbidden|not permitted"
    r"|will exclude|must be absent|absent|were excluded|unacceptable|(?:is|are) not(?=\W*$))\b"
    # "not eligible for surgery" tells why a patient comes; "not eligible for this study" bans
    r"(?:(?<!eligible)|(?! (?:for|to)\b(?! (?:[\w-]+ ){0,3}(?:study|trial|protocol|enrol\w*|participat\w*|inclusion"
    r"|cohort|entry|part|phase|randomi\w*|join|enter)\b)))"
)
_PERMIT_AFTER = re.compile(
    r"(?<!not )(?<!only )(?<!\bno )(?:\b(?:(?:is|are|be|was|will be|may be|can be|could be|should be|also|who|remain"
    r"|still)\s+)(?:also |still |potentially |considered |generally )?"
    r"(?:eligible|allowed|permitted|permissible|acceptable|accepted|included|admitted|enrolled|enroled|recruited|ok"
    r"|okay"
    r"|tolerated|fine|non-?exclusionary)\b"
    r"|\b(?:allowed|permitted|acceptable|accepted|eligible|permissible)\b(?! for (?:transplant|resect|surg))"
    r"|\b(?:may|can|could|might) (?:be )?(?:also )?(?:enroll?|enrolled|recruited|participate|enter|included|allowed"
    r"|be included|eligible|join)\b"
    r"|\b(?:does|do|will|would|is|are|should) not (?:be )?(?:exclude|excluded|an exclusion|exclusionary"
    r"|disqualify|a reason|considered an? exclusion|preclude|bar|prevent (?:entry|enrol\w*|inclusion|participation))\b"
    r"|\b(?:is|are) no exclusion criteri(?:on|a)\b|\bno (?:reason|ground|criterion) (?:for|of) exclusion\b"
    r"|\bno exclusion\b(?! criteri)"
    r"|\b(?:do|does|will) not matter\b|\b(?:un|not |non-?)restricted\b(?! to)"
    r"|\b(?:is |are )?excepted\b|\bnot (?:excluded|exclusionary|an exclusion)\b|\bregardless of\b"
    r"|\birrespective of\b)"
)
_PERMIT_BEFORE = re.compile(
    r"\b(?:allowing|permitting|including those with|may have|can have|may also have|allowed:|eligible:|allows?"
    r"|(?:allowed|permitted|eligible|acceptable) as well as[^.;]{0,30})\s*$"
    r"|\b(?:may|can) (?:also )?have (?:[\w-]+ ){1,3}$"
    r"|(?<!not )\b(?:allowed|permitted|acceptable) (?:for|in) (?:the )?(?:patients|subjects|participants|those"
    r"|individuals)"
    r"(?: [\w-]+){0,4} ?$"
    r"|\b(?:with (?:or|and) without|with/without|regardless of|irrespective of|whether or not)(?: [\w-]+){0,3} ?$"
    r"|\bno (?:limits?|limitations?|restrictions?) (?:as to|on|for|regarding|concerning|in terms of|with respect to)"
    r"[^.;:]{0,40}$"
    r"|\bno exclusion (?:on|for|because|based|due)\b[^.;:]{0,40}$"
)
_TOLD_NOT = re.compile(
    r":\W*(?:not (?:eligible|allowed|permitted|accepted|acceptable|included)|excluded|ineligible)\W*$"
)
# "HCV: any status"
_TOLD = re.compile(r":\W*(?:any(?: status)?|(?:not |un)restricted|no (?:restriction|limit)s?|allowed|permitted)\W*$")
# What stands behind these is excepted no more: "infections other than of the skin, including hepatitis".
_AFTER_EXCEPTION = re.compile(r"[.;)]|, (?:including|such as|e\.g)\b")
_RELATIVE = re.compile(r"\s(?:that|which) (?:is|are|has|have)\b")  # belongs to what it follows
_OF_PEOPLE = re.compile(r"^\W*(?:note\W+|however,? |the )?(?:subjects|patients|participants|those|individuals)\b")
# "No prior X", "must not have X" in a list of exclusions bans all the same.
_NO_LIST = re.compile(r"^\W*no\b|\b(?:must|should|may|will) not\b")
_NO_BEFORE = re.compile(r"\bno (?!more|longer|less|known|evidence)(?:[\w-]+ ){0,3}$")
_LEAD_EXCEPT = re.compile(
    r"\b(?:except(?:ions?)?|unless)\b[^.]{0,80}:?\s*$|\b(?:eligible|allowed|permitted|acceptable"
    r"|enrolled) (?:if|provided|when|only if|as long as)\b[^.]{0,60}:?\s*$"
    r"|\b(?:following|these|below)\b[^.]{0,60}\b(?:are|is|be) (?:exceptions?|allowed|permitted|eligible|acceptable)\b"
)
_LEAD_BAN = re.compile(
    r"\b(?:must not|should not|may not|none of|not have|do not|does not|cannot have|no evidence|not meet"
    r"|absence of|without|excluded?|ineligible|not (?:be )?eligible)\b"
    r"[^.]{0,120}:\s*$|^\W*no\b[^.]{0,100}:\s*$"
)


def base_sign(statement: Statement) -> int:
    """INCLUSION, EXCLUSION, or 0 where the list in which the statement stands is a list of exceptions."""
    if statement.misfiled:
        return EXCLUSION
    sign = statement.sign
    for lead in statement.lineage():
        if sign == EXCLUSION and _LEAD_EXCEPT.search(lead.low):
            return 0
        if sign == INCLUSION and _LEAD_BAN.search(lead.low):
            return EXCLUSION
    return sign


def clause_span(low: str, start: int, end: int) -> tuple[int, int]:
    """The clause around low[start:end]."""
    first, last = 0, len(low)
    for opens, closes in _breaks(low):
        if closes <= start:
            first = closes
        elif opens >= end:
            last = opens
            break
    return first, last


@lru_cache(maxsize=1)  # a reader asks for the same statement again and again
def _breaks(low: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _CLAUSE.finditer(low))


def is_negated(low: str, start: int, clause_start: int, reach: int = 160) -> bool:
    """Whether a negation reaches the mention at start.

    "Not without X" cancels; "no X and no Y" does not.
    """
    found = [m for m in _NEGATION.finditer(low, max(clause_start, start - reach), start) if m["neg"]]
    # "(no limit) X": what a parenthesis denies is over with it.
    found = [m for m in found if low.count(")", m.end(), start) <= low.count("(", m.end(), start)]
    if not found:
        return False
    if len(found) > 1 and found[-1].group() != "nor" and not _JOINED.search(low, found[-2].end(), found[-1].start()):
        return found[-1].start() - found[-2].end() > 40
    return True


def _sentence_end(low: str, start: int) -> int:
    places = [place for sign in ("; ", ". ", ": ") if (place := low.find(sign, start)) >= 0]
    return min(places, default=len(low))


def _spoken_of(pattern: re.Pattern[str], low: str, end: int, last: int) -> re.Match[str] | None:
    """The first match that can speak of what ends at end: not one in an aside with a subject of its own.

    "X (patients with Y are excluded)" says nothing of X; "X (is allowed)" does.
    """
    match = pattern.search(low, end, last)
    if match is None:
        return None
    opened = low.rfind("(", end, match.start())
    if opened < 0 or low.find(")", opened, match.start()) >= 0 or low[opened : match.start()].count(" ") < 3:
        return match
    closed = low.find(")", match.end(), last)
    return pattern.search(low, closed, last) if closed >= 0 else None


def _after(low: str, start: int, end: int, last: int, sign: int) -> Stance | None:
    aside = low.find("(see ", end, last)
    last = aside if aside >= 0 else last
    forbid = _spoken_of(_FORBID_AFTER, low, end, last)
    permit = _spoken_of(_PERMIT_AFTER, low, end, last)
    if forbid and sign == EXCLUSION and forbid.group() == "not included":
        return Stance.PERMITTED  # "thrombosis, tumour thrombus not included"
    if permit and sign == EXCLUSION and permit.group().startswith(("regardless", "irrespective", "with or")):
        permit = None  # a ban of it in any case
    if forbid and (not permit or forbid.start() <= permit.start()):
        return Stance.BANNED
    if permit and _NO_BEFORE.search(low, max(0, start - 40), start):
        return Stance.BANNED  # "no prior therapy is allowed"
    if permit or _PERMIT_BEFORE.search(low, max(0, start - 60), start):
        return Stance.PERMITTED
    return None


def stance(statement: Statement, start: int, end: int, limit: int | None = None) -> Stance:
    """What the statement says of its part low[start:end]; what stands behind limit says nothing of it."""
    low = statement.low
    first, last = clause_span(low, start, end)
    if _OF_PEOPLE.match(low) or _RELATIVE.match(low, last):
        last = _sentence_end(low, end)
    expressed = _after(low, start, end, last if limit is None else min(last, limit), statement.sign)
    if expressed is not None:
        return expressed
    if low[last : last + 1] == ":":
        if _TOLD.match(low, last):
            return Stance.PERMITTED
        if _TOLD_NOT.match(low, last):
            return Stance.BANNED
    sign = base_sign(statement)
    if sign == 0:
        return Stance.PERMITTED
    exception = next((match for match in _EXCEPT.finditer(low, 0, start)), None)
    if exception and not _AFTER_EXCEPTION.search(low, exception.end(), start):
        return (
            Stance.PERMITTED if sign == EXCLUSION or is_negated(low, exception.start(), first, 400) else Stance.BANNED
        )
    negated = is_negated(low, start, first)
    if sign == EXCLUSION:
        return Stance.ASKED if negated and not _NO_LIST.search(low) else Stance.BANNED
    return Stance.BANNED if negated else Stance.ASKED
