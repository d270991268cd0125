"""Reads the accepted BCLC stages: 0, A, B, C, D.

Only where a BCLC (Barcelona) stage is named. CNLC, TNM and "intermediate stage" alone never give one.
"""

import re

from trials.eligibility.claims import SetClaim, contradictory, gather_any, not_stated, stated
from trials.eligibility.cohorts import cohort_of
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.hcc_scope import is_without_hcc
from trials.eligibility.reading import Fact
from trials.eligibility.scales import Atom, Reading, Scale, read_scale
from trials.eligibility.sections import INCLUSION
from trials.eligibility.statements import Statement

NAME = "bclc"
UNIVERSE = frozenset(range(5))
STAGES = ("0", "A", "B", "C", "D")
_ANCHOR = re.compile(r"\bbclc(?:\d(?=\)))?|\bbarcelon[ae]\b|巴塞罗那")
_ATOM = re.compile(
    r"(?P<zero>0)(?![\d.%])|(?P<letter>[abcd])(?:[1-4](?!\d)(?:\s?[-/,]\s?[a-d]?[1-4](?!\d))?)?(?![a-z0-9'])"
    r"|(?P<word>very early|early|intermediate|middle|advanced|late|terminal|end)(?=[\s-]*(?:stage|hcc|to|\(|\)"
    r"|or|and|,|/|$))(?:(?:[ -]stages?)? ?\((?:bclc[ -]?)?[0abcd]\))?"  # "early (A)" is one stage, said twice
)
_WORDS = {
    "very early": 0,
    "early": 1,
    "intermediate": 2,
    "middle": 2,
    "advanced": 3,
    "late": 3,
    "terminal": 4,
    "end": 4,
}
_FILLER = re.compile(
    r"(?:bclc\d?|barcelona|clinic(?:al)?|liver|cancer|stag(?:e|es|ed|ing)|stadium|class(?:ification|ified|es)?"
    r"|grad(?:e|es|ing)|system|score|criteria|group|groups|category|phase"
    r"|of|is|are|was|be|must|should|has|have|the|with|an|in|at|on|for|as|by|to be|according|defined|based"
    r"|disease|diseases|hcc|hepatocellular|carcinoma|tumou?rs?|patients?|subjects?|participants?|either|only"
    r"|also|algorithm|guidelines?|treatment|strategy|subclass"
    r"|(?:tace|resection|surgery|ablation)-(?:unsuitable|refractory|ineligible|resistant)"
    r"|a(?=\s+(?:stage|bclc)))(?![a-z])|分期|期|[:)\]\"'*.](?=.)|-(?!\s?\d)|s\b"
)
_STAGE = re.compile(r"\bstages?\b\s*(?=[0abcd](?:[1-4])?\b)")
# "Advanced stage according to BCLC": the stage in words stands before the name.
_WORD_BEFORE = re.compile(r"\b(?:very early|early|intermediate|advanced|terminal|end)[\s-](?:stages?\b|to |or |and )")
_ACCORDING = re.compile(r"\b(?:according|per|by|as defined|defined|based on|in|using|of)\b[^.;,]{0,40}$")
_NOT_THE_STAGE = re.compile(r"\b(?:not|no|non)[ -](?:in |an? |of )*(?:end|terminal|advanced|late)[ -]stage\W*\($")
_OTHER_STAGING = re.compile(r"\b(?:tnm|ajcc|cnlc|uicc|okuda|clip|jis|fibrosis)\b")


def _atom(low: str, plain: str, place: int) -> Atom | None:
    match = _ATOM.match(low, place)
    if match is None:
        return None
    if match["zero"]:
        return Atom(0, 0, match.end(), is_number=False)
    if match["word"]:
        rank = _WORDS[match["word"]]
        return Atom(rank, rank, match.end(), is_number=False)
    if (
        match["letter"] == "a"
        and plain[place] == "a"
        and low[place + 1 : place + 2] == " "
        and low[place + 2 : place + 3].isalpha()
        and not low.startswith(("or ", "and ", "to ", "b ", "b,"), place + 2)
    ):
        return None
    rank = "0abcd".index(match["letter"])
    return Atom(rank, rank, match.end(), is_number=False)


SCALE = Scale(0, 4, _atom, _FILLER)


def _readings(statement: Statement) -> list[Reading]:
    low, plain = statement.low, statement.plain
    anchors = [match.span() for match in _ANCHOR.finditer(low)]
    if not anchors:
        return []
    found: list[Reading] = []
    covered = -1
    other = _OTHER_STAGING.search(low)
    for start, end in anchors:
        if start >= covered:
            reading = _read_after(low, plain, end, anchors)
            if reading:
                reading.start = start
                covered = reading.end
                found.append(reading)
    for match in _STAGE.finditer(low):
        if match.end() > covered or match.start() < anchors[0][0]:
            if other and match.start() > other.start() > anchors[0][1]:
                continue
            if any(reading.start <= match.start() <= reading.end for reading in found):
                continue
            reading = read_scale(SCALE, low, plain, match.end(), match.end() + 60)
            if reading:
                reading.start = match.start()
                covered = max(covered, reading.end)
                found.append(reading)
    return found or _words_before(statement, anchors[0][0])


def _read_after(low: str, plain: str, end: int, anchors: list[tuple[int, int]]) -> Reading | None:
    """The stages behind a name; a name within parentheses begins an aside of its own: "B or C (BCLC D is not ...)"."""
    aside = next((start for start, _ in anchors if start > end and low[:start].rstrip().endswith("(")), None)
    if aside is not None and aside < end + 200:
        reading = read_scale(SCALE, low, plain, end, aside)
        if reading:
            return reading
    return read_scale(SCALE, low, plain, end, end + 200)


def _words_before(statement: Statement, anchor: int) -> list[Reading]:
    """Stages in words before the name, as in "early stage according to BCLC"."""
    low = statement.low
    match = _WORD_BEFORE.search(low, max(0, anchor - 110), anchor)
    if match is None or not _ACCORDING.search(low[match.end() : anchor]):
        return []
    reading = read_scale(SCALE, low, statement.plain, match.start(), anchor)
    if reading is None:
        return []
    reading.start, reading.end = match.start(), max(reading.end, match.start() + 1)
    return [reading]


def _claims(statement: Statement) -> list[SetClaim]:
    claims = []
    asked: set[int] = set()
    readings = _readings(statement)
    for reading in readings:
        said = stance(statement, reading.start, reading.end)
        values = frozenset(value for value in reading.values if value <= 4)
        if not values:
            continue
        evidence = statement.evidence(reading.start, reading.end)
        doubts = ("lost_sign",) if reading.lost_sign else ()
        before = statement.low[: reading.start].rstrip()
        is_label = statement.sign == INCLUSION and before.endswith("(") and not _NOT_THE_STAGE.search(before)
        is_label = is_label and statement.low[reading.end : reading.end + 8].lstrip().startswith((")", ",", ";"))
        if said is Stance.BANNED and not is_label:  # "no spread (BCLC stage B)" names who is meant
            claims.append(
                SetClaim(
                    values,
                    accepts=False,
                    evidence=evidence,
                    cohort=cohort_of(statement),
                    permitted=False,
                    doubts=doubts,
                )
            )
        else:
            asked |= values
            claims.append(
                SetClaim(
                    values,
                    accepts=True,
                    evidence=evidence,
                    cohort=cohort_of(statement),
                    permitted=said is Stance.PERMITTED,
                    doubts=doubts,
                )
            )
    joined = frozenset(asked)
    for claim in claims:
        if claim.accepts and not claim.permitted:
            claim.values = joined
    return claims


def read_bclc(document: Document) -> Fact:
    """The accepted BCLC stages."""
    claims: list[SetClaim] = []
    for statement in document.having("bclc", "barcelon", "巴塞"):
        claims += _claims(statement)
    if not claims:
        return _from_weak_fields(document)
    gathered = gather_any(claims, UNIVERSE)
    evidence = [claim.evidence for claim in claims]
    if gathered.collides or gathered.values is None:
        shown = [_named(claim.values if claim.accepts else UNIVERSE - claim.values) for claim in claims]
        return contradictory(NAME, evidence, list(shown))
    doubts = tuple(dict.fromkeys(doubt for claim in claims for doubt in claim.doubts))
    return stated(NAME, _named(gathered.values), evidence, by_cohort=gathered.by_cohort, doubts=doubts)


def _named(ranks: frozenset[int]) -> tuple[str, ...]:
    return tuple(STAGES[rank] for rank in sorted(ranks))


def _from_weak_fields(document: Document) -> Fact:
    summary = document.record.brief_summary.lower()
    is_told = ("bclc" in summary or "barcelon" in summary) and not is_without_hcc(document)
    told = document.summary() if is_told else []  # where nobody has HCC yet, the stage is what is looked for
    for field in (document.titles(), document.conditions(), told):
        claims = [
            claim
            for statement in field
            if _ANCHOR.search(statement.low)
            for claim in _claims(statement)
            if claim.accepts
        ]
        if claims:
            ranks = frozenset[int]().union(*(claim.values for claim in claims))
            return stated(NAME, _named(ranks), [claim.evidence for claim in claims])
    return not_stated(NAME)
