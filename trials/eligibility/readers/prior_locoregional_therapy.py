"""Reads whether earlier locoregional therapy is barred, required or allowed: embolization, ablation, radiotherapy, ...

A washout leaves it allowed. Resection does not count; a ban of one kind alone says nothing of the others.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.readers.locoregional_history import (
    ALLOWED,
    CHOICE,
    NONE,
    OF_LIVER,
    REQUIRED,
    SESSIONS,
    WEAK,
    claim_of,
)
from trials.eligibility.readers.treatments import (
    KIND,
    LOCOREGIONAL,
)
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "prior_locoregional_therapy"
_WORDS = (
    "local",
    "regional",
    "liver-directed",
    "liver directed",
    "liver treatment",
    "lrt",
    "emboli",
    "tace",
    "ablat",
    "radi",
    "tare",
    "sirt",
    "y-90",
    "y90",
    "rfa",
    "haic",
    "arterial",
    "treat",
    "therap",
    "intervention",
    "intratumoral",
    "naive",
    "naïve",
    "yttrium",
)
_OF_THE_PAST = re.compile(r"residual|viable|prior|previous|history|earlier|already|naive|naïve|local|completed")
_FAILED_IN_TITLE = re.compile(
    r"\b(?:tace|chemoemboli[sz]ation|locoregional therapy|radioemboli[sz]ation|ablation)[- ](?:refractory|resistant"
    r"|failure)"
    r"|(?:refractory to|resistant to|failure of|failed|progress\w+ (?:on|after)|residual \w+ after|recurr\w+ after)"
    r" (?:\w+ ){0,2}(?:tace|trans-?arterial|chemoemboli[sz]ation|locoregional|radiofrequency|ablation)"
)
_OTHER_TUMOR_LEAD = re.compile(r"glioblast|lymphoma|myeloma|nsclc|breast|prostate|pancrea|colorectal|melanoma")
_AFTER = re.compile(r"\b(?:after|following|post|who (?:have|had) (?:undergone|received)|treated with)\b[^.;]{0,80}$")


def _is_of_the_trial(statement: Statement, given: set[str | None]) -> bool:
    """Whether the sentence speaks of the treatment that the trial is about, not of an earlier one."""
    if not given or _OF_THE_PAST.search(statement.low) or SESSIONS.search(statement.low):
        return False
    kinds = {hit.lastgroup for hit in KIND.finditer(statement.low)}
    return bool(kinds) and kinds <= given and not LOCOREGIONAL.search(statement.low)


def _given(document: Document) -> set[str | None]:
    """The kinds that the titles name as given, not as done before."""
    return {
        hit.lastgroup
        for title in document.titles()
        for hit in KIND.finditer(title.low)
        if not _AFTER.search(title.low[: hit.start()])
    }


def _is_for_others(statement: Statement) -> bool:
    leads = [lead.low for lead in statement.lineage() if len(lead.low) < 200]
    return is_for_other_tumor(statement) or any(
        _OTHER_TUMOR_LEAD.search(low) and not OF_LIVER.search(low) for low in leads
    )


def read_prior_locoregional_therapy(document: Document) -> Fact:
    """None, required or allowed."""
    found: list[tuple[str, Evidence]] = []
    given = _given(document)
    for statement in document.having(*_WORDS):
        if not _is_for_others(statement) and not _is_of_the_trial(statement, given):
            claim = claim_of(statement)
            if claim:
                found.append((claim[0], statement.evidence(*claim[1])))
    kinds = {kind for kind, _ in found}
    if NONE in kinds and kinds & {ALLOWED, REQUIRED}:
        mixed = [e for k, e in found if k in (ALLOWED, REQUIRED, NONE)]
        return stated(NAME, ALLOWED, mixed, doubts=("mixed",))
    for kind in (NONE, REQUIRED):
        if kind in kinds and not (kind == REQUIRED and ALLOWED in kinds):
            return stated(NAME, kind, [e for k, e in found if k == kind])
    kept = [e for k, e in found if k in (ALLOWED, WEAK)]
    if kept:
        return stated(NAME, ALLOWED, kept)
    titled = _from_titles(document)
    return stated(NAME, REQUIRED, [titled]) if titled else not_stated(NAME)


def _from_titles(document: Document) -> Evidence | None:
    """Where the criteria are silent: a title that names the failure of local treatment."""
    for title in document.titles():
        match = _FAILED_IN_TITLE.search(title.low)
        if match and not CHOICE.search(title.low):
            return title.evidence(*match.span())
    return None
