"""The calculators' form as its template shows it: groups of fields with their texts, units, errors and questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.translation import gettext

from trials.matching.profile_fields import PROFILE_FIELDS, UNIT
from trials.matching.wording import say
from trials.vocabulary.measured import PATIENT_VALUES, PROLONGED
from trials.vocabulary.messages import gettext_noop as _
from trials.web.calculators.answers import OF_OURS, Answers

_GROUPS: Sequence[tuple[str, str, str, tuple[str, ...]]] = (
    (
        "liver",
        _("The liver"),
        _("For Child-Pugh all five values count: clotting is either INR or seconds. ALBI needs only the first two."),
        ("bilirubin", "albumin", "inr", PROLONGED, "ascites", "hepatic_encephalopathy", "albumin_table"),
    ),
    (
        "cancer",
        _("The cancer, for the BCLC stage"),
        _("Leave it open if you only want Child-Pugh or ALBI."),
        ("tumors", "largest_cm", "vessels", "spread", "ecog", "is_from_tumor", "liver_function", "can_have_transplant"),
    ),
)
LABELS: Mapping[str, str] = MappingProxyType(
    {name: PROFILE_FIELDS[name].words for *_head, names in _GROUPS for name in names if name not in OF_OURS}
    | {
        "tumors": _("How many tumours in the liver"),
        "albumin_table": _("Which table for albumin"),
        "is_from_tumor": _("If you are less active: is the cancer the reason?"),
        "liver_function": _("What the team says of the liver (needed for Child-Pugh B)"),
        "can_have_transplant": _("If the liver hardly works: could you have a transplant?"),
    }
)
_HELP: Mapping[str, str] = MappingProxyType(
    {
        PROLONGED: _("Only if there is no INR. The seconds above normal, not the whole time."),
        "ascites": _("How it is now."),
        "hepatic_encephalopathy": _("“Earlier, not now” counts as none. If medicine keeps it away, ask your team."),
        "largest_cm": _("In centimetres: 30 millimetres are 3."),
        "albumin_table": _("Tables differ here. Most use Pugh's."),
    }
)
_TERMS: Mapping[str, str] = MappingProxyType(
    {
        "bilirubin": "bilirubin",
        "albumin": "albumin",
        "inr": "inr",
        "ascites": "ascites",
        "hepatic_encephalopathy": "encephalopathy",
        "tumors": "tumor-burden",
        "vessels": "portal-vein-invasion",
        "spread": "extrahepatic-spread",
        "ecog": "ecog",
        "can_have_transplant": "transplant",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class FieldView:
    """One field. choices and units are (value, words, is chosen); a field without choices is typed."""

    name: str
    label: str
    help: str
    term: str
    text: str
    choices: Sequence[tuple[str, str, bool]]
    units: Sequence[tuple[str, str, bool]]
    unit: str
    errors: Sequence[str]
    question: str
    is_confirmed: bool
    is_open_offered: bool = field(default=True)

    @property
    def described_by(self) -> str:
        parts = (("help", self.help), ("error", self.errors), ("question", self.question))
        return " ".join(f"{self.name}-{part}" for part, said in parts if said)


@dataclass(frozen=True, slots=True, repr=False)
class GroupView:
    name: str
    title: str
    help: str
    fields: Sequence[FieldView]


def present_form(answers: Answers) -> list[GroupView]:
    return [
        GroupView(name, gettext(title), gettext(said), [_field(answers, one) for one in fields])
        for name, title, said, fields in _GROUPS
    ]


def present_problems(answers: Answers) -> list[tuple[str, str, str]]:
    """Errors and open questions for the top of the page: the field's name, its label, and what is wrong."""
    said = [(name, " ".join(errors)) for name, errors in answers.errors.items()]
    said += [(name, say(question.words)) for name, question in answers.open_questions.items()]
    return [(name.removesuffix(UNIT), gettext(LABELS[name.removesuffix(UNIT)]), words) for name, words in said]


def _field(answers: Answers, name: str) -> FieldView:
    kind = PATIENT_VALUES.get(name)
    units = [unit.name for unit in kind.units] if kind else []
    question = answers.questions.get(name)
    return FieldView(
        name=name,
        label=gettext(LABELS[name]),
        help=gettext(_HELP[name]) if name in _HELP else "",
        term=_TERMS.get(name, ""),
        text=answers.texts.get(name, ""),
        choices=list(_choices(answers, name)),
        units=[(unit, unit, answers.texts.get(name + UNIT) == unit) for unit in units] if len(units) > 1 else [],
        unit=units[0] if len(units) == 1 else "",
        errors=[*answers.errors.get(name, ()), *answers.errors.get(name + UNIT, ())],
        question=say(question.words) if question else "",
        is_confirmed=name in answers.confirmed,
        is_open_offered=name != "albumin_table",
    )


def _choices(answers: Answers, name: str) -> Iterator[tuple[str, str, bool]]:
    choices = OF_OURS[name] if name in OF_OURS else PROFILE_FIELDS[name].choices
    for value, words in choices.items():
        said = {"value": value, "note": gettext(words)}
        shown = gettext("%(value)s: %(note)s") % said if name == "ecog" else said["note"]
        yield value, shown, answers.texts.get(name) == value
