"""The order of judged trials and their groups. Says "may be possible, ask the team", never more. Never judges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from trials.matching.judgement import Judgement
from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.registry_terms import OverallStatus


class Group(StrEnum):
    """In the order in which they are shown."""

    MAY_BE_POSSIBLE = "may_be_possible"
    NOT_KNOWN = "not_known"
    ONE_POINT_AGAINST = "one_point_against"
    DOES_NOT_FIT = "does_not_fit"


GROUP_WORDS: Mapping[Group, str] = MappingProxyType(
    {
        Group.MAY_BE_POSSIBLE: _("May be possible, ask the team"),
        Group.NOT_KNOWN: _("Not known"),
        Group.ONE_POINT_AGAINST: _("One point speaks against it"),
        Group.DOES_NOT_FIT: _("Does not fit"),
    }
)
_ORDER = {group: place for place, group in enumerate(Group)}
# Only these mean that people can join today; the next may open or ask people in
_OPEN = {OverallStatus.RECRUITING: 0, OverallStatus.AVAILABLE: 0}
_MAY_OPEN = {OverallStatus.NOT_YET_RECRUITING: 1, OverallStatus.ENROLLING_BY_INVITATION: 1}
_OPENNESS: Mapping[str, int] = MappingProxyType({str(status): place for status, place in (_OPEN | _MAY_OPEN).items()})
_CLOSED = 2
_NOWHERE = float("inf")


@dataclass(frozen=True, slots=True, repr=False)
class Ranked:
    """A judged trial in its place. kilometres is None where the distance is not known."""

    judgement: Judgement
    group: Group
    is_open: bool
    kilometres: float | None


def may_be_open(overall_status: str) -> bool:
    """Whether people can join now, or may soon or if they are asked."""
    return overall_status in _OPENNESS


def group_of(judgement: Judgement) -> Group:
    """By what speaks against it; without a single point of the illness that fits, nothing is known."""
    if judgement.not_met > 1:
        return Group.DOES_NOT_FIT
    if judgement.not_met == 1:
        return Group.ONE_POINT_AGAINST
    return Group.MAY_BE_POSSIBLE if judgement.clinical_met else Group.NOT_KNOWN


def rank(judgements: Iterable[Judgement], kilometres: Mapping[str, float] = MappingProxyType({})) -> list[Ranked]:
    """Nothing against it first, then most that fits, open before closed, nearer first, by number.

    kilometres by NCT number, to the nearest place that counts; trials that are not in it come after those that are.
    """
    ranked = [
        Ranked(
            judgement,
            group_of(judgement),
            _OPENNESS.get(judgement.overall_status, _CLOSED) == 0,
            kilometres.get(judgement.nct_id),
        )
        for judgement in judgements
    ]
    return sorted(ranked, key=_place)


def _place(ranked: Ranked) -> tuple[int, int, int, int, float, str]:
    judgement = ranked.judgement
    return (
        _ORDER[ranked.group],
        judgement.not_met,
        -judgement.met,
        _OPENNESS.get(judgement.overall_status, _CLOSED),
        _NOWHERE if ranked.kilometres is None else ranked.kilometres,
        judgement.nct_id,
    )
