"""Reads what kinds of treatment a trial gives or compares.

From the names of interventions and arms, and the titles; where these say nothing, from descriptions, the summary and
what the criteria plan. What was given before, or is banned, never counts.
"""

import re
from dataclasses import replace

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.document import Document
from trials.eligibility.readers.given_treatments import LOCAL, SURGERY, Given, given, is_before, undergone
from trials.eligibility.readers.treatment_classes import class_of, class_words, unknown_codes
from trials.eligibility.readers.treatment_parts import ARTERIAL_DRUGS, Found, cleaned, without_support
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement
from trials.vocabulary.lexicon import hits

NAME = "modalities"
_PLANNABLE = frozenset({"tace", "haic", "radioembolization", "radiotherapy"})
_DRUG_TYPES = frozenset({"DRUG", "BIOLOGICAL", "COMBINATION_PRODUCT", ""})
_INTO_ARTERY = re.compile(r"intra-?\s?arterial|hepatic arter|transhepatic arter|trans-?arterial")
_AGAINST = re.compile(r"\b(?:versus|vs\.?|compared (?:to|with)|in comparison (?:to|with)|comparing)\s")
_OF_ARMS = re.compile(
    r"\brandomi[sz]ed\b[^.;]{0,20}(?:to|\))|\b(?:assigned|allocated) to\b|\bwill (?:be treated|receive|undergo)\b"
    r"|\b(?:arm|group|cohort) (?:[a-d]|\d|i{1,3}|iv)\b[^.;]{0,80}:|^\W*(?:study |planned )?(?:treatment|intervention"
    r"|regimen"
    r"|down-?staging)\W{0,3}:"
)
_OF_HISTORY = re.compile(r"\b(?:prior|previous\w*|progress\w+|fail\w+|refractory|relaps\w+|history|washout|naive)\b")
_IS_TOLD = re.compile(r"^\W*(?:study |planned |protocol )?(?:treatment|intervention|regimen|down-?staging)\W{0,3}:")
# A harm of the treatment that is prevented or relieved: the treatment is no part of what is tested.
_RELIEVES = re.compile(
    r"\bpain\b|nausea|vomit|syndrome|fever|reactivat|an?esthe|analges|anxiety|infection|bleeding|ha?emorrhage|skin"
    r"|prophyla|nutrition|mucositis|fatigue|hiccup"
)
# "Regimen B (combination with X) only": for whom a criterion holds tells what is given.
_OF_PARTS = re.compile(
    r"\b(?:regimen|arm|cohort|part|group|sub-?study|combination) ?(?:\w{1,3} )?(?:only\b|\(|participants)"
)
_COMBINED = re.compile(r"\bcombin\w+ with\W+(?:[\w-]+\W+){0,2}?")
_TOLD_WORDS = ("treatment", "intervention", "regimen", "staging")
_ARM_WORDS = (
    "randomi",
    "assigned",
    "allocated",
    "will be treated",
    "will receive",
    "will undergo",
    "arm ",
    "group ",
    "cohort ",
)
_BEFORE_SURGERY = re.compile(r"\b(?:neo-?adjuvant|peri-?operative|pre-?operative|pre-?surgical)\b")
_GIVES = re.compile(r"combin|treated with|receiv|evaluat|efficacy|safety|random|compare|will be given|administ")
_PLANS = re.compile(
    r"\b(?:planned|planning|plan|scheduled|referred|suited|suitable|eligible|amenable|candidates?|appropriate|indicated"
    r"|will|recommended)\b[^.;,]{0,40}$"
)
_PLAN_WORD = re.compile(r"plan|schedul|referred|suit|eligib|amenab|candidate|appropriate|indicated|will|recommend")
_MAY_BE_LOCAL = re.compile(r"tace|emboli|radi|tare|sirt|haic|arterial|sbrt|y-?90|proton|tate|lipiodol|\btae")
_LOCAL_NAMES = (
    "tace", "emboli", "radi", "tare", "sirt", "haic", "arterial", "sbrt", "y-90", "y90", "proton", "tate", "lipiodol",
    "tae",
)  # fmt: skip
_PLANS_RADIATION = re.compile(r"\b(?:planned|plan|scheduled|referred|will)\b[^.;,]{0,40}$")
_NOT_PLANNED = re.compile(r"\b(?:not|no|un\w+|in|prior|previous)\W+(?:\w+\W+)?$")
_LOCAL_WORDS = re.compile(
    r"liver[- ]directed|loco-?\s?regional|interventional (?:radiology|therap|treatment)|image-guided (?:therap|treat)"
)
_STUDIES_DATA = re.compile(
    r"collection|repositor|imaging|\bpet\b|pet/|questionnaire|educat|screening|detection|surveillance"
    r"|biomarker|registry|ultrasound|\bmri\b|survey|counsel|blood|sequencing|genetic|polymorphism|psycho"
    r"|navigation|disparit|sample"
)
_OTHER_WORDS = re.compile(
    _STUDIES_DATA.pattern + r"|detect|diagnos|\bct\b|nutrition|intervention|program|\bcare\b|quality of life|pain"
    r"|anesth|analges|exercise|prevent|artificial intel|predict|infection|biops|software|health|smok|support"
    r"|capsule|granule|herb|decoction|training|\bapp\b|\btest|assessment|spectroscop|tomograph|microbio|mutation|online"
    r"|liquid biops|early|prognos|outcome|protect|prophyla|cream|symptom|reaction|toxicit"
)
_IMAGING_FOR = re.compile(
    r"\b(?:mri|pet(?:/\w+)?|(?<!focused )(?<!intensity )ultrasound|cbct|ct|tomography|imaging|elastography"
    r"|scans?)\b(?![ -](?:guid|direct|based))"
    r"[^.;]{0,60}\b(?:for|in|to|using|during)\b"
)
_NOTHING_GIVEN = re.compile(r"\bno intervention|^\W*n/?a\W*$|observational study only")


def read_modalities(document: Document) -> Fact:
    """The modalities given or compared, sorted."""
    names, titles = document.arms(), document.titles()
    text = " | ".join(statement.low for statement in (*names, *titles))
    found = given(names, is_sentence=False) + given(titles, is_sentence=True)
    found = [_with_told_class(one, [*names, *titles]) for one in found]
    by_modality = without_support(cleaned(found, text), found)
    if set(by_modality) == {"chemotherapy"} and {one.hit.name for one in found} <= ARTERIAL_DRUGS:
        by_modality = _by_artery(document, by_modality, text)
    if not set(by_modality) - {"other"}:
        by_modality = class_words([*names, *titles]) or by_modality
    _add_unknown_codes(document, [*names, *titles], by_modality)
    if not by_modality and not _STUDIES_DATA.search(text):
        by_modality = _from_descriptions(document, is_bare=not names) or _from_criteria(document)
    if not names:
        _add_comparators(document, by_modality)
        for one in given([s for s in document.having(*_TOLD_WORDS) if _IS_TOLD.match(s.low)], is_sentence=True):
            by_modality.setdefault(one.hit.modality, one.statement.evidence(one.hit.start, one.hit.end))
        if set(by_modality) - {"other"}:
            _add_partners(document, by_modality)
    if set(by_modality) - {"other"} or _LOCAL_WORDS.search(text):
        _add_planned(document, by_modality)
    if _is_of_imaging(titles) and by_modality and set(by_modality) <= LOCAL:
        by_modality["other"] = titles[0].evidence()
    surgery = _BEFORE_SURGERY.search(text)
    if surgery and set(by_modality) - {"other"} and "transplant" not in text:
        by_modality.setdefault("resection", _evidence_of(surgery.group(), [*names, *titles]))
    if not by_modality:
        fact = _without_treatment(document, names, titles, text)
        if fact.value != ("other",):
            return fact
        by_modality = {"other": fact.evidence[0]}
    if set(by_modality) == {"other"} and not _STUDIES_DATA.search(text) and not _RELIEVES.search(text):
        for statement in titles:
            for hit in undergone(statement):
                by_modality.setdefault(hit.modality, statement.evidence(hit.start, hit.end))
    return stated(NAME, tuple(sorted(by_modality)), list(by_modality.values()))


def _with_told_class(one: Given, statements: list[Statement]) -> Given:
    """A name known by its ending alone yields to the class that stands beside it: "Xlimab (anti-VEGFR2 antibody)"."""
    told = class_of(one.hit.name, statements) if one.hit.is_stem else None
    if told is None or not told[0] <= {"immunotherapy", "targeted"}:
        return one
    return replace(one, hit=replace(one.hit, modality=next(iter(told[0]))))


def _add_comparators(document: Document, by_modality: Found) -> None:
    """Without registered arms the summary tells against what a treatment is tested: "A versus sorafenib"."""
    for statement in document.summary() if by_modality else []:
        low = statement.low
        for match in _AGAINST.finditer(low):
            rest = low[match.end() : match.end() + 40]
            first = next(iter(hits(rest)), None)
            if first and first.start < 25 and not is_before(low, match.start()) and first.modality != "other":
                by_modality.setdefault(first.modality, statement.evidence(match.start(), match.end() + first.end))


def _add_partners(document: Document, by_modality: Found) -> None:
    """The partners that criteria name for one part of the trial."""
    for statement in document.having("ombination with", "ombined with"):
        low = statement.low
        if not _OF_PARTS.search(low) or _OF_HISTORY.search(low):
            continue
        for match in _COMBINED.finditer(low):
            first = next(iter(hits(low[match.end() : match.end() + 40])), None)
            if first and first.start < 15 and first.modality != "other":
                by_modality.setdefault(first.modality, statement.evidence(match.start(), match.end() + first.end))


def _from_criteria(document: Document) -> Found:
    """What the criteria say of the arms and of the treatment to come, where no stronger field names any."""
    told = [
        s
        for s in document.having(*_ARM_WORDS, *_TOLD_WORDS)
        if s.sign > 0 and _OF_ARMS.search(s.low) and not _OF_HISTORY.search(s.low)
    ]
    found = given(told, is_sentence=True)
    return cleaned(found, " | ".join(s.low for s in told))


def _is_of_imaging(titles: list[Statement]) -> bool:
    """Whether imaging or ultrasound is the trial's own subject, beside the local treatment that it serves."""
    return any(_IMAGING_FOR.search(statement.low) for statement in titles)


def _evidence_of(words: str, statements: list[Statement]) -> Evidence:
    return next(statement for statement in statements if words in statement.low).evidence()


def _by_artery(document: Document, by_modality: Found, text: str) -> Found:
    """Cytotoxic drugs alone: the descriptions may say that they go into the liver's artery."""
    if _INTO_ARTERY.search(text):
        return {"haic": by_modality["chemotherapy"]}
    told = _from_descriptions(document, is_bare=True)
    if told.keys() & {"tace", "haic"}:
        return {modality: piece for modality, piece in told.items() if modality != "chemotherapy"}
    return by_modality


def _add_unknown_codes(document: Document, statements: list[Statement], by_modality: Found) -> None:
    codes = unknown_codes(statements)
    if not codes:
        return
    for code in codes[:6]:
        told = class_of(code, statements) or class_of(code, document.descriptions())
        told = told or class_of(code, document.summary()) or class_of(code, document.having(code))
        if told:
            for modality in told[0]:
                by_modality.setdefault(modality, told[1])


def _from_descriptions(document: Document, *, is_bare: bool) -> Found:
    for field in (document.descriptions(), document.summary() if is_bare else []):
        told = [s for s in field if field is not document.summary() or _GIVES.search(s.low)]
        found = [one for one in given(told, is_sentence=True) if one.hit.modality not in SURGERY]
        by_modality = without_support(cleaned(found, " | ".join(s.low for s in told)), found)
        if by_modality:
            return by_modality
    return {}


def _add_planned(document: Document, by_modality: Found) -> None:
    """Adds the local treatment for which the criteria ask: "eligible for TACE", "planned to receive radiation"."""
    for statement in document.having(*_LOCAL_NAMES):
        low = statement.low
        if statement.sign < 0 or not _MAY_BE_LOCAL.search(low) or not _PLAN_WORD.search(low):
            continue
        for hit in hits(low):
            plans = _PLANS_RADIATION if hit.modality == "radiotherapy" else _PLANS
            match = plans.search(low, max(0, hit.start - 60), hit.start) if hit.modality in _PLANNABLE else None
            if match and not _NOT_PLANNED.search(low, max(0, match.start() - 12), match.start()):
                clause = low[match.start() : hit.end + len(re.split(r"[,;.]", low[hit.end :])[0])]
                if len({other.modality for other in hits(clause)}) == 1:
                    by_modality.setdefault(hit.modality, statement.evidence(match.start(), hit.end))


def _without_treatment(document: Document, names: list[Statement], titles: list[Statement], text: str) -> Fact:
    """Care, diagnostics and data are "other"; a drug whose class nothing tells, or a mere cohort, is not stated."""
    pieces = names or titles or document.summary()
    if not pieces or any(_NOTHING_GIVEN.search(statement.low) for statement in names):
        return not_stated(NAME)
    is_drug = any(one.type in _DRUG_TYPES for one in document.record.interventions) or not names
    if is_drug and unknown_codes(pieces) and not _STUDIES_DATA.search(text):
        return not_stated(NAME)
    told = text + " | ".join(statement.low for statement in document.summary())
    if not names and not _OTHER_WORDS.search(told):
        return not_stated(NAME)
    return stated(NAME, ("other",), [pieces[0].evidence()])
