"""The form of a match as the page shows it: fields with their words, what was given, errors, questions. Pure.

Never judges, never keeps an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from trials.matching.profile_fields import PROFILE_FIELDS, UNIT, UPPER_LIMIT, WITH_UPPER_LIMIT, YES_NO, ProfileField
from trials.matching.wording import say, unit_words
from trials.vocabulary.countries import all_codes, country_name
from trials.vocabulary.facts import FACTS
from trials.vocabulary.measured import PATIENT_VALUES
from trials.web.match_answers import Answers
from trials.web.match_groups import (
    CLINICAL,
    DECIMALS,
    EXPLAINED,
    FORM_GROUPS,
    HELP,
    HINTS,
    WHOLE_NUMBERS,
    FormGroup,
)

_COUNTRIES = "country"


@dataclass(frozen=True, slots=True, repr=False)
class OptionView:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, repr=False)
class FieldView:
    """control is radio, select, boxes, text or value; a value has units and sometimes an upper limit of normal.

    question is about a value that is not plausible; meant are the towns that a name may mean.
    """

    name: str
    control: str
    label: str
    clinical: str
    hint: str
    help: str
    given: str
    options: Sequence[OptionView]
    errors: Sequence[str]
    inputmode: str = "text"
    units: Sequence[OptionView] = ()
    unit: str = ""
    has_upper: bool = False
    upper: str = ""
    upper_errors: Sequence[str] = ()
    question: str = ""
    confirmed: bool = False
    meant: Sequence[OptionView] = ()

    @property
    def is_wide(self) -> bool:
        return self.name in EXPLAINED


@dataclass(frozen=True, slots=True, repr=False)
class GroupView:
    name: str
    words: str
    note: str
    fields: Sequence[FieldView]
    folded: bool
    open: bool


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """A line of the summary: where it is and what it is called ("" if it is no field of ours), and what is wrong."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class FormView:
    groups: Sequence[GroupView]
    problems: Sequence[Problem]
    questions: Sequence[Problem]
    also_closed: bool


@sensitive_variables()
def present_form(answers: Answers, asked: frozenset[str] = frozenset()) -> FormView:
    """asked are the fields that the page links to: their group is open."""
    return FormView(
        groups=[_group(group, answers, asked) for group in FORM_GROUPS],
        problems=list(_problems(answers)),
        questions=[
            Problem(name, field_words(name), say(asked.words))
            for name, asked in answers.doubted.items()
            if name not in answers.confirmed
        ],
        also_closed=answers.also_closed,
    )


def field_words(name: str) -> str:
    """A field's label; an upper limit of normal with the value that it belongs to."""
    if name.endswith(UPPER_LIMIT):
        value = gettext(PROFILE_FIELDS[name.removesuffix(UPPER_LIMIT)].words)
        return _("%(value)s: upper limit of normal of your laboratory") % {"value": value}
    return gettext(PROFILE_FIELDS[name].words)


def _problems(answers: Answers) -> Iterator[Problem]:
    """In the order of the form, then one line for all that belongs to no field of it: its names are not said again."""
    names = [name for group in FORM_GROUPS for field in group.fields for name in (field, field + UPPER_LIMIT)]
    for name in (name for name in names if name in answers.errors):
        yield from (Problem(name, field_words(name), words) for words in answers.errors[name])
    if set(answers.errors) - set(names):
        yield Problem("", "", _("One field of what was sent is not known."))


def _group(group: FormGroup, answers: Answers, asked: frozenset[str]) -> GroupView:
    fields = [_field(PROFILE_FIELDS[name], answers) for name in group.fields]
    is_used = any(field.given or field.errors or field.upper or field.upper_errors for field in fields)
    names = {name.removesuffix(UPPER_LIMIT) for name in asked}
    note = gettext(group.note) if group.note else ""
    is_open = is_used or bool(names & set(group.fields))
    return GroupView(group.name, gettext(group.words), note, fields, group.folded, is_open)


def _given(answers: Answers, name: str) -> str:
    return next((text.strip() for text in answers.given.get(name, ()) if text.strip()), "")


def _field(declared: ProfileField, answers: Answers) -> FieldView:
    name = declared.name
    given = set(answers.given.get(name, ()))
    options = [OptionView(value, label, value in given) for value, label in _choices(declared)]
    clinical = gettext(CLINICAL[name]) if name in CLINICAL else ""
    if name in PATIENT_VALUES:
        return _value(declared, clinical, answers)
    return FieldView(
        name=name,
        control=_control(declared),
        label=gettext(declared.words),
        clinical=clinical,
        hint=gettext(HINTS[name]) if name in HINTS else "",
        help=gettext(HELP[name]) if name in HELP else "",
        given=_given(answers, name) if declared.many or not options or any(one.chosen for one in options) else "",
        options=options,
        errors=answers.errors.get(name, ()),
        inputmode="decimal" if name in DECIMALS else "numeric" if name in WHOLE_NUMBERS else "text",
        meant=_meant(answers) if name == "place" else (),
    )


def _control(declared: ProfileField) -> str:
    if declared.many:
        return "boxes"
    if declared.choices is YES_NO or declared.name in EXPLAINED or declared.name == "sex":
        return "radio"
    return "select" if declared.choices or declared.name == _COUNTRIES else "text"


def _choices(declared: ProfileField) -> list[tuple[str, str]]:
    if declared.name == _COUNTRIES:
        language = get_language() or "en"
        named = [(code, country_name(code, language)) for code in all_codes()]
        return sorted(named, key=lambda pair: pair[1])
    notes = FACTS["tumor_burden"].notes if declared.name == "tumor_burden" else {}
    choices = []
    for value, words in declared.choices.items():
        label = gettext(words)
        if value in notes:
            label = _("%(value)s: %(note)s") % {"value": label, "note": gettext(notes[value])}
        choices.append((value, label))
    return choices


def _meant(answers: Answers) -> list[OptionView]:
    near = answers.near
    if near is None or near.origin is not None:
        return []
    return [OptionView(town.value, town.label, chosen=False) for town in near.others]


def _value(declared: ProfileField, clinical: str, answers: Answers) -> FieldView:
    name = declared.name
    kind, unit = PATIENT_VALUES[name], _given(answers, name + UNIT)
    known = kind.unit(unit)
    units = [OptionView(one.name, unit_words(one.name), one is known) for one in kind.units]
    question = answers.doubted.get(name)
    return FieldView(
        name=name,
        control="value",
        label=gettext(declared.words),
        clinical=clinical,
        hint="",
        help="",
        given=_given(answers, name),
        options=(),
        errors=answers.errors.get(name, ()),
        inputmode="decimal",
        units=units if len(units) > 1 else (),
        unit="" if len(units) > 1 else kind.units[0].name,
        has_upper=name in WITH_UPPER_LIMIT,
        upper=_given(answers, name + UPPER_LIMIT),
        upper_errors=answers.errors.get(name + UPPER_LIMIT, ()),
        question=say(question.words) if question else "",
        confirmed=name in answers.confirmed,
    )
