"""A match as programs read it. Pure; never keeps an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from trials.api.fact_schemas import Evidence
from trials.api.match_schemas import MatchAnswer, MatchedTrial, OddValue, OpenQuestion, Point
from trials.matching import judgement
from trials.matching.matched import Matched
from trials.matching.ranking import Group, Ranked
from trials.models import Trial
from trials.search.away import Whereabouts
from trials.search.near import Origin

Sentences = Mapping[str, Mapping[str, Sequence[judgement.Evidence]]]


@dataclass(frozen=True, slots=True, repr=False)
class MatchedPage:
    """Which of the matched trials are wanted; a page behind the last one is empty."""

    number: int
    size: int
    group: Group | None
    origin: Origin | None

    def all_of(self, matched: Matched) -> Sequence[Ranked]:
        return matched.of(self.group) if self.group else matched.ranked

    def of(self, matched: Matched) -> Sequence[Ranked]:
        return self.all_of(matched)[(self.number - 1) * self.size : self.number * self.size]


@sensitive_variables()
def match_answer(
    matched: Matched,
    page: MatchedPage,
    shown: Sequence[tuple[Ranked, Trial]],
    where: Mapping[str, Whereabouts],
    sentences: Sentences,
    odd: Sequence[tuple[str, str]],
    token: str,
    absolute: Callable[[str], str],
) -> MatchAnswer:
    return MatchAnswer(
        count=len(page.all_of(matched)),
        page=page.number,
        page_size=page.size,
        groups={str(group): len(matched.of(group)) for group in Group},
        closed_left_out=matched.closed,
        what_to_find_out=[
            OpenQuestion(field=one.field, trials=one.trials, alone=one.alone) for one in matched.questions
        ],
        questions=[OddValue(field=field, question=question) for field, question in odd],
        place=page.origin.label if page.origin else None,
        data_version=token,
        results=[
            _trial(ranked, trial, where[trial.nct_id], sentences.get(trial.nct_id, {}), absolute)
            for ranked, trial in shown
        ],
    )


def _trial(
    ranked: Ranked,
    trial: Trial,
    where: Whereabouts,
    sentences: Mapping[str, Sequence[judgement.Evidence]],
    absolute: Callable[[str], str],
) -> MatchedTrial:
    judged = ranked.judgement
    return MatchedTrial(
        nct_id=trial.nct_id,
        brief_title=trial.brief_title,
        overall_status=trial.overall_status,
        group=str(ranked.group),
        met=judged.met,
        not_met=judged.not_met,
        unknown=judged.unknown,
        kilometres=None if where.kilometres is None else round(where.kilometres),
        url=absolute(reverse("trial-detail", args=[trial.nct_id])),
        criteria=[_point(one, sentences.get(one.name, ())) for one in judged.criteria],
    )


def _point(one: judgement.CriterionJudgement, evidence: Sequence[judgement.Evidence]) -> Point:
    return Point(
        name=one.name,
        verdict=cast(Any, str(one.verdict)),
        why=str(one.why),
        asks=list(one.asks),
        depends_on_cohort=one.depends_on_cohort,
        evidence=[Evidence.model_validate(dict(sentence)) for sentence in evidence],
    )
