"""Reads whether earlier systemic therapy for the tumour is barred (none), required or allowed.

A washout, a limit on lines and a ban of one class leave it allowed. "Failed standard therapy or none exists" requires
it; where refusal or unsuitability is enough it is allowed. Never counts locoregional therapy.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import cohort_of, is_for_hcc, is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.treatments import (
    ADJUVANT,
    ANY_THERAPY,
    CHOICE,
    CLASS,
    FAILED,
    LINES,
    LOCOREGIONAL,
    NAIVE,
    PRIOR,
    RECEIVED,
    SYSTEMIC,
    WINDOW,
)
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "prior_systemic_therapy"
NONE, REQUIRED, ALLOWED, WEAK, CHOSEN = "none", "required", "allowed", "weak", "chosen"
_WORDS = (
    "therap",
    "treat",
    "chemo",
    "system",
    "naive",
    "naïve",
    "line",
    "regimen",
    "progress",
    "refractory",
    "fail",
    "relaps",
    "fenib",
    "tinib",
    "pd-1",
    "pd-l1",
    "pd1",
    "agent",
    "inhibitor",
    "全身",
    "系统",
    "intoleran",
)
_OTHER_DISEASE = re.compile(
    r"infect|antivir|hbv|hcv|hepatitis|hiv\b|steroid|immunosuppress|autoimmune|pneumonitis|hypertens|diabet"
    r"|thyroid|cardi|anticoag|hormone replac|skin condition|vaccine|transfus|growth factor|g-csf|birth control"
    r"|contracep|pregnan|breast[- ]?feed|depress|psychiat|encephalopath|analges|opioid|pain|arrhythm"
    r"|surgical (?:proc|interv)|bleed|varic|allerg|hypersens|antibiotic|cyp|qt|herbal|heart|seizure|bisphosph"
    r"|monoamine|\bmao|proton pump|research drug|chinese medicine|minor surg|traditional|intervening|lupus"
    r"|cataract"
    r"|other malignan|another malignan|second(?:ary)? malignan|additional malignan|prior malignan"
    r"|previous malignan|concurrent malignan|consent|brain|cns|central nervous|graft|insulin|carcinoma in situ"
    r"|(?:brain|bone) metast|biops|tissue sample|archival|epoetin|transplant|recist|measurable|target lesion"
    r"|index lesion|scan"
)
_GENERAL_LIST = re.compile(r"including|such as|e\.g\.|\(|:")
_NOT_CANCER = re.compile(
    r"\bsystemic(?:ally)?[\s-]+(?:[\w-]+[\s,/-]+){0,3}?(?:steroids?|hormon\w+|cortico\w+|glucocort\w+"
    r"|immunosuppress\w+|immunostimul\w+|anti-?microb\w+|antibio\w+|anti-?fung\w+|infect\w+|lupus|diseases?"
    r"|illness\w*|anticoag\w+|antivir\w+|replacement|radio\w*)"
    r"|(?:requir\w+|need\w*) (?:\w+ ){0,2}systemic (?:treatment|therapy)|immunosuppressive therapy"
    r"|replacement therapy|immuno-?suppress"
)
_OTHER_TUMOR = re.compile(
    r"pancreatic|bile duct|biliary|vulva|gastric|lung|nsclc|breast|colorectal|melanoma|renal|ovarian|prostate|cholangio"
)
_HCC = re.compile(r"hcc|hepato|liver")
_MAY = re.compile(r"\b(?:can|may|could) (?:also )?have (?:had|received|been)")
_EARLIER = re.compile(r"prior|previous|progress|fail|refractory|relaps|\bline|intoler|pre-?treated|standard")
_ASIDE = re.compile(
    r"no known (?:chemo|therap|treat)|intervening|recommended|will be maintained|medication, regardless"
)
_IS_CANCER = re.compile(
    r"\bhcc|hepatocell|systemic (?:anti|chemo|therapy for|treatment for)|anti-?cancer|anti-?tumou?r|chemotherap"
)
_CONDITION = re.compile(
    r"\bif (?:a |the )?(?:patient|subject|they|prior)|may have|washout|provided|\bmay be\b|recommended"
)
_EXPRESS = re.compile(
    r"adjuvant|prior (?:systemic|chemo|sorafenib|anti|immuno)\w*[^.;]{0,60}(?:allowed|permitted|eligible|acceptable)"
)
_CONCURRENT = re.compile(
    r"\bconcurrent\b|concomitant|currently (?:receiving|using|on|taking|participating)|other concurrent"
    r"|\bduring (?:the )?(?:study|trial)|simultaneous"
)


def _subject(low: str) -> re.Match[str] | None:
    """The first words that speak of systemic therapy, of all of it if possible."""
    return SYSTEMIC.search(low) or ANY_THERAPY.search(low) or CLASS.search(low)


def _is_general(low: str) -> bool:
    """Whether systemic therapy as a whole is meant, not one class or drug of it."""
    general = SYSTEMIC.search(low) or ANY_THERAPY.search(low)
    if general is None:
        return False
    named = CLASS.search(low)
    if named is None:
        return True
    word = general.group()
    if re.match(r"immuno-?therap|targeted|biologic|molecular", word):
        return bool(re.search(r"chemotherap|systemic|systematic", low))
    if named.start() < general.start():
        return bool(re.search(r"systemic|systematic|chemotherapy", word)) and not re.search(
            r"\b(?:with|to) (?:an? )?$", low[: named.start()][-10:]
        )
    gap = low[general.end() : named.start()]
    return bool(_GENERAL_LIST.search(gap)) or (
        bool(re.search(r",|\bor\b|/|\band\b", gap)) and not re.search(r"\bwith\b", gap)
    )


def _naive(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    naive = NAIVE.search(low)
    if naive is None or FAILED.search(low) or RECEIVED.search(low) or re.search(r"\breceived\b", low):
        return None
    if re.match(r"\W*(?:mass|lesion|nodule|tumou?r)", low[naive.end() :]) or re.search(
        r"untreated hcc (?:mass|lesion|nodule)", low
    ):
        return None
    if re.search(r"\beither\b|\ba\)", low[: naive.start()]) or any(
        re.search(r"\beither\b|one of", lead.low) for lead in statement.lineage()[:1]
    ):
        return ALLOWED, naive.span()
    if re.search(
        r"lesion|\bor (?:have|who)|na[iï]ve (?:subjects|patients|participants) (?:are|will)|including treatment na"
        r"|biopsy",
        low,
    ):
        return None
    if _OTHER_TUMOR.search(low) and not _HCC.search(low):
        return None
    if re.search(r"first or second|first and second|first- or second", low):
        return ALLOWED, naive.span()
    said = stance(statement, *naive.span())
    return (NONE, naive.span()) if said is Stance.ASKED or (said is Stance.PERMITTED and statement.sign > 0) else None


def _claim(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    naive = _naive(statement)
    if naive:
        return naive
    cleaned = _NOT_CANCER.sub(lambda match: " " * len(match.group()), low)
    subject = _subject(cleaned)
    if subject is None or _ASIDE.search(low) or (_OTHER_DISEASE.search(low) and not _IS_CANCER.search(low)):
        return None
    span = subject.span()
    said = stance(statement, *span)
    chosen = CHOICE.search(low)
    if chosen and statement.sign > 0 and (FAILED.search(low) or RECEIVED.search(low) or said is Stance.PERMITTED):
        return CHOSEN, span
    if said is Stance.BANNED:
        return _banned(cleaned, span)
    return _asked(statement, said, span)


def _asked(statement: Statement, said: Stance, span: tuple[int, int]) -> tuple[str, tuple[int, int]] | None:
    low = statement.low
    failed, received = FAILED.search(low), RECEIVED.search(low)
    if statement.sign > 0 and _MAY.search(low):
        return ALLOWED, span
    if statement.sign > 0 and (failed or received) and said is not Stance.PERMITTED and not _CONDITION.search(low):
        if LOCOREGIONAL.search(low) and not SYSTEMIC.search(low) and not CLASS.search(low):
            return None
        if failed or not WINDOW.search(low) or LINES.search(low):
            return REQUIRED, span
    if said is Stance.PERMITTED and PRIOR.search(low):
        return ALLOWED, span
    if WINDOW.search(low) and (PRIOR.search(low) or "since" in low):
        return WEAK, span
    if statement.sign > 0 and LINES.search(low):
        return ALLOWED, span
    return None


def _banned(low: str, span: tuple[int, int]) -> tuple[str, tuple[int, int]] | None:
    if _CONCURRENT.search(low) and not re.search(r"\bprior\b|previous", low):
        return None
    if re.search(
        r"\b(?:post|after|following|despite|since)[\s-](?:[\w-]+\s){0,3}$", low[max(0, span[0] - 40) : span[0]]
    ):
        return None
    if re.search(r"as follows\W*$|^\W*last administration", low):
        return WEAK, span
    if LINES.search(low) or (WINDOW.search(low) and not re.search(r"\bat any time|ever\b", low)):
        return (WEAK, span) if PRIOR.search(low) or WINDOW.search(low) else None
    if not _is_general(low):
        return (WEAK, span) if PRIOR.search(low) else None
    if re.search(r"other than|except|excluding|unless", low) and not ADJUVANT.search(low):
        return WEAK, span
    if not (PRIOR.search(low) or re.search(r"\bno\b|not received|without", low)):
        return None
    return NONE, span


def read_prior_systemic_therapy(document: Document) -> Fact:
    """None, required or allowed."""
    found: list[tuple[str, Evidence, str]] = []
    for_hcc: list[tuple[str, Evidence, str]] = []
    for statement in document.having(*_WORDS):
        if is_for_other_tumor(statement):
            continue
        claim = _claim(statement)
        if claim:
            found.append((claim[0], statement.evidence(*claim[1]), cohort_of(statement)))
            if claim[0] != WEAK and statement.lineage() and is_for_hcc(statement):
                for_hcc.append(found[-1])
    found = for_hcc or found
    strong = [one for one in found if one[0] != WEAK]
    if not any(kind in (NONE, REQUIRED, CHOSEN) for kind, _, _ in strong):
        titled = _from_titles(document)
        if titled:
            found.append(titled)
            strong.append(titled)
    return _decide(found, strong)


def _decide(found: list[tuple[str, Evidence, str]], strong: list[tuple[str, Evidence, str]]) -> Fact:
    kinds = {kind for kind, _, _ in strong}
    if not found:
        return not_stated(NAME)
    cohort = any(cohort for _, _, cohort in strong)
    if CHOSEN in kinds:
        return stated(NAME, ALLOWED, [e for k, e, _ in strong if k == CHOSEN], by_cohort=cohort)
    earlier = [one for one in strong if one[0] != REQUIRED or _EARLIER.search(one[1].quote.lower())]
    if NONE in kinds and earlier != strong:
        strong, kinds = earlier, {kind for kind, _, _ in earlier}
    if {NONE, REQUIRED} <= kinds:
        return stated(NAME, ALLOWED, [e for k, e, _ in strong if k != ALLOWED], by_cohort=cohort, doubts=("mixed",))
    if REQUIRED in kinds:
        return stated(NAME, REQUIRED, [e for k, e, _ in strong if k == REQUIRED])
    if NONE in kinds:
        adjuvant = [e for k, e, _ in found if k == ALLOWED and _EXPRESS.search(e.quote.lower())]
        if adjuvant:
            return stated(NAME, ALLOWED, [*adjuvant, *(e for k, e, _ in strong if k == NONE)])
        return stated(NAME, NONE, [e for k, e, _ in strong if k == NONE])
    return stated(NAME, ALLOWED, [e for _, e, _ in strong or found])


def _from_titles(document: Document) -> tuple[str, Evidence, str] | None:
    for statement in document.titles():
        low = statement.low
        naive = NAIVE.search(low) or re.search(r"\bfirst[- ]?line\b|\b1l\b|untreated", low)
        if naive and not re.search(r"after|failed|progress|second|received|previously|2l\b", low):
            return NONE, statement.evidence(*naive.span()), ""
        match = re.search(
            r"previously treated|second[- ]line|2nd[- ]line|refractory to|(?:after|following|progress\w+ on|failed"
            r"|failure of|intolerant to) (?:\w+ ){0,3}(?:systemic|sorafenib|lenvatinib|immun\w+|ici|icis|pd"
            r"|atezolizumab|tki|first|standard|prior|one|chemotherapy|targeted|checkpoint)\b|pretreated|relapsed"
            r"|refractory|sorafenib[- ](?:failure|resist|refract)",
            low,
        )
        if match and not re.search(
            r"(?:tace|locoregional|emboli[sz]ation)[- ]refractory|refractory to (?:tace|trans)", low
        ):
            return REQUIRED, statement.evidence(*match.span()), ""
    return None
