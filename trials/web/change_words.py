"""One change of a record in words: plain for families, exact for clinicians. Never queries, never builds HTML.

Contact data are never repeated. A value of a form that is not known here is answered with "changed", never an error:
rows outlive the code that wrote them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.vocabulary.change_fields import (
    AGES,
    COMPARED_TEXTS,
    CONTACTS,
    LABELS,
    NAME_KEYS,
    OUTCOME_WORDS,
    PART_WORDS,
    PLAIN_DATES,
    REGISTRY_STATE,
    SITES,
    TERM_FIELDS,
)
from trials.vocabulary.registry_states import RegistryState
from trials.vocabulary.registry_terms import words
from trials.web.phrases import Phrase, dated, phrase, published
from trials.web.site_changes import HAPPENINGS, site_detail, site_note, site_phrase, what_happened
from trials.web.text_difference import Effort, TextDifference, text_difference
from trials.web.trial_dates import one_age_words
from trials.web.word_lists import side_by_side

_SHORT = 120  # characters: a longer text is compared instead of quoted
_LONGEST_NAME = 300
_OPEN_UP_TO = 25  # passages: a longer difference waits to be unfolded


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """said is the sentence, detail registry text beside it, note our words on that.

    Lines of one group can be folded; rank orders those of one field, the weightiest first.
    """

    field: str
    said: Phrase
    group: str = ""
    detail: Phrase = ()
    note: Phrase = ()
    rank: int = 0
    difference: TextDifference | None = None

    @property
    def is_shown_at_once(self) -> bool:
        return self.difference is not None and self.difference.size <= _OPEN_UP_TO


def change_line(field: str, old: Any, new: Any, effort: Effort) -> ChangeLine:
    """effort is what may still be spent on comparing texts on this page."""
    if field == REGISTRY_STATE:
        return ChangeLine(field, phrase(_registry_state(new)))
    if field == CONTACTS:
        return ChangeLine(field, phrase(_("The contact details changed")))
    if _is_part(old) and _is_part(new) and (old or new):
        return _part_line(field, old, new)
    if isinstance(old, str) and isinstance(new, str) and _is_compared(field, old, new):
        return _text_line(field, old, new, effort)
    if isinstance(old, list) and isinstance(new, list) and field not in TERM_FIELDS:
        return ChangeLine(field, _list_phrase(field, old, new))
    return ChangeLine(field, _value_phrase(field, old, new))


def label_of(field: str) -> str:
    return gettext(LABELS[field]) if field in LABELS else field.replace("_", " ").capitalize()


def _registry_state(state: Any) -> str:
    said: dict[str, str] = {
        RegistryState.LISTED: _("The record came back: the registry's search returns it again"),
        RegistryState.NOT_RETURNED: _("Our search of the registry no longer returns the record; we follow its number"),
        RegistryState.RENAMED: _("The registry now keeps the record under another number"),
        RegistryState.GONE: _("The registry no longer has the record: its number was withdrawn"),
    }
    known = said.get(state) if isinstance(state, str) else None
    return known or _("The record's place in the registry changed")


def _is_part(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and "date" not in value)


def _part_line(field: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> ChangeLine:
    if field == SITES:
        happened = what_happened(old, new)
        said, detail, note = site_phrase(old, new), site_detail(old, new), site_note(old, new)
        return ChangeLine(field, said, f"{SITES} {happened}", detail, note, HAPPENINGS.index(happened))
    part = new or old or {}
    forms = OUTCOME_WORDS.get(str(part.get("kind")), OUTCOME_WORDS["OTHER"]) if field == "outcomes" else None
    forms = forms or PART_WORDS.get(field)
    name = next((str(part[key]) for key in NAME_KEYS if part.get(key)), "")
    if forms is None or not name:
        return ChangeLine(field, phrase(_("%(label)s: details changed"), label=label_of(field)), field)
    place = 0 if old is None else 1 if new is None else 2
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"
    return ChangeLine(field, phrase(gettext(forms[place]), name=published(shown)), f"{field} {place}")


def _is_compared(field: str, old: str, new: str) -> bool:
    return field in COMPARED_TEXTS or (field not in TERM_FIELDS and max(len(old), len(new)) > _SHORT)


def _text_line(field: str, old: str, new: str, effort: Effort) -> ChangeLine:
    if not effort.allows_to_read(old, new):
        return ChangeLine(field, phrase(_("%(label)s: changed (too long to compare here)"), label=label_of(field)))
    difference = text_difference(old, new, effort)
    if not difference.size:
        return ChangeLine(field, phrase(_("%(label)s: only spacing or numbering changed"), label=label_of(field)))
    if not old.strip():
        said = _("%(label)s: added")
    elif not new.strip():
        said = _("%(label)s: taken off the record")
    elif len(difference.stretches) == 1 and difference.size == difference.changed == 1:
        said = _("%(label)s: reworded")
    else:
        said = _("%(label)s: %(what)s")
    what = difference_words(difference)
    return ChangeLine(field, phrase(said, label=label_of(field), what=what), difference=difference)


def difference_words(difference: TextDifference) -> str:
    counts = (
        (difference.changed, ngettext("%(n)d passage reworded", "%(n)d passages reworded", difference.changed)),
        (difference.added, ngettext("%(n)d passage new", "%(n)d passages new", difference.added)),
        (difference.removed, ngettext("%(n)d passage gone", "%(n)d passages gone", difference.removed)),
    )
    return side_by_side(said % {"n": number} for number, said in counts if number)


def _list_phrase(field: str, old: Sequence[Any], new: Sequence[Any]) -> Phrase:
    added = side_by_side(one for one in new if one not in old)
    gone = side_by_side(one for one in old if one not in new)
    if added and gone:
        said = _("%(label)s: added %(added)s; gone %(gone)s")
    elif added:
        said = _("%(label)s: added %(added)s")
    elif gone:
        said = _("%(label)s: gone %(gone)s")
    else:
        said = _("%(label)s: in another order")
    return phrase(said, label=label_of(field), added=published(added), gone=published(gone))


def _value_phrase(field: str, old: Any, new: Any) -> Phrase:
    """From one value to another; a value that is not stated has words of its own."""
    if field == "has_results" and new is True:
        return phrase(_("The registry now holds results of this trial"))
    was, now = _value(field, old), _value(field, new)
    if was is None or now is None or was == now:
        return phrase(_("%(label)s: details changed"), label=label_of(field))
    if was and now:
        return phrase(_("%(label)s: from %(old)s to %(new)s"), label=label_of(field), old=was, new=now)
    if now:
        return phrase(_("%(label)s: now %(new)s, not stated before"), label=label_of(field), new=now)
    return phrase(_("%(label)s: no longer stated, was %(old)s"), label=label_of(field), old=was)


def _value(field: str, value: Any) -> Phrase | None:
    """A value in words, empty where the record states none, None for a form that is not known here."""
    if field in AGES and isinstance(value, str):
        return phrase("%(age)s", age=one_age_words(value))
    if value is None or value in ("", [], {}):
        return ()
    if isinstance(value, bool):
        return phrase(_("yes") if value else _("no"))
    if isinstance(value, int):
        return phrase("%(number)s", number=number_format(value, use_l10n=True, force_grouping=True))
    if field in TERM_FIELDS and isinstance(value, str | list):
        return _terms(field, [value] if isinstance(value, str) else value)
    if isinstance(value, dict):
        return _date(value)
    if isinstance(value, str):
        return dated(value) if field in PLAIN_DATES else phrase(_("“%(text)s”"), text=published(value))
    return None


def _terms(field: str, values: Sequence[Any]) -> Phrase:
    said = side_by_side(gettext(words(TERM_FIELDS[field], str(value))) for value in values)
    return phrase(_("“%(text)s”"), text=said)


def _date(value: Mapping[str, Any]) -> Phrase | None:
    """A date as published, and whether it is planned."""
    day, kind = value.get("date"), value.get("type")
    if not isinstance(day, str):
        return None
    if not day:
        return ()
    if not kind:
        return dated(day)
    return phrase(_("%(day)s (%(kind)s)"), day=dated(day), kind=gettext(words("date_type", str(kind))))
