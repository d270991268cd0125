"""Reads which tumour burdens a trial accepts: early, intermediate, high.

Combines, by the rules below, the stage, the limits of size and number, what the criteria say of the extent, and the two
facts about vessels and spread. Never guesses from a drug or a procedure that is merely given.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import is_for_other_tumor
from trials.eligibility.document import CRITERIA, Document
from trials.eligibility.readers.bclc import read_bclc
from trials.eligibility.readers.cnlc import accepted_cnlc
from trials.eligibility.readers.extent_signs import Kind, Sign, condition_signs, setting_signs, signs
from trials.eligibility.readers.extent_words import WORDS
from trials.eligibility.readers.extrahepatic_spread import read_extrahepatic_spread
from trials.eligibility.readers.hcc_scope import is_without_hcc, read_hcc_scope
from trials.eligibility.readers.portal_vein_invasion import read_portal_vein_invasion
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.rules import ALLOWED, EXCLUDED, REQUIRED
from trials.eligibility.statements import Statement
from trials.vocabulary.facts import FactItem, FactStatus

NAME = "tumor_burden"
EARLY, INTERMEDIATE, HIGH = "early", "intermediate", "high"
_PEOPLE = re.compile(r"\b(?:patients?|subjects?|participants?|people|adults)\b")
_LIVER = re.compile(r"hcc|hepato|liver|hepatic")
_ANY_TUMOR = re.compile(
    r"\W*(?P<stage>(?:(?:locally|advanced|metastatic|unresectable|recurrent|refractory|relapsed|and|or"
    r"|stage iv)[ ,/-]+)*)"
    r"(?:malignant |solid )*(?:cancers?|tumou?rs?|neoplasms?|malignanc\w+|carcinomas?)(?:, adult)?\W*$"
)
_BY_LETTER = {"0": EARLY, "A": EARLY, "B": INTERMEDIATE, "C": HIGH}
_NAMED_LIMIT = re.compile(r"(?i)criteria|stage|transplant")
_OPEN_KINDS = (Kind.UNRESECTABLE, Kind.ADVANCED, Kind.LOCALLY_ADVANCED)
_INTERMEDIATE_KINDS = (Kind.INTERMEDIATE_STAGE, Kind.BEYOND, Kind.EMBOLIZATION, *_OPEN_KINDS)


def read_tumor_burden(document: Document) -> Fact:
    """The accepted burdens, sorted."""
    if document.fact("hcc_scope", read_hcc_scope).value == "off_topic" or is_without_hcc(document):
        return not_stated(NAME)
    vessels = document.fact("portal_vein_invasion", read_portal_vein_invasion)
    spread = document.fact("extrahepatic_spread", read_extrahepatic_spread)
    if REQUIRED in (vessels.value, spread.value):
        shown = [fact.evidence[0] for fact in (vessels, spread) if fact.value == REQUIRED]
        return stated(NAME, (HIGH,), shown)
    stage = document.fact("bclc", read_bclc)
    burdens, evidence, by_cohort = _from_stage(document, stage)
    if not burdens:
        found = _all_signs(document)
        burdens, evidence = _by_cohort(found, str(vessels.value), str(spread.value))
        by_cohort = len({sign.kind for sign in found if sign.cohort}) > 1
        if not burdens:
            burdens, evidence = _burdens_of(stage), list(stage.evidence)
    elif vessels.value == spread.value == EXCLUDED and burdens != {HIGH}:
        burdens = burdens - {HIGH}
        evidence += [*vessels.evidence[:1], *spread.evidence[:1]]
    return stated(NAME, tuple(sorted(burdens)), evidence, by_cohort=by_cohort) if burdens else not_stated(NAME)


def _burdens_of(stage: Fact) -> set[str]:
    if stage.status is not FactStatus.STATED or not isinstance(stage.value, tuple):
        return set()
    return {_BY_LETTER[str(letter)] for letter in stage.value if letter in _BY_LETTER}


def _from_stage(document: Document, stage: Fact) -> tuple[set[str], list[Evidence], bool]:
    """A stage that the criteria ask for decides; "no BCLC D" says too little to do so."""
    burdens, evidence = accepted_cnlc(document)
    is_named = bool(stage.evidence) and stage.evidence[0].field == CRITERIA
    if is_named and stage.value != ("0", "A", "B", "C"):
        burdens, evidence = burdens | _burdens_of(stage), [*stage.evidence, *evidence]
    return burdens, evidence, stage.depends_on_cohort


def _all_signs(document: Document) -> list[Sign]:
    """The signs of the strongest field that has any: criteria, titles, conditions, then what tells of patients."""
    found = [sign for s in document.having(*WORDS) if not is_for_other_tumor(s) for sign in signs(s)]
    if any(not sign.is_weak for sign in found):
        return found
    told = [s for s in (*document.descriptions(), *document.summary()) if _PEOPLE.search(s.low)]
    for field, read in (
        (document.titles(), setting_signs),
        (_conditions(document), condition_signs),
        (told, setting_signs),
    ):
        weaker = [sign for s in field if not is_for_other_tumor(s) for sign in read(s) if not sign.is_weak]
        if weaker:
            return [*weaker, *found]
    return found


def _conditions(document: Document) -> list[Statement]:
    """The conditions that name the liver; or tumours of any kind, unless the list names them without a stage too."""
    conditions = document.conditions()
    own = [s for s in conditions if _LIVER.search(s.low)]
    general = [match for s in conditions if (match := _ANY_TUMOR.match(s.low))]
    if all(match["stage"] for match in general):
        own += [s for s in conditions if _ANY_TUMOR.match(s.low)]
    return own


def _by_cohort(found: list[Sign], vessels: str, spread: str) -> tuple[set[str], list[Evidence]]:
    """What the cohorts accept together; a sign for all patients holds in each cohort."""
    cohorts = list(dict.fromkeys(sign.cohort for sign in found if sign.cohort and not sign.is_weak))
    if len(cohorts) < 2:
        return _from_signs(found, vessels, spread)
    burdens: set[str] = set()
    evidence: list[Evidence] = []
    for cohort in cohorts:
        some, shown = _from_signs([sign for sign in found if sign.cohort in ("", cohort)], vessels, spread)
        burdens |= some
        evidence += shown
    if {EARLY, HIGH} <= burdens:
        burdens.add(INTERMEDIATE)
    return burdens, evidence


def _from_signs(found: list[Sign], vessels: str, spread: str) -> tuple[set[str], list[Evidence]]:
    """Early, intermediate and high one after the other; what lies between two accepted burdens is accepted too."""
    strong = [sign for sign in found if not sign.is_weak] or found
    kinds = {sign.kind for sign in strong}
    if Kind.HIGH in kinds and not kinds & {Kind.EARLY_STAGE, Kind.INTERMEDIATE_STAGE}:
        return {HIGH}, [sign.evidence for sign in strong if sign.kind is Kind.HIGH]
    if _is_tumor_gone(strong):
        return {EARLY}, [sign.evidence for sign in strong]
    if kinds & {Kind.EARLY_STAGE, Kind.INTERMEDIATE_STAGE}:
        kinds.discard(Kind.UNRESECTABLE)  # why patients of the stage come
    limited = set[FactItem]().union(*(sign.burdens for sign in strong))
    if limited:
        kinds.discard(Kind.UNRESECTABLE)  # the limits say how far it goes
    is_advanced = bool(kinds & {Kind.ADVANCED, Kind.UNRESECTABLE})
    awaits_graft = any(s.kind is Kind.CURATIVE and "transplant" in s.evidence.quote.lower() for s in strong)
    is_early = (
        Kind.EARLY_STAGE in kinds
        or {Kind.CURATIVE, Kind.SYSTEMIC} <= kinds
        or (awaits_graft and not kinds & {Kind.ADVANCED, Kind.BEYOND} and not limited)
        or (
            not is_advanced
            and (
                (EARLY in limited and Kind.BEYOND not in kinds)
                or (
                    Kind.CURATIVE in kinds
                    and not kinds & {Kind.BEYOND}
                    and not (limited and EARLY not in limited and Kind.LOCALLY_ADVANCED in kinds)
                )
            )
        )
    )
    is_intermediate = INTERMEDIATE in limited or bool(kinds & set(_INTERMEDIATE_KINDS))
    is_high = HIGH in limited or _reaches_high(kinds, vessels, spread)
    is_within_milan = limited == {EARLY} and not is_intermediate
    is_high = is_high or (vessels == ALLOWED and not is_within_milan and (is_early or is_intermediate))
    is_high = is_high or (spread == ALLOWED and is_intermediate) or (Kind.SYSTEMIC in kinds and spread != EXCLUDED)
    burdens = {name for name, holds in ((EARLY, is_early), (INTERMEDIATE, is_intermediate), (HIGH, is_high)) if holds}
    if {EARLY, HIGH} <= burdens:
        burdens.add(INTERMEDIATE)
    return burdens, [sign.evidence for sign in strong]


def _is_tumor_gone(strong: list[Sign]) -> bool:
    """Adjuvant trials: the tumour was resected or ablated for cure, and the limits tell what it had been."""
    operations = [sign for sign in strong if sign.kind is Kind.CURATIVE]
    is_alone = {sign.kind for sign in strong} <= {Kind.CURATIVE, Kind.LIMITED, Kind.EARLY_STAGE}
    is_wider = any(sign.kind is Kind.LIMITED and _NAMED_LIMIT.search(sign.evidence.quote) for sign in strong)
    return bool(operations) and is_alone and not is_wider and all(sign.is_done for sign in operations)


def _reaches_high(kinds: set[Kind], vessels: str, spread: str) -> bool:
    """Whether nothing keeps out vessels and spread: one ban closes "unresectable", two close "advanced"."""
    if ALLOWED in (vessels, spread) and kinds & set(_OPEN_KINDS):
        return True
    bans = (vessels, spread).count(EXCLUDED)
    if Kind.ADVANCED in kinds:
        return bans < 2
    if Kind.UNRESECTABLE in kinds:
        return bans == 0
    return Kind.LOCALLY_ADVANCED in kinds and Kind.CURATIVE not in kinds and bans == 0
