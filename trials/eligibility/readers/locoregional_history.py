"""What one sentence says of earlier locoregional therapy: banned (or one kind of it), required, allowed, granted.

Knows washouts, sessions, treated lesions and radiation elsewhere. Never weighs sentences against each other
(`prior_locoregional_therapy`), and never counts resection.
"""

import re

from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.first_treatment import NONE as FIRST
from trials.eligibility.readers.first_treatment import naive_claim
from trials.eligibility.readers.other_illnesses import is_other_illness
from trials.eligibility.readers.systemic_history import ANOTHER_TRIAL, TREATED_BEFORE
from trials.eligibility.readers.treatment_history import (
    FAILED,
    HISTORY,
    MAY_HAVE,
    PRIOR,
    RECEIVED,
    WINDOW,
    in_context,
    said_of,
)
from trials.eligibility.readers.treatments import (
    ANY_THERAPY,
    CLASS,
    KIND,
    LOCOREGIONAL,
    SYSTEMIC,
    without_other_uses,
)
from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

# What one sentence says. WEAK: it takes earlier therapy for granted (a washout, a treated lesion). ONE_KIND: one kind
# alone is banned.
NONE, REQUIRED, ALLOWED, WEAK, ONE_KIND = "none", "required", "allowed", "weak", "one_kind"
Span = tuple[int, int]
# Each word that LOCOREGIONAL or KIND can find holds one of these.
_LOCAL_WORDS = BOOK.learn(
    tuple(
        "local regional directed lrt hepatic liver interventional invasive arter embol tace tae abla rfa mwa pei "
        "ethanol cryo hifu tumoral tumor radi sbrt sabr ebrt haic hai infusion tare sirt y-90 y90 yttrium "
        "microsphere iodine lipiodol "
        "介入 局部 other spheres 90y 90-y seed proton perfusion percutaneous thermal microwave".split()
    )
)
_NOT_THIS = re.compile(
    r"pulmonary embol|thromboembol|air embol|pneumonitis|prostate|breast|cervi|skin|cardiac|arrhythm|atrial"
    r"|uterine|carcinoma in situ|in situ|(?:other|prior|another|previous) (?:\w+ )?(?:malignan"
    r"|cancer(?![- ](?:related|directed|therap|treat))|tumou?rs considered)"
    r"|second(?:ary)? malignan|cataract|pain\b|endometri|early[- ]stage cancer"
    r"|retin|bleeding|varic|embolic|thyroid|glioblast|lymphoma|portal vein emboli"
)
_BRAIN_OR_BONE = re.compile(r"brain|cns|bone|palliative|whole[- ]body|spinal|central nervous|symptom")
_CNS = re.compile(r"brain|\bcns\b|central nervous|intracranial|leptomening")
_CANDIDATE = re.compile(
    r"candidates? (?:for|to)|amenable to|eligible for|suitable for|unsuitable|ineligible|indicated|referred"
    r"|contraindicat|not appropriate|planned|scheduled|require\w* (?:\w+ ){0,2}radio|need for|concurrent"
    r"|concomitant|during (?:the )?(?:study|treatment)|will (?:be|undergo|receive)|to be treated|refus|\bbetween\b"
    r"|should be (?:considered|treated)|measurable disease|curable|cured? by"
)
_NOW = re.compile(r"\b(?:is|are|be|currently) (?:receiving|undergoing)")
_HAD = re.compile(r"\b(?:prior|previous\w*|received|history|undergone|underwent|had|treated with|after|past)\b")
_LESION = re.compile(
    r"(?:lesions?|area|field|disease|tumou?rs?|target)[^.;]{0,80}(?:previous|prior|irradiat|local|radi|treated"
    r"|ablat|emboli)|(?:previous|prior|irradiat|local|radi|treated|ablat|emboli)[^.;]{0,80}(?:lesions?|area"
    r"|field|measurable)"
)
OF_LIVER = re.compile(r"liver|hcc|hepat|tace|chemoembol")
_RADIATED = re.compile(r"liver|hepat|hcc|lesion|field|abdom|target|prior|previous|within|less than|weeks|received|had ")
_LOCAL = r"(?:loco|tace|emboli|ablat|radi|local|chemoemb|tare|haic|lrt)"
_FAILED_LOCAL = re.compile(
    rf"(?:progress|fail|refractory|recurr|resistan|relaps)\w*[^.;]{{0,60}}{_LOCAL}"
    rf"|(?:stable|residual|persistent) disease (?:following|after) [^.;]{{0,30}}{_LOCAL}"
    rf"|{_LOCAL}[\w-]{{0,20}}[- ](?:refractory|failure|resistant)"
)
_RESIDUAL = re.compile(
    r"\b(?:residual|viable|remnant|remaining|incomplete\w*|insufficient) [^.;]{0,40}\b(?:after|following"
    r"|post)\b[^.;]{0,40}"
    rf"{_LOCAL}"
)
# So many sessions at most: some are admitted.
SESSIONS = re.compile(
    r"\b(?:at most|no more than|not more than|up to|maximum of|≤|<|more than|>|≥)\s?=?\s?(?:\w+ )?(?:times?"
    r"|sessions?|once|twice"
    r"|thrice|procedures?|courses?|cycles?)\b"
)
_PREPARES = re.compile(r"\b(?:in preparation (?:for|of)|preparing for|spacer|fiducials?)\b[^.;]{0,30}$")
_AFTER_LOCAL = re.compile(r"\b(?:after|following|post|recurr\w+|done|performed|ago|sessions?|times)\b")
CHOICE = re.compile(r"\bor\b|and/or|\bif\b|not amenable|unsuitable")
_EXPRESS = re.compile(r"\b(?:allowed|permitted|acceptable|tolerated|fine|ok)\b")
_LESION_MUST_NOT = re.compile(r"(?:lesions?|tumou?r)\b[^.;]{0,25}(?:should|must|has|have|had|may|can) not")
_TO_LESION = re.compile(
    r"to (?:the )?(?:target(?:ed)?|index|planned|tumou?r|same|existing)?[ ]?(?:\w+ )?(?:lesion|site|tumou?r|segment"
    r"|lobe)"
    r"|(?:for|of|in|on) (?:the )?(?:target(?:ed)?|index|same|study) (?:\w+ )?(?:lesion|site|tumou?r|segment|lobe)"
    r"|(?:target\w*|index) (?:lesion|tumou?r|nodule)\S* (?:had|has|have|with|that|which|previously)"
    r"|site/sites"
)
_IF = re.compile(r"\bif\b|provided|may have|\bany prior\b")
_OPENS_PRIOR = re.compile(r"\W*(?:prior|previous|history of)")
_OR_SURGERY = re.compile(r"\bor\b|and/or|surgery|resection|hepatectomy")
_UNTREATED = re.compile(
    r"not (?:been )?(?:previously )?(?:irradiated|treated|received)|unirradiated|untreated|without (?:prior"
    r"|previous)|outside"
)
_UNTREATED_SITE = re.compile(
    r"(?:site|lesion|area|disease)s?\b[^.;]{0,40}\b(?:not|no) (?:been )?(?:previously |prior |previous )(?:treated"
    r"|irradiat|local|radi)"
)
_LESION_GREW = re.compile(r"lesions?\b[^.;]{0,60}\bprogress")
_OF_PATIENTS = re.compile(r"\b(?:patients|subjects|participants|disease progress)")
_LIMITED = re.compile(
    r"\bwithin the field|overlap|to the (?:planned|same|target)|more than|other than|except|>\s?\d+ ?%|extensive"
)
_BUT_FOR = re.compile(r"\bunless\b|\bexcept\b|other than")
_AT_ANY_TIME = re.compile(r"\bat any time\b")
_IS_PLANNED = re.compile(
    r"expected to|while on|undergoing|actively|currently|concurrent|concomitant|during|planned|require"
    r"|\bbetween\b|interval "
)
_NOT_A_BAN = re.compile(
    r"standard|approved|available|investigational|concurrent|other than|except|metast|planned|between|new cancer"
    r"|unless"
)
# Surgery is no locoregional therapy: excepting it leaves the ban whole.
_BUT_SURGERY = re.compile(
    r"\b(?:other than|except(?:ing|ion)?(?: for| of)?|apart from|besides) (?:(?:prior|previous|liver|hepatic"
    r"|curative|surgical"
    r"|diagnostic|a|an|the) )*(?:surgery|resections?|hepatectomy|biops\w+)(?:(?: and| or|,) (?:surgery|resections?"
    r"|biops\w+))*"
    r"\W*$"
)
_OR_ANY = re.compile(r"\bother (?!systemic)(?:[\w/]+[- ]){0,3}(?:therap|treatment)")


def claim_of(statement: Statement) -> tuple[str, Span] | None:
    low = statement.low
    match = None
    if not statement.words.isdisjoint(_LOCAL_WORDS):
        match = LOCOREGIONAL.search(low) or KIND.search(low)
    if match is None:
        return _general_ban(statement)
    general = match.re is LOCOREGIONAL
    span = match.span()
    kinds = {hit.lastgroup for hit in KIND.finditer(low)}
    if _is_elsewhere(low, kinds, general=general) or _PREPARES.search(low, 0, span[0]):
        return None
    said = said_of(statement, span)
    if _LESION_GREW.search(low) and not _OF_PATIENTS.search(low):
        return WEAK, span
    failed = (FAILED.search(low) and _FAILED_LOCAL.search(low)) or _RESIDUAL.search(low)
    if failed and said is not Stance.BANNED:
        if said is Stance.PERMITTED and _EXPRESS.search(low):
            return ALLOWED, span
        return (ALLOWED if CHOICE.search(low) else REQUIRED), span
    if statement.sign > 0 and MAY_HAVE.search(low):
        return ALLOWED, span
    if _CANDIDATE.search(low) and not _HAD.search(low):
        return None
    if _NOW.search(low) and not _HAD.search(low) and not WINDOW.search(low):
        return None
    if _UNTREATED_SITE.search(low):
        return WEAK, span
    if said is Stance.PERMITTED and _EXPRESS.search(low):
        return ALLOWED, span
    if _LESION.search(low) and "lesion" in low and (said is not Stance.BANNED or _UNTREATED.search(low)):
        return WEAK, span
    if said is Stance.PERMITTED:
        return (ALLOWED, span) if PRIOR.search(low) or HISTORY.search(low) or _AFTER_LOCAL.search(low) else None
    if SESSIONS.search(low) and (statement.sign > 0 or said is Stance.BANNED):
        return (WEAK if said is Stance.BANNED else ALLOWED), span
    if said is Stance.BANNED:
        return (WEAK, span) if _LESION_MUST_NOT.search(low) else _banned(statement, span, kinds, general=general)
    return _asked(statement, span, kinds, general=general)


def _asked(statement: Statement, span: Span, kinds: set[str | None], *, general: bool) -> tuple[str, Span] | None:
    low = statement.low
    if WINDOW.search(in_context(statement, low)) or _IF.search(low):
        return ALLOWED, span
    if statement.sign > 0 and (RECEIVED.search(low) or _OPENS_PRIOR.match(low)):
        is_whole = general or bool(kinds - {"rt"})
        return (REQUIRED if is_whole and not _OR_SURGERY.search(low) else ALLOWED), span
    if statement.sign > 0 and re.search(r"\b(?:post|after|following|completed)\b", low[: span[0]]):
        return ALLOWED, span
    return None


def _is_elsewhere(low: str, kinds: set[str | None], *, general: bool) -> bool:
    """Whether the words belong to another disease, or to radiation of the brain, a bone or nothing in particular."""
    if _NOT_THIS.search(low) and not OF_LIVER.search(low) and not (general and len(kinds) > 1):
        return True
    if general:
        return bool(_CNS.search(low)) and not OF_LIVER.search(low)
    return kinds == {"rt"} and bool(_BRAIN_OR_BONE.search(low) or not _RADIATED.search(low))


def _banned(statement: Statement, span: Span, kinds: set[str | None], *, general: bool) -> tuple[str, Span] | None:
    low = statement.low
    if not general and (_LIMITED.search(low) or _BUT_FOR.search(low)):
        return WEAK, span
    around = in_context(statement, low)
    if WINDOW.search(around) and not _AT_ANY_TIME.search(low):
        return WEAK, span
    if _IS_PLANNED.search(around) and not HISTORY.search(around):
        return None
    if _TO_LESION.search(low) and PRIOR.search(low):
        return WEAK, span
    if general or len(kinds - {"rt"}) >= 2 or _OR_ANY.search(low):
        return NONE, span
    whole = ANY_THERAPY.search(low)
    if whole and whole.start() < span[0] and not _NOT_A_BAN.search(low):
        return NONE, whole.span()  # "no previous cancer therapy (radiotherapy, ...)"
    return ONE_KIND, span


def _general_ban(statement: Statement) -> tuple[str, Span] | None:
    """A ban of any therapy for the tumour bars locoregional therapy too."""
    low = without_other_uses(statement.low)
    naive = naive_claim(statement)
    if naive and naive[0] == FIRST and "systemic" not in low and "line" not in low and "chemo" not in low:
        return NONE, naive[1]
    before = TREATED_BEFORE.search(low) if statement.sign < 0 else None
    if before and stance(statement, *before.span()) is Stance.BANNED and not WINDOW.search(low):
        return NONE, before.span()
    low = _BUT_SURGERY.sub("", low)
    match = ANY_THERAPY.search(low)
    if match is None or is_other_illness(statement, low) or SYSTEMIC.search(low):
        return None
    if WINDOW.search(low) or _NOT_A_BAN.search(low):
        return None
    if CLASS.search(low) or ANOTHER_TRIAL.search(low) or re.search(r"^\W*last administration", low):
        return None
    if stance(statement, *match.span()) is Stance.BANNED and PRIOR.search(low):
        return NONE, match.span()
    return None
