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
    """One fact. many tells a list of accepted values from exactly one; labels maps a value (as text) to its words."""

    name: str
    many: bool
    values: tuple[FactItem, ...]
    clinical: str
    plain: str
    labels: MappingProxyType[str, str]


def _fact(name: str, values: dict[FactItem, str], clinical: str, plain: str, *, many: bool = False) -> FactDefinition:
    labels = MappingProxyType({str(value): label for value, label in values.items()})
    return FactDefinition(name, many, tuple(values), clinical, plain, labels)


_RULE: dict[FactItem, str] = {"required": _("Required"), "allowed": _("Allowed"), "excluded": _("Not accepted")}
_PRIOR: dict[FactItem, str] = {"none": _("None accepted"), "required": _("Required"), "allowed": _("Allowed, not required")}
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
        {
            "early": _("Early: small and few tumours, or removed"),
            "intermediate": _("Intermediate: only in the liver, many or large"),
            "high": _("High: in vessels, outside the liver or most of the liver"),
        },
        _("Tumour burden"),
        _("How far the cancer has grown"),
        many=True,
    ),
    _fact(
        "portal_vein_invasion",
        _RULE,
        _("Macrovascular invasion (portal vein, hepatic vein, vena cava)"),
        _("Cancer in a large blood vessel"),
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
        {
            0: _("0: fully active"),
            1: _("1: light work possible"),
            2: _("2: up for more than half of the day"),
            3: _("3: in bed or chair for more than half of the day"),
            4: _("4: in bed all day"),
        },
        _("ECOG performance status"),
        _("How active you are"),
        many=True,
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
            "haic": _("Chemotherapy into the liver artery (HAIC)"),
            "tace": _("Embolisation of the tumour's artery (TACE, TAE)"),
            "radioembolization": _("Radioembolisation (Y-90, SIRT)"),
            "radiotherapy": _("Radiotherapy"),
            "ablation": _("Ablation (radiofrequency, microwave, ...)"),
            "resection": _("Surgery to remove the tumour"),
            "transplant": _("Liver transplant"),
            "cell_therapy": _("Cell therapy"),
            "vaccine": _("Vaccine"),
            "other": _("Other"),
        },
        _("Treatment given"),
        _("What the trial gives"),
        many=True,
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
