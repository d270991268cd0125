"""A patient profile out of a form or a JSON object: every answer optional, errors by field in the reader's language.

An answer that cannot be read gives an error and no profile, never an answer of its own. Never repeats what was typed,
never stores or logs it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from trials.matching.profile import AgeSpan, PatientProfile
from trials.matching.profile_fields import (
    CONFIRMED,
    LARGEST_CM,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_TUMORS,
    OLDEST,
    PARAMETERS,
    PROFILE_FIELDS,
    UNIT,
    UNKNOWN,
    UPPER_LIMIT,
    WITH_UPPER_LIMIT,
    YES_NO,
    ProfileField,
)
from trials.matching.wording import say
from trials.vocabulary.countries import all_codes
from trials.vocabulary.facts import child_pugh_class
from trials.vocabulary.measured import PATIENT_VALUES, Measured, Unreadable, measured, questions_about, read_number
from trials.vocabulary.worded import Question

_SCORED_CLASS = re.compile(r"([ABC])\s?(\d{1,2})", re.ASCII)
Given = Mapping[str, object]
Errors = dict[str, list[str]]


@dataclass(frozen=True, slots=True, repr=False)
class ParsedProfile:
    """profile is None where there are errors. questions are about values that are read but not plausible."""

    profile: PatientProfile | None
    errors: Errors = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


class _Refused(ValueError):
    """Why an answer cannot be read, in the reader's language."""


@sensitive_variables()
def parse_profile(given: Given) -> ParsedProfile:
    """Reads a mapping of names to texts, numbers, yes/no or lists of these; what is not asked for is an error."""
    errors: Errors = {name: [_("There is no such field.")] for name in map(str, given) if name not in PARAMETERS}
    read: dict[str, object] = {}
    for declared in PROFILE_FIELDS.values():
        if declared.name not in PATIENT_VALUES:
            _keep(read, errors, declared, given)
    values: list[Measured] = []
    limits: list[Measured] = []
    for code in PATIENT_VALUES:
        _keep_value(values, errors, code, code, given)
        if code in WITH_UPPER_LIMIT:
            _keep_value(limits, errors, code, code + UPPER_LIMIT, given)
    confirmed = set(_checked_texts(given, CONFIRMED, errors))
    _check_together(read, errors)
    if errors:
        return ParsedProfile(None, errors)
    asked = [question for value in values for question in questions_about(value) if value.analyte not in confirmed]
    read |= {"measured": tuple(values), "upper_limits": tuple(limits)}
    read["questioned"] = frozenset(question.field for question in asked)
    return ParsedProfile(PatientProfile(**read), {}, tuple(asked))  # type: ignore[arg-type]


def _texts(value: object) -> list[str]:
    """The texts of an answer; nothing for one that is left open."""
    parts = list(value) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else [value]
    texts = []
    for part in parts:
        if isinstance(part, bool):
            texts.append("yes" if part else "no")
        elif isinstance(part, int | float):
            texts.append(f"{part:.6f}".rstrip("0").rstrip(".") if isinstance(part, float) else str(part))
        elif isinstance(part, str):
            texts.append(part.strip())
        elif part is not None:
            raise _Refused(_("This is not an answer."))
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise _Refused(_("This is too long."))
    return [text for text in texts if text and text.lower() != UNKNOWN]


def _checked_texts(given: Given, name: str, errors: Errors) -> list[str]:
    try:
        return _texts(given.get(name))
    except _Refused as refused:
        errors[name] = [str(refused)]
        return []


def _keep(read: dict[str, object], errors: Errors, declared: ProfileField, given: Given) -> None:
    texts = _checked_texts(given, declared.name, errors)
    if not texts:
        return
    try:
        if len(texts) > 1 and not declared.many:
            raise _Refused(_("Choose one answer."))
        read[declared.name] = _value(declared, texts)
    except (_Refused, Unreadable) as refused:
        errors[declared.name] = [_said(refused)]


def _said(refused: _Refused | Unreadable) -> str:
    if isinstance(refused, Unreadable):
        return say(refused.words)
    return str(refused)


def _value(declared: ProfileField, texts: list[str]) -> object:
    text = texts[0]
    typed: dict[str, Callable[[str], object]] = {
        "age": _age,
        "country": _country,
        "place": str,
        "child_pugh": _child_pugh,
        "tumors": lambda text: _whole(text, MOST_TUMORS),
        "systemic_lines": lambda text: _whole(text, MOST_LINES),
        "largest_cm": _centimetres,
    }
    if declared.name in typed:
        return typed[declared.name](text)
    if any(choice not in declared.choices for choice in texts):
        raise _Refused(_("Choose one of the listed answers."))
    if declared.name == "systemic_classes":
        if "none" in texts and len(texts) > 1:
            raise _Refused(_("“None” and a drug do not go together."))
        return frozenset(texts) - {"none"}
    if declared.many:
        return frozenset(texts)
    if declared.name == "ecog":
        return int(text)
    return text == "yes" if declared.choices is YES_NO else text


def _age(text: str) -> AgeSpan:
    number = read_number(text)
    if not 0 <= number <= OLDEST:
        raise _Refused(_("An age from 0 to %(most)d is needed.") % {"most": OLDEST})
    decimals = len(re.split(r"[.,]", text)[1]) if re.search(r"[.,]", text) else 0
    return AgeSpan(number, round(number + 10**-decimals, 6))


def _country(text: str) -> str:
    if text.upper() not in all_codes():
        raise _Refused(_("Choose a country."))
    return text.upper()


def _child_pugh(text: str) -> frozenset[int]:
    """A class, a score, or both as in "B7"."""
    upper = text.upper()
    if upper in ("A", "B", "C"):
        return frozenset(score for score in range(5, 16) if child_pugh_class(score) == upper)
    match = _SCORED_CLASS.fullmatch(upper)
    digits = match[2] if match else upper
    score = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else 0
    if not 5 <= score <= 15 or (match and child_pugh_class(score) != match[1]):
        raise _Refused(_("A Child-Pugh score is 5 to 15; class A is 5 and 6, B 7 to 9, C 10 to 15."))
    return frozenset({score})


def _whole(text: str, most: int) -> int:
    number = read_number(text)
    if number != int(number) or not 0 <= number <= most:
        raise _Refused(_("A whole number from 0 to %(most)d is needed.") % {"most": most})
    return int(number)


def _centimetres(text: str) -> float:
    number = read_number(text)
    if not 0 < number <= LARGEST_CM:
        raise _Refused(_("A size up to %(most)d centimetres is needed: 30 millimetres are 3.") % {"most": LARGEST_CM})
    return number


def _keep_value(values: list[Measured], errors: Errors, code: str, name: str, given: Given) -> None:
    texts = _checked_texts(given, name, errors)
    units = _checked_texts(given, code + UNIT, errors)
    if not texts:
        return
    number = given.get(name)
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    try:
        if len(texts) > 1 or len(units) > 1:
            raise _Refused(_("Choose one answer."))
        typed = float(number) if is_number else texts[0]  # type: ignore[arg-type]
        values.append(measured(code, typed, units[0] if units else ""))
    except (_Refused, Unreadable) as refused:
        errors[name] = [_said(refused)]


def _check_together(read: Mapping[str, object], errors: Errors) -> None:
    """Answers that cannot both be true."""
    classes, lines = read.get("systemic_classes"), read.get("systemic_lines")
    if (classes and lines == 0) or (lines and classes == frozenset()):
        errors["systemic_lines"] = [_("The number of treatments and the drugs do not go together.")]
    if read.get("spread") is False and read.get("spread_places"):
        errors["spread_places"] = [_("You said that there is no cancer outside the liver.")]
    if read.get("tumors") == 0 and read.get("largest_cm"):
        errors["largest_cm"] = [_("You said that no tumour is left.")]
