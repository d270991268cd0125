"""The match by POST: a person's facts against all trials, criterion by criterion.

Nothing of the body is kept, logged or repeated; what is wrong with it is told by the names of fields alone.
"""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from pydantic import ValidationError

from trials.api.errors import error
from trials.api.match_answer import MatchedPage, match_answer
from trials.api.match_errors import in_our_words, place_errors
from trials.api.match_schemas import CONTROLS, MatchQuestion
from trials.matching.kept import KEPT
from trials.matching.matched import match as match_all
from trials.matching.parsing import ParsedProfile, parse_profile
from trials.matching.ranking import Group
from trials.matching.reading import sentences_of
from trials.matching.wording import say
from trials.search.away import order_of_ways, patients_origin, whereabouts
from trials.search.near import NearAnswer
from trials.search.page_rows import trials_of_page
from trials.search.version import marks_of, moment, version_of

MOST_BYTES = 16_384
Errors = Mapping[str, Sequence[str]]


@sensitive_variables()
def match(request: HttpRequest) -> HttpResponseBase:
    try:
        question = MatchQuestion.model_validate_json(request.body)
    except ValidationError as exception:
        return _refused(in_our_words(exception))
    given = question.model_dump(exclude=set(CONTROLS), exclude_none=True)
    parsed = parse_profile(given)
    if parsed.profile is None:
        return _refused(parsed.errors)
    near = _near(parsed)
    if near is not None and near.origin is None:
        return _refused({"place": place_errors(near)})
    group = Group(question.group) if question.group else None
    page = MatchedPage(question.page, question.page_size, group, near.origin if near else None)
    return _answer(request, parsed, page, also_closed=question.also_closed)


def _refused(errors: Errors) -> HttpResponseBase:
    return error(400, _("Something in these answers cannot be read. Nothing was compared."), errors)


@sensitive_variables()
def _near(parsed: ParsedProfile) -> NearAnswer | None:
    profile = parsed.profile
    if profile is None or not profile.place:
        return None
    return patients_origin(profile.place, profile.country or "", get_language() or "en")


@sensitive_variables()
def _answer(request: HttpRequest, parsed: ParsedProfile, page: MatchedPage, *, also_closed: bool) -> HttpResponseBase:
    profile = parsed.profile
    if profile is None or profile.is_empty:
        return _refused({"": [_("At least one answer is needed.")]})
    with moment() as state:
        version = version_of(state)
        ways = order_of_ways(state, page.origin, profile.country or "")
        trials = KEPT.of(version.token, lambda: marks_of(state))
        matched = match_all(profile, trials, timezone.localdate(), ways, also_closed=also_closed)
        ranked = page.of(matched)
        nct_ids = [one.judgement.nct_id for one in ranked]
        shown_trials = trials_of_page(nct_ids)
        where, sentences = whereabouts(shown_trials, page.origin, profile.country or ""), sentences_of(nct_ids)
    odd = [(asked.field, say(asked.words)) for asked in parsed.questions]
    shown = list(zip(ranked, shown_trials, strict=True))
    answer = match_answer(matched, page, shown, where, sentences, odd, version.token, request.build_absolute_uri)
    return HttpResponse(answer.model_dump_json(), content_type="application/json")
