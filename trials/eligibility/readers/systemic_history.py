"""What one sentence says of earlier systemic therapy: banned, required, allowed, limited, taken for granted.

Knows washouts, lines, exceptions, bans of one class, baskets ("or none exists") and refusal. Never weighs sentences
against each other (`prior_systemic_therapy`), and never counts locoregional therapy.
"""

import re

from trials.eligibility.polarity import Stance
from trials.eligibility.readers.first_treatment import OF_UNTREATED, naive_claim
from trials.eligibility.readers.other_illnesses import is_other_illness
from trials.eligibility.readers.treatment_history import (
    ADJUVANT,
    CONDITIONAL,
    EITHER_LINE,
    FAILED,
    GIVEN_BEFORE,
    HAD_ALL,
    HAD_CLASS,
    LINES,
    MAY_HAVE,
    OTHERWISE_BANNED,
    PRIOR,
    RECEIVED,
    RESIDUE,
    WINDOW,
    in_context,
    is_after,
    is_chosen,
    is_not_past,
    said_of,
    without_first_window,
)
from trials.eligibility.readers.treatments import (
    ANY_THERAPY,
    KIND,
    LOCOREGIONAL,
    OF_INDEX_LESION,
    STANDARD,
    SYSTEMIC,
    named_class,
    without_other_uses,
)
from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

# What one sentence says. WEAK: it takes earlier therapy for granted (a washout, a ban of one class). CHOSEN: failure is
# asked for, or else refusal or unsuitability. LIMIT: at most so many lines.
NONE, REQUIRED, ALLOWED, LIMIT, WEAK, CHOSEN = "none", "required", "allowed", "limit", "weak", "chosen"
Span = tuple[int, int]
# Without one of these a sentence tells nothing of earlier treatment; it spares most sentences the search for drugs.
_TALK_WORDS = BOOK.learn(
    tuple(
        "prior previous receiv receipt fail progress treated treatment therap intoler refractory relaps resist had "
        "history before within refus declin naive naïve exposure undergo use using weeks days standard".split()
    )
)
_ASIDE = re.compile(
    r"not (?:be )?(?:counted|considered|regarded) as (?:prior |previous )?(?:systemic|a? ?line)"
    r"|no known (?:chemo|therap|treat)|intervening|recommended|will be maintained|medication, regardless"
    r"|expected to be exacerbated|regardless of (?:treatment|arm|assign)"
    r"|(?:opinion|discretion) of the .{0,40}(?:safety|interfere)"
)
_OF_CLASS = re.compile(r"(?: \([^)]{0,60}\))? (?:targeting|directed (?:at|against|to)|that targets?)\b")
_BASED_ON = re.compile(r"[ -]*(?:(?:based|containing|doublet|combination)[ -]*)?")
_REFRACTORY = re.compile(
    r"\brelaps\w*(?: or | and/or | ?/ ?)refractory|\brefractory (?:advanced |metastatic |primary )?"
    r"(?:solid|cancer|tumou?r|malignan|hcc|hepatocell)"
)
_LOCAL_BEFORE = re.compile(r"(?:tace|loco\S*|emboli\w+|local|diuretic\w*)\W*$")
_DURATION = re.compile(
    r"\bfor (?:at least |a minimum of |more than |[≥>]=? ?)?(?:\w+ \()?(?:\d+|one|two|three|six)\)? (?:days|weeks"
    r"|months|years)\b"
)
_TO_COME = re.compile(r"will (?:be|receive|start)|planned|plan to|scheduled|about to|to receive|going to|expected to")
# A trial that a patient is in, and what that trial gives.
ANOTHER_TRIAL = re.compile(r"(?:enrol\w*|participa\w+) in (?:an)?other (?:[\w-]+ ){0,3}(?:trial|study)")
_CLASS_BEFORE_NAIVE = re.compile(r"[\s-]*(?:[(/\w)]+[\s-]+){0,2}")
# "Previously treated HCC" under exclusion; a lesion or metastasis so treated bars nothing else.
TREATED_BEFORE = re.compile(
    r"\b(?:previously|already|pre-?)\s?-?(?:been )?treated (?:\w+ )?(?:hcc|hepatocellular|liver cancer|disease"
    r"|patients)\b"
    r"|\b(?:hcc|carcinoma|liver cancer|patients) (?:(?:that|who|which) )?(?:(?:has|have|was|were) )?(?:been )?"
    r"(?:previously|already) (?:been )?treated\W*$"
)
_WHO_HAVE_NOT = re.compile(r"\bwho (?:have|has|had|did|were) (?:not|never) ")
_ALSO_GENERAL = re.compile(r"chemotherap|system(?:ic|atic)\w*(?! (?:\w+ )?(?:immun|modul|suppress|steroid|cortic))")
_GENERAL_LIST = re.compile(r"including|such as|e\.g\.|\(|:")
_LOCAL_ONLY = re.compile(r"\b(?:loco|local|regional|liver[- ]directed|tace|lrt|emboli|ablat|radi|surg|resect)")
_OPENS_PRIOR = re.compile(
    r"\W*(?:have |had |has )?(?:a )?(?:documented )?(?:(?:prior|previous|history of|at least)\b(?: [\w/-]+){0,4}?"
    r" (?:therap|treat|chemo|immunoth|expos|use\b|regimen|lines?\b)|treated with|receiv\w+)"
)
_DENIED = re.compile(r"\bno\b|not received|without|\bnever\b")
_FOR_TUMOR = re.compile(
    r"\bany (?:\w+ ){0,3}(?:therap\w+|treatment|chemotherapy) (?:for|of) (?:the |this )?(?:hcc|hepato|liver|primary)"
)
_OF_DISEASE = re.compile(r"disease|tumou?r|recurr|relaps|metasta|cancer|carcinoma|hcc|resect")
_AT_MOST = re.compile(
    r"≤|<|no more than|not more than|up to|at most|a maximum of|fewer than|less than|\b(?:0|zero|none)\b|only up"
)
_AT_LEAST = re.compile(r"at least|≥|>|one or more|\b[1-9]\s?-\s?\d|minimum|must have (?:failed|progressed)")
_AT_ANY_TIME = re.compile(r"\bat any time|\bever\b")
_PEOPLE = re.compile(r"^\W*(?:for |the |of )?(?:\w+ )?(?:patients|participants|subjects|cohort|part|those)\b")


def _subject(low: str) -> Span | None:
    """The first words that speak of systemic therapy: of all of it if possible, else of a class or standard care."""
    general = SYSTEMIC.search(low) or ANY_THERAPY.search(low)
    if general:
        return general.span()
    named = named_class(low)
    if named:
        return named
    standard = STANDARD.search(low)
    return standard.span() if standard else None


def is_general(low: str) -> bool:
    """Whether systemic therapy as a whole is meant, not one class or drug of it."""
    general = SYSTEMIC.search(low) or ANY_THERAPY.search(low)
    if general is None:
        return False
    named = named_class(low)
    if named is None:
        return True
    if _OF_CLASS.match(low, general.end()):
        return False
    whole = ANY_THERAPY.search(low)
    if whole and whole.end() <= named[0] and _GENERAL_LIST.search(low, whole.end(), named[0]):
        return True  # "anticancer treatment such as ..."
    word = general.group()
    if re.match(r"immuno-?therap|targeted|biologic|molecular", word):
        return bool(_ALSO_GENERAL.search(low))
    if named[0] < general.start():
        between = low[named[1] : general.start()]
        if _BASED_ON.fullmatch(between) and not re.match(r"system", word):
            return False
        if re.search(r"\b(?:in|as|during|of) (?:an? |the )?(?:\w+[- ]){0,3}$", between):
            return False
        return bool(re.search(r"systemic|systematic|chemotherapy", word))
    gap = low[general.end() : named[0]]
    if re.search(r"^\W*\b(?:with|using|by)\b", gap):
        return False
    return bool(_GENERAL_LIST.search(gap)) or bool(re.search(r",|\bor\b|/|\band\b", gap))


def claim_of(statement: Statement) -> tuple[str, Span, bool] | None:
    """The kind of claim, the words that make it, and whether it is an express permission."""
    naive = naive_claim(statement)
    if naive:
        is_of_class = (
            naive[0] == NONE
            and "line" not in statement.low[slice(*naive[1])]
            and _is_naive_to_class(statement.low, naive[1])
        )
        return WEAK if is_of_class else naive[0], naive[1], False
    if statement.words.isdisjoint(_TALK_WORDS):
        return None
    if is_other_illness(statement, statement.low):
        return None
    low = without_other_uses(statement.low)
    span = _subject(low)
    if span is None:
        before = TREATED_BEFORE.search(low) if statement.sign < 0 else None
        if before and said_of(statement, before.span()) is Stance.BANNED and not WINDOW.search(low):
            return NONE, before.span(), False
        return _refractory(statement, low)
    if _ASIDE.search(low) or OF_INDEX_LESION.search(low) or (ANOTHER_TRIAL.search(low) and not WINDOW.search(low)):
        return None
    said = said_of(statement, span)
    is_permission = said is Stance.PERMITTED
    if statement.sign > 0 and is_chosen(low) and (FAILED.search(low) or RECEIVED.search(low) or is_permission):
        return CHOSEN, span, is_permission
    found = _banned(statement, low, span) if said is Stance.BANNED else _asked(statement, said, low, span)
    if found and found[0] == REQUIRED and OF_UNTREATED.search(low):
        return None  # untreated patients are spoken of too: half understood
    return (*found, is_permission) if found else None


def _is_naive_to_class(low: str, span: Span) -> bool:
    """Whether only one class is meant: "TKI treatment-naive"."""
    named = named_class(low)
    if named is None or named[1] > span[0] or SYSTEMIC.search(low, span[0], span[1]):
        return False
    return bool(_CLASS_BEFORE_NAIVE.fullmatch(low, named[1], span[0]))


def _refractory(statement: Statement, low: str) -> tuple[str, Span, bool] | None:
    """ "Relapsed or refractory disease", which names no therapy, is one that therapy has failed."""
    match = _REFRACTORY.search(low)
    if match is not None and statement.sign > 0 and is_chosen(low):
        return CHOSEN, match.span(), False
    if match is None or statement.sign < 0 or _is_local_only(low) or _LOCAL_BEFORE.search(low[: match.start()]):
        return None
    return (REQUIRED, match.span(), False) if said_of(statement, match.span()) is Stance.ASKED else None


def _is_local_only(low: str) -> bool:
    """Whether only treatment of the liver is spoken of: "failed standard local therapy"."""
    if SYSTEMIC.search(low) or named_class(low):
        return False
    return bool(LOCOREGIONAL.search(low) or (KIND.search(low) and not ANY_THERAPY.search(low)))


def _asked(statement: Statement, said: Stance, low: str, span: Span) -> tuple[str, Span] | None:
    if statement.sign > 0 and (MAY_HAVE.search(low) or (EITHER_LINE.search(low) and not FAILED.search(low))):
        return (ALLOWED, span) if not _is_local_only(low) else None
    if RESIDUE.search(low) and not FAILED.search(low):
        return (WEAK, span) if not _is_local_only(low) else None
    around = in_context(statement, low)
    if is_not_past(around) and not FAILED.search(low) and not RECEIVED.search(low):
        return None
    failed, received = FAILED.search(low), RECEIVED.search(low)
    is_asked = statement.sign > 0 and said is not Stance.PERMITTED and not CONDITIONAL.search(low)
    if is_asked and (failed or received) and _is_local_only(low):
        return None
    if (
        is_asked
        and not failed
        and received
        and LINES.search(low)
        and _AT_MOST.search(low)
        and not _AT_LEAST.search(low)
    ):
        return LIMIT, span
    if received and not failed and _TO_COME.search(low):
        return None
    timed = _DURATION.sub("", around) if is_asked and received else around
    if is_asked and (failed or (received and (not WINDOW.search(timed) or LINES.search(low)))):
        return REQUIRED, span
    if said is Stance.PERMITTED and PRIOR.search(around):
        return (ALLOWED, span) if not _is_local_only(low) else None
    if statement.sign < 0 and said is Stance.ASKED:
        # "Patients who have not failed sorafenib" are excluded; "has not received it here last year" tells nothing.
        is_clear = _WHO_HAVE_NOT.search(low) and not WINDOW.search(around) and not _is_local_only(low)
        return (REQUIRED, span) if is_clear else None
    if WINDOW.search(around) and (PRIOR.search(around) or span[1] - span[0] > 8):
        return WEAK, span
    if statement.sign > 0 and LINES.search(low):
        return LIMIT, span
    if is_asked and is_after(low, span[0]) and _OF_DISEASE.search(low):
        return (ALLOWED if _LOCAL_ONLY.search(low) else REQUIRED), span
    is_standard = STANDARD.search(low, span[0], span[1]) is not None
    if is_asked and not is_standard and _OPENS_PRIOR.match(low) and not _TO_COME.search(low):
        return REQUIRED, span
    return None


def _banned(statement: Statement, low: str, span: Span) -> tuple[str, Span] | None:
    around = in_context(statement, low)
    if is_not_past(around):
        return (WEAK, span) if GIVEN_BEFORE.search(around) and WINDOW.search(around) else None
    if RESIDUE.search(low):
        return (WEAK, span) if not _is_local_only(low) else None
    if is_after(low, span[0]):
        return (WEAK, span) if statement.sign < 0 and not _is_local_only(low) else None
    if re.search(r"as follows\W*$|^\W*last administration", low):
        return WEAK, span
    if LINES.search(low):
        return LIMIT, span
    timed = without_first_window(_without_local_exception(around, statement.sign))
    if WINDOW.search(timed) and not _AT_ANY_TIME.search(low):
        return WEAK, span
    if not is_general(low):
        return (WEAK, span) if HAD_CLASS.search(around) and not STANDARD.fullmatch(low, *span) else None
    if not (HAD_ALL.search(around) or _DENIED.search(low) or _FOR_TUMOR.search(low)):
        return None
    return _with_exception(low, span)


def _without_local_exception(low: str, sign: int) -> str:
    """The sentence without what it excepts, where that is local treatment: its window is none of systemic therapy."""
    otherwise = OTHERWISE_BANNED.search(low)
    if otherwise is None or not _is_of_local(otherwise["what"]):
        return low
    closed = low.find(")", otherwise.start()) if low.rfind("(", 0, otherwise.start()) >= 0 else -1
    if closed >= 0:
        return low[: otherwise.start()] + low[closed:]
    return low[: otherwise.start()] if sign > 0 else low


def _is_of_local(what: str) -> bool:
    return bool(_LOCAL_ONLY.search(what)) and not (named_class(what) or SYSTEMIC.search(what) or ADJUVANT.search(what))


def _with_exception(low: str, span: Span) -> tuple[str, Span]:
    """A ban of all therapy, or what it leaves open: "other than sorafenib", "except adjuvant chemotherapy"."""
    otherwise = OTHERWISE_BANNED.search(low, span[0])
    if otherwise is None:
        return NONE, span
    what = otherwise["what"]
    if _is_of_local(what):
        return NONE, span
    if ADJUVANT.search(what) or _PEOPLE.match(what):
        return ALLOWED, span
    if named_class(what) or SYSTEMIC.search(what) or LINES.search(what) or WINDOW.search(what):
        return WEAK, span
    return NONE, span
