"""What a trial gives and what its phase wants to find out, in plain words. Names of drugs are the registry's. Pure."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.vocabulary.facts import FACTS
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.registry_terms import StudyType
from trials.web.phrases import Part, Phrase, phrase, published
from trials.web.plain.design import size_sentence
from trials.web.plain.sentence import Facts, Line, Source, Topic, sentences

_MOST_NAMES = 4
_TREATMENTS: Mapping[str, str] = {
    "immunotherapy": gettext_noop("drugs that help the body fight the cancer (immunotherapy)"),
    "targeted": gettext_noop("drugs that block the growth of the cancer (targeted drugs)"),
    "chemotherapy": gettext_noop("drugs that kill fast-growing cells (chemotherapy)"),
    "haic": gettext_noop("chemotherapy put into the artery of the liver (HAIC)"),
    "tace": gettext_noop("closing the artery that feeds the tumour (TACE or TAE)"),
    "radioembolization": gettext_noop("tiny radioactive beads put into the liver (TARE or SIRT)"),
    "radiotherapy": gettext_noop("radiation"),
    "ablation": gettext_noop("killing the tumour with heat, cold or alcohol (ablation)"),
    "resection": gettext_noop("surgery to take out the tumour"),
    "transplant": gettext_noop("a new liver (transplant)"),
    "cell_therapy": gettext_noop("treatment with living cells"),
    "vaccine": gettext_noop("a vaccine"),
    "other": gettext_noop("another kind of treatment"),
}
_PHASES: Mapping[tuple[str, ...], str] = {
    ("EARLY_PHASE1",): gettext_noop("It is an early phase 1 study: a first, small test in people."),
    ("PHASE1",): gettext_noop("It is a phase 1 study: doctors look for a safe dose."),
    ("PHASE1", "PHASE2"): gettext_noop(
        "It is a phase 1 and 2 study: doctors look for a safe dose, then for signs that it works."
    ),
    ("PHASE2",): gettext_noop("It is a phase 2 study: doctors look for signs that it works, and at how safe it is."),
    ("PHASE2", "PHASE3"): gettext_noop(
        "It is a phase 2 and 3 study: doctors look for signs that it works, then test it in more people."
    ),
    ("PHASE3",): gettext_noop("It is a phase 3 study: doctors test in many people how well it works."),
    ("PHASE4",): gettext_noop("It is a phase 4 study: doctors learn more about something that is in use."),
}
_PURPOSES: Mapping[str, str] = {
    "PREVENTION": gettext_noop("It wants to prevent illness."),
    "DIAGNOSTIC": gettext_noop("It tests a way to find out what illness someone has."),
    "ECT": gettext_noop("It tests ways to teach or to advise people."),
    "SUPPORTIVE_CARE": gettext_noop("It tests ways to help people feel better."),
    "SCREENING": gettext_noop("It tests ways to find illness early."),
    "HEALTH_SERVICES_RESEARCH": gettext_noop("It looks at how care is given."),
    "BASIC_SCIENCE": gettext_noop("It wants to learn how the body works."),
    "DEVICE_FEASIBILITY": gettext_noop("It tries out whether a device can be used."),
}


def treatment_lines(trial: Trial, facts: Facts) -> Iterator[Line]:
    design, head = Source("#arms", _("What happens in it")), Source("#status", _("Kind, phase, people"))
    if trial.study_type == StudyType.OBSERVATIONAL:
        looks_back = trial.time_perspective == "RETROSPECTIVE"
        back = _("It looks back at people who were treated before.") if looks_back else ""
        said = sentences(_("This study only watches. It gives no treatment of its own."), back)
        yield Line(Topic.WHAT, said, (head,), 94)
    elif trial.study_type == StudyType.EXPANDED_ACCESS:
        said = sentences(_("This is not a study. It is a way to get a treatment without one, through your doctor."))
        yield Line(Topic.WHAT, said, (head,), 94)
    yield from _given(trial, facts)
    if trial.primary_purpose in _PURPOSES:
        yield Line(Topic.WHAT, sentences(gettext(_PURPOSES[trial.primary_purpose])), (design,), 76)
    phases = tuple(phase for phase in trial.phases if phase != "NA")
    size = size_sentence(trial)
    said = (*sentences(gettext(_PHASES[phases]) if phases in _PHASES else ""), *((size,) if size else ()))
    if said:
        yield Line(Topic.WHAT, said, (head,), 84 if phases in _PHASES else 76)


def _given(trial: Trial, facts: Facts) -> Iterator[Line]:
    """Kinds of treatment as a list; the first names of the record under it, as published."""
    kinds = [kind for kind in FACTS["modalities"].values if kind in (facts.values("modalities") or ())]
    items = [phrase(gettext(_TREATMENTS[str(kind)]).replace("%", "%%")) for kind in kinds]
    named = _named(trial)
    sources = [facts.source("modalities")] if items else []
    if named:
        items.append(named)
        sources.append(Source("#arms", _("What happens in it")))
    if items:
        lead = sentences(_lead(trial))
        yield Line(Topic.WHAT, lead, tuple(sources[:1]), 93, tuple(items))


def _lead(trial: Trial) -> str:
    if trial.study_type == StudyType.OBSERVATIONAL:
        return _("It is about:")
    if trial.study_type == StudyType.EXPANDED_ACCESS:
        return _("What can be had:")
    return _("What is given or compared:")


def _named(trial: Trial) -> Phrase:
    names = list(dict.fromkeys(item.name for item in trial.interventions.all() if item.name))
    if not names:
        return ()
    shown = tuple(part for name in names[:_MOST_NAMES] for part in (Part(_(", ")), *published(name)))[1:]
    left = len(names) - _MOST_NAMES
    if left <= 0:
        return phrase(_("named in the record: %(names)s"), names=shown)
    words = ngettext(
        "named in the record: %(names)s and %(count)s more", "named in the record: %(names)s and %(count)s more", left
    )
    return phrase(words, names=shown, count=str(left))
