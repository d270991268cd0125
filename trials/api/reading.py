"""The reading operations: list, one trial, CSV. Each reads the request, asks one room, answers."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel, WithJsonSchema

from trials.api.csv_rows import csv_lines
from trials.api.errors import error
from trials.api.list_answer import facet_answers, list_answer
from trials.api.list_schemas import TrialList
from trials.api.trial_answer import trial_answer
from trials.api.walk import CURSOR, step
from trials.registry.values import parse_nct_id, study_url
from trials.search.conditional import Answer, unless_known, unless_seen
from trials.search.results import RefusedQuery, search, select
from trials.search.trial_lookup import find_trial
from trials.search.version import DataVersion

# told here, checked by ourselves: what is not a number is a 404
Number = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": "^[Nn][Cc][Tt][0-9]{8}$", "example": "NCT01234567"})
]


def list_trials(request: HttpRequest) -> HttpResponseBase:
    return unless_seen(request, lambda: _walk(request) if CURSOR in request.GET else _page(request))


def _page(request: HttpRequest) -> Answer:
    results = search(request.GET, lambda _, hits: list_answer([hit.nct_id for hit in hits], request.build_absolute_uri))
    answer = TrialList(
        count=results.count,
        page=results.page,
        page_size=results.page_size,
        next_cursor=None,
        data_version=results.version.token,
        results=results.rows,
        facets=facet_answers(results),
    )
    return _json(answer), results.version


def _walk(request: HttpRequest) -> Answer:
    taken = step(request.GET)
    answer = TrialList(
        count=taken.count,
        page=None,
        page_size=taken.size,
        next_cursor=taken.next_cursor,
        data_version=taken.version.token,
        results=list_answer(taken.nct_ids, request.build_absolute_uri),
        facets=None,
    )
    return _json(answer), taken.version


def one_trial(request: HttpRequest, nct_id: Number) -> HttpResponseBase:
    if request.GET:
        raise RefusedQuery({name: [_("There is no such parameter.")] for name in request.GET})
    return unless_known(request, lambda version: _trial(request, nct_id, version))


def _trial(request: HttpRequest, text: str, version: DataVersion) -> Answer:
    nct_id = parse_nct_id(text) if text.isascii() else None
    if nct_id is None:
        return error(
            404, _("An NCT number is needed: NCT and eight digits."), {"nct_id": [_("Not a number.")]}
        ), version
    trial = find_trial(nct_id)
    if trial is None:
        detail = _("This trial is not in our data. It may be at %(url)s") % {"url": study_url(nct_id)}
        return error(404, detail, {"nct_id": [_("Not in our data.")]}), version
    if trial.nct_id != text:
        return HttpResponsePermanentRedirect(reverse("api:trial", args=[trial.nct_id])), version
    return _json(trial_answer(trial, request.build_absolute_uri, version.token)), version


def trials_csv(request: HttpRequest) -> HttpResponseBase:
    return unless_known(request, lambda _: _csv(request))


def _csv(request: HttpRequest) -> Answer:
    selected = select(request.GET)
    lines = csv_lines(selected.nct_ids, request.build_absolute_uri)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present")
    name = f"hcc-trials-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response, selected.version


def _json(answer: BaseModel) -> HttpResponse:
    return HttpResponse(answer.model_dump_json(), content_type="application/json")
