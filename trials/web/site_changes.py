"""What happened to one site, in words: opened, closed, added, taken off. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.vocabulary.registry_terms import OverallStatus, words
from trials.web.phrases import Phrase, phrase, published

OPENED, CLOSED, WITHDRAWN, ADDED = "opened", "closed", "withdrawn", "added"
GONE, MOVED, SILENT, DETAILS = "gone", "moved", "silent", "details"
HAPPENINGS = (OPENED, CLOSED, WITHDRAWN, ADDED, GONE, MOVED, SILENT, DETAILS)  # the weightiest first
_OPEN = {OverallStatus.RECRUITING, OverallStatus.ENROLLING_BY_INVITATION}
_SHUT = {
    OverallStatus.ACTIVE_NOT_RECRUITING,
    OverallStatus.COMPLETED,
    OverallStatus.SUSPENDED,
    OverallStatus.TERMINATED,
}


def what_happened(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    was, now = _status(old), _status(new)
    if not old or not new:
        return ADDED if new else GONE
    if was == now:
        return DETAILS
    if now == OverallStatus.RECRUITING:
        return OPENED
    if now == OverallStatus.WITHDRAWN:
        return WITHDRAWN
    if not now:
        return SILENT
    return CLOSED if was in _OPEN and now in _SHUT else MOVED


def site_phrase(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Phrase:
    """ "The site in Rennes opened"."""
    city = _text(new or old, "city")
    in_city, somewhere = _words()[what_happened(old, new)]
    return phrase(in_city, city=published(city)) if city else phrase(somewhere)


def site_detail(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Phrase:
    """The site as published, empty where the record names neither facility nor country."""
    site = new or old
    place = ", ".join(part for part in (_text(site, "facility"), _text(site, "country")) if part)
    return published(place) if place else ()


def site_note(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Phrase:
    """The site's status in words, before and after where it changed."""
    was, now = _status_words(old), _status_words(new)
    if was and now and was != now:
        return phrase(_("from “%(old)s” to “%(new)s”"), old=was, new=now)
    if old and new and was != now:
        return phrase(_("now “%(new)s”"), new=now) if now else phrase(_("was “%(old)s”"), old=was)
    return phrase("%(status)s", status=now or was) if now or was else ()


def _words() -> dict[str, tuple[str, str]]:
    return {
        OPENED: (_("The site in %(city)s opened"), _("A site opened")),
        CLOSED: (_("The site in %(city)s closed to new people"), _("A site closed to new people")),
        ADDED: (_("A site in %(city)s was added"), _("A site was added")),
        GONE: (_("The site in %(city)s was taken off the record"), _("A site was taken off the record")),
        WITHDRAWN: (_("The site in %(city)s was withdrawn"), _("A site was withdrawn")),
        SILENT: (
            _("The record no longer says whether the site in %(city)s is open"),
            _("The record no longer says whether a site is open"),
        ),
        MOVED: (_("The status of the site in %(city)s changed"), _("The status of a site changed")),
        DETAILS: (_("The address of the site in %(city)s changed"), _("The address of a site changed")),
    }


def _text(site: Mapping[str, Any] | None, key: str) -> str:
    return str((site or {}).get(key) or "")


def _status(site: Mapping[str, Any] | None) -> str:
    return _text(site, "status")


def _status_words(site: Mapping[str, Any] | None) -> str:
    status = _status(site)
    return gettext(words("site_status", status)) if status else ""
