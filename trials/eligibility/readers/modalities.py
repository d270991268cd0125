"""Reads what kinds of treatment a trial gives or compares.

From the names of interventions and arms; where these are missing or say nothing, from titles, then descriptions and
summary. What was given before, or is banned, never counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.document import Document
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement
from trials.vocabulary.lexicon import Hit, hits

NAME = "modalities"
_BEFORE = re.compile(
    r"\b(?:previously|prior|pre-?treated|treated with|progress\w+|failed|failure|failing|refractory|resistant"
    r"|ineligible|intoleran\w+|unsuitable|not amenable|not eligible|after|following|post|relapsed?|recurr\w+"
    r"|listed for|awaiting|waiting|candidates? for|eligible for|undergoing|receiving|received|who (?:have|had)"
    r"|"
    r"exposed to|resistance to|naive to|naïve to|underwent|treated by|unresponsive to|(?:predict\w*|monitor\w*"
    r"|assess\w*|evaluat\w*|of) (?:\w+ ){0,2}(?:response|resistance|efficacy|outcomes?|toxicity) (?:to|of"
    r"|after|of patients))\b(?P<gap>[^.;,]{0,80})$"
)
_NEGATED = re.compile(r"(?<!with or )(?<!and/or )\b(?:without|no|not|non|un)[\s-]?$|\bnon-?$|\bun$")
_GIVEN = re.compile(
    r"\bfollowed by|\bplus\b|\bcombin\w+|\bwith or without\b|\bversus\b|\bvs\b|\band\b [^,]{0,30}\bin\b|\+"
)
_IMAGING = re.compile(
    r"biospecimen|computed tomography|magnetic resonance|questionnaire|quality[- ]of[- ]life|biopsy"
    r"|laborator\w+|pharmac\w+ study|blood|specimen|imaging|placebo|\bct\b|\bmri\b|pet|survey|biomarker"
    r"|correlative|echocardio|bone scan|x-ray|sham|leucovorin|folinic|calcium"
)
_ARTERIAL_DRUGS = frozenset(
    (
        "fluorouracil oxaliplatin cisplatin gemcitabine folfox gemox mitomycin epirubicin doxorubicin "
        "lobaplatin raltitrexed irinotecan leucovorin pirarubicin melphalan tirapazamine miriplatin "
        "idarubicin capecitabine nedaplatin"
    ).split()
)
_HEPATITIS_DRUGS = frozenset({"ribavirin", "tenofovir", "entecavir", "telaprevir", "sofosbuvir", "lamivudine"})
_SYSTEMIC = re.compile(r"systemic chemo|intravenous chemo|iv chemo")
_IS_SURGICAL_SETTING = re.compile(r"\b(?:neo-?adjuvant|peri-?operative|pre-?operative)\b")
_GIVES = re.compile(r"combin|treated with|receiv|evaluat|efficacy|safety|random|compare|will be given|administ")
_WITH_SURGERY = re.compile(
    r"\b(?:followed by|plus|combined with|versus|vs\.?|compared with|and then|sequential|or|with"
    r"|\+)\s+(?:[\w-]+\s+){0,3}$|^\W*$"
)
_IS_STUDY_OF_DATA = re.compile(
    r"collection|repositor|imaging|\bpet\b|pet/|questionnaire|educat|screening|detection|surveillance"
    r"|biomarker|registry|ultrasound|\bmri\b|survey|counsel|blood|sequencing|genetic|polymorphism|psycho"
    r"|navigation|disparit|sample"
)
_GENERIC = frozenset({"immunotherapy", "targeted therapy", "chemotherapy"})
_LOCAL = frozenset({"tace", "radioembolization", "haic", "ablation", "radiotherapy"})
_PLAIN_SURGERY = frozenset({"resection", "transplant"})
_CLASS_WORDS = re.compile(
    r"\b(?P<vaccine>vaccine)|\b(?P<cell>car[- ]?(?:t|nk|til)s?\b|\w+ t[- ]cells?\b|nk[- ]cells?"
    r"|cell (?:therapy|injection|infusion|suspension)|suspension for infusion|lymphocytes)"
    r"|\b(?P<immune>anti-?pd-?\(?l?\)?-?1|anti-?ctla|anti-?tigit|agonist antibod|immunomodulat|bispecific)"
    r"|(?P<targeted>\b\w+ inhibitor\b|antibody[- ]drug conjugate|-adc\b|monoclonal antibod)"
)


@dataclass(slots=True)
class _Found:
    hit: Hit
    statement: Statement


def _given(statements: list[Statement], *, is_title: bool) -> list[_Found]:
    found = []
    for statement in statements:
        for hit in hits(statement.low):
            if is_title and _is_past(statement.low, hit):
                continue
            if _NEGATED.search(statement.low, max(0, hit.start - 18), hit.start):
                continue
            found.append(_Found(hit, statement))
    return found


def _is_past(low: str, hit: Hit) -> bool:
    match = _BEFORE.search(low, max(0, hit.start - 130), hit.start)
    if (
        match
        and hit.modality in _LOCAL
        and re.match(r"after|following", match.group())
        and not re.search(r"recurr|relaps|progress|fail", match.group())
    ):
        match = None
    if match and not _GIVEN.search(match["gap"]):
        return True
    after = low[hit.end : hit.end + 45]
    if re.match(
        r"[\s-]*(?:\w+[\s-]+)?(?:refractory|resistant|ineligible|failure|naive|naïve|-treated|pretreated"
        r"|unsuitable|listed|candidates?|eligible|recipients?|related|associated)",
        after,
    ):
        return True
    return hit.modality in _PLAIN_SURGERY and not _WITH_SURGERY.search(low, max(0, hit.start - 45), hit.start)


def _cleaned(found: list[_Found], text: str) -> dict[str, Evidence]:
    """Modalities with their evidence; drugs that go into an artery are part of that procedure."""
    found = _without_echoes(found)
    if any(one.hit.modality != "other" for one in found):
        found = [one for one in found if one.hit.modality != "other" or not _is_title(one)]
    names = {one.hit.name for one in found}
    by_artery = bool({one.hit.modality for one in found} & {"haic", "tace"}) and not _SYSTEMIC.search(text)
    by_modality: dict[str, Evidence] = {}
    for one in found:
        modality = one.hit.modality
        if by_artery and modality == "chemotherapy" and one.hit.name in _ARTERIAL_DRUGS | {"chemotherapy"}:
            continue
        if names & _HEPATITIS_DRUGS and one.hit.name.startswith(("interferon", "thymalfasin")):
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


def _without_echoes(found: list[_Found]) -> list[_Found]:
    """Drops a title's class word ("as immunotherapy", "PD-1 knockout") where names already say what is given."""
    named = {one.hit.modality for one in found if not one.statement.view.field.endswith("_title")} - {"other"}
    is_cell = any(one.hit.modality in ("cell_therapy", "vaccine") for one in found)
    return [
        one
        for one in found
        if not one.statement.view.field.endswith("_title")
        or not (one.hit.name in _GENERIC or one.hit.drug_class == "cytokine, agonist of immunity")
        or not (named or is_cell)
    ]


def _is_title(one: _Found) -> bool:
    return (
        one.statement.view.field.endswith("_title")
        and one.hit.name != "best supportive care"
        and one.hit.drug_class in ("", "supportive or other drug")
    )


def _has_own_radiotherapy(text: str) -> bool:
    rest = re.sub(r"selective internal radi\w+(?: therapy)?|internal radi\w+", " ", text)
    return bool(re.search(r"radiother|radiation|sbrt|stereotactic|proton|external beam|brachy|125", rest))


def read_modalities(document: Document) -> Fact:
    """The modalities given or compared, sorted."""
    names, titles = document.arms(), document.titles()
    found = _given(names, is_title=False) + _given(titles, is_title=True)
    text = " | ".join(statement.low for statement in (*names, *titles))
    by_modality = _without_supporting(_cleaned(found, text), found)
    if set(by_modality) == {"chemotherapy"} and {one.hit.name for one in found} <= _ARTERIAL_DRUGS | _GENERIC:
        by_artery = _from_descriptions(document, is_bare=True)
        if by_artery.keys() & {"tace", "haic"}:
            by_modality = {modality: piece for modality, piece in by_artery.items() if modality != "chemotherapy"}
    if not by_modality or set(by_modality) == {"other"}:
        by_class = _by_class([*names, *titles])
        by_modality = by_class or by_modality
    if not by_modality and not _IS_STUDY_OF_DATA.search(text):
        by_modality = _from_descriptions(document, is_bare=not names)
    if _IS_SURGICAL_SETTING.search(text) and "resectable" in text and "unresectable" not in text and not names:
        by_modality.setdefault("resection", titles[0].evidence())
    if by_modality:
        return stated(NAME, tuple(sorted(by_modality)), list(by_modality.values()))
    return _other(document, names, titles)


def _from_descriptions(document: Document, *, is_bare: bool) -> dict[str, Evidence]:
    for field in (document.descriptions(), document.summary() if is_bare else []):
        told = [s for s in field if field is not document.summary() or _GIVES.search(s.low)]
        found = [one for one in _given(told, is_title=True) if one.hit.modality not in _PLAIN_SURGERY]
        by_modality = _cleaned(found, " | ".join(s.low for s in told))
        if by_modality:
            return by_modality
    return {}


def _without_supporting(by_modality: dict[str, Evidence], found: list[_Found]) -> dict[str, Evidence]:
    """Support and diagnostics beside a treatment are not what the trial gives, unless it compares with care alone."""
    if len(by_modality) > 1 and "other" in by_modality:
        others = [one for one in found if one.hit.modality == "other"]
        if all(
            one.hit.drug_class == "supportive or other drug" and one.hit.name != "best supportive care"
            for one in others
        ):
            return {modality: piece for modality, piece in by_modality.items() if modality != "other"}
    return by_modality


def _by_class(statements: list[Statement]) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    kinds = {"vaccine": "vaccine", "cell": "cell_therapy", "immune": "immunotherapy", "targeted": "targeted"}
    for statement in statements:
        for match in _CLASS_WORDS.finditer(statement.low):
            is_past = _BEFORE.search(statement.low, max(0, match.start() - 130), match.start())
            if match.lastgroup and not is_past:
                found.setdefault(kinds[match.lastgroup], statement.evidence())
    return found


def _other(document: Document, names: list[Statement], titles: list[Statement]) -> Fact:
    pieces = names or titles or document.summary()
    if not pieces:
        return not_stated(NAME)
    return stated(NAME, ("other",), [pieces[0].evidence()])
