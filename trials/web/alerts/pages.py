"""/follow/: follow a search by e-mail, confirm it, change or stop it. Reads the request, asks `trials.alerts`.

A link of a mail changes nothing by being looked at: mail scanners open every link. The key in it is the permission, so
that its pages need no cookie (RFC 8058); it stands in the query, which no log keeps.
"""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from trials.alerts import following
from trials.alerts.looking import begin
from trials.alerts.quotas import client_has_left
from trials.alerts.secret_links import opened
from trials.models import Following, Rhythm, SavedSearch
from trials.search.followed import followed_query
from trials.search.results import RefusedQuery
from trials.tasks.alerts import EYES, tell_soon
from trials.web.alerts.follow_form import RHYTHMS, FollowForm
from trials.web.alerts.search_words import search_labels
from trials.web.query_links import QueryLinks
from trials.web.quiet_faults import View, quiet
from trials.web.refused_search import refused_page

_A_DAY = 24 * 60 * 60


def offered(view: View) -> View:
    """The page, where the site can send mails."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not settings.HCCTRIALS_FOLLOWING:
            raise Http404
        return view(request)

    return answer


def linked_in_a_mail(view: View) -> View:
    """The page's key is the permission: no cookie and no token is asked for (RFC 8058)."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(quiet(view)))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@quiet
@sensitive_variables()
@offered
def follow(request: HttpRequest) -> HttpResponse:
    """The form. Its answer is the same for an address that we know and for one that we do not."""
    links = QueryLinks(request.path, request.GET)
    try:
        query = followed_query(request.GET)
    except RefusedQuery as refused:
        return refused_page(request, refused, links)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _asked(request, form, query)
    context = {"form": form, "labels": search_labels(query), "query": query, "rhythms": RHYTHMS}
    return render(request, "alerts/follow.html", context)


@sensitive_variables()
def _asked(request: HttpRequest, form: FollowForm, query: str) -> HttpResponse:
    now, client = timezone.now(), import_string(settings.HCCTRIALS_CLIENT_NAME)(request)
    if not client_has_left(str(client), now):
        refused = render(request, "alerts/too_many.html", status=429)
        refused.headers["Retry-After"] = str(_A_DAY)
        return refused
    rhythm = Rhythm(form.cleaned_data["rhythm"])
    following.ask(form.cleaned_data["address"], query, get_language() or settings.LANGUAGE_CODE, rhythm, now)
    tell_soon()
    return HttpResponseRedirect(reverse("follow-sent"))


@require_safe
@quiet
@offered
def follow_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/sent.html", {"days": following.CONFIRM_WITHIN.days})


@linked_in_a_mail
def follow_confirm(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    if search is None:
        return _gone(request)
    if request.method == "POST":
        if not following.confirm(search, timezone.now()):
            return _gone(request)
        search.refresh_from_db()
        begin(search, EYES)
    return _page(request, "alerts/confirm.html", search)


@linked_in_a_mail
def follow_manage(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    if search is None:
        return _gone(request)
    rhythm = request.POST.get("rhythm", "")
    if rhythm in Rhythm.values:
        following.set_rhythm(search, Rhythm(rhythm))
        search.refresh_from_db()
    return _page(request, "alerts/manage.html", search, has_changed=rhythm in Rhythm.values)


@linked_in_a_mail
def follow_stop(request: HttpRequest) -> HttpResponse:
    """A POST ends it, from our page's button or from the mail program's; also a second time."""
    search = _search(request)
    if search is None:
        return _gone(request, status=200 if opened(_key(request)) else 404)
    if request.method != "POST":
        return _page(request, "alerts/stop.html", search)
    following.stop(search)
    return render(request, "alerts/stopped.html")


def _key(request: HttpRequest) -> str:
    return request.GET.get("key", "")


def _search(request: HttpRequest) -> SavedSearch | None:
    return following.search_of(_key(request))


def _page(request: HttpRequest, template: str, search: SavedSearch, *, has_changed: bool = False) -> HttpResponse:
    context = {
        "labels": search_labels(search.query),
        "query": search.query,
        "key": _key(request),
        "rhythms": RHYTHMS,
        "rhythm": search.rhythm,
        "state": search.state,
        "is_confirmed": search.state == Following.CONFIRMED,
        "has_changed": has_changed,
    }
    return render(request, template, context)


def _gone(request: HttpRequest, status: int = 404) -> HttpResponse:
    return render(request, "alerts/gone.html", status=status)
