"""What single sentences claim about a fact, and how claims become the fact.

Never reads a text itself.
"""

from dataclasses import dataclass, field, replace

from trials.eligibility.reading import Evidence, Fact, FactValue
from trials.vocabulary.facts import FactStatus

NOT_STATED = FactStatus.NOT_STATED


@dataclass(slots=True)
class SetClaim:
    """One sentence's claim about an ordered scale: the values that it accepts (or, if not accepts, bans)."""

    values: frozenset[int]
    accepts: bool
    evidence: Evidence
    cohort: str = ""
    permitted: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Gathered:
    """The set that remains, whether sentences collide, and what stands behind it."""

    values: frozenset[int] | None
    collides: bool = False
    by_cohort: bool = False
    claims: list[SetClaim] = field(default_factory=list)


def gather(claims: list[SetClaim], universe: frozenset[int]) -> Gathered:
    """Combines claims: cohorts add up, sentences for all patients narrow each other, bans are taken away.

    A ban that takes away what another sentence accepts collides with it; so do sentences that leave nothing.
    """
    accepting = [claim for claim in claims if claim.accepts]
    banning = [claim for claim in claims if not claim.accepts]
    accepted, by_cohort = _accepted(accepting)
    banned_all = frozenset[int]().union(*(claim.values for claim in banning if not claim.cohort))
    banned_some = frozenset[int]().union(*(claim.values for claim in banning if claim.cohort))
    if accepted is None:
        if not banning:
            return Gathered(None, claims=claims)
        only_cohort = not banned_all and bool(banned_some)
        return Gathered(universe - (banned_all or _banned_everywhere(banning)), by_cohort=only_cohort, claims=claims)
    if accepting and not accepted:
        return Gathered(None, collides=True, claims=claims)
    if accepted & banned_all:
        return Gathered(accepted - banned_all, collides=True, by_cohort=by_cohort, claims=claims)
    return Gathered(accepted, by_cohort=by_cohort or bool(accepted & banned_some), claims=claims)


def _banned_everywhere(banning: list[SetClaim]) -> frozenset[int]:
    """What every cohort that has a ban bans: the widest cohort decides."""
    by_cohort: dict[str, frozenset[int]] = {}
    for claim in banning:
        by_cohort[claim.cohort] = by_cohort.get(claim.cohort, frozenset()) | claim.values
    return frozenset.intersection(*by_cohort.values())


def gather_any(claims: list[SetClaim], universe: frozenset[int]) -> Gathered:
    """As `gather`; sentences that share no value are alternatives, each for some of the patients."""
    gathered = gather(claims, universe)
    if gathered.values is None and gathered.collides:
        gathered = gather([replace(claim, permitted=claim.accepts) for claim in claims], universe)
        gathered.by_cohort = True
    return gathered


def _accepted(claims: list[SetClaim]) -> tuple[frozenset[int] | None, bool]:
    if not claims:
        return None, False
    cohorts = {claim.cohort for claim in claims if claim.cohort}
    distinct = {claim.values for claim in claims}
    if cohorts and len(distinct) > 1:
        return frozenset[int]().union(*distinct), True
    permitted = frozenset[int]().union(*(claim.values for claim in claims if claim.permitted))
    asked = [claim.values for claim in claims if not claim.permitted]
    if not asked:
        return permitted, bool(cohorts)
    return frozenset.intersection(*asked) | permitted, bool(cohorts)


def unique(evidence: list[Evidence], limit: int = 4) -> tuple[Evidence, ...]:
    """At most limit pieces of evidence, each quote once, in their order."""
    found: dict[str, Evidence] = {}
    for piece in evidence:
        found.setdefault(" ".join(piece.quote.split()), piece)
    return tuple(found.values())[:limit]


def not_stated(name: str) -> Fact:
    return Fact(name, FactStatus.NOT_STATED)


def stated(
    name: str, value: FactValue, evidence: list[Evidence], *, by_cohort: bool = False, doubts: tuple[str, ...] = ()
) -> Fact:
    weak = ("weak_field",) if evidence and all(e.field != "eligibility_criteria" for e in evidence) else ()
    cohort = ("cohorts",) if by_cohort else ()
    return Fact(name, FactStatus.STATED, value, by_cohort, unique(evidence), doubts=(*doubts, *weak, *cohort))


def contradictory(name: str, evidence: list[Evidence], claims: list[FactValue]) -> Fact:
    distinct = tuple(dict.fromkeys(claims))
    return Fact(name, FactStatus.CONTRADICTORY, evidence=unique(evidence), claims=distinct, doubts=("contradictory",))
