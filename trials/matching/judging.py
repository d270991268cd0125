"""Judges trials for one patient, criterion by criterion. Pure: never queries, stores or logs.

Each distinct fact and limit is judged once for a patient; the trials that share it share the judgement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from django.views.decorators.debug import sensitive_variables

from trials.matching.acceptance import JUDGED_FACTS, accepts, domain_of, readings_of
from trials.matching.judgement import CriterionJudgement, Evidence, Judgement, Verdict, Why
from trials.matching.limits import judge_age, judge_healthy_volunteers, judge_limit, judge_sex
from trials.matching.marks import GENERAL
from trials.matching.possible import UNIVERSE, Possible, Value
from trials.matching.profile import LOCOREGIONAL, PatientProfile
from trials.matching.trial_facts import FactSeen, LimitSeen, MatchableTrial, PeopleSeen
from trials.vocabulary.facts import FactStatus

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
Left = Mapping[str, frozenset[Value]]  # by the criterion that is asked about
NOT_CLINICAL = frozenset({"age", "sex", "healthy_volunteers"})
_ASKS: Mapping[str, tuple[str, ...]] = {
    "tumor_burden": ("tumors", "largest_cm", "vessels", "spread", "over_half_of_liver", "curative_treatment"),
    "portal_vein_invasion": ("vessels",),
    "extrahepatic_spread": ("spread", "spread_places"),
    "prior_systemic_therapy": ("systemic_lines", "systemic_classes"),
    "prior_locoregional_therapy": LOCOREGIONAL,
    "liver_transplant": ("transplant",),
}


@sensitive_variables()
def judge(profile: PatientProfile, trial: MatchableTrial) -> Judgement:
    """One trial, with the sentences that it brings."""
    return _Judge(profile).judgement(trial)


@sensitive_variables()
def judge_all(profile: PatientProfile, trials: Iterable[MatchableTrial]) -> list[Judgement]:
    """Many trials, in their order."""
    one = _Judge(profile)
    return [one.judgement(trial) for trial in trials]


def with_evidence(judgement: Judgement, evidence: Mapping[str, Sequence[Evidence]]) -> Judgement:
    """The same judgement with the sentences of each criterion, by its name."""
    criteria = tuple(
        replace(one, evidence=tuple(evidence[one.name])) if evidence.get(one.name) else one
        for one in judgement.criteria
    )
    return replace(judgement, criteria=criteria)


class _Judge:
    """Judges for one patient and remembers what it has judged. Lives as long as one call."""

    def __init__(self, profile: PatientProfile) -> None:
        self._possible = Possible(profile)
        self._facts: dict[FactSeen, CriterionJudgement] = {}
        self._limits: dict[LimitSeen, CriterionJudgement] = {}
        self._people: dict[PeopleSeen, tuple[CriterionJudgement, ...]] = {}

    def judgement(self, trial: MatchableTrial) -> Judgement:
        people = self._people.get(trial.people)
        if people is None:
            people = self._people[trial.people] = self._judge_people(trial.people)
        criteria = list(people)
        for fact in trial.facts:
            judged = self._facts.get(fact)
            if judged is None:
                judged = self._facts[fact] = judge_fact(fact, self._possible)
            criteria.append(judged)
        for limit in trial.limits:
            judged = self._limits.get(limit)
            if judged is None:
                judged = self._limits[limit] = judge_limit(limit, self._possible)
            criteria.append(judged)
        made = _counted(trial, criteria)
        return with_evidence(made, trial.evidence) if trial.evidence else made

    def _judge_people(self, people: PeopleSeen) -> tuple[CriterionJudgement, ...]:
        profile = self._possible.profile
        healthy = judge_healthy_volunteers(people)
        return (judge_age(people, profile), judge_sex(people, profile), *((healthy,) if healthy else ()))


def _counted(trial: MatchableTrial, criteria: list[CriterionJudgement]) -> Judgement:
    met = not_met = clinical = 0
    for one in criteria:
        if one.verdict is MET:
            met += 1
            clinical += one.name not in NOT_CLINICAL
        elif one.verdict is NOT_MET:
            not_met += 1
    unknown = len(criteria) - met - not_met
    return Judgement(trial.nct_id, trial.overall_status, tuple(criteria), met, not_met, unknown, clinical)


def judge_fact(fact: FactSeen, possible: Possible) -> CriterionJudgement:
    """One fact. A verdict holds only where it holds for every value that the patient can have."""
    readings = readings_of(fact)
    if fact.name not in JUDGED_FACTS or not readings:
        return _made(fact, UNKNOWN, Why.RECORD_SILENT if fact.status is FactStatus.NOT_STATED else _disagreeing(fact))
    left, is_known = _left(fact, possible)
    verdicts = {_verdict(fact, domain, value) for domain, values in left.items() for value in values}
    decisive = len(verdicts) > 1
    asks = _asks(fact, possible) if decisive else ()
    if is_known and verdicts == {MET}:
        return _made(fact, MET, Why.FITS, left)
    if is_known and verdicts == {NOT_MET}:
        return _made(fact, NOT_MET, Why.DOES_NOT_FIT, left)
    if fact.name in possible.disagreeing:
        return _made(fact, UNKNOWN, Why.ANSWERS_DISAGREE, left, asks)
    if not is_known and not possible.is_answered(fact.name):
        return _made(fact, UNKNOWN, Why.PATIENT_UNKNOWN, left, asks)
    if decisive or not is_known:
        return _made(fact, UNKNOWN, Why.PATIENT_PARTLY_KNOWN, left, asks)
    return _made(fact, UNKNOWN, _why_open(fact, left), left)


def _left(fact: FactSeen, possible: Possible) -> tuple[Left, bool]:
    """The values that the patient can have, and whether anything is known. Cirrhosis and scores may both be asked."""
    domains = {domain_of(fact, accepted) for accepted, _ in readings_of(fact)}
    left = {domain: possible.of(domain) for domain in domains}
    return left, all(values != UNIVERSE[domain] for domain, values in left.items())


def _verdict(fact: FactSeen, domain: str, value: Value) -> Verdict:
    """What the readings of the fact agree on for one value; a cohort that accepts it is not every cohort."""
    readings = [reading for reading in readings_of(fact) if domain_of(fact, reading[0]) == domain]
    verdicts = {accepts(fact.name, accepted, says, value) for accepted, says in readings}
    verdict = verdicts.pop() if len(verdicts) == 1 else UNKNOWN
    return UNKNOWN if verdict is MET and fact.depends_on_cohort else verdict


def _why_open(fact: FactSeen, left: Left) -> Why:
    """Why a trial leaves open whether it takes a patient who is known well enough."""
    if len(readings_of(fact)) > 1:
        return _disagreeing(fact)
    [(accepted, says)] = readings_of(fact)
    [values] = left.values()
    accepted_by_some = {accepts(fact.name, accepted, says, value) for value in values} == {MET}
    return Why.COHORTS_DIFFER if accepted_by_some else Why.EXTENT_COUNTS


def _disagreeing(fact: FactSeen) -> Why:
    return Why.RECORD_CONTRADICTS if fact.status is FactStatus.CONTRADICTORY else Why.RECORD_CHANGED


def _asks(fact: FactSeen, possible: Possible) -> tuple[str, ...]:
    """The answers that are still open and bear on the fact."""
    domains = dict.fromkeys(domain_of(fact, accepted) for accepted, _ in readings_of(fact))
    names = _ASKS.get(fact.name, tuple(domains))
    if GENERAL in fact.says:
        names = (*names, "resection")
    return tuple(name for name in names if _is_open(possible.profile, name))


def _is_open(profile: PatientProfile, name: str) -> bool:
    """Whether an answer is missing, or could be more exact."""
    value = getattr(profile, name)
    if name == "child_pugh":
        return value is None or len(value) > 1
    if name == "spread_places":
        return not value and profile.spread is True
    if name == "systemic_classes":
        return value is None and bool(profile.systemic_lines)
    return value is None or (name == "vessels" and value == "yes")


def _made(
    fact: FactSeen, verdict: Verdict, why: Why, left: Left = MappingProxyType({}), asks: tuple[str, ...] = ()
) -> CriterionJudgement:
    patient = {domain: tuple(sorted(values, key=_in_order)) for domain, values in left.items()}
    said = {"accepted": fact.value, "claims": fact.claims, "patient": patient}
    return CriterionJudgement(
        fact.name,
        verdict,
        why,
        said,
        asks,
        depends_on_cohort=fact.depends_on_cohort,
        is_reviewed=fact.is_reviewed,
    )


def _in_order(value: Value) -> tuple[bool, Value]:
    return isinstance(value, str), value
