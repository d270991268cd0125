"""A fact in words: for patients, with the clinical term, and how sure it is. Never queries, never reads free text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext as _

from trials.models import FactInForce
from trials.vocabulary.facts import FACTS, FactStatus, child_pugh_class
from trials.web.word_lists import all_of, any_of, one_after_another, side_by_side


@dataclass(frozen=True, slots=True)
class FactWords:
    """answer is what the trial accepts, note explains it, short is for a card; status is the fact's.

    by says who reads it so ("read by rule"); is_checked whether a person did, in the record's present text.
    """

    name: str
    plain: str
    clinical: str
    answer: str
    note: str
    short: str
    status: str
    depends_on_cohort: bool
    by: str
    is_checked: bool


def fact_words(fact: FactInForce) -> FactWords:
    definition = FACTS[fact.name]
    clinical = gettext(definition.clinical)
    if fact.status == FactStatus.NOT_STATED:
        answer = _("The record does not say. Ask the trial team.")
        short = _("%(fact)s: not stated") % {"fact": clinical}
    elif fact.status == FactStatus.CONTRADICTORY:
        answer = _("The record contradicts itself. Ask the trial team.")
        short = _("%(fact)s: contradictory") % {"fact": clinical}
    else:
        answer = _answer(fact.name, fact.value)
        short = _("%(fact)s: %(answer)s") % {"fact": clinical, "answer": answer}
    return FactWords(
        name=fact.name,
        plain=gettext(definition.plain),
        clinical=clinical,
        answer=answer,
        note=_note(fact),
        short=short,
        status=fact.status,
        depends_on_cohort=fact.depends_on_cohort,
        by=_by(fact),
        is_checked=fact.review_id is not None and fact.text_changed_at is None,
    )


def _by(fact: FactInForce) -> str:
    if fact.review_id is None or fact.reviewed_at is None:
        return _("read by rule")
    day = date_format(localtime(fact.reviewed_at).date(), "DATE_FORMAT")
    if fact.text_changed_at is not None:
        return _("checked by a person on %(day)s, but the record has changed since: ask the trial") % {"day": day}
    return _("checked by a person on %(day)s") % {"day": day}


def _note(fact: FactInForce) -> str:
    """What the accepted values mean, where their words need it."""
    if fact.status != FactStatus.STATED:
        return ""
    definition = FACTS[fact.name]
    accepted = fact.value if isinstance(fact.value, list) else [fact.value]
    notes = [(definition.labels[key], definition.notes[key]) for key in map(str, accepted) if key in definition.notes]
    if len(notes) == 1:
        return gettext(notes[0][1])
    said = (_("%(value)s: %(note)s") % {"value": gettext(label), "note": gettext(note)} for label, note in notes)
    return one_after_another(said)


def _answer(name: str, value: object) -> str:
    if isinstance(value, str):
        return gettext(FACTS[name].labels.get(value, value))
    items = list(value) if isinstance(value, Sequence) else []
    if name == "child_pugh":
        return child_pugh_words(items)
    if not items:
        return pgettext("answer of a fact", "None")
    ordered = [item for item in FACTS[name].values if item in items]
    words = [gettext(FACTS[name].labels[str(item)]) for item in ordered]
    return side_by_side(words) if name == "modalities" else any_of(words)


def claimed_words(answers: Iterable[str]) -> str:
    """What a record says against itself: “A” and “B”."""
    return all_of(_("“%(claim)s”") % {"claim": answer} for answer in dict.fromkeys(answers))


def child_pugh_words(scores: Sequence[int]) -> str:
    """Accepted scores as whole classes, else with the score: [5, 6, 7] is "A or B7 (5 to 7 points)"."""
    if not scores:
        return _("Only people without cirrhosis")
    parts: list[str] = []
    for letter, whole in (("A", {5, 6}), ("B", {7, 8, 9}), ("C", set(range(10, 16)))):
        accepted = sorted(score for score in scores if child_pugh_class(score) == letter)
        parts += [letter] if set(accepted) == whole else [f"{letter}{score}" for score in accepted]
    low, high = min(scores), max(scores)
    if low == high:
        points = ngettext("%(low)d point", "%(low)d points", low) % {"low": low}
    elif len(set(scores)) == high - low + 1:
        points = _("%(low)d to %(high)d points") % {"low": low, "high": high}
    else:
        points = ""
    classes = any_of(parts)
    return _("%(classes)s (%(points)s)") % {"classes": classes, "points": points} if points else classes
