"""Reads whether earlier locoregional therapy is barred, required or allowed: embolization, ablation, radiotherapy, ...

A washout leaves it allowed. Resection does not count; a ban of one kind alone says nothing of the others.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.treatments import (
    ANY_THERAPY,
    CLASS,
    FAILED,
    KIND,
    LOCOREGIONAL,
    NAIVE,
    PRIOR,
    RECEIVED,
    SYSTEMIC,
    WINDOW,
)
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "prior_locoregional_therapy"
NONE, REQUIRED, ALLOWED, WEAK, ONE_KIND = "none", "required", "allowed", "weak", "one_kind"
_WORDS = (
    "local",
    "regional",
    "liver-directed",
    "liver directed",
    "emboli",
    "tace",
    "ablat",
    "radi",
    "tare",
    "sirt",
    "y-90",
    "y90",
    "rfa",
    "haic",
    "arterial",
    "treat",
    "therap",
    "intervention",
    "naive",
    "naïve",
    "yttrium",
)
_NOT_THIS = re.compile(
    r"pulmonary embol|thromboembol|air embol|pneumonitis|prostate|breast|cervi|skin|cardiac|arrhythm|atrial"
    r"|uterine|carcinoma in situ|other malignan|prior malignan|second(?:ary)? malignan|cataract|pain|endometri"
    r"|retin|bleeding|varic|embolic"
)
_BRAIN_OR_BONE = re.compile(r"brain|cns|bone|palliative|whole[- ]body|spinal|central nervous|symptom")
_CANDIDATE = re.compile(
    r"candidates? (?:for|to)|amenable to|eligible for|suitable for|unsuitable|ineligible|indicated"
    r"|contraindicat|not appropriate|planned|scheduled|require\w* (?:\w+ ){0,2}radio|need for|concurrent"
    r"|concomitant|during (?:the )?(?:study|treatment)|will (?:be|undergo|receive)|to be treated|refus"
)
_HAD = re.compile(r"\b(?:prior|previous\w*|received|history|undergone|underwent|had|treated with|after|past)\b")
_LESION = re.compile(
    r"(?:lesions?|area|field|disease|tumou?rs?|target)[^.;]{0,80}(?:previous|prior|irradiat|local|radi|treated"
    r"|ablat|emboli)|(?:previous|prior|irradiat|local|radi|treated|ablat|emboli)[^.;]{0,80}(?:lesions?|area"
    r"|field|measurable)"
)
_OF_LIVER = re.compile(r"liver|hcc|hepat|tace|chemoembol")
_RADIATED = re.compile(r"liver|hepat|hcc|lesion|field|abdom|target|prior|previous|within")
_FAILED_LOCAL = re.compile(r"(?:progress|fail|refractory|recurr)\w*[^.;]{0,60}(?:loco|tace|emboli|ablat|radi|local)")
_CHOICE = re.compile(r"\bor\b|and/or|\bif\b|not amenable|unsuitable")
_MAY_HAVE = re.compile(r"\b(?:can|may|could) (?:also )?have (?:had|received|been)")
_LESION_MUST_NOT = re.compile(r"(?:lesions?|tumou?r)\b[^.;]{0,25}(?:should|must|has|have|had|may|can) not")
_IF = re.compile(r"\bif\b|provided|may have|at least")
_OPENS_PRIOR = re.compile(r"\W*(?:prior|previous|history of)")
_OR_SURGERY = re.compile(r"\bor\b|surgery|resection")
_UNTREATED = re.compile(
    r"not (?:been )?(?:previously )?(?:irradiated|treated|received)|unirradiated|untreated|without (?:prior"
    r"|previous)|outside"
)


def _claim(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    match = LOCOREGIONAL.search(low) or KIND.search(low)
    if match is None:
        return _general_ban(statement)
    span, general = match.span(), bool(LOCOREGIONAL.search(low))
    kinds = {hit.lastgroup for hit in KIND.finditer(low)}
    if not general and _is_elsewhere(low, kinds):
        return None
    said = stance(statement, *span)
    if FAILED.search(low) and _FAILED_LOCAL.search(low) and said is not Stance.BANNED:
        return (ALLOWED if _CHOICE.search(low) else REQUIRED), span
    if _CANDIDATE.search(low) and not _HAD.search(low):
        return None
    if _LESION.search(low) and "lesion" in low and (said is not Stance.BANNED or _UNTREATED.search(low)):
        return WEAK, span
    if said is Stance.PERMITTED or (statement.sign > 0 and _MAY_HAVE.search(low)):
        return ALLOWED, span
    if said is Stance.BANNED:
        return (WEAK, span) if _LESION_MUST_NOT.search(low) else _banned(statement, span, kinds, general=general)
    if WINDOW.search(low) or _IF.search(low):
        return ALLOWED, span
    if statement.sign > 0 and (RECEIVED.search(low) or _OPENS_PRIOR.match(low)):
        is_whole = general or bool(kinds - {"rt"})
        return (REQUIRED if is_whole and not _OR_SURGERY.search(low) else ALLOWED), span
    return None


def _is_elsewhere(low: str, kinds: set[str | None]) -> bool:
    """Whether the words belong to another disease, or to radiation of the brain, a bone or nothing in particular."""
    if _NOT_THIS.search(low) and not _OF_LIVER.search(low):
        return True
    return kinds == {"rt"} and bool(_BRAIN_OR_BONE.search(low) or not _RADIATED.search(low))


def _banned(
    statement: Statement, span: tuple[int, int], kinds: set[str | None], *, general: bool
) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    if (
        re.search(
            r"\bwithin the field|overlap|to the (?:planned|same|target)|more than|other than|except|>\s?\d+ ?%"
            r"|extensive",
            low,
        )
        and not general
    ):
        return WEAK, span
    if WINDOW.search(low) and not re.search(r"\bat any time\b", low):
        return WEAK, span
    if re.search(r"concurrent|concomitant|during|planned|require", low) and not PRIOR.search(low):
        return None
    if general or len(kinds - {"rt"}) >= 2:
        return NONE, span
    return ONE_KIND, span


def _general_ban(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    """A ban of any therapy for the tumour bars locoregional therapy too."""
    low = statement.low
    naive = (
        re.search(
            r"\btreatment[\s-]*na[iï]ve\b|previously untreated|\buntreated (?:primary|hcc|hepato|patients|solid)"
            r"|treatment in the past",
            low,
        )
        if NAIVE.search(low) or "past" in low
        else None
    )
    if (
        naive
        and stance(statement, *naive.span()) in (Stance.ASKED, Stance.BANNED)
        and "systemic" not in low
        and "lesion" not in low
    ):
        is_asked = stance(statement, *naive.span()) is Stance.ASKED
        if is_asked or naive.group().startswith("treatment in"):
            return NONE, naive.span()
    match = ANY_THERAPY.search(low)
    if (
        match is None
        or SYSTEMIC.search(low)
        or WINDOW.search(low)
        or re.search(r"standard|approved|available|investigational|concurrent|other than|except|metast", low)
    ):
        return None
    if CLASS.search(low) or re.search(r"^\W*last administration", low):
        return None
    if stance(statement, *match.span()) is Stance.BANNED and PRIOR.search(low):
        return NONE, match.span()
    return None


def _is_of_the_trial(statement: Statement, given: set[str | None]) -> bool:
    """Whether the sentence speaks of the treatment that the trial is about, not of an earlier one."""
    if not given or re.search(r"prior|previous|history|earlier|already|naive|naïve|local", statement.low):
        return False
    kinds = {hit.lastgroup for hit in KIND.finditer(statement.low)}
    return bool(kinds) and kinds <= given and not LOCOREGIONAL.search(statement.low)


def read_prior_locoregional_therapy(document: Document) -> Fact:
    """None, required or allowed."""
    found: list[tuple[str, Evidence]] = []
    given = {hit.lastgroup for title in document.titles() for hit in KIND.finditer(title.low)}
    for statement in document.having(*_WORDS):
        if not is_for_other_tumor(statement) and not _is_of_the_trial(statement, given):
            claim = _claim(statement)
            if claim:
                found.append((claim[0], statement.evidence(*claim[1])))
    kinds = {kind for kind, _ in found}
    if ALLOWED in kinds and NONE in kinds:
        return stated(NAME, ALLOWED, [e for k, e in found if k in (ALLOWED, NONE)], doubts=("mixed",))
    for kind in (NONE, REQUIRED):
        if kind in kinds and not (kind == REQUIRED and kinds & {ALLOWED, WEAK}):
            return stated(NAME, kind, [e for k, e in found if k == kind])
    kept = [e for k, e in found if k in (ALLOWED, WEAK)]
    return stated(NAME, ALLOWED, kept) if kept else not_stated(NAME)
