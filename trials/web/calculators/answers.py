"""A calculator's form as values: the fields that a match has too are read as a match reads them, so that both agree.

Nothing is stored or logged, and no repr tells a value. A value that is not plausible and not confirmed counts as not
known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.matching.parsing import parse_profile
from trials.matching.profile import PatientProfile
from trials.matching.profile_fields import CONFIRMED, UNIT, UNKNOWN, YES_NO
from trials.vocabulary.calculators.bclc import BclcValues, LiverFunction, largest_of, nodules_of
from trials.vocabulary.calculators.child_pugh import ENCEPHALOPATHY_ANSWERED, AlbuminTable, Ascites, ChildPughValues
from trials.vocabulary.measured import PATIENT_VALUES, PROLONGED, questions_about
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.worded import Question, Worded

MEASURED = ("bilirubin", "albumin", "inr", PROLONGED)
OF_A_MATCH = (*MEASURED, "ascites", "hepatic_encephalopathy", "tumors", "largest_cm", "vessels", "spread", "ecog")
UNITS = tuple(code + UNIT for code in MEASURED if len(PATIENT_VALUES[code].units) > 1)
LIVER_FUNCTION = {
    LiverFunction.PRESERVED.value: gettext_noop("It still works well enough"),
    LiverFunction.END_STAGE.value: gettext_noop("End-stage: it hardly works any more"),
}
ALBUMIN_TABLES = {
    AlbuminTable.PUGH_2_8.value: gettext_noop("Pugh 1973 (2.8 g/dL, 28 g/L)"),
    AlbuminTable.CHILD_TURCOTTE_3_0.value: gettext_noop("Older tables (3.0 g/dL, 30 g/L)"),
}
OF_OURS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "albumin_table": ALBUMIN_TABLES,
        "is_from_tumor": YES_NO,
        "liver_function": LIVER_FUNCTION,
        "can_have_transplant": YES_NO,
    }
)
_UNUSUAL_CM = 25


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """texts are the form's texts as typed. profile is None where there are errors; questions wait for an answer."""

    texts: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    profile: PatientProfile | None = None

    @property
    def is_empty(self) -> bool:
        left_open = {"", UNKNOWN}
        ignored = {*UNITS, "albumin_table"}
        return all(text.strip().lower() in left_open for name, text in self.texts.items() if name not in ignored)

    def choice(self, name: str) -> str | None:
        """A listed answer to a question of ours, None if it is left open."""
        text = self.texts.get(name, "")
        return text if text in OF_OURS[name] else None

    @property
    def open_questions(self) -> dict[str, Question]:
        return {name: question for name, question in self.questions.items() if name not in self.confirmed}


def read_answers(posted: QueryDict) -> Answers:
    names = [name for name in (*OF_A_MATCH, *UNITS) if name in posted]
    confirmed = frozenset(posted.getlist(CONFIRMED)) & {*MEASURED, "largest_cm"}
    texts = {name: "".join(posted.getlist(name)[-1:]) for name in (*names, *OF_OURS)}
    parsed = parse_profile({name: posted.getlist(name) for name in names})
    errors = dict(parsed.errors)
    for name, choices in OF_OURS.items():
        if any(text and text != UNKNOWN and text not in choices for text in posted.getlist(name)):
            errors[name] = [_("Choose one of the listed answers.")]
    profile = parsed.profile
    if profile is None or errors:
        return Answers(texts, confirmed, errors)
    if profile.tumors == 0:
        return Answers(texts, confirmed, {"tumors": [_("A stage needs at least one tumour.")]})
    return Answers(texts, confirmed, {}, _questions(profile), profile)


def _questions(profile: PatientProfile) -> dict[str, Question]:
    questions = {question.field: question for value in profile.measured for question in questions_about(value)}
    if profile.largest_cm is not None and profile.largest_cm > _UNUSUAL_CM:
        words = gettext_noop("%(value)s cm would be unusual. Is it %(value)s millimetres?")
        asked = Worded(words, {"value": float(profile.largest_cm)})
        questions["largest_cm"] = Question("largest_cm", "other_unit", asked)
    return questions


def child_pugh_values(answers: Answers) -> ChildPughValues:
    profile = answers.profile or PatientProfile()
    counted = {value.analyte: value for value in profile.measured if value.analyte not in answers.open_questions}
    return ChildPughValues(
        bilirubin=counted.get("bilirubin"),
        albumin=counted.get("albumin"),
        inr=counted.get("inr"),
        prothrombin_prolonged=counted.get(PROLONGED),
        ascites=Ascites(profile.ascites) if profile.ascites else None,
        encephalopathy=ENCEPHALOPATHY_ANSWERED.get(profile.hepatic_encephalopathy or ""),
        albumin_table=AlbuminTable(answers.choice("albumin_table") or AlbuminTable.PUGH_2_8),
    )


def bclc_values(answers: Answers, liver_function: LiverFunction | None) -> BclcValues:
    """liver_function is what Child-Pugh says; what the team says goes before it."""
    profile = answers.profile or PatientProfile()
    largest = None if "largest_cm" in answers.open_questions else profile.largest_cm
    said = answers.choice("liver_function")
    return BclcValues(
        nodules=nodules_of(profile.tumors) if profile.tumors else None,
        largest=largest_of(largest) if largest else None,
        invasion=None if profile.vessels is None else profile.vessels != "none",
        spread=profile.spread,
        performance_status=profile.ecog,
        is_from_tumor=_yes(answers.choice("is_from_tumor")),
        liver_function=LiverFunction(said) if said else liver_function,
        can_have_transplant=_yes(answers.choice("can_have_transplant")),
    )


def _yes(choice: str | None) -> bool | None:
    return None if choice is None else choice == "yes"
