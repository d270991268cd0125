"""Sites by country, each with its own contacts. Never queries beyond what was fetched with the trial."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Contact, Site, Trial
from trials.vocabulary.countries import country_name
from trials.vocabulary.registry_terms import OverallStatus, words
from trials.web.status_pill import StatusPill
from trials.web.trial_contacts import ContactView, present_contacts
from trials.web.word_lists import side_by_side

_FOLD_ABOVE = 20  # sites: more than a reader wants to scroll past
_SOON = {OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION, OverallStatus.AVAILABLE}
_FIRST: dict[str, int] = {
    OverallStatus.RECRUITING: 0,
    OverallStatus.NOT_YET_RECRUITING: 1,
    OverallStatus.ENROLLING_BY_INVITATION: 2,
}


@dataclass(frozen=True, slots=True)
class SiteView:
    """facility and place are as published; pill is None where the record gives the site no status."""

    facility: str
    place: str
    pill: StatusPill | None
    contacts: Sequence[ContactView]


@dataclass(frozen=True, slots=True)
class CountryView:
    summary: str
    sites: Sequence[SiteView]


@dataclass(frozen=True, slots=True)
class SitesView:
    summary: str
    countries: Sequence[CountryView]
    removed: Sequence[str]
    fold: bool
    with_contact: int


def present_sites(trial: Trial, *, doubtful: bool) -> SitesView:
    """doubtful: the record as a whole is out of date or closed, so that no site is drawn as open."""
    contacts = _contacts(trial)
    by_country: dict[str, list[Site]] = {}
    for site in trial.sites.all():
        by_country.setdefault(_country(site), []).append(site)
    countries = [
        CountryView(
            _summary(name, sites, doubtful=doubtful),
            [_site(site, contacts, doubtful=doubtful) for site in sorted(sites, key=_order)],
        )
        for name, sites in sorted(by_country.items(), key=lambda item: (not item[0], _for_order(item[0])))
    ]
    count = sum(len(country.sites) for country in countries)
    return SitesView(
        _total(count, len(countries)), countries, trial.removed_countries, count > _FOLD_ABOVE, len(contacts)
    )


def present_some(trial: Trial, sites: Sequence[Site], *, doubtful: bool) -> list[SiteView]:
    """Some sites of a trial, in the order given."""
    contacts = _contacts(trial)
    return [_site(site, contacts, doubtful=doubtful) for site in sites]


def _contacts(trial: Trial) -> dict[int, list[Contact]]:
    """By their site."""
    contacts: dict[int, list[Contact]] = {}
    for contact in trial.contacts.all():
        if contact.site_id is not None:
            contacts.setdefault(contact.site_id, []).append(contact)
    return contacts


def _country(site: Site) -> str:
    return country_name(site.country_code, get_language() or "en") if site.country_code else site.country


def _for_order(name: str) -> str:
    """Accents do not send a name to the end of the list."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def _order(site: Site) -> tuple[int, str, str, str]:
    """Those to call first, then by place."""
    return _FIRST.get(site.status, 3), _for_order(site.state), _for_order(site.city), _for_order(site.facility)


def _total(sites: int, countries: int) -> str:
    site_words = ngettext("%(count)d site", "%(count)d sites", sites) % {"count": sites}
    country_words = ngettext("%(count)d country", "%(count)d countries", countries) % {"count": countries}
    return _("%(sites)s in %(countries)s") % {"sites": site_words, "countries": country_words}


def _summary(country: str, sites: Sequence[Site], *, doubtful: bool) -> str:
    """ "France: 10 sites, 3 recruiting"; of a doubtful record only what it says itself."""
    recruiting = sum(site.status == OverallStatus.RECRUITING for site in sites)
    parts = [ngettext("%(count)d site", "%(count)d sites", len(sites)) % {"count": len(sites)}]
    if recruiting:
        said = (
            ngettext("%(count)d listed as recruiting", "%(count)d listed as recruiting", recruiting)
            if doubtful
            else ngettext("%(count)d recruiting", "%(count)d recruiting", recruiting)
        )
        parts.append(said % {"count": recruiting})
    return _("%(country)s: %(sites)s") % {"country": country or _("Country not stated"), "sites": side_by_side(parts)}


def _site(site: Site, contacts: Mapping[int, list[Contact]], *, doubtful: bool) -> SiteView:
    place = side_by_side(part for part in (site.city, site.state, site.zip, _country(site)) if part)
    return SiteView(
        site.facility or place or _("Place not stated"),
        place if site.facility else "",
        _pill(site.status, doubtful=doubtful),
        present_contacts(contacts.get(site.pk, ()), str(site.trial_id)),
    )


def _pill(status: str, *, doubtful: bool) -> StatusPill | None:
    if not status:
        return None
    said = gettext(words("site_status", status))
    if status == OverallStatus.RECRUITING and not doubtful:
        return StatusPill("open", said)
    return StatusPill("soon" if status in _SOON and not doubtful else "shut", said)
