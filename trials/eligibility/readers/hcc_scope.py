"""Reads whether a trial is for HCC, for HCC among other diseases, or not about HCC at all.

From what the titles, conditions and criteria each name: HCC, liver cancer, other tumours, liver disease. A tumour that
is only banned, or stands only in the history of other cancers, never counts.
"""

import re
from dataclasses import dataclass

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.tumor_groups import (
    asks_among_diseases,
    asks_other,
    has_group_of_other,
    names_another_beside,
)
from trials.eligibility.readers.tumor_names import HCC, LIVER, is_secondary, names_other_tumor
from trials.eligibility.readers.without_hcc import bars_hcc, is_of_healthy, is_of_risk
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "hcc_scope"
_HCC, _MIXED, _OFF_TOPIC = "hcc", "mixed", "off_topic"
_OTHER_THAN = re.compile(
    r"\b(?:(?:other than|except(?:ion of|ing|ion)?(?: for)?|excluding|apart from)\W+(?:[\w-]+\W+){0,3}"
    r"|(?:non|not|without)\W+(?:\w+ )?)$"
)
_HISTORY = re.compile(
    r"history of|family|incidence|annual|probability|no evidence of|risk of|suspicion|suspected|screen(?:ing|ed)? for"
    r"|rule out|surveillance"
    r"|exclude|other malignan|prior malignan|concurrent|second malignan|alpha-?fetoprotein|afp|uln|upper limit"
    r"|bilirubin|\bast\b|\balt\b|indicative of|suggestive of|evidence of|known (?:or suspected )?(?:hcc|hepat"
    r"|liver)|development of|diagnostic of"
)
_HAS_IT = re.compile(r"confirmed|diagnos|eligible|with hcc|patients with hepatocellular")
_PAST = re.compile(r"history of|family|exclude")
_LIVER_DISEASE = re.compile(r"cirrho|chronic liver disease|chronic hepatitis|viral hepatitis|nafld|nash|fibrosis")
_BOTH_KINDS_AT_ONCE = re.compile(
    r"primary (?:and/or|or|and|&|/) (?:secondary|metastatic)|(?:secondary|metastatic) (?:and/or|or|and|&|/) primary"
)
_BOTH_KINDS = re.compile(
    _BOTH_KINDS_AT_ONCE.pattern + r"|(?<!or )(?<!and )metastatic liver (?:cancer|tumou?r|neoplasm)|liver metasta"
)
_NO_PATIENTS = re.compile(r"smok|tobacco|healthy|volunteer|caregiver|students?\b|obes|alcohol|vaccinat")
_CANCER = re.compile(r"cancer|carcinoma|tumou?r|malignan|oncolog|neoplas|metasta|leuk|lymphom")
_OF_PATIENTS = re.compile(r"\b(?:patients|subjects|participants|people|adults|individuals)\b[^.;]{0,30}\bwith\b")
_ANY_IN_LIVER = re.compile(
    r"liver[- ](?:dominant|only|predominant)\b[^.;]{0,30}(?:malignan|metasta|disease|cancer|tumou?r)"
)


@dataclass(slots=True)
class _Named:
    """What one kind of field names; hcc is the place of HCC, liver that of liver cancer without more detail."""

    hcc: Evidence | None
    liver: Evidence | None
    low: str

    @property
    def place(self) -> Evidence | None:
        return self.hcc or self.liver


def _named(statements: list[Statement]) -> _Named:
    low = " | ".join(statement.low for statement in statements)
    return _Named(_place(HCC, statements), _place(LIVER, statements), low)


def _place(pattern: re.Pattern[str], statements: list[Statement]) -> Evidence | None:
    for statement in statements:
        for match in pattern.finditer(statement.low):
            if _OTHER_THAN.search(statement.low, max(0, match.start() - 40), match.start()):
                continue
            if pattern is LIVER and is_secondary(statement.low, match):
                continue
            return statement.evidence(match.start(), match.end())
    return None


def _place_asked(document: Document) -> Evidence | None:
    """Where the criteria ask for or permit patients with HCC."""
    for statement in document.having("hepato", "hcc", "fibrolamellar", "liver cell", "hepatic cell", "肝"):
        for match in HCC.finditer(statement.low):
            if _is_meant(statement, match):
                return statement.evidence(match.start(), match.end())
    return None


def _is_meant(statement: Statement, match: re.Match[str]) -> bool:
    if stance(statement, match.start(), match.end()) is Stance.BANNED or statement.sign < 0:
        return False
    low, start = statement.low, match.start()
    if _OTHER_THAN.search(low, max(0, start - 40), start):
        return False
    if not _HISTORY.search(low, max(0, start - 40), match.end() + 25):
        return True
    return bool(_HAS_IT.search(low, max(0, start - 60), match.end() + 40)) and not _PAST.search(
        low, max(0, start - 40), start
    )


def read_hcc_scope(document: Document) -> Fact:
    """hcc, mixed or off_topic; stated wherever the record has any text."""
    titles, conditions = _named(document.titles()), _named(document.conditions())
    asked = _place_asked(document)
    if titles.place:
        return _from_title(document, titles, conditions, asked)
    if conditions.place:
        value = _by_conditions(document, titles, conditions, asked)
        if value:
            return _stated(value, conditions.place, asked)
    if asked:
        is_mixed = (
            is_of_risk(titles.low)
            or bool(_LIVER_DISEASE.search(titles.low))
            or names_other_tumor(titles.low)
            or names_other_tumor(conditions.low)
            or asks_other(document)
            or asks_among_diseases(document)
        )
        return _stated(_MIXED if is_mixed else _HCC, asked)
    seen = document.titles() or document.conditions() or document.criteria or document.summary()
    return stated(NAME, _OFF_TOPIC, [seen[0].evidence()]) if seen else not_stated(NAME)


def is_without_hcc(document: Document) -> bool:
    """Whether only people who have no HCC may come: it is never asked for, and whoever has it is kept out."""
    return bars_hcc(document) and _place_asked(document) is None


def _from_title(document: Document, titles: _Named, conditions: _Named, asked: Evidence | None) -> Fact:
    """HCC or liver cancer in the title: for it alone unless the record adds another group of patients."""
    registered = " | ".join(s.low for s in document.conditions() if s.view.field.startswith("conditions"))
    is_mixed = (
        names_other_tumor(titles.low)
        or is_of_risk(titles.low)
        or names_another_beside(document, is_broad=titles.hcc is None and not _is_summed_up_as_hcc(document))
        or (titles.hcc is None and _takes_metastases(document, titles, registered))
        or (names_other_tumor(registered) and (asked is None or asks_other(document)))
        or (names_other_tumor(conditions.low) and asks_other(document))
        or has_group_of_other(document)
        or (asked is None and not _OF_PATIENTS.search(titles.low) and is_of_healthy(document, titles.low))
    )
    return _stated(_MIXED if is_mixed else _HCC, titles.place, conditions.place, asked if is_mixed else None)


def _by_conditions(document: Document, titles: _Named, conditions: _Named, asked: Evidence | None) -> str | None:
    """HCC or liver cancer among the conditions or keywords alone; None where only the criteria can tell."""
    if (
        conditions.hcc is None
        and asked is None
        and names_other_tumor(titles.low)
        and _asks_only_named(document, titles)
    ):
        return _OFF_TOPIC
    registered = " | ".join(s.low for s in document.conditions() if s.view.field.startswith("conditions"))
    is_basket = names_other_tumor(conditions.low)
    is_basket_title = names_other_tumor(titles.low) and (is_basket or asked is None or asks_other(document))
    if titles.hcc is None and _takes_metastases(document, titles, registered):
        return _MIXED
    if is_basket and asked is None and _is_of_people_without_cancer(document, titles):
        return _OFF_TOPIC
    if is_basket or is_basket_title or _LIVER_DISEASE.search(registered) or is_of_risk(titles.low):
        return _MIXED
    if asked or not document.criteria:
        return _MIXED if asks_other(document) else _HCC
    if conditions.hcc or not (asks_other(document) and not _asks_liver(document)):
        return _HCC
    return None


def _is_of_people_without_cancer(document: Document, titles: _Named) -> bool:
    """Smokers, volunteers and the like: the cancers that are listed are what they might get."""
    asked = [statement.low for statement in document.criteria if statement.sign > 0]
    is_told = _NO_PATIENTS.search(titles.low) and not _CANCER.search(titles.low)
    return bool(asked and is_told) and not any(_CANCER.search(low) for low in asked)


def _asks_liver(document: Document) -> bool:
    return any(
        _is_meant(statement, match) for statement in document.criteria for match in LIVER.finditer(statement.low)
    )


def _asks_only_named(document: Document, titles: _Named) -> bool:
    """One other tumour in the title, and criteria that ask for it and never for the liver's."""
    is_one = not re.search(r"solid|advanced (?:cancer|malign)|gastrointestinal|cancers|tumou?rs\b", titles.low)
    return is_one and asks_other(document) and not _asks_liver(document)


def _takes_metastases(document: Document, titles: _Named, registered: str) -> bool:
    """Whether "liver cancer" means the metastases of other tumours as well."""
    if _BOTH_KINDS.search(titles.low) or _BOTH_KINDS.search(registered):
        return True
    if titles.liver is None or _is_summed_up_as_hcc(document):
        return False
    told = [*document.summary(), *(statement for statement in document.criteria if statement.sign > 0)]
    return any(_BOTH_KINDS_AT_ONCE.search(statement.low) or _ANY_IN_LIVER.search(statement.low) for statement in told)


def _is_summed_up_as_hcc(document: Document) -> bool:
    """Whether the summary says plainly that "liver cancer" is HCC."""
    return any(HCC.search(statement.low) and not _BOTH_KINDS.search(statement.low) for statement in document.summary())


def _stated(value: str, *evidence: Evidence | None) -> Fact:
    return stated(NAME, value, [piece for piece in evidence if piece])
