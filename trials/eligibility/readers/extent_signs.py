"""Finds what a statement says of the extent of disease for which patients come: the signs of a tumour burden.

A sign is a kind (resectable, unresectable, advanced, ...) with its place. Knows earlier treatment, other diseases and
bans for what they are. Never combines signs: `tumor_burden` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from trials.eligibility.cohorts import cohort_of
from trials.eligibility.polarity import Stance, is_negated, stance
from trials.eligibility.readers.extent_words import (
    ADJUVANT_THERAPY,
    ADVANCED,
    ADVANCED_WORDS,
    ANY_STAGE,
    BEYOND,
    CANDIDATE_BAN,
    CURATIVE,
    DENIES,
    EARLIER,
    EARLY_STAGE,
    EMBOLIZATION_WORDS,
    EMBOLIZED,
    HALF,
    INTERMEDIATE,
    IS_CURATIVE,
    LOCAL_TREATMENT,
    NOT_THE_TUMOR,
    NOT_YET,
    OF_THERAPY,
    OPERATION_WORDS,
    OR_EMBOLIZED,
    OR_SYSTEMIC,
    OTHER_GRAFT,
    OTHER_MALIGNANCY,
    SETTING,
    STAGE_WORDS,
    TREATED,
    UNRESECTABLE,
    UNRESECTABLE_WORDS,
    VESSEL_OR_SPREAD,
    WIDER_LIMIT,
)
from trials.eligibility.readers.tumor_limits import limits
from trials.eligibility.reading import Evidence
from trials.eligibility.statements import Statement
from trials.vocabulary.facts import FactItem


class Kind(Enum):
    """What is said; the comment tells whom it brings."""

    EARLY_STAGE = "early stage"  # named as such
    CURATIVE = "curative"  # candidates for resection, ablation or transplant, or treated so
    LIMITED = "limited"  # limits of size and number; the burdens stand with the sign
    INTERMEDIATE_STAGE = "intermediate stage"  # named as such, multinodular, large
    BEYOND = "beyond"  # beyond Milan, up-to-seven and the like
    EMBOLIZATION = "embolization"  # candidates for TACE or radioembolisation
    LOCALLY_ADVANCED = "locally advanced"
    UNRESECTABLE = "unresectable"  # not for curative treatment
    ADVANCED = "advanced"  # advanced, metastatic, refractory
    SYSTEMIC = "systemic"  # candidates for systemic therapy, in one list with local treatments
    HIGH = "high"  # more than half of the liver, vessels or spread


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing said; burdens only where the kind alone does not give them; is_weak yields to any other sign."""

    kind: Kind
    evidence: Evidence
    cohort: str = ""
    burdens: frozenset[FactItem] = frozenset()
    is_weak: bool = False
    is_done: bool = False  # the tumour has been resected or ablated before the trial
    place: tuple[int, int] = (0, 0)


def _has(low: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  a plain loop is much faster than any() here
        if word in low:
            return True
    return False


def _sign(statement: Statement, match: re.Match[str], kind: Kind, *, is_weak: bool = False) -> Sign:
    evidence = statement.evidence(match.start(), match.end())
    return Sign(kind, evidence, cohort_of(statement), is_weak=is_weak, place=match.span())


def _is_banned(statement: Statement, start: int, end: int) -> bool:
    """Whether the stage that stands there is banned; "never treated, within Milan" denies only what was treated."""
    if stance(statement, start, end) is not Stance.BANNED:
        return False
    low = statement.low
    comma = low.rfind(", ", 0, start)
    return statement.sign < 0 or comma < 0 or is_negated(low, start, comma) or not is_negated(low, start, 0)


def _asked(statement: Statement, pattern: re.Pattern[str], kind: Kind) -> Iterator[Sign]:
    for match in islice(pattern.finditer(statement.low), 6):
        if not _is_banned(statement, *match.span()):
            yield _sign(statement, match, kind)


def _advanced(statement: Statement) -> Iterator[Sign]:
    low = statement.low
    for match in islice(ADVANCED.finditer(low), 6):
        if NOT_THE_TUMOR.search(low, max(0, match.start() - 25), match.end() + 12):
            continue
        start = match.start()
        if re.search(r"\b(?:non|no|not)[\s-]?$", low[max(0, start - 5) : start]):
            continue
        if stance(statement, *match.span()) is Stance.BANNED and not OF_THERAPY.search(low, max(0, start - 50), start):
            continue
        is_local = (
            bool(match["locally"])
            and "metastatic" not in match.group()
            and "metastatic" not in low[match.end() : match.end() + 25]
        )
        yield _sign(statement, match, Kind.LOCALLY_ADVANCED if is_local else Kind.ADVANCED)


def _unresectable(statement: Statement) -> Iterator[Sign]:
    """Unresectable under inclusion; under exclusion a ban of candidates for curative treatment."""
    low = statement.low
    if statement.sign > 0:
        for match in islice(UNRESECTABLE.finditer(low), 6):
            is_word = "resectable" in match.group() or "operable" in match.group() or "curable" in match.group()
            if is_word and re.search(r"\b(?:no|not)[\s-]?$", low[max(0, match.start() - 4) : match.start()]):
                continue
            yield _sign(statement, match, Kind.UNRESECTABLE)
        return
    ban = CANDIDATE_BAN.search(low)
    if OTHER_MALIGNANCY.search(low):
        return
    if ban and "transplant" in ban.group() and not re.search("resect|surg|ablat|curat|loco", low):
        return  # a patient on a waiting list is kept out whatever the extent
    if (
        ban
        and stance(statement, *ban.span()) is Stance.BANNED
        and not re.search(r"\b(?:not|non)\b", low[: ban.start()])
    ):
        yield _sign(statement, ban, Kind.UNRESECTABLE, is_weak=True)


def _operations(statement: Statement) -> Iterator[Sign]:
    low = statement.low
    if EARLIER.search(low) or OTHER_MALIGNANCY.search(low):
        return
    for pattern in (CURATIVE, TREATED):
        for match in islice(pattern.finditer(low), 6):
            if pattern is TREATED and not IS_CURATIVE.search(match.group()):
                continue
            if OTHER_GRAFT.search(match.group()) or stance(statement, *match.span()) is Stance.BANNED:
                continue
            sign = _sign(statement, match, Kind.CURATIVE)
            is_done = pattern is TREATED and not NOT_YET.match(match.group())
            yield replace(sign, is_done=True) if is_done else sign
            if pattern is CURATIVE and statement.sign > 0:
                yield from _listed_with(statement, match)


def _listed_with(statement: Statement, match: re.Match[str]) -> Iterator[Sign]:
    """The wider treatments for which patients may come as well: "resection, ablation, TACE or systemic therapy"."""
    if DENIES.search(statement.low, match.start()):
        return
    for pattern, kind in ((OR_EMBOLIZED, Kind.EMBOLIZATION), (OR_SYSTEMIC, Kind.SYSTEMIC)):
        if listed := pattern.match(statement.low, match.end()):
            evidence = statement.evidence(match.start(), listed.end())
            yield Sign(kind, evidence, cohort_of(statement), place=match.span())


def _embolization(statement: Statement) -> Iterator[Sign]:
    low = statement.low
    if EARLIER.search(low):
        return
    for match in islice(EMBOLIZED.finditer(low), 4):
        is_bridge = "bridging" in match.group()  # while patients wait for a graft
        if not is_bridge and stance(statement, *match.span()) is not Stance.BANNED:
            is_past = match.group().startswith(("receiv", "treated", "after", "following", "having"))
            yield _sign(statement, match, Kind.EMBOLIZATION, is_weak=is_past)


def signs(statement: Statement) -> list[Sign]:
    """What the statement says of the extent."""
    low = statement.low
    found: list[Sign] = []
    may_operate = _has(low, UNRESECTABLE_WORDS)
    if may_operate:
        found += _unresectable(statement)
    negative = [sign.place for sign in found if sign.kind is Kind.UNRESECTABLE]
    for limit in limits(statement):
        if any(place[1] <= limit.place < place[1] + 80 and "(" in low[place[1] : limit.place] for place in negative):
            continue  # "no curative option (ablation of up to 3 lesions)": what is no option
        found.append(Sign(Kind.LIMITED, limit.evidence, cohort_of(statement), limit.burdens, is_weak=limit.is_ban))
    if statement.sign < 0:
        return found
    if _has(low, ADVANCED_WORDS):
        found += _advanced(statement)
    if _has(low, STAGE_WORDS):
        found += _asked(statement, EARLY_STAGE, Kind.EARLY_STAGE)
        for match in islice(WIDER_LIMIT.finditer(low), 2):
            if stance(statement, *match.span()) is not Stance.BANNED:
                found.append(
                    Sign(
                        Kind.LIMITED,
                        statement.evidence(*match.span()),
                        cohort_of(statement),
                        frozenset(("early", "intermediate")),
                    )
                )
        found += _asked(statement, INTERMEDIATE, Kind.INTERMEDIATE_STAGE)
        found += (_sign(statement, match, Kind.BEYOND) for match in islice(BEYOND.finditer(low), 2))
    if "stage" in low or "extent" in low:
        found += _any_stage(statement)
    if _has(low, OPERATION_WORDS):
        found += [
            sign for sign in _operations(statement) if not any(_reaches(place, sign.place, low) for place in negative)
        ]
    if _has(low, EMBOLIZATION_WORDS):
        found += [
            sign
            for sign in _embolization(statement)
            if not any(sign.place[0] < place[1] and place[0] < sign.place[1] for place in negative)
        ]
    if not negative and ("local" in low or "directed" in low):
        found += _local(statement)
    found += _high(statement)
    return found


def _local(statement: Statement) -> Iterator[Sign]:
    """Candidates for some local treatment: early or intermediate, as far as nothing else is said."""
    if EARLIER.search(statement.low):
        return
    for match in islice(LOCAL_TREATMENT.finditer(statement.low), 2):
        before = statement.low[max(0, match.start() - 20) : match.start()]
        if stance(statement, *match.span()) is Stance.ASKED and not re.search(r"\b(?:not|non|no|un|in)\b", before):
            burdens: frozenset[FactItem] = frozenset(("early", "intermediate"))
            yield Sign(Kind.LIMITED, statement.evidence(*match.span()), cohort_of(statement), burdens, is_weak=True)


def _any_stage(statement: Statement) -> Iterator[Sign]:
    for match in islice(ANY_STAGE.finditer(statement.low), 1):
        burdens: frozenset[FactItem] = frozenset(("early", "intermediate", "high"))
        if not _OTHER_STAGE.search(statement.low):
            yield Sign(Kind.LIMITED, statement.evidence(*match.span()), cohort_of(statement), burdens)


def _high(statement: Statement) -> Iterator[Sign]:
    low = statement.low
    if "50" in low or "burden" in low:
        yield from _asked(statement, HALF, Kind.HIGH)
    if "hepatic" in low or "metasta" in low or "ehs" in low:
        for match in islice(VESSEL_OR_SPREAD.finditer(low), 2):
            if stance(statement, *match.span()) is Stance.ASKED and "without" not in low:
                yield _sign(statement, match, Kind.HIGH)


def setting_signs(statement: Statement) -> list[Sign]:
    """The same for a title or condition, where "adjuvant" and "after resection" tell who comes."""
    found = signs(statement)
    if not any(sign.kind in (Kind.UNRESECTABLE, Kind.CURATIVE, Kind.ADVANCED) for sign in found):
        for match in islice(SETTING.finditer(statement.low), 1):
            if stance(statement, *match.span()) is Stance.ASKED and not ADJUVANT_THERAPY.search(statement.low):
                found.append(_sign(statement, match, Kind.CURATIVE))
    return found


_OTHER_STAGE = re.compile(r"fibrosis|cirrhosis|kidney|renal|child|liver disease|encephalopathy")
_TNM = re.compile(r"\bstages? (?P<stage>i{1,3}|iv)[abc]?[12]?\b")
_OF_TNM: dict[str, tuple[Kind, ...]] = {
    "i": (Kind.EARLY_STAGE,),
    "ii": (Kind.EARLY_STAGE, Kind.INTERMEDIATE_STAGE),
    "iii": (Kind.INTERMEDIATE_STAGE, Kind.ADVANCED),
    "iv": (Kind.ADVANCED,),
}


def condition_signs(statement: Statement) -> list[Sign]:
    """The same for a condition or keyword, where a TNM stage stands with the tumour's name."""
    found = setting_signs(statement)
    for match in islice(_TNM.finditer(statement.low), 2):
        found += (_sign(statement, match, kind) for kind in _OF_TNM[match["stage"]])
    return found


def _reaches(negative: tuple[int, int], other: tuple[int, int], low: str) -> bool:
    """Whether "not amenable to resection, ..." still governs what stands at the other place."""
    if negative[0] < other[1] and other[0] < negative[1]:
        return True
    return 0 <= other[0] - negative[1] < 80 and not re.search(
        r"[.;]|\bbut\b|\bresectable\b", low[negative[1] : other[1]]
    )
