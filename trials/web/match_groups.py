"""The form of a match in calm groups: which answers stand where, their clinical terms and help. Declares, never reads.

The answers themselves, with their words, are declared in `trials.matching.profile_fields`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trials.matching.profile import LOCOREGIONAL
from trials.vocabulary.facts import FACTS
from trials.vocabulary.measured import PATIENT_VALUES
from trials.vocabulary.messages import gettext_noop as _


@dataclass(frozen=True, slots=True)
class FormGroup:
    """folded: shown closed until something in it is given, asked for or wrong."""

    name: str
    words: str
    fields: tuple[str, ...]
    note: str = ""
    folded: bool = False


FORM_GROUPS = (
    FormGroup("you", _("About you"), ("age", "sex", "country", "place", "ecog")),
    FormGroup(
        "liver",
        _("The liver"),
        ("cirrhosis", "child_pugh", "ascites", "hepatic_encephalopathy", "hbv", "hcv", "transplant"),
    ),
    FormGroup(
        "cancer",
        _("Where the cancer is"),
        (
            *("tumors", "largest_cm", "vessels", "spread", "spread_places", "over_half_of_liver"),
            *("curative_treatment", "bclc", "tumor_burden", "cnlc"),
        ),
    ),
    FormGroup("treated", _("Earlier treatments"), ("resection", *LOCOREGIONAL, "systemic_lines", "systemic_classes")),
    FormGroup(
        "blood",
        _("Blood values"),
        tuple(PATIENT_VALUES),
        _("From a report that is as new as possible. Take the unit that stands on the report."),
        folded=True,
    ),
)

CLINICAL: Mapping[str, str] = MappingProxyType(
    {
        "hepatic_encephalopathy": FACTS["hepatic_encephalopathy"].clinical,
        "hbv": _("HBV"),
        "hcv": _("HCV"),
        "transplant": FACTS["liver_transplant"].clinical,
        "tumors": _("Number of nodules"),
        "largest_cm": _("Largest diameter"),
        "vessels": FACTS["portal_vein_invasion"].clinical,
        "spread": FACTS["extrahepatic_spread"].clinical,
        "over_half_of_liver": _("Liver involvement over 50 %"),
        "curative_treatment": _("Curative intent"),
        "tumor_burden": FACTS["tumor_burden"].clinical,
        "resection": _("Resection"),
        "ablation": _("RFA, MWA, cryoablation, ethanol"),
        "tace": _("Chemoembolisation, embolisation"),
        "radiotherapy": _("External beam, SBRT, protons, seeds"),
        "systemic_lines": _("Lines of systemic therapy"),
        "systemic_classes": _("Classes of systemic therapy"),
    }
)
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "place": _("A town is enough, for example: Lyon. It orders trials by distance."),
        "largest_cm": _("30 mm are 3 cm."),
        "systemic_lines": _("0 if there was none."),
    }
)
HELP: Mapping[str, str] = MappingProxyType(
    {
        "ecog": _(
            "Doctors call this the performance status. Trials mostly take 0 and 1, some take 2. Choose what was true "
            "on most days of the last weeks."
        ),
        "cirrhosis": _("Cirrhosis means that the whole liver is scarred. Reports of a scan or a biopsy say so."),
        "child_pugh": _(
            "A score of how well the liver works, from 5 (best) to 15 points. If you do not have it, five values give "
            "it: fluid in the belly and confusion, both below, and bilirubin, albumin and INR under “Blood values”."
        ),
        "hepatic_encephalopathy": _(
            "A liver that works badly can make people sleepy, forgetful or confused. Doctors give it a grade, 1 to 4."
        ),
        "vessels": _(
            "The cancer can grow into a large vein of the liver. Reports call it portal vein tumour thrombus, "
            "macrovascular invasion, or Vp1 to Vp4. A clot without tumour does not count."
        ),
        "spread": _("Lymph nodes count too, wherever they are."),
        "curative_treatment": _("Such as surgery, ablation or a transplant, meant to take all of the cancer away."),
        "bclc": _("A stage from 0 (very early) to D. It stands in many reports. Without it, the answers above count."),
        "tumor_burden": _("Only if you cannot answer the questions above."),
        "cnlc": _("The stages that are used in China. Leave it open if you have a BCLC stage."),
        "systemic_lines": _(
            "Each new drug or pair of drugs that was begun because the one before did not work any more counts as one. "
            "Drugs given together count once."
        ),
        "hbv": _("Blood tests of nearly all people with liver cancer show it: HBsAg is the surface antigen."),
    }
)
DECIMALS = frozenset({"age", "largest_cm"})
WHOLE_NUMBERS = frozenset({"tumors", "systemic_lines"})
EXPLAINED = frozenset({"ecog"})  # few answers with many words: one below the other
