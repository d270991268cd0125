"""Reads the Child-Pugh scores that a trial accepts, as total scores of 5 to 15.

Class A is 5-6, B 7-9, C 10-15. A ban of a class or score bans what is worse too. Laboratory limits never give it;
"no cirrhosis at all" gives the empty set.
"""

import re

from trials.eligibility.claims import SetClaim, contradictory, gather_any, not_stated, stated
from trials.eligibility.cohorts import cohort_of, is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.quantities import comparator_before
from trials.eligibility.readers.child_pugh_scale import NAMED, SCALE
from trials.eligibility.reading import Fact
from trials.eligibility.scales import Reading, read_scale
from trials.eligibility.sections import INCLUSION
from trials.eligibility.statements import Statement

NAME = "child_pugh"
UNIVERSE = frozenset(range(5, 16))
_ANCHOR = re.compile(rf"\b(?:{NAMED})\b|\bchildpugh\b|(?<![a-z])child[\s-]*pugh")
_SHORT = re.compile(
    r"\b(?:ctp|cpt|c-p|cps|cp)\b[\s(]*(?=(?:class|score|grade|stage|[abc]\b|[abc]\d|[≤<>≥=]|\d))|\bcp(?=[abc]\d?\b)"
    r"|\bchild(?:'s)?[\s-]+(?=(?:class|score|grade|stage)?[\s:]*[abc](?:\d|\b)(?! ?year)|score)"
)
_SHORT_SCORE = re.compile(r"\b(?:ctp|cp|cps) (?:score|class|grade)s?\b")
# "Child A, or Child B": with a capital letter nobody means a child
_CHILD = re.compile(r"\b(?:Child|CHILD)(?:'s)?[\s-]+(?=(?:(?i:class|score|grade|stage|status)[\s:(]*)?[A-C](?:\d|\b))")
_NO_LIMIT_BEFORE = re.compile(
    r"\b(?:regardless of|irrespective of|no (?:limit\w*|restriction)s?\b[^.;:]{0,60})\W*(?:the |any )?$|\bany\W*$"
)
# "For B7, points must not come from X": a rule for some patients, which accepts nobody
_FOR_SOME = re.compile(r"\W*(?:for|if|in case of|when)\b[^,]{0,30},")
_CTP = re.compile(r"\bctp\b(?=\s?(?:[≤<>≥=]|[abc][5-9]?\b|[5-9]\b))")
_LIVER = re.compile(r"liver|hepat|cirrho|bilirubin|hcc|turcotte|pugh|encephalopathy|ascites")
_CLASS_BEFORE = re.compile(
    r"(?:\b(?:class|grade|stage|score|level)s?\s*(?=[abc≤<>≥\d])|(?<![\w.,/])(?=(?:[abc5-9]|1[0-5])\s?(?:-|to"
    r"|or|and|/|,|~)\s?(?:grade |class )?(?:[abc5-9]|1[0-5])\b)|(?=[≤<>≥=]\s?/?=?\s?(?:[abc]\b|\d)))"
)
_BRIDGE = re.compile(
    r"[\s()\[\],\"':;-]*(?:(?:in|on|of|by|per|according|based on|as|assessed|assess|defined|determined|using"
    r"|under|calculated|measured|classified|the|a|modified|liver|cirrhosis"
    r"|hepatic|function|functional|impairment|points?|score|scores|class|disease|with|grade|status|evaluated"
    r"|to|for|from|scoring|reserve|dysfunction|insufficiency|reference|tho|s)\b[\s()\[\],\"':-]*)*"
)
_CIRRHOSIS_BAN = re.compile(
    r"^\W*(?:(?:patients?|subjects?|participants?|those|individuals)?\s*(?:with|who have|has|have|having"
    r"|had)?\s*)?(?:a |an |the |any |known |diagnosed |documented |history of |evidence of "
    r"|presence of |confirmed |clinical |diagnosis of |established |liver |hepatic |pre-?existing |underlying "
    r"|current |signs? of )*cirrhosis(?: of (?:the )?liver)?"
    r"(?:\s*\([^)]{0,60}\))?(?P<rest>[^;]{0,80})$"
)
_CIRRHOSIS_REST = re.compile(
    r"\W*$|\W*(?:of (?:any|all) (?:kind|etiology|cause|grade|stage|class)s?|or (?:portal|hepatic|liver|any"
    r"|other|significant|chronic|active|ascites|varices|non)\b.*"
    r"|at (?:screening|baseline)|,.*)\W*$"
)
_BAN_WORDS = re.compile(
    r"\W*(?:known |history of |presence of )?(?:significant|moderate(?:[\s-]+(?:to|or|and|/)[\s-]+severe)?"
    r"|severe|clinically|decompensated)\b"
)
_NEAR = ("pugh", "child", "cp", "turcot", "ctp", "chlid", "c-p")
_MOST_CLAIMS = 100  # no record says it so often; it bounds the work on any text
_NEXT_SCORE = re.compile(r"\b(?:scores?|class|grade)(?: of)?\s+(?=[abc≤<>]|\d)|\b(?=[abc]\s?[5-9]\b)")
_OTHERWISE = re.compile(r"\b(?:non|not|other than|except(?: for)?|unless)[\s-]+(?:[a-z]+\s+){0,3}$")
_EXCLUDES_NONE = re.compile(r"\ball (?:stages|classes|grades)\b|\bany (?:stage|class|grade)\b")


_OR = re.compile(r"\b(?:or|and/or)\b")


def _anchors(statement: Statement) -> list[tuple[int, int]]:
    low = statement.low
    spans = [match.span() for match in _ANCHOR.finditer(low)]
    context = low + " ".join(lead.low for lead in statement.lineage()[:1])
    if _LIVER.search(context) or _SHORT_SCORE.search(low) or _CTP.search(low):
        spans += [match.span() for match in _SHORT.finditer(low) if not any(a <= match.start() < b for a, b in spans)]
    if not spans and "child" in low:
        spans = [match.span() for match in _CHILD.finditer(statement.plain)]
    return sorted(spans)


def _before(statement: Statement, anchor: tuple[int, int]) -> Reading | None:
    """An expression that ends at the anchor: "grade A or B in Child-Pugh", "7-9 as assessed by the Child-Pugh"."""
    low = statement.low
    start = max(0, anchor[0] - 90)
    for match in _CLASS_BEFORE.finditer(low, start, anchor[0]):
        place = match.start() if match.end() == match.start() else match.end()
        reading = read_scale(SCALE, low, statement.plain, place, anchor[0])
        if reading:
            bridge = _BRIDGE.match(low, reading.end, anchor[0])
            if reading.end >= anchor[0] - 1 or (bridge and bridge.end() >= anchor[0]):
                reading.start = match.start()
                return reading
    return None


def _readings(statement: Statement) -> list[Reading]:
    found: list[Reading] = []
    covered = -1
    anchors = _anchors(statement)
    for index, anchor in enumerate(anchors[:12]):
        if anchor[0] < covered:
            continue
        reading = read_scale(SCALE, statement.low, statement.plain, anchor[1], anchor[1] + 220)
        compared = comparator_before(statement.low, anchor[0])
        if reading is None:
            reading = _before(statement, anchor)
        elif compared and not reading.comparator:
            reading.values = _compare(compared, reading.values)
        if reading is None and _NO_LIMIT_BEFORE.search(statement.low, max(0, anchor[0] - 100), anchor[0]):
            reading = Reading(set(UNIVERSE), anchor[0], anchor[1])
        if reading is None and index == 0 and _EXCLUDES_NONE.search(statement.low):
            reading = Reading(set(UNIVERSE), anchor[0], anchor[1])
        if reading is not None:
            reading.start = min(reading.start, anchor[0])
            if found and _OR.search(statement.low, covered, reading.start) and reading.start - covered < 60:
                found[-1].values |= reading.values
                found[-1].end = reading.end
            else:
                found.append(reading)
            covered = reading.end
    previous = statement.previous
    if not found and not anchors and previous and not _FOR_SOME.match(statement.low) and _anchors(previous):
        match = _NEXT_SCORE.search(statement.low)
        reading = read_scale(SCALE, statement.low, statement.plain, match.end()) if match else None
        found += [reading] if reading else []
    return found


def _compare(compared: str, values: set[int]) -> set[int]:
    low, high = min(values), max(values)
    if compared in ("gt", "ge"):
        return set(range(high + 1 if compared == "gt" else low, 16))
    if compared in ("lt", "le"):
        return set(range(5, low if compared == "lt" else high + 1))
    return values


def _claim(statement: Statement, reading: Reading) -> SetClaim | None:
    values = frozenset(reading.values)
    if not values:
        return None  # "score 4": no score that there is
    low = statement.low
    said = stance(statement, reading.start, reading.end)
    other = _OTHERWISE.search(low, max(0, reading.start - 50), reading.start)
    doubts = ("lost_sign",) if reading.lost_sign else ()
    evidence = statement.evidence(reading.start, reading.end)
    cohort = cohort_of(statement)
    if other and statement.sign != INCLUSION and min(values, default=9) == 5:
        return SetClaim(values, accepts=True, evidence=evidence, cohort=cohort, permitted=False, doubts=doubts)
    if said is Stance.BANNED and not _is_limit_in_words(statement, values):
        return SetClaim(
            frozenset(_and_worse(values)),
            accepts=False,
            evidence=evidence,
            cohort=cohort,
            permitted=False,
            doubts=doubts,
        )
    if _is_ban_in_disguise(statement, values):
        return SetClaim(
            frozenset(_and_worse(values)),
            accepts=False,
            evidence=evidence,
            cohort=cohort,
            permitted=False,
            doubts=(*doubts, "misfiled"),
        )
    return SetClaim(
        values, accepts=True, evidence=evidence, cohort=cohort, permitted=said is Stance.PERMITTED, doubts=doubts
    )


def _is_limit_in_words(statement: Statement, values: frozenset[int]) -> bool:
    """ "No worse than A", "no cirrhosis or Child-Pugh A only": the negation does not reach the best scores."""
    return statement.sign == INCLUSION and min(values, default=9) == 5 and max(values) < 15


def _is_ban_in_disguise(statement: Statement, values: frozenset[int]) -> bool:
    """Only bad liver function "asked for", in the words of a ban: the heading of the exclusions stands too low."""
    return (
        statement.sign == INCLUSION
        and min(values, default=5) >= 7
        and max(values, default=5) == 15
        and bool(_BAN_WORDS.match(statement.low))
        and "cohort" not in statement.low
    )


def _and_worse(values: frozenset[int]) -> set[int]:
    if not values or min(values) == 5:
        return set(values)
    return set(range(min(values), 16))


def _cirrhosis_bans(document: Document) -> list[Statement]:
    found = []
    for statement in document.having("cirrho"):
        if statement.sign == INCLUSION and not re.match(r"\W*(?:no|without|absence of)\b", statement.low):
            continue
        low = re.sub(r"^\W*(?:no|without|absence of)\b", "", statement.low)
        match = _CIRRHOSIS_BAN.match(low)
        if match and _CIRRHOSIS_REST.match(match["rest"]):
            found.append(statement)
    return found


def read_child_pugh(document: Document) -> Fact:
    """The accepted Child-Pugh total scores."""
    claims: list[SetClaim] = []
    near = {id(statement) for statement in document.having(*_NEAR)}
    for statement in document.criteria if near else ():
        if len(claims) > _MOST_CLAIMS:
            break
        if id(statement) not in near and id(statement.previous) not in near:
            continue
        if not is_for_other_tumor(statement):
            claims += [claim for reading in _readings(statement) if (claim := _claim(statement, reading))]
    if not claims:
        bans = _cirrhosis_bans(document) if "cirrho" in document.criteria_low else []
        return stated(NAME, (), [ban.evidence() for ban in bans]) if bans else _from_weak_fields(document)
    return _combine(claims)


def _from_weak_fields(document: Document) -> Fact:
    record = document.record
    told = [one.description for one in record.interventions] + [arm.description for arm in record.arms]
    is_told = any("pugh" in text.lower() for text in told)  # the long texts are cut only where they name it
    described = document.descriptions() if is_told else []
    for field in (document.titles(), document.conditions(), described, document.summary()):
        claims = [
            SetClaim(frozenset(reading.values), accepts=True, evidence=statement.evidence(reading.start, reading.end))
            for statement in field
            if "pugh" in statement.low
            for reading in _readings(statement)
        ]
        if claims:
            values = frozenset[int]().union(*(claim.values for claim in claims))
            return stated(NAME, tuple(sorted(values)), [claim.evidence for claim in claims])
    return not_stated(NAME)


def _combine(claims: list[SetClaim]) -> Fact:
    gathered = gather_any(claims, UNIVERSE)
    evidence = [claim.evidence for claim in gathered.claims]
    doubts = tuple(dict.fromkeys(doubt for claim in claims for doubt in claim.doubts))
    if gathered.collides or gathered.values is None:
        values = [tuple(sorted(c.values if c.accepts else UNIVERSE - c.values)) for c in claims]
        return contradictory(NAME, evidence, list(values))
    return stated(NAME, tuple(sorted(gathered.values)), evidence, by_cohort=gathered.by_cohort, doubts=doubts)
