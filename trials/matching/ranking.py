"""The order of judged trials and their groups. Says "may be possible, ask the team", never more. Never judges."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
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
_MAY_BE_OPEN, _DOUBTFUL, _CLOSED = 1, 2, 3
# Orders are coarse first: a point more that fits does not bring a trial on another continent before one nearby
_FITTING_STEPS = 3  # about thirds of the most points that fit any trial of the group, and never a single point
_NEAR = (50, 150, 500, 1500)  # km: the same town, a day's journey there and back, the country, a flight
_NOWHERE = float("inf")


@dataclass(frozen=True, slots=True, repr=False)
class Ranked:
    """A judged trial in its place. is_open: it says that it recruits, and is believed. kilometres is None where the
    distance is not known.
    """

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


def rank(
    judgements: Iterable[Judgement],
    kilometres: Mapping[str, float] = MappingProxyType({}),
    doubtful: Collection[str] = frozenset(),
) -> list[Ranked]:
    """Nothing against it first, then those that can be believed to be open, then most that fits and nearer first, in
    coarse steps; then every point and every kilometre, then by number.

    kilometres by NCT number, to the nearest place that counts; trials that are not in it come after those that are.
    doubtful: trials whose open status is too old to be believed.
    """
    grouped = [(group_of(judgement), judgement) for judgement in judgements]
    most: Counter[Group] = Counter()
    for group, judgement in grouped:
        most[group] = max(most[group], judgement.clinical_met)
    ranked = []
    for group, judgement in grouped:
        openness = _openness(judgement, doubtful)
        one = Ranked(judgement, group, openness == 0, kilometres.get(judgement.nct_id))
        ranked.append((_place(one, openness, most[group]), one))
    return [one for _, one in sorted(ranked, key=itemgetter(0))]


def _openness(judgement: Judgement, doubtful: Collection[str]) -> int:
    place = _OPENNESS.get(judgement.overall_status, _CLOSED)
    return _DOUBTFUL if place < _DOUBTFUL and judgement.nct_id in doubtful else place


def _place(ranked: Ranked, openness: int, most: int) -> tuple[int, int, int, int, int, int, int, float, str]:
    judgement = ranked.judgement
    away = _NOWHERE if ranked.kilometres is None else ranked.kilometres
    return (
        _ORDER[ranked.group],
        judgement.not_met,
        max(openness, _MAY_BE_OPEN),
        -(judgement.clinical_met // max(2, -(-most // _FITTING_STEPS))),
        openness,
        bisect_left(_NEAR, away),
        -judgement.met,
        away,
        judgement.nct_id,
    )
