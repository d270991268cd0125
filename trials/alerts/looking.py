"""Looks at followed searches after a refresh, and notes in the ledger what happened to their trials.

A search is looked at against the newest run that ended well, and never while one is being loaded: what a failed run
might have left is never told. What a look notes, that it looked, and the mail that tells it are one transaction: a
process that dies has either done all of it or nothing, and the next look does it then.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from pyroaring import BitMap

from trials.alerts.following import end
from trials.alerts.gathering import gather
from trials.alerts.happenings import GOOD_RUNS, Newspaper
from trials.models import (
    AlertEvent,
    AlertMail,
    EventKind,
    Following,
    MailKind,
    RefreshRun,
    Rhythm,
    RunPhase,
    RunStatus,
    SavedSearch,
    Trial,
)

_log = logging.getLogger(__name__)
_LOADING = (RunPhase.LOADING, RunPhase.MISSING)


@dataclass(frozen=True, slots=True)
class Eyes:
    """How searches are asked: moment holds one view of the store, numbers gives the trials that a query finds in it.

    numbers answers None for a query that is not valid any more.
    """

    moment: Callable[[], AbstractContextManager[object]]
    numbers: Callable[[str], BitMap | None]


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at one moment: the newest good run, and what every distinct search found."""

    run_id: int
    found: Mapping[str, BitMap | None]
    searches: Mapping[int, tuple[str, int | None, bytes | memoryview | None]]
    news: Newspaper


def look(eyes: Eyes, now: datetime) -> int:
    """Notes what is new for every confirmed search; gives how many events that were. Safe to run twice, or at once."""
    sight = _see(eyes)
    if sight is None:
        return 0
    quiet, noted = [], 0
    for search_id, (query, looked_run, seen) in sight.searches.items():
        found = sight.found[query]
        if looked_run is not None and found is not None and _is_quiet(found, seen, sight.news):
            quiet.append(search_id)
        else:
            noted += _note(search_id, sight, now)
    SavedSearch.objects.filter(pk__in=quiet, looked_run__lt=sight.run_id).update(looked_run=sight.run_id)
    if sight.searches:
        _log.info("Looked at %d followed searches: %d events", len(sight.searches), noted)
    return noted


def begin(search: SavedSearch, eyes: Eyes) -> None:
    """What a search finds when it is confirmed is not told. During a load the first look after it does this."""
    with eyes.moment():
        run_id = newest_good_run()
        found = eyes.numbers(search.query) if run_id is not None else None
    if found is not None:
        new = SavedSearch.objects.filter(pk=search.pk, looked_run=None)
        new.update(looked_run=run_id, seen=found.serialize())


def newest_good_run() -> int | None:
    """0 where none has ended well, None while one is being loaded. To be asked in the view that is searched."""
    if RefreshRun.objects.filter(status=RunStatus.RUNNING, phase__in=_LOADING).exists():
        return None
    newest: int | None = RefreshRun.objects.filter(status__in=GOOD_RUNS).aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def _see(eyes: Eyes) -> Sight | None:
    with eyes.moment():
        run_id = newest_good_run()
        if run_id is None:
            return None
        confirmed = SavedSearch.objects.filter(state=Following.CONFIRMED).exclude(looked_run__gte=run_id)
        rows = confirmed.order_by("pk").values_list("pk", "query", "looked_run", "seen")
        searches = {pk: (query, looked_run, seen) for pk, query, looked_run, seen in rows}
        found = {query: eyes.numbers(query) for query in {query for query, *_ in searches.values()}}
        looked = [looked_run for _query, looked_run, _seen in searches.values() if looked_run is not None]
        return Sight(run_id, found, searches, Newspaper(min(looked, default=run_id), run_id))


def _is_quiet(found: BitMap, seen: bytes | memoryview | None, news: Newspaper) -> bool:
    before = numbers_of(seen)
    return found == before and not any(int(nct_id[3:]) in before for nct_id in news.trials)


def numbers_of(seen: bytes | memoryview | None) -> BitMap:
    return BitMap.deserialize(bytes(seen)) if seen else BitMap()


def _note(search_id: int, sight: Sight, now: datetime) -> int:
    """The one transaction of a search. Nothing where another process was quicker, or its reader stopped it."""
    with transaction.atomic():
        rows = SavedSearch.objects.select_for_update().filter(pk=search_id, state=Following.CONFIRMED)
        search = rows.exclude(looked_run__gte=sight.run_id).first()
        if search is None:
            return 0
        found = sight.found[search.query]
        if found is None:
            gather(search, now)  # what was noted before is still told
            AlertMail.objects.create(search=search, kind=MailKind.PAUSED, made_at=now, not_before=now)
            end(search.pk, Following.PAUSED, now)
            return 0
        events = _events(search, found, sight) if search.looked_run is not None else []
        AlertEvent.objects.bulk_create(events, ignore_conflicts=True)
        search.looked_run, search.seen = sight.run_id, found.serialize()
        search.save(update_fields=["looked_run", "seen"])
        if search.rhythm == Rhythm.AT_ONCE:
            gather(search, now)
        return len(events)


def _events(search: SavedSearch, found: BitMap, sight: Sight) -> list[AlertEvent]:
    before = numbers_of(search.seen)
    either = frozenset(map(_nct_id, found | before))
    moves = [(EventKind.FOUND, number) for number in found - before]
    moves += [(EventKind.LEFT, number) for number in before - found]
    stored = set(Trial.objects.filter(pk__in=[_nct_id(number) for _, number in moves]).values_list("pk", flat=True))
    run = sight.run_id or None
    events = [
        AlertEvent(search=search, trial_id=nct_id, event=f"{kind}:{sight.run_id}", kind=kind, run_id=run)
        for kind, nct_id in ((kind, _nct_id(number)) for kind, number in moves)
        if nct_id in stored
    ]
    return [*events, *sight.news.events(search, either)]


def _nct_id(number: int) -> str:
    return f"NCT{number:08d}"
