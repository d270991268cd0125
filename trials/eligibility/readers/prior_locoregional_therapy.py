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
_UNTREATED = re.compile(
    r"not (?:been )?(?:previously )?(?:irradiated|treated|received)|unirradiated|untreated|without (?:prior"
    r"|previous)|outside"
)


def _claim(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    match = LOCOREGIONAL.search(low) or KIND.search(low)
    if match is None:
        return _general_ban(statement)
    if (
        _NOT_THIS.search(low)
        and not LOCOREGIONAL.search(low)
        and not re.search(r"liver|hcc|hepat|tace|chemoembol", low)
    ):
        return None
    kinds = {hit.lastgroup for hit in KIND.finditer(low)}
    general = LOCOREGIONAL.search(low)
    if (
        kinds == {"rt"}
        and not general
        and (
            _BRAIN_OR_BONE.search(low)
            or not re.search(r"liver|hepat|hcc|lesion|field|abdom|target|prior|previous|within", low)
        )
    ):
        return None
    said = stance(statement, *match.span())
    refractory = FAILED.search(low) and re.search(
        r"(?:progress|fail|refractory|recurr)\w*[^.;]{0,60}(?:loco|tace|emboli|ablat|radi|local)", low
    )
    if refractory and said is not Stance.BANNED:
        is_choice = re.search(r"\bor\b|and/or|\bif\b|not amenable|unsuitable", low)
        return (ALLOWED if is_choice else REQUIRED), match.span()
    if _CANDIDATE.search(low) and not _HAD.search(low):
        return None
    if _LESION.search(low) and "lesion" in low and (said is not Stance.BANNED or _UNTREATED.search(low)):
        return WEAK, match.span()
    if said is Stance.PERMITTED or (
        statement.sign > 0 and re.search(r"\b(?:can|may|could) (?:also )?have (?:had|received|been)", low)
    ):
        return ALLOWED, match.span()
    if said is Stance.BANNED and re.search(
        r"(?:lesions?|tumou?r)\b[^.;]{0,25}(?:should|must|has|have|had|may|can) not", low
    ):
        return WEAK, match.span()
    if said is Stance.BANNED:
        return _banned(statement, match.span(), kinds, general=bool(general))
    if WINDOW.search(low) or re.search(r"\bif\b|provided|may have|at least", low):
        return ALLOWED, match.span()
    if statement.sign > 0 and (RECEIVED.search(low) or re.match(r"\W*(?:prior|previous|history of)", low)):
        return REQUIRED if (general or kinds - {"rt"}) and not re.search(
            r"\bor\b|surgery|resection", low
        ) else ALLOWED, match.span()
    return None


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
