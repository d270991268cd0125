"""The names of liver cancer and of the tumours and diseases that may stand beside it.

Only words: never judges whether a record asks for what is named.
"""

import re
from collections.abc import Iterator

HCC = re.compile(
    r"hepato-?\s?cellular(?:[\s-]+(?:\w+[\s-]+){0,2}?(?:carcinomas?|cancers?|ca\b|tumou?r|adenocarcinoma"
    r"|neoplasm|malignan\w+|liver)|(?=\s?[,/;:)]|\s(?:and|or)\b|$))|\bu?a?hccs?\b(?![\s-]?\d)|hepatomas?\b"
    r"|hepato-?carcinoma|liver cell carcinoma|carcinoma, hepatocellular|fibrolamellar|\bflhcc\b|hepatocelluar"
    r"|hepatocelular|hepatocellullar|hepatocellular[\s/-]+cholangio|hepatic cell carcinoma|肝细胞癌|肝癌"
)
LIVER = re.compile(
    r"(?P<primary>primary (?:malignan\w+ )?(?:liver|hepatic) (?:cancer|tumou?r|malignan\w+|neoplasm"
    r"|carcinoma)s?|primary liver|cancers? of the liver|(?:liver|hepatic)(?:\s*/\s*(?:liver|hepatic))? (?:cancer"
    r"|carcinoma)s?)"
    r"|(?P<any>(?:liver|hepatic) (?:neoplas(?:m|ia)|tumou?r|malignan\w+|lesion|mass)e?s?|neoplasms?,? (?:liver"
    r"|hepatic)|hepatobiliary (?:cancer|tumou?r|malignan\w+|neoplasm|carcinoma)s?)"
)
_SECONDARY_BEFORE = re.compile(r"(?P<before>[^.;|]{0,40}?)\b(?:metastatic|secondary|colorectal)\W+(?:\w+ )?$")
_STAGES = re.compile(
    r"\b(?:advanced|unresectable|inoperable|recurrent|relapsed|locali[sz]ed|localised)\b.{0,20}(?:or|and|/)\W*$"
)
_SECONDARY_AFTER = re.compile(r"\W*(?:metasta|secondary|from colorectal|of colorectal)")
_ONLY_SECONDARY = re.compile(r"\bcrlm\b|uveal|colorectal (?:cancer )?(?:liver|metasta)|liver metasta|hepatic metasta")
_OTHER = re.compile(
    r"\b(?:(?<!criteria in )(?<!criteria for )solid tumou?rs?|solid malignan\w+|solid cancers?|solid neoplasms?"
    r"|advanced (?:cancers?|malignan\w+)|lung|nsclc"
    r"|sclc|breast|tnbc|colorectal|colon|rectal|rectum|crc|gastric|stomach|gastro-?oesophageal|gastroesophageal"
    r"|pancrea\w+|pdac|renal|kidney|rcc|ovarian|ovary|prostate|melanoma|sarcoma|lymphoma|leuk\w+|myeloma"
    r"|glioma\w*"
    r"|glioblastoma|brain tumou?r|head and neck|hnscc|esophag\w+|oesophag\w+|bladder|urothelial|cervical"
    r"|cervix|endometrial|thyroid|mesothelioma|neuroblastoma|rhabdo\w+|wilms|liposarcoma|yolk sac|germ cell"
    r"|hepatoblastoma"
    r"|cholangiocarcinoma|cholangio\w*|biliary|bile duct|btc|icca?|gall ?bladder|neuroendocrine"
    r"|gastrointestinal (?:cancer|tumou?r|malignan\w+)\w*|gi cancers?|abdominal (?:cancer|tumou?r)|neoplasms"
    r"|cancers|all cancer|kaposi|thymoma|skin cancer|testicular|vulva\w*|anal cancer|liver metasta\w+"
    r"|hepatic metasta\w+|(?<!or )metastatic liver|metastases to the liver"
    r"|adenoma|hemangioma|cirrhosis|cirrhotic|fibrosis|hepatitis|liver disease|nafld|nash|liver failure"
    r"|portal hypertension|liver transplant\w*|hepatectomy)\b"
)
# Another tumour beyond doubt: its own name, or an organ with the word for cancer beside it.
_OTHER_CANCER = re.compile(
    r"(?<!in )(?<!of )\bsolid (?:tumou?rs?|malignan\w+|cancers?)\b|\b(?:cholangiocarcinomas?|icca?|cca|nsclc|sclc"
    r"|melanoma"
    r"|sarcomas?|lymphoma|leuk\w+|myeloma|pdac|hnscc|crc|crlm|rcc|btc|tnbc|glioblastoma|hepatoblastomas?|angiosarcoma"
    r"|mesothelioma|neuroblastoma|(?:hepatic|liver) metastas[ei]s)\b|\b(?:lung|breast|colorectal|colon|rectal"
    r"|gastric|stomach"
    r"|o?esophag\w+|pancrea\w+|renal(?: cell)?|kidney|ovarian|prostate|head and neck|bladder|urothelial|cervical"
    r"|endometrial"
    r"|thyroid|biliary(?: tract)?|bile duct|gall ?bladder|neuroendocrine|gastrointestinal|uveal)\W+(?:(?:tract|duct"
    r"|gland)\W+)?"
    r"(?:cancers?|carcinomas?|adenocarcinomas?|tumou?rs?|malignan\w+|neoplasms?|metastas[ei]s)\b"
)
_NO_TUMOR = re.compile(
    r"adenoma|hemangioma|neoplasms|cirrhosis|cirrhotic|fibrosis|hepatitis|liver disease|nafld|nash"
    r"|liver failure|portal hypertension|liver transplant\w*|hepatectomy|infection"
)
_MIXED_HISTOLOGY = re.compile(r"(?:mixed|combined|cholangio-?hepato\w*|hepato-?cholangio\w*)")


def is_secondary(low: str, match: re.Match[str]) -> bool:
    """Whether the liver tumour that is named is the metastasis of another."""
    if match["primary"] and match.group().startswith("primary"):
        return False
    before = _SECONDARY_BEFORE.search(low, max(0, match.start() - 60), match.start())
    if before and not _STAGES.search(before["before"]):
        return True
    return bool(_SECONDARY_AFTER.match(low, match.end())) or (
        match["any"] is not None and bool(_ONLY_SECONDARY.search(low))
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def names_other(low: str) -> Iterator[tuple[int, int]]:
    """The places of other tumours."""
    for match in _OTHER.finditer(low):
        if not _NO_TUMOR.fullmatch(match.group()):
            yield match.span()


def other_cancers(low: str) -> Iterator[tuple[int, int]]:
    """The places of other cancers named beyond doubt; the mixed histology of HCC is none."""
    if _MIXED_HISTOLOGY.search(low):
        return
    for match in _OTHER_CANCER.finditer(low):
        yield match.span()


def names_other_tumor(low: str) -> bool:
    """Whether a tumour is named beside the liver's; the mixed histology of HCC is none."""
    if next(names_other(low), None) is None:
        return False  # much the commonest, and much the cheaper to find
    rest = low
    for pattern in (HCC, LIVER, _MIXED_HISTOLOGY):
        rest = pattern.sub(_blank, rest)
    return next(names_other(rest), None) is not None
