"""Takes from the treatments that a record names those that are no modality of their own.

Drugs that go into an artery, cells of a vaccine, a stent that carries seeds, contrast and folinate. Never reads a text
field by itself and never decides the fact.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from trials.eligibility.readers.given_treatments import Given
from trials.eligibility.reading import Evidence

Found = dict[str, Evidence]
ARTERIAL_DRUGS = frozenset(
    (
        "fluorouracil oxaliplatin cisplatin gemcitabine folfox gemox mitomycin epirubicin doxorubicin "
        "lobaplatin raltitrexed irinotecan leucovorin pirarubicin melphalan tirapazamine miriplatin "
        "idarubicin floxuridine capecitabine nedaplatin hydroxycamptothecin chemotherapy"
    ).split()
)
_HEPATITIS_DRUGS = frozenset({"ribavirin", "tenofovir", "entecavir", "telaprevir", "sofosbuvir", "lamivudine"})
_AGAINST_REJECTION = frozenset({"sirolimus", "everolimus"})  # after a transplant, not against the tumour
_SUPPRESSES = re.compile(r"immuno-?suppress|tacrolimus|mycophenol|calcineurin|c[iy]closporin")
_GENERIC = frozenset({"immunotherapy", "targeted therapy", "chemotherapy"})
_BESIDE = "beside a therapy"
_SYSTEMIC = re.compile(
    rf"(?:systemic|intravenous|\biv|\bi\.v\.) (?:chemo|folfiri|gem|xelox|s-1|flox|{'|'.join(sorted(ARTERIAL_DRUGS))})"
)
# "Doxorubicin-loaded microspheres": the drug comes with what closes the artery.
_ON_BEADS = re.compile(
    r"[\s-]*(?:drug[\s-]+)?(?:loaded|eluting|bearing)[\s-]+"
    r"(?:[\w-]+ ){0,2}?(?:beads?|(?:micro)?-?spheres?|particles|embol)"
)
# A cytokine that engineered cells bear is no drug of its own: "IL-15 T cells", "cells that secrete IL-12".
_CELL_BEHIND = re.compile(
    r"[\s-]*(?:(?:express|secret|modif|engineer|armou?r|activat|stimulat|transduc|produc|expand|prim)\w+[\s-]+)?"
    r"(?:[\w-]+ )?(?:t|nk|car-?t|car|immune)[\s-]?(?:cells?|lymphocytes)\b"
)
_BORNE = re.compile(
    r"\b(?:co-?)?(?:express\w+|secret\w+|produc\w+|armou?red with|transduced with|encod\w+)\W+(?:\w+ )?$"
)
_ARTERIAL_BEFORE = re.compile(
    r"\b(?:hepatic |intra-?|trans-?)?arter(?:ial|y|ially)(?: infus\w+| perfus\w+)?(?: of| with)?\W+(?:\w+\W+)?$"
)
_ARTERIAL_AFTER = re.compile(
    r"\W*(?:based\W+)?(?:arterial|via (?:the )?hepatic artery|(?:infus\w+ )?(?:in)?to (?:the )?(?:hepatic artery"
    r"|liver))"
)
_COMBINES = re.compile(
    r"\b(?:combin\w+ with|plus|followed by|with or without|together with)\W+(?:an? |the )?(?:[\w-]+ )?$"
)
_SEEDS = re.compile(r"seed|125|radioactive|irradiat")
_AS_VACCINE = re.compile(
    r"\b(?:sbrt|radiation|radiotherapy|in[ -]situ|ablation|cryoablation|radiosurgery|sabr)[ -](?:vaccin\w+)$"
)


def cleaned(found: list[Given], text: str) -> Found:
    """Modalities with their evidence; drugs that go into an artery are part of that procedure."""
    found = _without_echoes(found)
    names = {one.hit.name for one in found}
    found = [_as_arterial(one) for one in _without_carriers(found) if not _is_of_cells(one)]
    by_artery = bool({one.hit.modality for one in found} & {"haic", "tace"}) and not _SYSTEMIC.search(text)
    by_modality: Found = {}
    for one in found:
        modality = one.hit.modality
        if by_artery and modality == "chemotherapy" and one.hit.name in ARTERIAL_DRUGS:
            continue
        if names & _HEPATITIS_DRUGS and one.hit.name.startswith(("interferon", "peginterferon", "thymalfasin")):
            modality = "other"
        if one.hit.name in _AGAINST_REJECTION and _SUPPRESSES.search(text):
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


def without_support(by_modality: Found, found: list[Given]) -> Found:
    """What only accompanies a treatment (contrast, folinate, observation) is not what the trial gives."""
    others = [one for one in found if one.hit.modality == "other"]
    if any(not one.is_in_title for one in others) and _is_only_in_titles(found):
        return by_modality  # the support itself is what is registered
    if len(by_modality) > 1 and others and all(one.hit.drug_class == _BESIDE for one in others):
        return {modality: piece for modality, piece in by_modality.items() if modality != "other"}
    return by_modality


def _is_only_in_titles(found: list[Given]) -> bool:
    return all(one.is_in_title for one in found if one.hit.modality != "other")


def _is_of_cells(one: Given) -> bool:
    if one.hit.drug_class != "cytokine, agonist of immunity":
        return False
    low, hit = one.statement.low, one.hit
    return bool(_CELL_BEHIND.match(low, hit.end) or _BORNE.search(low, max(0, hit.start - 40), hit.start))


def _as_arterial(one: Given) -> Given:
    """ "Arterial FOLFOX", "floxuridine infused into the liver": a drug that goes into the liver's artery."""
    low = one.statement.low
    if one.hit.modality == "chemotherapy" and _ON_BEADS.match(low, one.hit.end):
        return replace(one, hit=replace(one.hit, modality="tace"))
    if one.hit.modality != "chemotherapy" or "tace" in low or "emboli" in low:
        return one
    before = _ARTERIAL_BEFORE.search(low, max(0, one.hit.start - 50), one.hit.start)
    if before or _ARTERIAL_AFTER.match(low, one.hit.end):
        return replace(one, hit=replace(one.hit, modality="haic"))
    return one


def _without_carriers(found: list[Given]) -> list[Given]:
    """A stent that carries seeds is no treatment beside them; nor does "SBRT vaccination" give a vaccine."""
    has_seeds = any(one.hit.modality == "radiotherapy" for one in found)
    return [
        one
        for one in found
        if not (
            has_seeds and "stent" in one.statement.low[one.hit.start : one.hit.end] and _SEEDS.search(one.statement.low)
        )
        and not (
            one.hit.name == "vaccine" and _AS_VACCINE.search(one.statement.low, max(0, one.hit.start - 30), one.hit.end)
        )
    ]
