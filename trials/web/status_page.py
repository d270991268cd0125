"""/status: how old the data are, how the last runs of the refresh went, what waits for staff. For people and programs.

While a run is under way htmx asks again every two seconds, for the part that changes alone.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.eligibility import READER_VERSION
from trials.registry.parser import PARSER_VERSION
from trials.search.refresh_state import refresh_state
from trials.search.store_state import StoreState, unmapped_countries
from trials.web.status_presenter import StatusView, present_status

_COUNTS = ("expected", "seen", "created", "updated", "unchanged", "missing", "quarantined", "requests_made")


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    view = present_status(refresh_state(), timezone.now())
    if request.GET.get("format") == "json":
        return JsonResponse(_as_json(view))
    is_part = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    context: dict[str, object] = {"view": view}
    if not is_part:
        context |= {
            "store": StoreState(),
            "unmapped_countries": unmapped_countries(),
            "parser_version": PARSER_VERSION,
            "reader_version": READER_VERSION,
        }
    response = render(request, "status/refresh.html" if is_part else "status.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _as_json(view: StatusView) -> dict[str, object]:
    store = StoreState()
    return {
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
