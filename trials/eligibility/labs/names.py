"""How laboratory tests are named, and which names stand together before one limit: "AST (SGOT) and ALT (SGPT)".

Tests that are not read (alkaline phosphatase, direct bilirubin) are known too, so that their limits go to nobody else.
Never reads a number.
"""

import re
from dataclasses import dataclass

from trials.eligibility.statements import Statement

OTHER = ""  # a test that is not read
PROTHROMBIN_TIME = "prothrombin_time"

# In their order: what stands earlier wins where both begin at one place.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "other",
        (
            r"(?:direct|conjugated|indirect|unconjugated|urin\w+|delta) (?:serum )?bilirubin|albumin[\s-]*(?:bilirubin"
            r"|to)\b"
            r"|(?:pre-?|micro|macro-?aggregated |human serum |urin\w+ |lact)albumin\w*|nab[\w-]*|albumin[\s-]bound"
            r"|urin\w+ protein[\s/-]*(?:to[\s-]*)?creatinine(?: ratio)?"
            r"|protein[\s/-]*(?:to[\s-]*)?creatinine(?: ratio)?"
            r"|(?:urin\w+ )?albumin[\s/:-]*(?:to[\s-]*)?creatinine(?: ratio)?|urin\w+ creatinine"
            r"|creatine (?:phospho)?kinase"
            r"|(?:glycated|glycosylated) ha?emoglobin|ha?emoglobin a1c|hba1c|hb ?a1c|ha?emoglobinuria"
            r"|(?:activated )?partial thromboplastin(?: time)?|a?ptt\b|thrombin time|prothrombin activity|fibrinogen"
            r"|d-dimers?|alkaline phosphatase|alk\.? ?phos\w*|\balp\b|γ-?gt|\bggt\b|gamma[\s-]*glut\w+(?: transfer\w+)?"
            r"|\bldh\b|lactate dehydrogenase|\blipase|amylase|lymphocytes?|\balc\b|eosinophils?|monocytes?"
            r"|reticulocytes?"
            r"|ha?ematocrit|sodium|potassium|calcium|magnesium|phosph(?:orus|ate)|glucose|urea|\bbun\b|triglycerides?"
            r"|cholesterol|troponin|bnp|ferritin|uric acid|ammonia|total protein|oxygen|saturation|spo2|lvef|qtc\w*"
            r"|cea|ca ?19|dcp|pivka\S*|l3|hbv|hcv|cd4\+?|weight|bmi|age\b|anti-?platelet\w*|platelet (?:inhibitor"
            r"|aggr)\w*"
            r"|ast (?:to|/) ?platelet|\bapri\b|proteinuria|hypoalbumin\w*|hyperbilirubin\w*|thrombocytop\w+"
            r"|neutrop[ae]?e\w+"
        ),
    ),
    (
        "creatinine_clearance",
        (
            r"(?:serum |plasma |estimated |calculated |measured )*creatinine[\s-]*(?:clearances?|cl\b)|cl?r?cl\b"
            r"|\be?ccr\b|ecrcl|crcl"
            r"|clearance of creatinine|(?:estimated )?glomerular filtration(?: rate)?|\be?-?gfr\b|24[\s-]*(?:hours?"
            r"|hr?)"
            r"(?: urin\w+)?(?: creatinine)? clearance|\bclearance\b"
        ),
    ),
    ("creatinine", r"(?:serum |plasma |s\.? ?)?creatin(?:in)?e|\bs?cr\b(?! ?cl)"),
    ("bilirubin", r"(?:serum )?(?:total )?(?:serum )?bil[il]i?r?r?ubine?|\bt?bili\b|\bt-?bil\b|\bstb\b"),
    ("albumin", r"albumine?s?\b|\balb\b"),
    ("platelets", r"platelets?|thrombocytes?|\bplts?\b"),
    ("inr", r"international(?:ized)?[\s-]*normali[sz](?:ed|ation)(?:[\s-]*(?:prothrombin )?ratios?)?|\binr\b"),
    ("prothrombin_time", r"pro-?thrombin(?:[\s-]*times?)?|\bpt\b"),
    ("afp", r"(?:alpha|α|a)[\s-]*1?[\s-]*fo?eto[\s-]*proteine?s?|\bs?afp\b"),
    ("haemoglobin", r"ha?emoglobine?|\bhgb?\b|\bhb\b"),
    (
        "both",
        (
            r"(?:liver |hepatic |serum )?(?:amino[\s-]?)?transaminases?\b(?! ?\()|(?:serum )?aminotransferases?\b"
            r"|transaminases(?= ?\()"
        ),
    ),
    (
        "ast",
        (
            r"(?:serum )?aspart\w+[\s-]*(?:amino[\s-]?)?trans\w+|serum glutam\w+[\s-]*oxal\w+[\s-]*(?:acid )?trans\w+"
            r"|\bs?ast\b|\bs?gota?\b|\basat\b|\basp?at\b"
        ),
    ),
    (
        "alt",
        (
            r"(?:serum )?alani\w+[\s-]*(?:amino[\s-]?)?trans\w+|serum glutam\w+[\s-]*pyr\w+[\s-]*(?:acid )?trans\w+"
            r"|\bs?alt\b|\bs?gpta?\b|\balat\b"
        ),
    ),
    ("neutrophils", r"neutrophile?s?|\ba[np]c\b|granulocytes?\b(?![\s-]*(?:colony|macro))|polymorphonuclear\w*"),
    ("white_cells", r"(?:white|wh?ite)[\s-]*(?:blood)?[\s-]*(?:cells?|count)|leu[ck]ocytes?|\bwbcs?\b"),
)
_NAME = re.compile("(?<![a-z])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _NAMES) + ")")
# One of these stands in every name that is read; `Document.having` finds the statements by them.
_LONG = (
    "bilirubin", "biliribin", "billirubin", "albumin", "platelet", "thrombocyte", "normali", "prothrombin", "creatin",
    "glomerular", "clearance", "fetoprotein", "foetoprotein", "moglobin", "transaminase", "transferase", "neutrophil",
    "granulocyte", "leukocyte", "leucocyte", "white",
)  # fmt: skip
_SHORT = (
    "bili", "alb", "plt", "inr", "scr", "ccr", "crcl", "ecrcl", "gfr", "afp", "hgb", "hb", "ast",
    "sgot", "asat", "alt", "sgpt", "alat", "anc", "wbc", "stb",
)  # fmt: skip
WORDS = (*_LONG, *_SHORT)
_HELD = frozenset(_LONG)
_ABBREVIATED = re.compile(
    r"(?<![a-z])(?:t?-?bili?|alb|plts?|inr|pt|s?cr|e?ccr|e?crcl|e?-?gfr|s?afp|hgb?|hb|s?ast|sgot|asp?at|s?alt|sgpt"
    r"|alat|a[np]c"
    r"|wbcs?|stb)(?![a-z])"
)
_AMOUNT = re.compile(r"\d|uln|normal")
_JOINED = re.compile(
    r"(?:\s*(?:counts?|levels?)?\s*\(\s*i\.e\.,? segmented\s*)?(?:\s*\([^()<>≤≥=]{0,90}\)"
    r"|\s*\[[^\[\]<>≤≥=]{0,90}\])*[\s()\[\]]*(?:(?:count|level|value|ratio|time|test|concentration"
    r"|serum|total|plasma)s?\b[\s()]*)*"
    r"(?:(?:and\s?/\s?or|and|or|both|either|as well as|also|/|,|&|\+|;|\\)[\s()]*)*"
    r"(?:(?:the|serum|total|plasma|absolute|estimated|calculated|measured|peripheral|blood|a|an"
    r"|your)\b[\s()]*)*[\s()-]*"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a test is named. analyte is OTHER for one that is not read."""

    analytes: tuple[str, ...]
    start: int
    end: int


def may_name(statement: Statement) -> bool:
    """Whether the statement may limit a test: the quick question before the long ones."""
    low = statement.low
    if _AMOUNT.search(low) is None:
        return False
    return not statement.words.isdisjoint(_HELD) or _ABBREVIATED.search(low) is not None


def mentions(low: str) -> list[Mention]:
    """The tests that are named in a text in lower case, in their order."""
    found = []
    for match in _NAME.finditer(low):
        name = match.lastgroup or ""
        analytes = (OTHER,) if name == "other" else ("ast", "alt") if name == "both" else (name,)
        found.append(Mention(analytes, match.start(), match.end()))
    return found


def is_joined(low: str, first: Mention, second: Mention) -> bool:
    """Whether nothing but joining words and remarks in parentheses stands between two names."""
    return second.start - first.end <= 160 and bool(_JOINED.fullmatch(low, first.end, second.start))
