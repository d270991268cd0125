"""Whether a trial is open, from when until when, where, and who runs it, in plain words. Pure but for today's date."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import parse_partial_date
from trials.vocabulary.countries import country_name
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.registry_states import STILL_THERE
from trials.vocabulary.registry_terms import OverallStatus, words
from trials.web.freshness import staleness
from trials.web.phrases import Phrase, dated, phrase, published
from trials.web.plain.sentence import Line, Source, Topic, sentences
from trials.web.trial_head import HeadView
from trials.web.word_lists import all_of

_MOST_COUNTRIES = 3
_STATES: Mapping[str, str] = {
    "RECRUITING": gettext_noop("The study takes new people now."),
    "NOT_YET_RECRUITING": gettext_noop("The study takes no people yet, but plans to."),
    "ENROLLING_BY_INVITATION": gettext_noop("Only people whom the team asks can join."),
    "ACTIVE_NOT_RECRUITING": gettext_noop("The study is running, but takes no new people."),
    "COMPLETED": gettext_noop("The study has ended. Nobody can join."),
    "SUSPENDED": gettext_noop("The study is paused. Nobody can join now."),
    "TERMINATED": gettext_noop("The study was stopped early. Nobody can join."),
    "WITHDRAWN": gettext_noop("The study was called off before anyone joined."),
    "AVAILABLE": gettext_noop("Your doctor can ask for the treatment now."),
    "NO_LONGER_AVAILABLE": gettext_noop("The treatment can no longer be had this way."),
    "TEMPORARILY_NOT_AVAILABLE": gettext_noop("The treatment cannot be had this way for now."),
    "APPROVED_FOR_MARKETING": gettext_noop("The drug is now approved, so this way to get it has ended."),
    "WITHHELD": gettext_noop("The registry does not show whether the study is open."),
    "UNKNOWN": gettext_noop("Nobody has said for two years whether the study is still open. Ask before you travel."),
}


def state_lines(trial: Trial, head: HeadView, today: date) -> Iterator[Line]:
    yield Line(Topic.STATE, _open(trial, today), (Source("#status", _("Status")),), 100)
    if head.results_url:
        said = sentences(_("The registry shows results of this study."))
        yield Line(Topic.STATE, said, (Source(head.results_url, _("Results at ClinicalTrials.gov")),), 85)


def place_lines(trial: Trial, head: HeadView, today: date) -> Iterator[Line]:
    yield from _where(trial, head)
    times = _times(trial, today)
    if times:
        yield Line(Topic.WHERE, times, (Source("#dates-title", _("Dates")),), 78)
    if trial.lead_sponsor_name:
        yield Line(Topic.WHERE, (_run_by(trial),), (Source("#record", _("Sponsor and record")),), 77)


def _open(trial: Trial, today: date) -> tuple[Phrase, ...]:
    if trial.registry_state not in STILL_THERE:
        return sentences(_("The registry no longer has this record. Ask the team whether the study goes on."))
    if staleness(trial, today) is not None:
        return sentences(
            _("The record says that it is open or will be. That may be out of date. Ask before you travel.")
        )
    if trial.overall_status in _STATES:
        return sentences(gettext(_STATES[trial.overall_status]))
    if not trial.overall_status:
        return sentences(_("The record does not say whether the study is open. Ask the team."))
    status = gettext(words("overall_status", trial.overall_status))
    return (phrase(_("The record says “%(status)s”. Ask the team what that means."), status=status),)


def _where(trial: Trial, head: HeadView) -> Iterator[Line]:
    sites = list(trial.sites.all())
    if not sites:
        return
    language = get_language() or "en"
    names = {country_name(one.country_code, language) if one.country_code else one.country for one in sites}
    said = _places(len(sites), sorted(names - {""}))
    recruiting = sum(site.status == OverallStatus.RECRUITING for site in sites)
    if trial.overall_status == OverallStatus.RECRUITING and not head.is_doubtful and any(site.status for site in sites):
        said.append(_recruiting(recruiting, len(sites)))
    yield Line(Topic.WHERE, tuple(said), (Source("#sites", _("Where")),), 91)


def _places(count: int, countries: list[str]) -> list[Phrase]:
    said = [phrase(ngettext("It has %(count)s centre.", "It has %(count)s centres.", count), count=str(count))]
    if len(countries) > _MOST_COUNTRIES:
        number = len(countries)
        words = ngettext("They are in %(count)s country.", "They are in %(count)s countries.", number)
        said.append(phrase(words, count=str(number)))
    elif countries:
        words = ngettext("Country: %(places)s.", "Countries: %(places)s.", len(countries))
        said.append(phrase(words, places=all_of(countries)))
    return said


def _recruiting(recruiting: int, count: int) -> Phrase:
    if not recruiting:
        return phrase(_("None of them is listed as taking people now."))
    if recruiting == count:
        return phrase(_("It takes people now.") if count == 1 else _("All of them take people now."))
    said = ngettext("%(count)s of them takes people now.", "%(count)s of them take people now.", recruiting)
    return phrase(said, count=str(recruiting))


def _times(trial: Trial, today: date) -> tuple[Phrase, ...]:
    start = _month(trial.start_date)
    end = _month(trial.completion_date or trial.primary_completion_date)
    end_type = trial.completion_date_type if trial.completion_date else trial.primary_completion_date_type
    end_day = trial.computed_completion_day if trial.completion_date else trial.computed_primary_completion_day
    said = []
    if start and (day := trial.computed_start_day):
        has_not_begun = trial.overall_status == OverallStatus.NOT_YET_RECRUITING
        is_plan = trial.start_date_type == "ESTIMATED" or day > today or has_not_begun
        words_of_start = (
            _("It planned to start in %(month)s.")
            if is_plan and day <= today
            else _("It plans to start in %(month)s.")
            if is_plan
            else _("It started in %(month)s.")
        )
        said.append(phrase(words_of_start, month=start))
    if end and end_day:
        words_of_end = (
            _("It plans to end in %(month)s.")
            if end_day >= today
            else _("It planned to end in %(month)s.")
            if end_type == "ESTIMATED"
            else _("It ended in %(month)s.")
        )
        said.append(phrase(words_of_end, month=end))
    return tuple(said)


def _month(text: str) -> Phrase:
    """A day is shown as its month: enough here, and one wording for both. () for what is no date."""
    return dated(text.strip()[:7]) if parse_partial_date(text) else ()


def _run_by(trial: Trial) -> Phrase:
    sponsor = published(trial.lead_sponsor_name)
    if trial.lead_sponsor_class == "INDUSTRY":
        return phrase(_("A company runs it: %(sponsor)s."), sponsor=sponsor)
    if trial.lead_sponsor_class in ("NIH", "FED", "OTHER_GOV"):
        return phrase(_("A public body runs it: %(sponsor)s."), sponsor=sponsor)
    return phrase(_("It is run by %(sponsor)s."), sponsor=sponsor)
