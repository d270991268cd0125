"""The words of treatment that the readers of prior systemic and locoregional therapy share.

Tells apart all systemic therapy, one class or drug of it, locoregional therapy as a whole and one kind of it, and any
therapy of the tumour. Never asks when or whether a patient had it (`treatment_history`), and never decides a fact.
"""

import re
from functools import cache, lru_cache

from trials.vocabulary.lexicon import drugs, hits

_LETTERS = re.compile(r"[a-zα-ω]{2,}")
_DRUG_MODALITIES = frozenset({"immunotherapy", "targeted", "chemotherapy", "cell_therapy", "vaccine"})
# Chemotherapy into an artery or a cavity, and "systemic" before what is no cancer therapy; blanked before reading.
_NOT_SYSTEMIC = re.compile(
    r"\b(?:(?:(?:hepatic |trans|intra-?)?arter(?:y|ial)(?: infusion| perfusion)?|hai|regional|local|intra-?tumou?ral"
    r"|chemoemboli[sz]ation|emboli[sz]ation|infusion|intra-?(?:pleural|peritoneal|thecal|pericardial|cavit\w+))"
    r"(?: of| with| injection| perfusion| \([^)]{1,12}\))? (?:chemotherapy|anticancer therapy)"
    r"|(?:local|intra-?tumou?ral) (?:\w+ )?or arterial chemotherapy)"
    r"|\b(?:ace|converting[- ]enzyme|calcineurin|oxidase|leukotriene|cholinesterase|phosphodiesterase|pde-?\d|cox-?2"
    r"|sglt-?2|dpp-?4|p-?gp|transporter|pump|reuptake|protease|neuraminidase|integrase|aggregation|reductase|xa"
    r"|thrombin|platelet|cyp\w*)(?: \(\w{2,6}\))? inhibitors?"
    r"|\bsystemic(?:ally)?[\s-]+(?:(?!chemo|anti-?[ctn]|therap|treat|or\b|and\b)[\w-]+[\s,/-]+){0,3}?(?:steroids?"
    r"|hormon\w+"
    r"|cortico\w+|glucocort\w+"
    r"|immunosuppress\w+|immunostimul\w+|anti-?microb\w+|antibio\w+|anti-?fung\w+|infect\w+|lupus|diseases?"
    r"|illness\w*|anticoag\w+|antivir\w+|replacement|radio\w*|radiation)"
    r"|(?:requir\w+|need\w*) (?:\w+ ){0,2}systemic (?:treatment|therapy)(?! (?:for|of) (?:hcc|cancer|hepato"
    r"|the tumou?r))"
    r"|immunosuppressive therapy|replacement therapy|immuno-?suppress|(?:herbal|botanical) \w+|photodynamic therapy"
)
SYSTEMIC = re.compile(
    # every alternative begins a word, with one of these letters: it spares most places the search
    r"\b(?=[sbcimtaldp])(?:(?:systemic(?:ally)?|systematic)(?:[\s,/-]+(?:(?!reactions?\b|symptoms?\b|disorders?\b"
    r"|sclerosis\b|exposure\b)"
    r"\w+[\s,/-]+){0,4}?)?(?:anti-?\s?(?:cancer|tumou?r"
    r"|neoplastic|hcc)[\s-]*)?(?:therap\w+|treatments?|treated|chemotherap\w+|agents?|drugs?|regimens?"
    r"|immunotherap\w+"
    r"|lines?|medication)(?! (?:arm|group|cohort))|systemic anti\w*|(?:bio-?)?(?:chemo|immuno)-?therap\w+"
    r"|biotherap\w+|(?:multi-?)?targeted (?:therap\w+"
    r"|drugs?|agents?|treatment)|molecular(?:ly)?[\s-]+target\w+|biologic(?:al)? (?:cancer )?(?:therap\w+|agents?)"
    r"|sact\b"
    r"|anti-?\s?(?:cancer|tumou?r|neoplastic) (?:drug|agent|medication|medicine|pharmac)\w*"
    r"|(?<!study )drug (?:therapy"
    r"|treatment)|lines? of (?:\w+ ){0,3}?(?:therap\w+|treatment)|(?:prior|previous|treatment) (?:\w+ )?(?:lines?"
    r"|regimens?)\b|anti-?neoplastic (?:therap\w+|treatment|agents?)|cytotoxic (?:or \w+ )?(?:therap|treatment"
    r"|agent|chemo)\w*)|全身|系统"
)
# "Had another malignancy within the last two years": the window is not that of a treatment.
_OTHER_CANCERS_TIME = re.compile(
    r"\b(?:another|other|an?|active|prior|second) (?:\w+ ){0,2}(?:malignanc\w+|cancer) (?:with)?in the (?:last|past"
    r"|previous)"
    r" [\w ()]{1,20}(?:years|months)"
)
# Treatment of another cancer never counts, however it is worded, unless this one is named beside it.
_OTHER_CANCER = re.compile(
    r"(?:other|another|second(?:ary)?|additional|prior|previous|concurrent|different|any|active|history of|known)"
    r" (?:\w+ ){0,3}(?:malignan|cancers?\b(?![ -](?:\w+ )?(?:therap|treat|related|directed))|primary tumou?r"
    r"|neoplasm)|carcinoma in situ|basal cell"
    r"|unrelated (?:cancer|malig)"
)
_CANCERS = ("malignan", "cancer", "tumor", "tumour", "neoplasm", "in situ", "basal cell")
_OTHER_MALIGNANCY = re.compile(
    r"\b(?:concurrent|second|synchronous) (?:\w+ )?malignan"
    r"|(?:cancers?|malignanc\w+|tumou?rs?) (?:that (?:is|are) )?(?:distinct|different|other than|except)"
)
_THIS_CANCER = re.compile(
    r"\bhcc|hepatocell|(?:current|this|study|present) (?:tumou?r|malignan|cancer|disease)|liver cancer"
)
_TUMOR = r"(?:hcc|hepatocellular|liver|hepatic|cancer|disease|tumou?r|malignan|index|neoplas)"
ANY_THERAPY = re.compile(
    r"\b(?:anti-?\s?(?:cancer|tumou?r|neoplastic|hcc)[\s-]+(?:directed )?(?:therap\w+|treatments?|modalit\w+)"
    r"|(?:prior|previous|any|earlier|other) (?:(?!radi|loco|local|surg|abla)\w+ )?(?:therap(?:y|ies)"
    rf"|treatments?)(?= (?:for|of|directed|against) (?:the |this |their )?(?:\w+ )?{_TUMOR})"
    r"|treatments? (?:for|of) (?:the )?(?:hcc|hepatocellular|liver (?:cancer|tumou?r)|cancer)"
    rf"|treated (?:\w+ )?for (?:the |this |their )?(?:\w+ )?{_TUMOR}"
    r"|(?:hcc|cancer|tumou?r|oncolog(?:y|ic|ical))[- ](?:directed |related )?(?:therap\w+|treatments?)"
    r"|treatment (?:received |given )?in the past"
    r"|(?:up-?\s?front|front-?line|salvage) (?:therap\w+|treatment)"
    r"|received (?:any )?(?:treatment|therapy) (?:for|in|before)"
    r"|(?:(?<=no )|(?<=any )|(?<=all )|(?<=number of ))(?:prior|previous) (?:anti\S* )?(?:treatments?|therap(?:y"
    r"|ies))\b"
    r"|previous anti\S+ (?:therap\w+|treatment)"
    r"|(?:prior|previous) (?:\w+ )?cancer (?:therap\w+|treatment)"
    r"|neo-?adjuvant (?:therap\w+|treatments?)(?= (?:of any|before|prior to)))"
)
# Failing it is a requirement; a ban of it would be a ban of care.
STANDARD = re.compile(
    r"\bstandard(?<!part of standard)(?<!clinical standard)(?<!per standard)[\s-]+(?:(?:of[\s-]+care|anti-?\w+"
    r"|palliative|systemic|curative|or \w+)[\s-]+)*(?:therap\w+|treatments?"
    r"|regimens?|measures?|of[\s-]+care\b)"
    r"|\bavailable (?:\w+ )?(?:therap\w+|treatments?)|\b(?:approved|established|conventional|accepted"
    r"|existing|satisfactory) (?:[\w-]+ )?(?:therap\w+|treatments?|options)|\bsoc\b"
    r"|\b(?:first|second|1st|2nd|last|most recent)[- ](?:line |prior )?(?:therap\w+|treatments?|regimens?)"
    r"|\b(?:prior|previous) (?:therap\w+|treatments?)\b(?! (?:with|for|to|of|at|in|on) )"
)
CLASS = re.compile(
    r"\b(?:anti-?\s?(?:pd|ctla|vegf|tigit|programmed|vascular|egfr)\S*|pd-?\(?l?\)?-?[12l]\S*|(?:immune )?checkpoint"
    r"|ctla-?4|programmed|immunotherap\w+|immune therap\w+|immune-?mediated|immuno-?oncology|vegf\w*|angiogen\w+"
    r"|antiangiogen\w+|anti-angiogen\w+|tyrosine|kinase|tkis?|mtor|hdac|fgfr\w*|c-?met|egfr|her2|b7-?h3"
    r"|hypomethylating"
    r"|tigit|lag-?3|tim-?3|cd47|car-?t|gene therap\w+|cell(?:ular|-based)? therap\w+|adoptive|vaccines?|interferon"
    r"|anthracyclin\w*|topoisomerase|parp|ici|icis|icb|platinum\S*|taxanes?|fluoropyrimidines?|gemcitabine\S*"
    r"|same (?:drug|class|agent|target)|similar (?:drug|agent)|antibod\w+|glypican|gpc3|t[- ]cell"
    r"|co-?stimul\w+|inhibitors?|agonists?|antisense|bavituximab|oncolytic|tirapazamine|stem cell"
    r"|bispecific|targeted (?:therap\w+|drugs?|agents?)|molecular\w*[\s-]+target\w+"
    r"|\w+(?:tinib|fenib|limab|lizumab|lumab|zumab|rubicin))\b"
)
LOCOREGIONAL = re.compile(
    r"\b(?:loco-?\s?-?regional(?:ly)?|local[\s/-]+regional|local(?:i[sz]ed)?(?:/regional| (?:or|and) (?:regional"
    r"|systemic))? (?:anti\S+ "
    r"|liver |cancer )?"
    r"(?:therap\w+|treatments?)|(?:liver|hepatic|lesion)[- ](?:tumou?r[- ])?directed|(?:intra-?hepatic|hepatic"
    r"|regional) (?:local )?therap\w+|lrts?\b|liver (?:cancer )?(?:therap\w+|treatments?|intervention)"
    r"|interventional (?:therap\w+|treatment)|interventions? (?:to|on|in|of) the liver|minimally invasive treatment"
    r"|(?:intra-?)?arterial(?:ly)? (?:directed"
    r"|therap\w+)"
    r"|(?:prior|previous|earlier) (?:therap\w+|treatments?) (?:at|to|of|in) (?:an)?other (?:sites?|lesions?|parts?"
    r"|segments?|areas?|tumou?rs?|nodules?)"
    r"|embolotherapy|介入|局部)(?:\b|(?<=[\u3040-\u9fff]))"
)
KIND = re.compile(
    r"\b(?:(?P<tace>[cd]?-?tace|deb-tace|(?:trans-?(?:arterial|catheter|hepatic)[\s-]*(?:arterial )?"
    r"|arterial )?chemo-?\s?emboli[sz]\w+|tae|(?:bland |tumou?r |arterial |trans-?arterial "
    r"|transcatheter )?emboli[sz]ation)\b"
    r"|(?P<haic>haic?|(?:hepatic )?arter(?:y|ial) (?:infusion|perfusion|chemo)\w*|intra-?arterial chemo\w*)\b"
    r"|(?P<rad>tare|sirt|radio-?emboli[sz]\w+|y-?90|90-?y|yttrium|sir-spheres|therasphere"
    r"|selective internal radi\w+)\b"
    r"|(?P<abl>(?:radio-?frequency |microwave |thermal |local |cryo|tumou?r )?ablations?|ablative|ablated|rfa|mwa"
    r"|pei"
    r"|ethanol injection|cryo(?:therapy|surgery)|hifu|intra-?tumou?ral injection)\b"
    r"|(?P<rt>(?:external[- ]beam )?(?:radio-?therapy"
    r"|radiation(?! pneumon|-induced)|irradiat\w+)|sbrt|sabr|ebrt|radiated|irradiated|chemo-?radi\w+)\b)"
)


# One lesion's treatment: it says nothing of what the patient had elsewhere.
OF_INDEX_LESION = re.compile(
    r"\b(?:therap\w+|treatments?|treated) (?:for|of|to|at) (?:the |this |an? )?(?:index|target|study|same)"
    r" (?:[\w-]+ ){0,2}(?:lesion|nodule|tumou?r|mass)"
)


@lru_cache(maxsize=512)  # both readers of prior therapy ask it of every sentence on treatment
def is_for_another_cancer(low: str) -> bool:
    """Whether the sentence speaks of another cancer than the one under study."""
    if not any(word in low for word in _CANCERS):
        return False
    if _OTHER_MALIGNANCY.search(low):
        return True
    return bool(_OTHER_CANCER.search(low)) and not _THIS_CANCER.search(low)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=512)
def without_other_uses(low: str) -> str:
    """The text with what only looks like systemic cancer therapy blanked out; places stay the same."""
    if "system" in low or "chemo" in low or "therap" in low or "immuno" in low or "inhibitor" in low:
        low = _NOT_SYSTEMIC.sub(_blank, low)
    return _OTHER_CANCERS_TIME.sub(_blank, low) if "malignan" in low or "cancer" in low else low


@cache
def _drug_words() -> frozenset[str]:
    """The first words of the drugs' names: a sentence without any of them names no drug, and is not searched."""
    entries = (entry for entry in drugs() if entry.drug_class and entry.modality in _DRUG_MODALITIES)
    return frozenset(
        words[0] for entry in entries for name in entry.spellings() if (words := _LETTERS.findall(name.lower()))
    )


@lru_cache(maxsize=32)  # one sentence is asked for it several times
def named_class(low: str) -> tuple[int, int] | None:
    """The first class or drug of systemic therapy that is named."""
    match = CLASS.search(low)
    if match:
        return match.span()
    if _drug_words().isdisjoint(_LETTERS.findall(low)):
        return None
    for hit in hits(low):
        if hit.drug_class and hit.modality in _DRUG_MODALITIES:
            if hit.modality == "chemotherapy" and any(
                kind.lastgroup in ("tace", "haic") for kind in KIND.finditer(low)
            ):
                continue
            return hit.start, hit.end
    return None
