"""/trials/feed.atom: the newest changes in the trials of any search, as Atom. Reads the request, asks, presents.

Made by Django's own feed generator, which escapes. Never puts contact data or published HTML into a feed.
"""

import re
import uuid
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trials.search.conditional import Answer, unless_known
from trials.search.filterset import PAGING
from trials.search.results import RefusedQuery, select
from trials.web.feed_entries import FeedEntry, feed_entries

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # signs that XML 1.0 cannot hold
_BEFORE_ANY_DATA = datetime(2026, 1, 1, tzinfo=UTC)
_LONGEST_SUBTITLE = 300


@require_safe
def trial_feed(request: HttpRequest) -> HttpResponseBase:
    try:
        return unless_known(request, lambda _: _feed(request))
    except RefusedQuery as refused:
        return render(request, "trials/refused.html", {"errors": dict(refused.errors)}, status=400)


def _feed(request: HttpRequest) -> Answer:
    selected = select(request.GET)
    entries = feed_entries(selected.nct_ids)
    query = _narrowing(request.GET)
    absolute = request.build_absolute_uri
    results = f"{reverse('trial-list')}?{query}" if query else reverse("trial-list")
    feed = _DatedFeed(
        title=_("HCC Trials: newest changes"),
        link=absolute(results),
        description="",
        subtitle=_xml(_("Search: %(query)s") % {"query": query[:_LONGEST_SUBTITLE]} if query else _("All trials")),
        language=get_language() or "en",
        author_name="HCC Trials",
        feed_url=absolute(),
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, f"hcc-trials-feed?{query}").urn,
    )
    for entry in entries:
        feed.add_item(
            title=_xml(entry.title),
            link=absolute(entry.path),
            description=_xml(_html(entry)),
            unique_id=entry.id,
            updateddate=entry.updated,
        )
    feed.updated = max((entry.updated for entry in entries), default=selected.version.changed_at or _BEFORE_ANY_DATA)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"), selected.version


class _DatedFeed(Atom1Feed):
    """Says when it changed; Django's own answers "now" where it has no entry."""

    updated: datetime = _BEFORE_ANY_DATA

    def latest_post_date(self) -> datetime:
        return self.updated


def _narrowing(query: QueryDict) -> str:
    """The search without paging and order, its parameters in one order: the same search has the same identity."""
    left_out = {*PAGING, "sort"}
    kept = QueryDict(mutable=True)
    for name in sorted(set(query) - left_out):
        kept.setlist(name, sorted(query.getlist(name)))
    return kept.urlencode()


def _html(entry: FeedEntry) -> str:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in entry.lines)))


def _xml(text: str) -> str:
    return _NO_XML.sub("", text)
