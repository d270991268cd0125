"""What the site itself has to do: facts that wait for a person, migrations that wait for an operator. Never writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.core.cache import cache as kept
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Q

from trials.models import FactInForce, RefreshRun

# The facts are read through a view and counted whole: asked at most once a minute of each process.
_FACTS_SECONDS = 60
_FACTS_KEY = "trials.facts_state"
# As the review queue of the admin has them: a changed record, or a doubt that nobody has looked at.
WAITING_FOR_A_PERSON = Q(text_changed_at__isnull=False) | (Q(review=None) & ~Q(doubts=[]))


@dataclass(frozen=True, slots=True)
class FactsState:
    """by_status counts what holds now; waiting those that a person should look at; by_person those that one decided."""

    by_status: Mapping[str, int]
    waiting: int
    by_person: int


def facts_state() -> FactsState:
    found: FactsState | None = kept.get(_FACTS_KEY)
    if found is None:
        found = _facts_state()
        kept.set(_FACTS_KEY, found, _FACTS_SECONDS)
    return found


def _facts_state() -> FactsState:
    numbers = {"waiting": Count("pk", filter=WAITING_FOR_A_PERSON), "by_person": Count("pk", filter=~Q(review=None))}
    rows = list(FactInForce.objects.order_by().values("status").annotate(number=Count("pk"), **numbers))
    return FactsState(
        {row["status"]: row["number"] for row in rows},
        sum(row["waiting"] for row in rows),
        sum(row["by_person"] for row in rows),
    )


def runs_by_status() -> Mapping[tuple[str, str], int]:
    """How many refreshes of each kind ended in each way, over all time."""
    rows = RefreshRun.objects.order_by().values_list("kind", "status").annotate(number=Count("pk"))
    return {(kind, status): number for kind, status, number in rows}


def pending_migrations() -> list[str]:
    """Those that this release brings and the database lacks."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _brought() if (app, name) not in applied)


@cache
def _brought() -> frozenset[tuple[str, str]]:
    """Read from the source once in a process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
