"""Reads what kinds of treatment a trial gives or compares.

From the names of interventions and arms, and the titles; where these say nothing, from descriptions, the summary and
what the criteria plan. What was given before, or is banned, never counts.
"""

import re
from collections.abc import Mapping

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.document import Document
from trials.eligibility.readers.given_treatments import LOCAL, SURGERY, Given, given
from trials.eligibility.readers.treatment_classes import class_of, class_words, unknown_codes
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement
from trials.vocabulary.lexicon import hits

NAME = "modalities"
Found = dict[str, Evidence]
_ARTERIAL_DRUGS = frozenset(
    (
        "fluorouracil oxaliplatin cisplatin gemcitabine folfox gemox mitomycin epirubicin doxorubicin "
        "lobaplatin raltitrexed irinotecan leucovorin pirarubicin melphalan tirapazamine miriplatin "
        "idarubicin capecitabine nedaplatin hydroxycamptothecin chemotherapy"
    ).split()
)
_HEPATITIS_DRUGS = frozenset({"ribavirin", "tenofovir", "entecavir", "telaprevir", "sofosbuvir", "lamivudine"})
_GENERIC = frozenset({"immunotherapy", "targeted therapy", "chemotherapy"})
_PLANNABLE = frozenset({"tace", "haic", "radioembolization", "radiotherapy"})
_DRUG_TYPES = frozenset({"DRUG", "BIOLOGICAL", "COMBINATION_PRODUCT", ""})
_BESIDE = "beside a therapy"
_SYSTEMIC = re.compile(r"systemic chemo|intravenous chemo|iv chemo")
_INTO_ARTERY = re.compile(r"intra-?\s?arterial|hepatic arter|transhepatic arter|trans-?arterial")
_BEFORE_SURGERY = re.compile(r"\b(?:neo-?adjuvant|peri-?operative|pre-?operative|pre-?surgical)\b")
_GIVES = re.compile(r"combin|treated with|receiv|evaluat|efficacy|safety|random|compare|will be given|administ")
_PLANS = re.compile(
    r"\b(?:planned|planning|plan|scheduled|referred|suited|suitable|eligible|amenable|candidates?|appropriate|indicated"
    r"|will|recommended)\b[^.;,]{0,40}$"
)
_PLAN_WORD = re.compile(r"plan|schedul|referred|suit|eligib|amenab|candidate|appropriate|indicated|will|recommend")
_MAY_BE_LOCAL = re.compile(r"tace|emboli|radi|tare|sirt|haic|arterial|sbrt|y-?90|proton|tate|lipiodol|\btae")
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
    _STUDIES_DATA.pattern
    + r"|detect|diagnos|registr|\bct\b|nutrition|intervention|program|\bcare\b|quality of life|pain"
    r"|anesth|analges|exercise|prevent|artificial intel|predict|infection|cohort|biops|software|health|smok|support"
    r"|capsule|granule|herb|decoction|training|\bapp\b|\btest|assessment|spectroscop|tomograph|microbio|mutation|online"
    r"|liquid biops|early|prognos|outcome|protect|prophyla|cream|symptom|reaction|toxicit"
)
_IMAGING_FOR = re.compile(
    r"\b(?:mri|pet(?:/\w+)?|ultrasound|cbct|ct|tomography|imaging|elastography|scans?)\b(?![ -](?:guid|direct|based))"
    r"[^.;]{0,60}\b(?:for|in|to|using|during)\b"
)
_COMBINES = re.compile(
    r"\b(?:combin\w+ with|plus|followed by|with or without|together with)\W+(?:an? |the )?(?:[\w-]+ )?$"
)
_NOTHING_GIVEN = re.compile(r"\bno intervention|^\W*n/?a\W*$|observational study only")


def read_modalities(document: Document) -> Fact:
    """The modalities given or compared, sorted."""
    names, titles = document.arms(), document.titles()
    text = " | ".join(statement.low for statement in (*names, *titles))
    found = given(names, is_sentence=False) + given(titles, is_sentence=True)
    by_modality = _without_support(_cleaned(found, text), found)
    if set(by_modality) == {"chemotherapy"} and {one.hit.name for one in found} <= _ARTERIAL_DRUGS:
        by_modality = _by_artery(document, by_modality, text)
    if not set(by_modality) - {"other"}:
        by_modality = class_words([*names, *titles]) or by_modality
    _add_unknown_codes(document, [*names, *titles], by_modality)
    if not by_modality and not _STUDIES_DATA.search(text):
        by_modality = _from_descriptions(document, is_bare=not names)
    if set(by_modality) - {"other"} or _LOCAL_WORDS.search(text):
        _add_planned(document, by_modality)
    if _is_of_imaging(titles) and by_modality and set(by_modality) <= LOCAL:
        by_modality["other"] = titles[0].evidence()
    surgery = _BEFORE_SURGERY.search(text)
    if surgery and set(by_modality) - {"other"} and "transplant" not in text:
        by_modality.setdefault("resection", _evidence_of(surgery.group(), [*names, *titles]))
    if by_modality:
        return stated(NAME, tuple(sorted(by_modality)), list(by_modality.values()))
    return _without_treatment(document, names, titles, text)


def _is_of_imaging(titles: list[Statement]) -> bool:
    """Whether imaging or ultrasound is the trial's own subject, beside the local treatment that it serves."""
    return any(_IMAGING_FOR.search(statement.low) for statement in titles)


def _evidence_of(words: str, statements: list[Statement]) -> Evidence:
    return next(statement for statement in statements if words in statement.low).evidence()


def _cleaned(found: list[Given], text: str) -> Found:
    """Modalities with their evidence; drugs that go into an artery are part of that procedure."""
    found = _without_echoes(found)
    names = {one.hit.name for one in found}
    by_artery = bool({one.hit.modality for one in found} & {"haic", "tace"}) and not _SYSTEMIC.search(text)
    by_modality: Found = {}
    for one in found:
        modality = one.hit.modality
        if by_artery and modality == "chemotherapy" and one.hit.name in _ARTERIAL_DRUGS:
            continue
        if names & _HEPATITIS_DRUGS and one.hit.name.startswith(("interferon", "peginterferon", "thymalfasin")):
            modality = "other"
        by_modality.setdefault(modality, one.statement.evidence(one.hit.start, one.hit.end))
        if "electrochemotherapy" in one.statement.low:
            by_modality.setdefault("chemotherapy", one.statement.evidence())
    return {m: piece for m, piece in by_modality.items() if not _is_part_of_another(m, by_modality, text)}


def _is_part_of_another(modality: str, beside: Mapping[str, Evidence], text: str) -> bool:
    """Words that belong to another modality's name: radiation in SIRT, cells in a vaccine, emboli in HAIC."""
    if modality == "cell_therapy" and "vaccine" in beside and "dendritic" in text:
        return not re.search(r"\bcik\b|car-t|nk cell", text)
    if modality == "radiotherapy" and "radioembolization" in beside:
        return not _has_own_radiotherapy(text)
    if modality == "tace" and "radioembolization" in beside:
        return not re.search(r"tace|chemoembol|\btae\b|bland", text)
    if modality == "tace" and "haic" in beside:
        return not re.search(r"tace|chemoembol|emboli[sz]ation", text)
    return False


def _has_own_radiotherapy(text: str) -> bool:
    rest = re.sub(
        r"selective internal radi\w+(?: therapy)?|internal radi\w+|radiation (?:segment|lob)ectomy", " ", text
    )
    return bool(re.search(r"radiother|radiation|sbrt|stereotactic|proton|external beam|brachy|125", rest))


def _without_echoes(found: list[Given]) -> list[Given]:
    """Drops a title's class word ("as immunotherapy", "PD-1 knockout") where names already say what is given."""
    named = {one.hit.modality for one in found if not one.is_in_title} - {"other"}
    is_cell = any(one.hit.modality in ("cell_therapy", "vaccine") for one in found)
    return [
        one
        for one in found
        if not one.is_in_title
        or not (one.hit.name in _GENERIC or one.hit.drug_class == "cytokine, agonist of immunity")
        or not (named or is_cell)
        or (not named and _COMBINES.search(one.statement.low, max(0, one.hit.start - 40), one.hit.start))
    ]


def _without_support(by_modality: Found, found: list[Given]) -> Found:
    """What only accompanies a treatment (contrast, folinate, observation) is not what the trial gives."""
    others = [one for one in found if one.hit.modality == "other"]
    if len(by_modality) > 1 and others and all(one.hit.drug_class == _BESIDE for one in others):
        return {modality: piece for modality, piece in by_modality.items() if modality != "other"}
    return by_modality


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
        by_modality = _without_support(_cleaned(found, " | ".join(s.low for s in told)), found)
        if by_modality:
            return by_modality
    return {}


def _add_planned(document: Document, by_modality: Found) -> None:
    """Adds the local treatment for which the criteria ask: "eligible for TACE", "planned to receive radiation"."""
    for statement in document.criteria:
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
