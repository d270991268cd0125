"""The order in which facts wait for a person: changed records first, then the most doubtful. Never writes."""

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from trials.models import FactInForce
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.vocabulary.doubts import DOUBTS
from trials.vocabulary.facts import FACTS
from trials.vocabulary.registry_terms import OverallStatus

UNDECIDED = Q(review=None)
CHANGED = Q(text_changed_at__isnull=False)
WAITING = CHANGED | (UNDECIDED & ~Q(doubts=[]))
ORDER = ("queue_rank", "-trial_id", "pk")  # among equals the newest trials first

_FILTERED_BY = [facet.fact for facet in FACETS.values() if isinstance(facet, FactFacet)]
_IN_DEMAND = list(dict.fromkeys([*_FILTERED_BY, *FACTS]))  # what many people filter by comes first
_LAST = len(DOUBTS) + 1
Place = tuple[int, str, int]


def _whole(*cases: When, default: int) -> Case:
    return Case(*cases, default=Value(default), output_field=IntegerField())


_DOUBT = _whole(
    When(CHANGED, then=0),
    When(~UNDECIDED, then=_LAST + 2),
    *(When(doubts__contains=[code], then=place) for place, code in enumerate(DOUBTS, start=1)),
    When(doubts=[], then=_LAST + 1),
    default=_LAST,  # a doubt that the vocabulary does not know
)
_FACET = _whole(*(When(name=name, then=place) for place, name in enumerate(_IN_DEMAND)), default=len(_IN_DEMAND))
_OPEN = _whole(When(trial__overall_status=OverallStatus.RECRUITING, then=0), default=1)


def ranked(facts: QuerySet[Any]) -> QuerySet[Any]:
    """The facts with their rank: doubt before facet before recruitment."""
    with_rank: QuerySet[Any] = facts.annotate(queue_rank=_DOUBT * 1000 + _FACET * 10 + _OPEN)
    return with_rank


def place_of(fact: FactInForce) -> Place:
    """Where the fact stands in the queue now. A decision moves it."""
    place: Place = ranked(FactInForce.objects.filter(pk=fact.pk)).values_list("queue_rank", "trial_id", "pk").get()
    return place


def next_after(place: Place, facts: QuerySet[Any]) -> int | None:
    """The key of the fact that follows a place in a ranked list; of its first one at the end, None if it has no other.

    The fact of the place itself may have left the list meanwhile.
    """
    rank, nct_id, key = place
    later = Q(queue_rank__gt=rank) | Q(queue_rank=rank, trial_id__lt=nct_id)
    later |= Q(queue_rank=rank, trial_id=nct_id, pk__gt=key)
    keys = facts.exclude(pk=key).order_by(*ORDER).values_list("pk", flat=True)
    found: int | None = keys.filter(later).first() or keys.first()
    return found
