"""Reads whether earlier locoregional therapy is barred, required or allowed: embolization, ablation, radiotherapy, ...

A washout leaves it allowed. Resection does not count; a ban of one kind alone says nothing of the others.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.first_treatment import NONE as FIRST
from trials.eligibility.readers.first_treatment import naive_claim
from trials.eligibility.readers.systemic_history import is_other_illness
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
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "prior_locoregional_therapy"
# What one sentence says. WEAK: it takes earlier therapy for granted (a washout, a treated lesion). ONE_KIND: one kind
# alone is banned.
NONE, REQUIRED, ALLOWED, WEAK, ONE_KIND = "none", "required", "allowed", "weak", "one_kind"
Span = tuple[int, int]
_WORDS = (
    "local",
    "regional",
    "liver-directed",
    "liver directed",
    "liver treatment",
    "lrt",
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
    "intratumoral",
    "naive",
    "naïve",
    "yttrium",
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
_OF_LIVER = re.compile(r"liver|hcc|hepat|tace|chemoembol")
_RADIATED = re.compile(r"liver|hepat|hcc|lesion|field|abdom|target|prior|previous|within|less than|weeks|received|had ")
_LOCAL = r"(?:loco|tace|emboli|ablat|radi|local|chemoemb|tare|haic|lrt)"
_FAILED_LOCAL = re.compile(
    rf"(?:progress|fail|refractory|recurr|resistan|relaps)\w*[^.;]{{0,60}}{_LOCAL}"
    rf"|(?:stable|residual|persistent) disease (?:following|after) [^.;]{{0,30}}{_LOCAL}"
    rf"|{_LOCAL}[\w-]{{0,20}}[- ](?:refractory|failure|resistant)"
)
_FAILED_IN_TITLE = re.compile(
    r"\b(?:tace|chemoemboli[sz]ation|locoregional therapy|radioemboli[sz]ation|ablation)[- ](?:refractory|resistant"
    r"|failure)"
    r"|(?:refractory to|resistant to|failure of|failed|progress\w+ (?:on|after)|residual \w+ after|recurr\w+ after)"
    r" (?:\w+ ){0,2}(?:tace|trans-?arterial|chemoemboli[sz]ation|locoregional|radiofrequency|ablation)"
)
_CHOICE = re.compile(r"\bor\b|and/or|\bif\b|not amenable|unsuitable")
_EXPRESS = re.compile(r"\b(?:allowed|permitted|acceptable)\b")
_LESION_MUST_NOT = re.compile(r"(?:lesions?|tumou?r)\b[^.;]{0,25}(?:should|must|has|have|had|may|can) not")
_TO_LESION = re.compile(
    r"to (?:the )?(?:target(?:ed)?|index|planned|tumou?r|same|existing)?[ ]?(?:\w+ )?(?:lesion|site|tumou?r)"
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
_OF_THE_PAST = re.compile(r"prior|previous|history|earlier|already|naive|naïve|local|completed")
_NOT_A_BAN = re.compile(
    r"standard|approved|available|investigational|concurrent|other than|except|metast|planned|between|new cancer"
    r"|unless"
)
_OR_ANY = re.compile(r"\bother (?!systemic)(?:[\w/]+[- ]){0,3}(?:therap|treatment)")
_OTHER_TUMOR_LEAD = re.compile(r"glioblast|lymphoma|myeloma|nsclc|breast|prostate|pancrea|colorectal|melanoma")
_AFTER = re.compile(r"\b(?:after|following|post|who (?:have|had) (?:undergone|received)|treated with)\b[^.;]{0,80}$")


def _claim(statement: Statement) -> tuple[str, Span] | None:
    low = statement.low
    match = LOCOREGIONAL.search(low) or KIND.search(low)
    if match is None:
        return _general_ban(statement)
    general = match.re is LOCOREGIONAL
    span = match.span()
    kinds = {hit.lastgroup for hit in KIND.finditer(low)}
    if _is_elsewhere(low, kinds, general=general):
        return None
    said = said_of(statement, span)
    if _LESION_GREW.search(low) and not _OF_PATIENTS.search(low):
        return WEAK, span
    if FAILED.search(low) and _FAILED_LOCAL.search(low) and said is not Stance.BANNED:
        return (ALLOWED if _CHOICE.search(low) else REQUIRED), span
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
    if said is Stance.PERMITTED or (statement.sign > 0 and MAY_HAVE.search(low)):
        return ALLOWED, span
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
    if _NOT_THIS.search(low) and not _OF_LIVER.search(low) and not (general and len(kinds) > 1):
        return True
    if general:
        return bool(_CNS.search(low)) and not _OF_LIVER.search(low)
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
    match = ANY_THERAPY.search(low)
    if match is None or is_other_illness(low) or SYSTEMIC.search(low) or WINDOW.search(low) or _NOT_A_BAN.search(low):
        return None
    if CLASS.search(low) or re.search(r"^\W*last administration", low):
        return None
    if stance(statement, *match.span()) is Stance.BANNED and PRIOR.search(low):
        return NONE, match.span()
    return None


def _is_of_the_trial(statement: Statement, given: set[str | None]) -> bool:
    """Whether the sentence speaks of the treatment that the trial is about, not of an earlier one."""
    if not given or _OF_THE_PAST.search(statement.low):
        return False
    kinds = {hit.lastgroup for hit in KIND.finditer(statement.low)}
    return bool(kinds) and kinds <= given and not LOCOREGIONAL.search(statement.low)


def _given(document: Document) -> set[str | None]:
    """The kinds that the titles name as given, not as done before."""
    return {
        hit.lastgroup
        for title in document.titles()
        for hit in KIND.finditer(title.low)
        if not _AFTER.search(title.low[: hit.start()])
    }


def _is_for_others(statement: Statement) -> bool:
    leads = [lead.low for lead in statement.lineage() if len(lead.low) < 200]
    return is_for_other_tumor(statement) or any(
        _OTHER_TUMOR_LEAD.search(low) and not _OF_LIVER.search(low) for low in leads
    )


def read_prior_locoregional_therapy(document: Document) -> Fact:
    """None, required or allowed."""
    found: list[tuple[str, Evidence]] = []
    given = _given(document)
    for statement in document.having(*_WORDS):
        if not _is_for_others(statement) and not _is_of_the_trial(statement, given):
            claim = _claim(statement)
            if claim:
                found.append((claim[0], statement.evidence(*claim[1])))
    kinds = {kind for kind, _ in found}
    if ALLOWED in kinds and NONE in kinds:
        return stated(NAME, ALLOWED, [e for k, e in found if k in (ALLOWED, NONE)], doubts=("mixed",))
    for kind in (NONE, REQUIRED):
        if kind in kinds and not (kind == REQUIRED and ALLOWED in kinds):
            return stated(NAME, kind, [e for k, e in found if k == kind])
    kept = [e for k, e in found if k in (ALLOWED, WEAK)]
    if kept:
        return stated(NAME, ALLOWED, kept)
    titled = _from_titles(document)
    return stated(NAME, REQUIRED, [titled]) if titled else not_stated(NAME)


def _from_titles(document: Document) -> Evidence | None:
    """Where the criteria are silent: a title that names the failure of local treatment."""
    for title in document.titles():
        match = _FAILED_IN_TITLE.search(title.low)
        if match and not _CHOICE.search(title.low):
            return title.evidence(*match.span())
    return None
