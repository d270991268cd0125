"""What a trial's record leaves open or contradicts, as questions for its team, in plain words. Pure."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.vocabulary.facts import FACTS
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.registry_terms import StudyType
from trials.web.phrases import Phrase, phrase
from trials.web.plain.design import contradiction
from trials.web.plain.sentence import Facts, Line, Source, Topic, sentences
from trials.web.trial_dates import starts_after_its_end
from trials.web.trial_head import HeadView

_MOST = 5
_OPEN_POINTS: Mapping[str, str] = {  # those that decide most often first
    "child_pugh": gettext_noop("how well your liver must work"),
    "prior_systemic_therapy": gettext_noop("whether you may have had drugs for liver cancer before"),
    "portal_vein_invasion": gettext_noop("whether the cancer may have grown into a large blood vessel"),
    "extrahepatic_spread": gettext_noop("whether the cancer may have spread outside the liver"),
    "ecog": gettext_noop("how active you must be"),
    "ascites": gettext_noop("whether you may have fluid in the belly"),
    "hbv": gettext_noop("whether you may have hepatitis B"),
    "hcv": gettext_noop("whether you may have hepatitis C"),
    "prior_locoregional_therapy": gettext_noop("whether the cancer may have been treated in the liver before"),
    "liver_transplant": gettext_noop("whether you may have had a transplant"),
}


def open_lines(trial: Trial, facts: Facts, head: HeadView) -> Iterator[Line]:
    yield from _contradictions(trial, facts)
    yield from _silent(trial, facts)
    if facts.on_cohort():
        said = sentences(_("Some rules are not the same for all groups. Ask which groups are open."))
        yield Line(Topic.ASK, said, tuple(map(facts.source, facts.on_cohort()[:3])), 72)
    if head.is_open and _is_study(trial):
        said = sentences(_("Ask how often you must come, and who pays for travel. Records have no place for that."))
        yield Line(Topic.ASK, said, (Source("#contact", _("Ask the trial")),), 65)


def _is_study(trial: Trial) -> bool:
    """One that gives something; many old records leave the type out."""
    return trial.study_type not in (StudyType.OBSERVATIONAL, StudyType.EXPANDED_ACCESS)


def _contradictions(trial: Trial, facts: Facts) -> Iterator[Line]:
    names = facts.doubtful()
    items = [phrase(gettext(FACTS[name].plain).replace("%", "%%")) for name in names]
    sources = [facts.source(name) for name in names]
    fields = contradiction(trial, list(trial.arms.all())) if _is_study(trial) else ""
    if fields:
        items.append(phrase(fields))
        sources.append(Source("#arms", _("What happens in it")))
    if starts_after_its_end(trial):
        items.append(phrase(_("it is said to start after its end")))
        sources.append(Source("#dates-title", _("Dates")))
    if _ages_crossed(trial):
        items.append(phrase(_("the lowest age is above the highest")))
        sources.append(Source("#join", _("Who can join")))
    if items:
        said = sentences(_("The record contradicts itself, or has changed since it was checked. Ask about:"))
        yield Line(Topic.ASK, said, tuple(sources), 94, tuple(items))


def _ages_crossed(trial: Trial) -> bool:
    low, high = trial.minimum_age_years, trial.maximum_age_years
    return low is not None and high is not None and low > high


def _silent(trial: Trial, facts: Facts) -> Iterator[Line]:
    if facts.value("hcc_scope") == "off_topic":
        return
    points = open_points(trial, facts)
    if points:
        said = sentences(_("The record does not say. That is not a no. Ask the team:"))
        yield Line(Topic.ASK, said, (Source("#join", _("Who can join")),), 87, _listed(points))


def open_points(trial: Trial, facts: Facts) -> list[str]:
    """What the record does not say, as the end of a question; what decides most often first."""
    points = [gettext(words) for name, words in _OPEN_POINTS.items() if facts.is_silent(name)]
    return points if trial.sites.all() else [_("where it takes place"), *points]


def _listed(points: list[str]) -> tuple[Phrase, ...]:
    shown = [phrase(point.replace("%", "%%")) for point in points[:_MOST]]
    left = len(points) - _MOST
    if left > 0:
        shown.append(phrase(ngettext("%(count)s more point", "%(count)s more points", left), count=str(left)))
    return tuple(shown)
