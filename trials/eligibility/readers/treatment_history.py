"""How a sentence speaks of a treatment: past, failed, chosen or planned; within a window, by lines, with exceptions.

Serves the readers of prior systemic and locoregional therapy. Never knows which treatment is meant.
"""

import re

from trials.eligibility.polarity import Stance, base_sign, stance
from trials.eligibility.sections import EXCLUSION
from trials.eligibility.statements import Statement

_NUMBER = r"(?:one|two|three|four|five|1|2|3|4|5)"
# A time before the trial during which the treatment must not have been given, or an effect that must have passed.
_COUNT = r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|eight|twelve)"
_UNIT = r"(?:day|week|month|year|half|hour|wk|d\b|w\b)"
WINDOW = re.compile(
    r"(?:\b(?:with?in|during|for|in|over|at least|less than|more than|greater than|under|not more than|after"
    r"|minimum of"
    r"|last|past|previous|preceding|every)|[≥≤<>]=?|=[<>])\s?=?\s*(?:or =\s*)?(?:the )?"
    r"(?:last |past |previous |prior |preceding |a (?:period|minimum) of )*"
    rf"(?:\w+ \()?{_COUNT}\)?(?:\s?-\s?\d+| to \d+)?[\s-]*{_UNIT}"
    r"|\b(?:during|in|within) the (?:last|past|previous|preceding) (?:year|month|week)|\belapsed\b"
    r"|\b(?:\d+|one|two|three|four|six)[\s-]*(?:days|weeks|months|years|wks|month|week)(?:\s\([^)]*\))? "
    r"(?:prior|before|of|from|since|after|or|have|ago|earlier|preceding|wash)"
    r"|\d+ (?:day|week|month)s? (?:has|have|must|should)|specified time|time ?(?:frames?|periods?)|wash-?\s?out"
    r"|intervals?\b|half-li"
    r"|recover\w*|toxicit|toxic (?:effect|reaction)|adverse (?:event|effect|reaction)|side effects?|\baes\b"
    r"|residual effect|\brecent(?:ly)?\b"
)
_NOT_TIME = (
    r"(?!\)?[\s-]*(?:\d|to \d|-|half|days?|weeks?|months?|years?|hours?|wks?|mg|cm|%|uln|doses?|cycles?|x\b|\.\d))"
)
LINES = re.compile(
    rf"(?:more than|>|≥|greater than|at least|exceed\w*|over)\s?=?\s*(?:\w+ \()?{_NUMBER}\b{_NOT_TIME}"
    r"\)?\+?[^.;]{0,30}(?:lines?|regimens?|prior|therap|agents?|previous|different)|\b(?:2|3|4|two"
    rf"|three) or more|no more than (?:\w+ \()?{_NUMBER}\b{_NOT_TIME}|(?:not|up to|maximum|at most|only)[^.;]{{0,15}}"
    rf"\b{_NUMBER}\b{_NOT_TIME}[^.;]{{0,30}}(?:lines?|regimens?|prior)|≤\s?\d\b{_NOT_TIME}[^.;]{{0,25}}(?:lines?"
    rf"|prior|regimens?)"
    rf"|\b(?:0|zero|{_NUMBER})(?: ?- ?| to | or ){_NUMBER} (?:\w+ )?(?:prior|previous|lines?)|any number of"
    r"|no (?:limit|restriction)[^.;]{0,60}(?:prior|previous|\blines?\b)"
)
EITHER_LINE = re.compile(r"\b(?:first|1st)[- ]?(?:line)?,? ?(?:or|and|/|to|and/or) ?(?:second|2nd)[- ]?line")
FAILED = re.compile(
    r"\b(?:progress(?:ed|ion|ing|es|ive disease|ive)?\b[^.;]{0,90}?(?:on|after|during|following|under|to|despite"
    r"|from|with|through|post)\b|fail(?:ed|ure|ing|s)?\b(?! of organ| to (?:meet|recover|comply))|refractory (?:to"
    r"|or|disease|after"
    r"|following|hcc|hepato|solid|cancer|tumou?r|malignan|advanced|metastatic)|(?:relapsed?|recurr\w+)"
    r"[^.;]{0,20}(?:after|following|or refractory|/ ?refractory|and/or refractory|despite)|resistan(?:t|ce) to"
    r"|intoleran(?:t|ce)\b(?! to (?:contrast|study|oral))|not (?:been )?(?:able to )?tolerat\w+|could not tolerate"
    r"|unable to tolerate|exhausted|no longer (?:respond|benefit|effective)\w*"
    r"|(?:unresponsive|not responded|not respond) to"
    r"|lack of (?:efficacy|effective)|progression, intoleran|ineffective|treatment[- ](?:refractory|failure))"
)
RECEIVED = re.compile(
    r"\b(?:(?:must|should|have to|has to) (?:\w+ )?have (?:been |previously |already |prior )?(?:received|had"
    r"|failed|progressed|treated|undergone|completed)|(?:have|has|had) (?:previously |already )?(?:received"
    r"|been (?:previously )?treated|been exposed|completed|undergone)|(?:have|has) had (?:at least|\d|one"
    r"|prior)|previously (?:been )?(?:treated|received|exposed|undergone)|pre-?treated|at least (?:one|two|1"
    rf"|2) (?:\w+ ){{0,2}}(?:prior|previous|lines?|systemic)|{_NUMBER} (?:or more|or two"
    r"|to \d) (?:\w+ )?(?:prior|previous)|(?:second|2nd|third|3rd|2l|later)[- ]?\+?[- ]?(?:line|l\b)"
    r"|received (?:at least|one|two|1|2|prior|a |an |approved)|prior (?:treatment|therapy"
    r"|exposure) (?:\w+ )?(?:with|to) (?!baseline|grade)|following (?:one|prior)|who (?:have )?received"
    r"|(?:currently|must be|already|are|is|be|been) (?:receiving|on) "
    r"|(?<!be )(?<!to be )(?<!been )\btreated (?:with|by)"
    r"|must receive|(?:therap\w+|treatments?|regimens?) (?:must|should) (?:have )?includ|(?:ended"
    r"|completed) (?:\w+ )?treatment)"
)
CHOICE = re.compile(
    r"\brefus\w+|\bdeclin\w+|\bdefer\w*|unwilling|not willing|unless[^.;]{0,40}(?:contraindicat|intoler|ineligib)\w*"
    r"|ineligible (?:for (?!surg|resect|transplant|loco|curative"
    r"|tace|local|trans)|participants|patients|subjects)|(?:not (?:be )?(?:a |an )?(?:eligible|candidates?|suitable"
    r"|appropriate"
    r"|amenable|fit)|unsuitable|unfit)\b[^.;]{0,15}(?:for|to)(?! (?:\w+ ){0,4}?(?:transplant|resect|surg|curative|loco"
    r"|tace|trans-?arterial|ablat|local|radi))|(?:considered|deemed|is|are) (?:as )?(?:not (?:appropriate|suitable)"
    r"|inappropriate|unsuitable)(?! (?:for|to) (?:surg|resect|loco|curative|tace|trans|local))"
    r"|not (?:be )?(?:considered|deemed) (?:to be )?(?:appropriate|suitable)"
    r"|cannot (?:receive|access|afford)|(?:unable|not able) to (?:receive|afford|access)"
    r"|contra-?indications? to receiv"
    r"|\bor (?:\w+ ){0,2}(?:treatment[- ])?na[iï]ve|treatment[- ]na[iï]ve (?:or|and/or)"
    r"|including treatment[- ]na[iï]ve"
    r"|(?:therap(?:y|ies)|treatments?|regimens?|care) (?:is |are |was |were )?(?:not (?:applicable|suitable)"
    r"|inapplicable"
    r"|unsuitable)|\b(?:inapplicable|unsuitable) (?:\w+ )?(?:therap(?:y|ies)|treatments?)"
)
PRIOR = re.compile(
    r"\b(?:prior|previous(?:ly)?|received|receiving|receipt|history of|past|earlier|pre-?treat\w+|had"
    r"|have (?:been )?treated|underg\w+|underwent|before|any|exposure|exposed|treated|treatment with|use of|already"
    r"|last|since|completed?)\b"
)
ADJUVANT = re.compile(r"\b(?:neo-?)?adjuvant\b")
MAY_HAVE = re.compile(
    r"\b(?:can|may|could|might) (?:also |either )?have (?:had|failed|received|been|undergone|a history|any|prior"
    r"|previous\w*|up)"
)
CONDITIONAL = re.compile(
    r"\bif (?:a |an |the |any )?(?:patient|subject|participant|they|prior|previous\w*|received|applicable|there"
    r"|treated|given)"
    r"|\bin (?:patients|subjects|participants|those|case)\b[^,;]{0,30}\bprior|may have|washout|provided|\bmay be\b"
    r"|recommended"
    r"|\bif any\b|, if |^\W*(?:for|in) (?:patients|subjects|participants|those) (?:who|with|that)(?: have)? (?:a )?"
    r"(?:prior|previous|history|recei)|where applicable"
)
CURRENT = re.compile(
    r"\b(?:be|is|are|actively|not|also|still) (?:receiving|undergoing|taking|using)\b|\bundergoing (?:chemo|radio"
    r"|other)"
    r"|\bother (?:\w+ ){0,2}(?:agents|drugs|medication)|\bconcurrent(?:ly)?\b|concomitant|currently"
    r"|other concurrent|\bduring (?:the )?(?:study|trial|treatment"
    r"|participation)"
    r"|simultaneous|\bplanned\b(?! (?:admin|treatment start|start|da[yt]|first|dose|enrol|random|study|inject))"
    r"|\bplan to\b|\bscheduled\b|\bongoing\b|\bbetween\b|\binterval (?:loco|therap|treat)"
    r"|while (?:on|receiving|participating)|throughout|require\w*|need for|\bwill (?:be|receive|undergo)|anticipat\w+"
    r"|candidates? for|eligible for|indicated for|waiting|intend\w*|intention"
)
HISTORY = re.compile(
    r"\b(?:prior|previous\w*|history|received|undergone|had|past|before|earlier|already|underwent|ever)\b"
)
RESIDUE = re.compile(
    r"(?:recover\w*|toxic (?:effects?|reactions?)|resol\w+|unresolved|persist\w*|ongoing|toxicit\w*"
    r"|side[- ]effects?|adverse (?:events?|effects?"
    r"|reactions?)"
    r"|\baes\b|sequelae)[^.;]{0,90}\b(?:prior|previous|last|earlier|past|pre-?)"
)
# "After chemotherapy", "since prior chemotherapy": a negation before these words does not deny the treatment.
_AFTER_EVENT = re.compile(
    r"\b(?:post|after|following|despite|since|under|progress\w+ (?:on|to)|refractory to)\b[^.;:]{0,95}$"
)
# What truly denies an earlier treatment; "not able to tolerate", "no longer responding" and "none exists" do not.
_NEVER_HAD = re.compile(
    r"\bno (?:prior|previous|earlier|history)|\bnot (?:have |be |been |yet )?(?:previously |been )?(?:received?|had"
    r"|treated"
    r"|progressed|failed|undergone|exposed)|\bnever\b|\bwithout (?:any |prior|previous|receiv|progress|disease)"
    r"|\bno progress"
)
# The shared polarity takes these for "not been resected" and the like, which deny nothing.
_WAS_DENIED = re.compile(
    r"\b(?:not|never) (?:yet |have )?(?:been |previously |ever )*(?:treated|received|exposed|undergone"
    r"|had) [^.;:,]{0,60}$"
)
_PERMITTED_LIST = re.compile(
    r"^(?!.*\b(?:not|no|unless)\b).*(?:\b(?:are|is|may be|will be) (?:also )?(?:allowed|permitted|acceptable)\b"
    r"|may have (?:had|received)|(?:allowed|permitted)\W*$)"
)
_ALLOWED = re.compile(r"\b(?:allowed|permitted|acceptable|eligible)\b")
_PERMITS = re.compile(
    r"\b(?:allowed|permitted|acceptable|accepted|eligible|permissible|(?:may|can|could) (?:be |take|enter|enrol"
    r"|particip|join)"
    r"|not (?:an? )?(?:exclu|reason))"
)
# An aside on other treatment than the one spoken of: "(TACE is allowed)", "(recurrence after hepatectomy may enter)".
_ASIDE = re.compile(r"\([^()]{8,160}\)")
_OF_OTHER_TREATMENT = re.compile(
    r"\b(?:loco|local|tace|trans-?art|emboli|ablat|radi|surg|resect|hepatectom|rfa|liver-|herbal|hormon|antivir)"
)
_OF_DRUGS = re.compile(r"chemotherap|systemic|immuno|targeted|inhibitor|adjuvant|\w+(?:nib|mab)\b|pd-?l?-?1|drug")
_AND_ALSO = re.compile(r"\band (?:(?:who|which|is|are|was|were|has|have|be|been|therefore) ){0,3}$")
_DENIED = re.compile(r"\b(?:no|not|never|without|none)\b")
OTHERWISE_BANNED = re.compile(
    r"\b(?:except(?:ion|ing|ions)?|unless|other than|excluding|apart from|aside from)\b(?P<what>.*)"
)

GIVEN_BEFORE = re.compile(
    r"\bbefore\b|\bprior to\b|\b(?:performed|given|administered|conducted|carried out) (?:with)?in\b"
)

# That a class or drug was given before, and that any therapy was.
HAD_CLASS = re.compile(
    r"\b(?:prior|previous\w*|receiv\w+|receipt|history|past|earlier|pre-?treat\w+|had|underg\w+|underwent|before"
    r"|expos\w+"
    r"|treated|treatment with|use of|used|already|accepted)\b"
)
HAD_ALL = re.compile(
    r"\b(?:pre-?operative\w*|pre-?surgical\w*|prior|previous\w*|received|receipt|history|past|earlier|pre-?treat\w+"
    r"|had|underwent|undergone|before"
    r"|expos\w+"
    r"|treated|already|accepted|any type of)\b"
)

_OR_ANY_SYSTEMIC = re.compile(r"[,;] or any (?:prior |previous |other )?systemic\b")


def said_of(statement: Statement, span: tuple[int, int]) -> Stance:
    """The stance of a statement to a treatment.

    A negation does not reach what stands after "after" or "since", nor does that of a failure ("not able to tolerate").
    """
    if _PERMITTED_LIST.search(_list_head(statement)):
        return Stance.PERMITTED
    said = stance(statement, *span)
    low = statement.low
    if said is Stance.PERMITTED and _is_permission_of_another(low[span[1] :]):
        said = Stance.BANNED if base_sign(statement) == EXCLUSION else Stance.ASKED
    if statement.sign > 0 and said is Stance.ASKED and _WAS_DENIED.search(low[max(0, span[0] - 90) : span[0]]):
        return Stance.BANNED
    if statement.sign > 0 and said is Stance.PERMITTED and FAILED.search(low) and not _ALLOWED.search(low):
        return Stance.ASKED if not MAY_HAVE.search(low) else said
    if said is not Stance.BANNED or statement.sign < 0 or statement.misfiled or has_banning_lead(statement):
        return said
    if is_after(low, span[0]) or (FAILED.search(low) and not _NEVER_HAD.search(low)):
        return Stance.ASKED
    return said


def _is_permission_of_another(after: str) -> bool:
    """Whether what is allowed is only an aside on local treatment: "systemic therapy (TACE is allowed)"."""
    if "(" not in after:
        return False
    kept = after
    for aside in _ASIDE.finditer(after):
        if _OF_OTHER_TREATMENT.search(aside.group()) and not _OF_DRUGS.search(aside.group()):
            kept = kept.replace(aside.group(), "")
    return kept != after and not _PERMITS.search(kept)


def _list_head(statement: Statement) -> str:
    """The line that opens the list in which the statement stands; "" where there is none or it is a text of its own."""
    lead = statement.lead
    return lead.low if lead and len(lead.low) < 240 and lead.low.rstrip().endswith(":") else ""


def without_first_window(low: str) -> str:
    """ "Interferon within 12 months, or any systemic therapy": the window is not that of the second ban."""
    second = _OR_ANY_SYSTEMIC.search(low)
    return low[second.start() :] if second else low


def in_context(statement: Statement, low: str) -> str:
    """The sentence with the head of its list before it: "within 4 weeks of the first dose:", "prior therapy with:"."""
    head = _list_head(statement)
    return f"{head} {low}" if head else low


def is_chosen(low: str) -> bool:
    """Whether refusal or unsuitability is enough: "or refused", not "and not amenable"."""
    match = CHOICE.search(low)
    return match is not None and not _AND_ALSO.search(low[max(0, match.start() - 30) : match.start()])


def has_banning_lead(statement: Statement) -> bool:
    """Whether the list in which the statement stands bans its items."""
    return bool(statement.lead) and base_sign(statement) == EXCLUSION


def is_after(low: str, start: int) -> bool:
    """Whether the treatment at start dates an event: "recurrence after chemotherapy"."""
    match = _AFTER_EVENT.search(low[max(0, start - 110) : start])
    return match is not None and not _DENIED.search(match.group())


def is_not_past(low: str) -> bool:
    """Whether the sentence speaks of what is or will be given, and of no earlier treatment."""
    return not HISTORY.search(low) and bool(CURRENT.search(low))
