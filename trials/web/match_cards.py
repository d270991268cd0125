"""The answer to a match as the page shows it: groups, cards with their points, what to find out. Pure.

Says "may be possible, ask the team" and never more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from trials.matching.judgement import CriterionJudgement, Verdict, Why
from trials.matching.judging import NOT_CLINICAL
from trials.matching.profile import PatientProfile
from trials.matching.ranking import GROUP_WORDS, Group
from trials.models import Trial
from trials.search.away import Whereabouts
from trials.search.near import about
from trials.vocabulary.countries import country_name
from trials.vocabulary.messages import gettext_noop
from trials.web.match_form import field_words
from trials.web.match_results import Results, Shown
from trials.web.match_words import criterion_words, reason
from trials.web.status_pill import StatusPill, status_pill
from trials.web.trial_facts import Sentence, sentence
from trials.web.word_lists import side_by_side

_MOST_QUESTIONS = 5
_OPEN_CARDS = 1  # whose points are unfolded at once
_SIGNS = {
    Verdict.MET: gettext_noop("Fits"),
    Verdict.NOT_MET: gettext_noop("Does not fit"),
    Verdict.UNKNOWN: gettext_noop("Not known"),
}
_ORDER = {Verdict.NOT_MET: 0, Verdict.MET: 1, Verdict.UNKNOWN: 2}


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """To a field of the form."""

    field: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PointView:
    """One criterion of one trial. sign is met, not_met or unknown: the class that draws it; words say the same."""

    sign: str
    words: str
    plain: str
    clinical: str
    reason: str
    by_cohort: bool
    is_checked: bool
    asks: Sequence[Link]
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True, repr=False)
class CardView:
    """against are always in sight, points behind one touch; silent names what the record does not state."""

    trial: Trial
    pill: StatusPill
    counts: Sequence[tuple[str, str]]
    nearest: str
    sites: str
    against: Sequence[PointView]
    points: Sequence[PointView]
    silent: str
    open: bool


@dataclass(frozen=True, slots=True, repr=False)
class GroupTab:
    name: str
    words: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True, repr=False)
class MatchView:
    """previous and next are what the buttons send to turn the page, "" where there is none."""

    summary: str
    tabs: Sequence[GroupTab]
    group: str
    group_words: str
    cards: Sequence[CardView]
    questions: Sequence[Link]
    closed: str
    place: str
    pages: str
    previous: str
    next: str


@sensitive_variables()
def present_match(results: Results, profile: PatientProfile, place: str, today: date) -> MatchView:
    matched, group, page = results.matched, results.group, results.page
    count, closed = len(matched.ranked), matched.closed
    return MatchView(
        summary=ngettext("%(count)d trial compared", "%(count)d trials compared", count) % {"count": count},
        tabs=[GroupTab(one, gettext(GROUP_WORDS[one]), len(matched.of(one)), one is group) for one in Group],
        group=group,
        group_words=gettext(GROUP_WORDS[group]),
        cards=[
            _card(one, profile, today, is_open=number <= _OPEN_CARDS) for number, one in enumerate(results.shown, 1)
        ],
        questions=list(_questions(results)),
        closed=_left_out(closed) if closed else "",
        place=place,
        pages=_("Page %(page)d of %(last)d") % {"page": page, "last": results.last_page}
        if results.last_page > 1
        else "",
        previous=f"{group}:{page - 1}" if page > 1 else "",
        next=f"{group}:{page + 1}" if page < results.last_page else "",
    )


def _left_out(closed: int) -> str:
    return ngettext("%(count)d closed trial left out.", "%(count)d closed trials left out.", closed) % {"count": closed}


def _questions(results: Results) -> Iterator[Link]:
    for answer in results.matched.questions[:_MOST_QUESTIONS]:
        note = ngettext("bears on %(count)d trial", "bears on %(count)d trials", answer.trials)
        yield Link(answer.field, field_words(answer.field), note % {"count": answer.trials})


@sensitive_variables()
def _card(shown: Shown, profile: PatientProfile, today: date, *, is_open: bool) -> CardView:
    judgement, trial = shown.ranked.judgement, shown.trial
    said = [one for one in judgement.criteria if one.why is not Why.RECORD_SILENT]
    silent = [criterion_words(one.name)[0] for one in judgement.criteria if one.why is Why.RECORD_SILENT]
    ordered = sorted(said, key=lambda one: (_ORDER[one.verdict], one.name in NOT_CLINICAL))
    points = [_point(one, shown, profile) for one in ordered]
    against = [point for point in points if point.sign == Verdict.NOT_MET]
    numbers = {Verdict.MET: judgement.met, Verdict.NOT_MET: judgement.not_met, Verdict.UNKNOWN: judgement.unknown}
    return CardView(
        trial=trial,
        pill=status_pill(trial, today),
        counts=[(str(verdict), _count(verdict, number)) for verdict, number in numbers.items() if number],
        nearest=_nearest(shown.where),
        sites=_sites(shown.where, profile.country),
        against=against,
        points=[point for point in points if point.sign != Verdict.NOT_MET],
        silent=side_by_side(dict.fromkeys(silent)),
        open=is_open,
    )


def _count(verdict: Verdict, number: int) -> str:
    words = {
        Verdict.MET: ngettext("%(number)d point fits", "%(number)d points fit", number),
        Verdict.NOT_MET: ngettext("%(number)d point does not fit", "%(number)d points do not fit", number),
        Verdict.UNKNOWN: ngettext("%(number)d point not known", "%(number)d points not known", number),
    }
    return words[verdict] % {"number": number}


@sensitive_variables()
def _point(judged: CriterionJudgement, shown: Shown, profile: PatientProfile) -> PointView:
    plain, clinical = criterion_words(judged.name)
    quotes = [sentence(evidence) for evidence in shown.sentences.get(judged.name, ())]
    return PointView(
        sign=str(judged.verdict),
        words=gettext(_SIGNS[judged.verdict]),
        plain=plain,
        clinical=clinical,
        reason=reason(judged, profile),
        by_cohort=judged.depends_on_cohort and judged.why is not Why.COHORTS_DIFFER,
        is_checked=judged.is_reviewed,
        asks=[Link(name, field_words(name)) for name in judged.asks],
        sentences=list(dict.fromkeys(quotes)),
    )


def _nearest(where: Whereabouts) -> str:
    if where.kilometres is None:
        return ""
    country = country_name(where.country_code, get_language() or "en") if where.country_code else ""
    city = side_by_side(part for part in (where.city, country) if part)
    said = {"city": city, "distance": about(where.kilometres)}
    if where.may_recruit and not where.tells_status:
        return _("Nearest site: %(city)s, %(distance)s") % said
    if where.may_recruit:
        return _("Nearest recruiting site: %(city)s, %(distance)s") % said
    return _("Nearest site: %(city)s, %(distance)s. By the record it does not recruit.") % said


def _sites(where: Whereabouts, country: str | None) -> str:
    if not where.sites:
        return _("The record names no site.")
    sites = ngettext("%(sites)d site", "%(sites)d sites", where.sites) % {"sites": where.sites}
    said = ngettext("%(sites)s, %(recruiting)d recruiting", "%(sites)s, %(recruiting)d recruiting", where.recruiting)
    every = said % {"sites": sites, "recruiting": where.recruiting} if where.tells_status else sites
    if not country:
        return every
    place = {"every": every, "country": country_name(country, get_language() or "en")}
    if not where.here:
        return _("%(every)s; none in %(country)s") % place
    if not where.tells_status:
        return _("%(every)s; in %(country)s %(here)d") % {**place, "here": where.here}
    said = ngettext(
        "%(every)s; in %(country)s %(here)d, %(open)d recruiting",
        "%(every)s; in %(country)s %(here)d, %(open)d recruiting",
        where.recruiting_here,
    )
    return said % {**place, "here": where.here, "open": where.recruiting_here}
