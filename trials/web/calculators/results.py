"""What the calculators found, in words: the score or the range, what it means, the steps, and where to go with it.

Never says that a trial suits anybody, and never names a treatment. Keeps nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.matching.profile_fields import CONFIRMED, UNKNOWN
from trials.matching.wording import number_words, say
from trials.vocabulary.calculators.albi import Albi, albi
from trials.vocabulary.calculators.bclc import Bclc, bclc, liver_function_of
from trials.vocabulary.calculators.child_pugh import AlbuminTable, ChildPugh, ChildPughValues, child_pugh
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.worded import Source
from trials.web.calculators.answers import (
    ALBUMIN_TABLES,
    OF_A_MATCH,
    UNITS,
    Answers,
    bclc_values,
    child_pugh_values,
)
from trials.web.calculators.form import LABELS
from trials.web.word_lists import any_of, one_after_another

CLASS_MEANS: Mapping[str, str] = MappingProxyType(
    {
        "A": gettext_noop("Class A: the liver works well, or nearly so."),
        "B": gettext_noop("Class B: the liver works less well."),
        "C": gettext_noop("Class C: the liver works badly."),
    }
)
GRADE_MEANS: Mapping[str, str] = MappingProxyType(
    {
        "1": gettext_noop("Grade 1: the liver works well."),
        "2a": gettext_noop("Grade 2a: the liver works a little less well."),
        "2b": gettext_noop("Grade 2b: the liver works less well."),
        "3": gettext_noop("Grade 3: the liver works badly."),
    }
)
STAGE_MEANS: Mapping[str, str] = MappingProxyType(
    {
        "0": gettext_noop("Stage 0: very early. One small tumour."),
        "A": gettext_noop("Stage A: early. One tumour, or up to three small ones."),
        "B": gettext_noop("Stage B: only in the liver, with more or larger tumours."),
        "C": gettext_noop("Stage C: in a large vessel or outside the liver, or the cancer makes you less active."),
        "D": gettext_noop("Stage D: the liver hardly works any more, or the cancer makes you very weak."),
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class ResultView:
    """One calculator's result. means are the classes that are possible, missing what would narrow it, as one text."""

    key: str
    title: str
    headline: str
    means: Sequence[str]
    missing: str
    rows: Sequence[tuple[str, str]] = ()
    steps: Sequence[str] = ()
    notes: Sequence[str] = ()
    sources: Sequence[Source] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ResultsView:
    """searches are (words, address) of trial facets; carried are the hidden fields that a match takes."""

    results: Sequence[ResultView] = ()
    searches: Sequence[tuple[str, str]] = ()
    carried: Sequence[tuple[str, str]] = ()


def present_results(answers: Answers) -> ResultsView:
    """Nothing where there is no answer, or one that cannot be read."""
    if answers.profile is None or answers.is_empty:
        return ResultsView()
    values = child_pugh_values(answers)
    score = child_pugh(values)
    grade = albi(values.bilirubin, values.albumin)
    stages = bclc(bclc_values(answers, liver_function_of(score.letter)))
    profile = answers.profile
    about_cancer = (profile.tumors, profile.largest_cm, profile.vessels, profile.spread, profile.ecog)
    results: list[ResultView] = []
    if len(score.missing) < len(score.parts):
        results.append(_child_pugh(score, values.albumin_table, values))
    if values.bilirubin or values.albumin:
        results.append(_albi(grade))
    if any(one is not None for one in about_cancer) or answers.choice("liver_function"):
        results.append(_bclc(stages))
    has_class = len(score.classes) < 3
    return ResultsView(results, _searches(score) if has_class else (), list(_carried(answers, score, stages)))


def _child_pugh(score: ChildPugh, table: AlbuminTable, values: ChildPughValues) -> ResultView:
    low, high = score.scores[0], score.scores[-1]
    if score.score is not None and score.letter:
        headline = _("Child-Pugh %(letter)s: %(points)d points") % {"letter": score.letter, "points": score.score}
    else:
        said = {"classes": any_of(score.classes), "low": low, "high": high}
        headline = _("Child-Pugh %(classes)s: between %(low)d and %(high)d points") % said
    notes = [say(note) for note in score.notes]
    if values.albumin:
        notes.append(_("Table used for albumin: %(table)s.") % {"table": gettext(ALBUMIN_TABLES[table.value])})
    return ResultView(
        "child-pugh",
        _("Child-Pugh"),
        headline,
        [gettext(CLASS_MEANS[letter]) for letter in score.classes],
        one_after_another(gettext(LABELS[_form_name(name)]) for name in score.missing),
        rows=[(gettext(part.label), say(part.step)) for part in score.parts],
        steps=[_sum(score)],
        notes=notes,
        sources=score.sources,
    )


def _form_name(part: str) -> str:
    return "hepatic_encephalopathy" if part == "encephalopathy" else part


def _sum(score: ChildPugh) -> str:
    """The points added up, for the lowest and the highest where they differ."""
    sums = []
    for pick in (min, max):
        points = [pick(part.points) for part in score.parts]
        sums.append(f"{' + '.join(map(str, points))} = {sum(points)}")
    return (
        sums[0] if sums[0] == sums[1] else _("At least %(low)s; at most %(high)s") % {"low": sums[0], "high": sums[1]}
    )


def _albi(grade: Albi) -> ResultView:
    if grade.modified_grade is None or grade.shown_score is None:
        headline, means = _("ALBI needs both bilirubin and albumin"), []
    else:
        said = {"grade": grade.grade, "modified": grade.modified_grade, "score": number_words(grade.shown_score)}
        headline = _("ALBI grade %(grade)d (mALBI %(modified)s): score %(score)s") % said
        means = [gettext(GRADE_MEANS[grade.modified_grade])]
    missing = one_after_another(gettext(LABELS[name]) for name in grade.missing)
    steps = [say(step) for step in grade.steps]
    return ResultView("albi", _("ALBI and mALBI"), headline, means, missing, steps=steps, sources=grade.sources)


def _bclc(found: Bclc) -> ResultView:
    if found.stage is not None:
        headline = _("BCLC stage %(stage)s") % {"stage": found.stage}
    else:
        headline = _("BCLC stage %(stages)s: not all is known") % {"stages": any_of(found.stages)}
    names = {"nodules": "tumors", "largest": "largest_cm", "invasion": "vessels", "performance_status": "ecog"}
    return ResultView(
        "bclc",
        _("BCLC, version of 2022"),
        headline,
        [gettext(STAGE_MEANS[stage]) for stage in found.stages],
        one_after_another(gettext(LABELS[names.get(name, name)]) for name in found.missing),
        steps=[say(step) for step in found.steps],
        sources=found.sources,
    )


def _searches(score: ChildPugh) -> list[tuple[str, str]]:
    """Trials by class: a facet of trials, none of the patient's values."""
    words = _("Search trials that accept Child-Pugh %(letter)s")
    return [(words % {"letter": letter}, f"{reverse('trial-list')}?child_pugh={letter}") for letter in score.classes]


def _carried(answers: Answers, score: ChildPugh, stages: Bclc) -> Iterator[tuple[str, str]]:
    for name in (*OF_A_MATCH, *UNITS):
        text = answers.texts.get(name, "").strip()
        if text and text != UNKNOWN:
            yield name, text
    if score.letter:
        yield "child_pugh", str(score.score) if score.score is not None else score.letter
    if stages.stage is not None:
        yield "bclc", stages.stage
    for name in sorted(answers.confirmed & set(answers.questions)):
        yield CONFIRMED, name
