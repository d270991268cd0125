"""The fifteen facts read from a record: their names, possible values and words for clinicians and for patients.

Source of names, values and rules: the project's FACTS.md (October 2026). Never reads a record.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _


class FactStatus(StrEnum):
    STATED = "stated"
    NOT_STATED = "not_stated"
    CONTRADICTORY = "contradictory"


FactItem = int | str


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact. many tells a list of accepted values from exactly one.

    labels maps a value (as text) to a few words, notes to a longer explanation where the words need one.
    """

    name: str
    many: bool
    values: tuple[FactItem, ...]
    clinical: str
    plain: str
    labels: MappingProxyType[str, str]
    notes: MappingProxyType[str, str]


def _fact(
    name: str,
    values: dict[FactItem, str],
    clinical: str,
    plain: str,
    *,
    many: bool = False,
    notes: dict[FactItem, str] | None = None,
) -> FactDefinition:
    labels = MappingProxyType({str(value): label for value, label in values.items()})
    explained = MappingProxyType({str(value): note for value, note in (notes or {}).items()})
    return FactDefinition(name, many, tuple(values), clinical, plain, labels, explained)


_RULE: dict[FactItem, str] = {"required": _("Required"), "allowed": _("Allowed"), "excluded": _("Not accepted")}
_PRIOR: dict[FactItem, str] = {
    "none": _("None accepted"),
    "required": _("Required"),
    "allowed": _("Allowed, not required"),
}
_BAN: dict[FactItem, str] = {"excluded": _("Not accepted"), "allowed": _("Accepted within limits")}

_DEFINITIONS = (
    _fact(
        "child_pugh",
        {score: str(score) for score in range(5, 16)},
        _("Child-Pugh score"),
        _("Liver function"),
        many=True,
    ),
    _fact(
        "tumor_burden",
        {"early": _("Early"), "intermediate": _("Intermediate"), "high": _("High")},
        _("Tumour burden"),
        _("How far the cancer has grown"),
        many=True,
        notes={
            "early": _("few and small tumours, or tumours that were removed"),
            "intermediate": _("only in the liver, many or large tumours"),
            "high": _("in a large vessel, outside the liver, or in more than half of the liver"),
        },
    ),
    _fact(
        "portal_vein_invasion",
        _RULE,
        _("Macrovascular invasion"),
        _("Cancer in a large blood vessel"),
        notes={
            "allowed": _("the portal vein, a hepatic vein or the vena cava, in some extent"),
        },
    ),
    _fact("extrahepatic_spread", _RULE, _("Extrahepatic spread"), _("Cancer outside the liver")),
    _fact(
        "bclc",
        {stage: stage for stage in ("0", "A", "B", "C", "D")},
        _("BCLC stage"),
        _("Stage of the liver cancer"),
        many=True,
    ),
    _fact(
        "ecog",
        {score: str(score) for score in range(5)},
        _("ECOG performance status"),
        _("How active you are"),
        many=True,
        notes={
            0: _("fully active"),
            1: _("light work possible"),
            2: _("up for more than half of the day"),
            3: _("in bed or a chair for more than half of the day"),
            4: _("in bed all day"),
        },
    ),
    _fact(
        "prior_systemic_therapy",
        _PRIOR,
        _("Prior systemic therapy"),
        _("Earlier drug treatment of the liver cancer"),
    ),
    _fact(
        "prior_locoregional_therapy",
        _PRIOR,
        _("Prior locoregional therapy"),
        _("Earlier treatment aimed at the tumour in the liver"),
    ),
    _fact("liver_transplant", _RULE, _("Prior transplant"), _("An earlier transplant")),
    _fact("hepatic_encephalopathy", _BAN, _("Hepatic encephalopathy"), _("Confusion caused by the liver")),
    _fact("ascites", _BAN, _("Ascites"), _("Fluid in the belly")),
    _fact("hbv", _RULE, _("Hepatitis B (HBV)"), _("Hepatitis B")),
    _fact("hcv", _RULE, _("Hepatitis C (HCV)"), _("Hepatitis C")),
    _fact(
        "modalities",
        {
            "immunotherapy": _("Immunotherapy"),
            "targeted": _("Targeted drugs"),
            "chemotherapy": _("Chemotherapy"),
            "haic": _("HAIC"),
            "tace": _("TACE or TAE"),
            "radioembolization": _("Radioembolisation"),
            "radiotherapy": _("Radiotherapy"),
            "ablation": _("Ablation"),
            "resection": _("Resection"),
            "transplant": _("Liver transplant"),
            "cell_therapy": _("Cell therapy"),
            "vaccine": _("Vaccine"),
            "other": _("Other"),
        },
        _("Treatment given"),
        _("What the trial gives"),
        many=True,
        notes={
            "haic": _("chemotherapy into the liver's artery"),
            "tace": _("the tumour's artery is closed, with or without chemotherapy"),
            "radioembolization": _("radioactive beads, Y-90, SIRT"),
            "ablation": _("the tumour is destroyed by heat, cold or alcohol"),
            "resection": _("surgery that removes the tumour"),
        },
    ),
    _fact(
        "hcc_scope",
        {
            "hcc": _("For HCC (liver cancer)"),
            "mixed": _("HCC among other diseases"),
            "off_topic": _("Not about HCC"),
        },
        _("Scope"),
        _("Is it about liver cancer (HCC)?"),
    ),
)

FACTS = MappingProxyType({fact.name: fact for fact in _DEFINITIONS})


def child_pugh_class(score: int) -> str:
    """The class (A, B or C) of a Child-Pugh total score of 5 to 15."""
    if not 5 <= score <= 15:
        raise ValueError(f"a Child-Pugh score is 5 to 15, not {score}")
    return "A" if score <= 6 else "B" if score <= 9 else "C"
