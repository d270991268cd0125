"""All trials for one patient: judged, in order, in groups, with what to find out. Never queries, keeps or logs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.views.decorators.debug import sensitive_variables

from trials.matching.judging import judge_all
from trials.matching.profile import PatientProfile
from trials.matching.questions import OpenAnswer, what_to_find_out
from trials.matching.ranking import Group, Ranked, may_be_open, rank
from trials.matching.trial_facts import MatchableTrial


@dataclass(frozen=True, slots=True, repr=False)
class Matched:
    """ranked is in the order of showing; closed is how many trials were left out because they are closed."""

    ranked: Sequence[Ranked]
    questions: Sequence[OpenAnswer]
    closed: int

    def of(self, group: Group) -> list[Ranked]:
        return [one for one in self.ranked if one.group is group]

    def first_group(self) -> Group:
        """The best group that holds a trial."""
        return self.ranked[0].group if self.ranked else Group.MAY_BE_POSSIBLE


@sensitive_variables()
def match(
    profile: PatientProfile,
    trials: Iterable[MatchableTrial],
    today: date,
    ways: Mapping[str, float] = MappingProxyType({}),
    *,
    also_closed: bool = False,
) -> Matched:
    """ways by NCT number: the smaller, the nearer. Trials that nobody can join are left out unless asked for.

    today tells which open status is too old to be believed: such trials stay, behind the others.
    """
    every = list(trials)
    asked = every if also_closed else [trial for trial in every if may_be_open(trial.overall_status)]
    judgements = judge_all(profile, asked)
    doubtful = {one.nct_id for one in asked if one.believed_until and one.believed_until < today}
    return Matched(rank(judgements, ways, doubtful), what_to_find_out(judgements), len(every) - len(asked))
