"""/status: how old the data are, how the last runs of the refresh went, what waits. For people and programs.

Always answered with 200 while the database answers: whether the site can serve is /readyz. A monitor reads `state`.
While a run is under way htmx asks again every two seconds, for the part that changes alone.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.eligibility import READER_VERSION
from trials.registry.parser import PARSER_VERSION
from trials.search.refresh_state import RefreshState, refresh_state
from trials.search.store_state import StoreState, unmapped_countries
from trials.search.work_state import facts_state, pending_migrations
from trials.tasks.waiting import waiting_tasks
from trials.web.status_presenter import StatusView, judge, present_status, present_work

_COUNTS = ("expected", "seen", "created", "updated", "unchanged", "missing", "quarantined", "requests_made")


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    state, now = refresh_state(), timezone.now()
    view = present_status(state, now)
    if _is_part(request):
        response = render(request, "status/refresh.html", {"view": view})
    elif wants_json(request):
        response = JsonResponse(_as_json(view, state, now))
    else:
        response = render(request, "status.html", _context(view, state, now))
    patch_vary_headers(response, ["HX-Request", "Accept"])
    return response


def wants_json(request: HttpRequest) -> bool:
    """A program says so by its Accept header or in the address; a browser's Accept prefers HTML."""
    if "format" in request.GET:
        return request.GET["format"] == "json"
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def _context(view: StatusView, state: RefreshState, now: datetime) -> dict[str, object]:
    tasks, pending = waiting_tasks(), pending_migrations()
    return {
        "view": view,
        "work": present_work(tasks, facts_state().waiting, pending, now),
        "verdict": judge(state, tasks, pending, now),
        "store": StoreState(),
        "unmapped_countries": unmapped_countries(),
        "parser_version": PARSER_VERSION,
        "reader_version": READER_VERSION,
    }


def _as_json(view: StatusView, state: RefreshState, now: datetime) -> dict[str, object]:
    store, tasks, facts, pending = StoreState(), waiting_tasks(), facts_state(), pending_migrations()
    verdict = judge(state, tasks, pending, now)
    return {
        "state": verdict.state,
        "reasons": verdict.reasons,
        "queue": {
            "broker": "down" if tasks is None else "up",
            "waiting": tasks.number if tasks else None,
            "oldest_sent_at": tasks.oldest_sent_at if tasks else None,
        },
        "facts": {"by_status": facts.by_status, "waiting": facts.waiting, "by_person": facts.by_person},
        "pending_migrations": pending,
        "checked_at": view.checked_at,
        "is_old": view.is_old,
        "data_timestamp": view.data_timestamp,
        "trials": store.trials,
        "quarantined": store.quarantined,
        "unmapped_countries": dict(unmapped_countries()),
        "unknown_terms": dict(store.unknown_terms),
        "parser_version": PARSER_VERSION,
        "reader_version": READER_VERSION,
        "runs": [
            {
                "kind": row.run.kind,
                "status": row.run.status,
                "phase": row.run.phase,
                "started_at": row.run.started_at,
                "finished_at": row.run.finished_at,
                "reason": row.run.reason or None,
                **{name: getattr(row.run, name) for name in _COUNTS},
            }
            for row in view.runs
        ],
    }
