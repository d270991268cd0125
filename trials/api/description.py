"""The API with its OpenAPI description: which operation stands where, what it may answer, and why. English.

Never answers by itself.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from trials.api import examples
from trials.api.list_schemas import Error, TrialList
from trials.api.match import match
from trials.api.match_schemas import MatchAnswer, MatchQuestion
from trials.api.parameters import filter_parameters, paging_parameters
from trials.api.reading import list_trials, one_trial, trials_csv
from trials.api.trial_schemas import WholeTrial

_ABOUT = """\
Clinical trials for hepatocellular carcinoma (HCC) by what each trial really accepts. The same search, with the same
parameters, as the pages; reading is free, without a key, from any site.

**Data.** Records of ClinicalTrials.gov (U.S. National Library of Medicine, who do not endorse this site), values and
texts as published. Facts are read from the records' free text by rule, some are decided by a person; each comes with
its sentences. `not_stated` is not a no. Not medical advice.

**People.** Names, telephone numbers and e-mail addresses of people are not given out here or in the CSV: `contacts`
says that a trial can be asked and links to its page, where they stand. Texts of a record are as published, whatever
its authors wrote into them.

**Strict.** An unknown parameter or value is answered with 400 and named: ignored, it would give trials that were not
asked for.

**Changes.** Answers carry `ETag` and, once the data have been quiet for a minute, `Last-Modified`; asked with
`If-None-Match` or `If-Modified-Since` an unchanged answer is a 304 without a body. `data_version` is the same in all
answers from the same data. Numbered pages may move while data change; `cursor` walks without skips or repeats.
"""
_ERRORS = dict.fromkeys((400, 405, 406, 429, 500, 503), Error)
_TAGS = {
    headers: {"description": about, "schema": {"type": "string"}}
    for headers, about in (
        ("ETag", "Changes with the data"),
        ("Last-Modified", "When the data last changed; absent for a minute after each change"),
    )
}


def _answers(media_type: str, example: Any) -> dict[Any, Any]:
    return {
        200: {"headers": _TAGS, "content": {media_type: {"example": example}}},
        400: {"content": {"application/json": {"example": examples.REFUSED}}},
    }


def _let_through(_request: HttpRequest, exception: Exception | type[Exception]) -> HttpResponse:
    """The door answers."""
    raise exception


def _api() -> NinjaAPI:
    api = NinjaAPI(title="HCC trial finder", version="1", description=_ABOUT, urls_namespace="api", docs_url=None)
    api.add_exception_handler(Http404, _let_through)
    api.add_exception_handler(Exception, _let_through)
    _add_reading(api)
    _add_match(api)
    return api


def _add_reading(api: NinjaAPI) -> None:
    api.get(
        "/trials/",
        operation_id="list_trials",
        url_name="trials",
        summary="Search trials",
        tags=["Trials"],
        response={200: TrialList, 304: None, 404: Error, **_ERRORS},
        openapi_extra={
            "parameters": [*filter_parameters(), *paging_parameters()],
            "responses": _answers("application/json", examples.LIST),
        },
    )(list_trials)
    api.get(
        "/trials/{nct_id}/",
        operation_id="get_trial",
        url_name="trial",
        summary="One whole trial",
        description="Lower case, and a number that the registry gave up for another, are answered with 301.",
        tags=["Trials"],
        response={200: WholeTrial, 301: None, 304: None, 404: Error, **_ERRORS},
        openapi_extra={"responses": {200: {"headers": _TAGS}}},
    )(one_trial)
    api.get(
        "/trials.csv",
        operation_id="get_trials_csv",
        url_name="csv",
        summary="All trials of a search as CSV",
        description="Every result, in the order of `sort`; UTF-8 with a byte order mark (Python: `utf-8-sig`). A cell"
        " that a spreadsheet would run begins with an apostrophe. `page` and `page_size` are taken and change nothing.",
        tags=["Trials"],
        response={200: None, 304: None, **_ERRORS},
        openapi_extra={
            "parameters": filter_parameters(),
            "responses": _answers("text/csv", examples.CSV),
        },
    )(trials_csv)


def _add_match(api: NinjaAPI) -> None:
    api.post(
        "/match/",
        operation_id="match",
        url_name="match",
        summary="Which trials may be possible for a person",
        description="A person's facts, all optional, against every trial: criterion by criterion met, not met or"
        " unknown, with the sentence. What is unknown never excludes and never counts as fitting. No trial is called"
        " suitable: only its team can say. Nothing of what is sent is kept or logged.",
        tags=["Match"],
        response={200: MatchAnswer, **dict.fromkeys((400, 405, 406, 413, 415, 429, 500, 503), Error)},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": MatchQuestion.model_json_schema(), "example": examples.QUESTION}
                },
            },
            "responses": {200: {"content": {"application/json": {"example": examples.MATCH}}}},
        },
    )(match)


api = _api()
