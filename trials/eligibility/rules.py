"""What sentences say of a thing that a patient has or had: asked for, permitted, banned; and the rule that follows.

Serves the facts whose value is required, allowed or excluded. Never reads a text itself.
"""

from dataclasses import dataclass

from trials.eligibility.claims import contradictory, not_stated, stated
from trials.eligibility.cohorts import cohort_of, scope_of
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

REQUIRED, ALLOWED, EXCLUDED = "required", "allowed", "excluded"


@dataclass(slots=True)
class RuleClaim:
    """One sentence's claim. is_implied: it follows from a partial ban or a condition, not from an express word."""

    rule: str
    evidence: Evidence
    sign: int
    cohort: str = ""
    is_implied: bool = False
    is_asked: bool = False  # stands among what patients may have come for, not as an exception to a ban
    scope: frozenset[str] = frozenset()  # the cohorts to which alone it speaks
    others: frozenset[str] = frozenset()  # those of their kind to which it does not


def rule_claim(statement: Statement, rule: str, start: int, end: int, *, is_implied: bool = False) -> RuleClaim:
    claim = RuleClaim(rule, statement.evidence(start, end), statement.sign, cohort_of(statement), is_implied)
    claim.scope, claim.others = scope_of(statement)
    return claim


def decide(name: str, claims: list[RuleClaim]) -> Fact:
    """The fact that the claims make together.

    A ban and a requirement contradict each other unless cohorts differ; an express permission beside a ban in the same
    section is its exception; what is only implied gives way to what is said.
    """
    if not claims:
        return not_stated(name)
    by_rule = {rule: [claim for claim in claims if claim.rule == rule] for rule in (REQUIRED, ALLOWED, EXCLUDED)}
    required, allowed, excluded = by_rule[REQUIRED], by_rule[ALLOWED], by_rule[EXCLUDED]
    cohorts = any(claim.cohort for claim in claims) and sum(1 for found in by_rule.values() if found) > 1
    if required and excluded:
        if cohorts:
            return stated(name, ALLOWED, _evidence(claims), by_cohort=True)
        return contradictory(name, _evidence([*required, *excluded]), [REQUIRED, EXCLUDED])
    asked = [claim for claim in allowed if claim.is_asked and claim.sign > 0]
    if asked and any(ban.sign < 0 for ban in excluded) and not cohorts:
        return contradictory(name, _evidence([*asked, *excluded]), [ALLOWED, EXCLUDED])
    if excluded:
        express = [claim for claim in allowed if not claim.is_implied]
        if express and cohorts:
            return stated(name, ALLOWED, _evidence(claims), by_cohort=True)
        if express and any(ban.sign > 0 and all(ban.sign != ok.sign for ok in express) for ban in excluded):
            return contradictory(name, _evidence([*excluded, *express]), [EXCLUDED, ALLOWED])
        if _admits_elsewhere(excluded):
            return stated(name, ALLOWED, _evidence(excluded), by_cohort=True)
        kept = [*express, *excluded] if express else excluded
        return stated(name, ALLOWED if express else EXCLUDED, _evidence(kept))
    kept = required or [*[claim for claim in allowed if not claim.is_implied], *allowed]
    return stated(name, REQUIRED if required else ALLOWED, _evidence(kept))


def _admits_elsewhere(bans: list[RuleClaim]) -> bool:
    """Whether each ban holds for some cohorts only, and a cohort remains for which none does."""
    banned = frozenset[str]().union(*(ban.scope for ban in bans))
    return all(ban.scope and ban.others for ban in bans) and any(ban.others - banned for ban in bans)


def _evidence(claims: list[RuleClaim]) -> list[Evidence]:
    return [claim.evidence for claim in claims]
