"""Finds mentions of spread outside the liver, and of disease confined to it.

A mention has a kind, which says how much its words alone mean. Never tells whether spread is asked for or banned.
"""

import re
from collections.abc import Iterator
from enum import Enum
from itertools import islice

from trials.eligibility.statements import Statement


class Spread(Enum):
    """What is mentioned; the value is the name of its group in the pattern."""

    OUTSIDE = "outside"  # extrahepatic, distant, nodal: of this tumour for sure
    LOOSE = "any"  # "metastatic", "stage IV": of this tumour if nothing else says otherwise
    BRAIN = "brain"
    BONE = "bone"
    NODE = "node"  # nodes without a word of metastasis
    NONE = "none"  # M0, non-metastatic
    INSIDE = "inside"  # confined to the liver
    DOMINANT = "dominant"  # liver-dominant: some disease elsewhere


_ORGAN = (
    r"(?:distant|distal|remote|systemic|nodal|lymph(?:atic)?(?:[ -]?nodes?)?|regional lymph nodes?|intra-?abdominal"
    r"|lungs?|pulmonary|peritoneal|visceral|adrenal|abdominal(?: cavity)?|extra-?liver)"
)
MENTION = re.compile(
    r"(?P<outside>extra-?\s?hepatic(?:al)?(?: [\w-]+){0,2}? (?:metasta\w+|spread\w*|diseases?|lesions?|involvement"
    r"|tumou?rs?|hcc|malignant \w+|progression|dissemination|deposits?|foci|extension|growth|locali[sz]ations?)"
    r"|extra-?\s?hepatic (?:or|and|and/or) \w+ metasta\w+"
    rf"|{_ORGAN} (?:metasta\w+|mets\b|spread|or \w+ metasta\w+)"
    r"|(?:nodal|distant) (?:(?:or|and|and/or) (?:nodal|distant) )?(?:disease|involvement|deposits?|dissemination"
    r"|relapse)"
    r"|(?:positive|involved) (?:[\w-]+ ){0,2}?(?:lymph )?nodes?\b|\bnode[- ]positive|(?:lymph )?nodes? positive"
    r"|lymph[- ]?nodes? (?:involvement|invasion|metasta\w+)|metasta\w+ (?:to|in|outside) (?:the )?(?:lymph|nodes"
    r"|regional|distant|other organs?|lungs?)|metasta\w+ outside"
    r"|(?:disease|tumou?rs?|lesions?|spread|cancer|involvement) outside (?:of )?(?:the )?liver"
    r"|extra-?\s?hepatic\b(?= (?:or|and|and/or)\b(?! (?:gallbladder|intrahepatic)))|\behs\b"
    r"|(?<!\w)(?<!grade )(?<!\()m1\b(?! or m2)(?!/m2)|\(m1\)|肝外转移"
    r"|oligo-?\s?metasta\w+|oligosaccharides"
    r"|secondary (?:visceral )?(?:localizations?|lesions))"
    r"|(?P<dominant>\bliver[- ](?:pre-?)?domina\w+)"
    r"|(?P<none>\b(?:t[1-4x][ab]?(?:-[1-4][ab]?)?,? ?)?(?:n0,? ?|nx,? ?)?m0\b|\bnon-?\s?metastatic\b)"
    r"|(?P<node>(?:\b(?:lymph[\s-]?)?adenopath\w+|\b(?:regional|hilar|portal|porta hepatis|local) (?:lymph )?nodes?\b"
    r"|\blymph nodes?\b)(?! ?(?:metasta|invol|invas|spread|positiv)))"
    r"|(?P<inside>(?:confined|limited|restricted|locali[sz]ed) (?:only )?(?:to|in|within) (?:the )?liver"
    r"|liver[- ](?:confined|only|limited)|disease limited to (?:the )?liver|intra-?hepatic disease only)"
    r"|(?P<brain>(?:brain|cns|central nervous system(?: \(cns\))?|cerebral|intracranial|leptomeningeal"
    r"|meningeal|spinal)\b[^.;]{0,25}?(?:metasta\w+|mets\b)|metasta\w+[^.;]{0,25}\b(?:brain|cns"
    r"|central nervous system)\b)"
    r"|(?P<bone>(?:bone|osseous|skeletal)\s(?:or brain )?metasta\w+|metasta\w+ to (?:the )?bones?)"
    r"|(?P<any>metasta\w+|stage iv[abc]?\b|stage 4\b|stages? (?:iii|3)[abc]? ?(?:or|and|/|-"
    r"|to) ?(?:stage )?(?:iv|4)\b|disseminated (?=disease|tumou?r|cancer|hcc|malig|carcin|metas)"
    r"|\badvanced or locally[\s-]advanced"
    r"|locally[\s-]advanced or advanced)"
)
WORDS = (
    "metasta", " mets", "extrahep", "extra-hep", "extra hep", "confined", "limited to", "restricted to", "limited only",
    "liver-", "liver confined", "liver only", "liver limited", "liver domin", "liver predom", "localized to",
    "localised to", "localized in", "localized with", "stage iv", "stage 4", "stage iii", "stages iii", "stage 3",
    "disseminated", "locally advanced", "locally-advanced", "lymph", "adenopath", "nodes", "m1", "m0", "ehs", "转移",
    "secondary", "spread", "outside", "hepatic disease only", "limited in", "limited with", "extraliver",
    "extra-liver",
)  # fmt: skip
NOT_THIS_CANCER = re.compile(
    r"(?:risk|probability|potential|chance) (?:of|for) (?:\w+ ){0,2}metasta|negligible|upper limit(?! (?:of|to"
    r"|on) (?:the )?(?:tumou?r|number|size))|\buln\b"
    r"|\bast\b|\balt\b|bilirubin|liver metasta|hepatic metasta|metasta\w+ (?:to|in|of) the liver"
    r"|metastatic (?:castration(?!-resistant prostate cancer,)|prostate|breast|colorectal|gastric|pancrea\w+"
    r"|lung|melanoma|renal|cervical|vulva|crpc|nsclc|sclc|ovarian|urothelial|bladder)"
    r"|metastatic (?:liver|hepatic) (?:cancer|tumou?r|malign|lesion|disease)"
    r"|metasta\w+ (?:(?:cancer|disease|tumou?rs?|carcinoma|lesions?) )?(?:from|originating)"
    r"|cancers? (?:of the )?(?:breast"
    r"|lung|colon)|other (?:primary )?malignan|another malignan|second(?:ary)? malignan|(?:within|last|past"
    r"|previous) \d+ years|anticonvuls|biopsy of|low molecular|lmwh|anticoag|heparin|hormon|fibrosis"
    r"|heart failure|kidney|renal (?:failure|insuff|disease)|\bnyha\b|\bcopd\b|\bgold\b|cardiac|in[- ]situ"
    r"|basal|skin|intercurrent"
    r"|psychiatric"
)
# Sites of disease rather than patients who have it: "HCC or metastases that are treated".
_SITE = re.compile(r"\bliver\b|hepatic|target|\bsite\b")


def mentions(statement: Statement) -> Iterator[tuple[Spread, re.Match[str]]]:
    """The mentions that are of this cancer, with their kinds."""
    low = statement.low
    for match in islice(MENTION.finditer(low), 10):
        kind = Spread(match.lastgroup)
        if kind in (Spread.LOOSE, Spread.BRAIN, Spread.BONE):
            start, end = match.span()
            if NOT_THIS_CANCER.search(low, max(0, start - 45), end + 40):
                continue
            if kind is Spread.LOOSE and _is_site(low, match):
                continue
        yield kind, match


def _is_site(low: str, match: re.Match[str]) -> bool:
    """A bare noun beside the liver or a target: metastases in the liver, of other cancers."""
    if not re.fullmatch(r"metastas[ei]s", match.group()):
        return False
    start, end = match.span()
    return bool(_SITE.search(low, max(0, start - 28), start) or re.match(r"[^.;]{0,25}\btarget", low[end : end + 40]))
