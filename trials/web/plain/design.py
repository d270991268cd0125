"""How a trial is arranged, in plain words: chance, groups, placebo, who knows what is given, how many people. Pure.

From the registry's own fields alone. A placebo is known by an arm of that type or an intervention of that name.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.models import Arm, Trial
from trials.vocabulary.registry_terms import StudyType
from trials.web.phrases import Phrase, phrase
from trials.web.plain.sentence import Line, Source, Topic, sentences

_PLACEBO = re.compile(r"\bplacebos?\b", re.IGNORECASE)
_NO_PLACEBO = re.compile(r"\b(?:no|without|non)[\s-]+placebos?\b", re.IGNORECASE)


def design_lines(trial: Trial) -> Iterator[Line]:
    source = (Source("#arms", _("What happens in it")),)
    if trial.study_type not in (StudyType.OBSERVATIONAL, StudyType.EXPANDED_ACCESS):
        arms = list(trial.arms.all())
        groups = () if contradiction(trial, arms) else _groups(trial, arms)
        if groups:
            yield Line(Topic.WHAT, groups, source, 92)
        dummy = sentences(*_dummy(trial, arms))
        if dummy:
            yield Line(Topic.WHAT, dummy, source, 89 if _has_dummy(trial, arms) else 64)
        masking = sentences(_masking(trial))
        if masking:
            yield Line(Topic.WHAT, masking, source, 70)


def contradiction(trial: Trial, arms: Sequence[Arm]) -> str:
    """What the fields say against each other, "" where they agree."""
    if trial.allocation == "RANDOMIZED" and len(arms) == 1:
        return _("the record says that chance decides between groups, but it lists one group alone")
    if trial.intervention_model == "SINGLE_GROUP" and len(arms) > 1:
        return _("the record says that there is one group, but it lists more")
    return ""


def _groups(trial: Trial, arms: Sequence[Arm]) -> tuple[Phrase, ...]:
    count = len(arms)
    if count > 1:
        number = ngettext("There is %(count)s group.", "There are %(count)s groups.", count)
        return (phrase(number, count=str(count)), *sentences(_who_decides(trial), _order(trial)))
    if trial.intervention_model == "SINGLE_GROUP" or count == 1:
        return sentences(_("There is one group. It is not compared with another one."))
    return sentences(_who_decides(trial), _order(trial))


def _who_decides(trial: Trial) -> str:
    if trial.allocation == "RANDOMIZED":
        return _("Chance decides who goes into which group, like drawing lots.")
    if trial.allocation == "NON_RANDOMIZED":
        return _("Chance does not decide who goes into which group.")
    return ""


def _order(trial: Trial) -> str:
    if trial.intervention_model == "CROSSOVER":
        return _("People change from one treatment to the other.")
    if trial.intervention_model == "SEQUENTIAL":
        return _("One group starts after the other.")
    return ""


def _has_dummy(trial: Trial, arms: Sequence[Arm]) -> bool:
    is_arm = any(arm.type in ("PLACEBO_COMPARATOR", "SHAM_COMPARATOR") for arm in arms)
    return is_arm or _names_placebo(trial)


def _names_placebo(trial: Trial) -> bool:
    texts = (text for item in trial.interventions.all() for text in (item.name, *item.other_names))
    return any(_PLACEBO.search(_NO_PLACEBO.sub("", text)) for text in texts)


def _dummy(trial: Trial, arms: Sequence[Arm]) -> list[str]:
    types = {arm.type for arm in arms}
    said = []
    if "PLACEBO_COMPARATOR" in types or _names_placebo(trial):
        said.append(_("Some people get a placebo: it looks like the drug, but no drug is in it."))
        said.append(_("Ask what else they get."))
    if "SHAM_COMPARATOR" in types:
        said.append(_("Some people get a sham treatment: it looks real, but does nothing."))
    if "NO_INTERVENTION" in types:
        said.append(_("One group gets no treatment from the study."))
    return said


def _masking(trial: Trial) -> str:
    if trial.masking == "NONE":
        return _("You and your doctors will know what you get.")
    if "PARTICIPANT" in trial.who_masked:
        return _("You will not know which treatment you get.")
    if trial.who_masked:
        return _("You will know what you get. Some of the people who run the study will not.")
    return _("Some people will not know what is given. Ask who.") if trial.masking else ""


def size_sentence(trial: Trial) -> Phrase:
    """() where the record does not count."""
    count = trial.enrollment_count
    if count is None:
        return ()
    if count == 0:
        return phrase(_("Nobody took part."))
    if trial.enrollment_type == "ACTUAL":
        words = ngettext("%(count)s person took part.", "%(count)s people took part.", count)
    elif trial.enrollment_type == "ESTIMATED":
        words = ngettext("It plans for %(count)s person.", "It plans for %(count)s people.", count)
    else:
        words = ngettext("The record counts %(count)s person.", "The record counts %(count)s people.", count)
    return phrase(words, count=str(count))
