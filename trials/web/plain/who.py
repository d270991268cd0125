"""Who a trial is for, in plain words: illness, age, sex, the liver, how active one must be. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.vocabulary.facts import child_pugh_class
from trials.vocabulary.messages import gettext_noop
from trials.web.fact_words import child_pugh_words
from trials.web.phrases import phrase
from trials.web.plain.sentence import Facts, Line, Source, Topic, sentences
from trials.web.trial_dates import age_words
from trials.web.word_lists import any_of

_SCOPE: Mapping[str, str] = {
    "hcc": gettext_noop("This study is for people with liver cancer (HCC)."),
    "mixed": gettext_noop("This study is for people with liver cancer (HCC) and for people with other illnesses."),
    "off_topic": gettext_noop("This study is not about liver cancer (HCC)."),
}
_SCOPE_AND_AGE: Mapping[str, str] = {
    "hcc": gettext_noop("This study is for people with liver cancer (HCC), aged %(ages)s."),
    "mixed": gettext_noop("This study is for people with liver cancer (HCC) or other illnesses, aged %(ages)s."),
    "off_topic": gettext_noop("This study is not about liver cancer (HCC). It is for people aged %(ages)s."),
}
_LIVER: Mapping[str, str] = {
    "A": gettext_noop("It is open to people whose liver works well: Child-Pugh %(classes)s."),
    "AB": gettext_noop("It is open to people whose liver works well or is somewhat weak: Child-Pugh %(classes)s."),
    "ABC": gettext_noop("It is open to people with a good, a weak or a very weak liver: Child-Pugh %(classes)s."),
    "B": gettext_noop("It is open to people whose liver is somewhat weak: Child-Pugh %(classes)s."),
    "BC": gettext_noop("It is open to people whose liver is weak or very weak: Child-Pugh %(classes)s."),
    "C": gettext_noop("It is open to people whose liver is very weak: Child-Pugh %(classes)s."),
}
_ACTIVE: Mapping[int, str] = {  # by the highest accepted score, where every lower one is accepted too
    0: gettext_noop("You must be fully active (ECOG %(scores)s)."),
    1: gettext_noop("You must at least be able to do light work (ECOG %(scores)s)."),
    2: gettext_noop("You must be up for more than half of the day (ECOG %(scores)s)."),
    3: gettext_noop("You may need a bed or a chair for more than half of the day (ECOG %(scores)s)."),
    4: gettext_noop("You may be in bed all day (ECOG %(scores)s)."),
}
_SEX: Mapping[str, str] = {
    "FEMALE": gettext_noop("Only women can take part."),
    "MALE": gettext_noop("Only men can take part."),
}


def who_lines(trial: Trial, facts: Facts) -> Iterator[Line]:
    yield from _people(trial, facts)
    yield from _liver(facts)
    yield from _active(facts)


def _people(trial: Trial, facts: Facts) -> Iterator[Line]:
    scope = facts.value("hcc_scope")
    sources = [facts.source("hcc_scope")] if scope in _SCOPE else []
    join = Source("#join", _("Who can join"))
    more = sentences(
        gettext(_SEX[trial.sex]) if trial.sex in _SEX else "",
        _("Healthy people can take part too.") if trial.healthy_volunteers else "",
    )
    if trial.minimum_age_years is None and trial.maximum_age_years is None:
        first = sentences(gettext(_SCOPE[str(scope)])) if scope in _SCOPE else ()
    else:
        ages = age_words(trial.minimum_age, trial.maximum_age)
        said = gettext(_SCOPE_AND_AGE[str(scope)]) if scope in _SCOPE else _("It is for people aged %(ages)s.")
        first = (phrase(said, ages=ages),)
        sources.append(join)
    if first or more:
        yield Line(Topic.WHO, first + more, tuple(sources) or (join,), 95)


def _liver(facts: Facts) -> Iterator[Line]:
    scores = facts.values("child_pugh")
    if scores is None:
        return
    accepted = sorted(score for score in scores if isinstance(score, int))
    classes = child_pugh_words(accepted)
    letters = "".join(sorted({child_pugh_class(score) for score in accepted}))
    if not accepted:
        said = sentences(_("It is open only to people whose liver is not scarred (no cirrhosis)."))
    else:
        words = gettext(_LIVER[letters]) if letters in _LIVER else _("The liver must be Child-Pugh %(classes)s.")
        said = (phrase(words, classes=classes),)
    yield Line(Topic.WHO, said, (facts.source("child_pugh"),), 90)


def _active(facts: Facts) -> Iterator[Line]:
    scores = sorted(score for score in facts.values("ecog") or () if isinstance(score, int))
    if not scores:
        return
    is_whole = scores == list(range(scores[-1] + 1)) and scores[-1] in _ACTIVE
    said = gettext(_ACTIVE[scores[-1]]) if is_whole else _("It asks how active you are: ECOG %(scores)s.")
    yield Line(Topic.WHO, (phrase(said, scores=_listed(scores)),), (facts.source("ecog"),), 86)


def _listed(scores: Sequence[int]) -> str:
    return any_of(scores)
