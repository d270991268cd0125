"""A trial's status in words, with a shape and colour that say the same. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.pictured import STAGES
from trials.vocabulary.registry_states import STILL_THERE
from trials.vocabulary.registry_terms import OverallStatus, words
from trials.web.freshness import staleness


@dataclass(frozen=True, slots=True)
class StatusPill:
    """kind is open, soon or shut: the class that draws it."""

    kind: str
    words: str


def status_pill(trial: Trial, today: date) -> StatusPill:
    """An open status that is likely to be out of date, or of a record that is no more, is not drawn as open."""
    said = gettext(words("overall_status", trial.overall_status)) or _("Status not stated")
    if trial.registry_state not in STILL_THERE:
        return StatusPill("shut", _("When last seen: “%(status)s”") % {"status": said})
    stale = staleness(trial, today)
    if stale is not None:
        return StatusPill("shut", _stale_words(said, stale.years_since_verified))
    if trial.overall_status == OverallStatus.RECRUITING:
        return StatusPill("open", said)
    return StatusPill("soon" if trial.overall_status in STAGES["soon"] else "shut", said)


def _stale_words(said: str, years: int | None) -> str:
    if not years:
        return _("Says “%(status)s”, but its planned end has passed") % {"status": said}
    return ngettext(
        "Says “%(status)s”, last checked %(years)d year ago",
        "Says “%(status)s”, last checked %(years)d years ago",
        years,
    ) % {"status": said, "years": years}
