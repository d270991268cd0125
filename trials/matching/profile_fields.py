"""The answers of a match, declared once: for the form, the API and the parser alike. Never parses.

Every answer may be left out, empty or "unknown".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from trials.matching.profile import LOCOREGIONAL
from trials.vocabulary.calculators.child_pugh import ASCITES_WORDS
from trials.vocabulary.facts import FACTS
from trials.vocabulary.measured import PATIENT_VALUES
from trials.vocabulary.messages import gettext_noop as _

UNKNOWN = "unknown"
OLDEST, MOST_TUMORS, LARGEST_CM, MOST_LINES = 120, 200, 40, 30  # years, tumours, centimetres, lines of drugs
LONGEST_TEXT = 200
UNIT, UPPER_LIMIT = "_unit", "_uln"
WITH_UPPER_LIMIT = ("bilirubin", "inr", "creatinine", "ast", "alt")
CONFIRMED = "confirmed"  # the names of laboratory values that were asked back and are right
YES_NO: Mapping[str, str] = MappingProxyType({"yes": _("Yes"), "no": _("No")})


@dataclass(frozen=True, slots=True)
class ProfileField:
    """choices are the listed values with their words, empty for a field that is typed; many: several may be given."""

    name: str
    words: str
    choices: Mapping[str, str] = field(default_factory=dict)
    many: bool = False


def _scores() -> dict[str, str]:
    classes = {"A": _("A (5 or 6 points)"), "B": _("B (7 to 9 points)"), "C": _("C (10 to 15 points)")}
    return classes | {str(score): str(score) for score in range(5, 16)}


_VESSELS = {
    "none": _("No"),
    "yes": _("Yes, I do not know how far"),
    "vp1_2": _("Small branches of the portal vein (Vp1, Vp2)"),
    "vp3": _("A first branch of the portal vein (Vp3)"),
    "vp4": _("The main trunk of the portal vein (Vp4)"),
    "hepatic_vein": _("A hepatic vein"),
    "vena_cava": _("The vena cava, or the heart"),
}
_SPREAD_PLACES = {
    "nodes": _("Lymph nodes"),
    "lung": _("Lungs"),
    "bone": _("Bones"),
    "brain": _("Brain or spinal cord"),
    "other": _("Somewhere else"),
}
_ENCEPHALOPATHY = {
    "never": _("Never"),
    "past": _("Earlier, not now"),
    "grade_1_2": _("Now, mild (grade 1 or 2)"),
    "grade_3_4": _("Now, severe (grade 3 or 4)"),
}
_HBV = {
    "none": _("No"),
    "past": _("Earlier, now gone (surface antigen negative)"),
    "controlled": _("Yes, and medicine keeps it low"),
    "active": _("Yes, untreated or with a high viral load"),
}
_HCV = {"none": _("No"), "cured": _("Earlier, now no virus (RNA negative)"), "active": _("Yes, virus in the blood")}
_SYSTEMIC = {
    "none": _("None"),
    "checkpoint_inhibitor": _("Immunotherapy (checkpoint inhibitor)"),
    "tki": _("Targeted tablets (sorafenib, lenvatinib and others)"),
    "anti_vegf": _("Antibody against VEGF (bevacizumab, ramucirumab)"),
    "chemotherapy": _("Chemotherapy into a vein or as tablets"),
    "other": _("Another drug"),
}
_LOCOREGIONAL = {
    "ablation": _("Ablation"),
    "tace": _("TACE or TAE"),
    "haic": _("Chemotherapy into the liver's artery (HAIC)"),
    "radioembolization": _("Radioembolisation (TARE, SIRT, Y-90)"),
    "radiotherapy": _("Radiotherapy of the liver"),
}
_CNLC = {stage: stage for stage in ("Ia", "Ib", "IIa", "IIb", "IIIa", "IIIb", "IV")}
_ECOG = {str(status): FACTS["ecog"].notes[str(status)] for status in range(5)}

_DECLARED = (
    ProfileField("age", _("Age in years")),
    ProfileField("sex", _("Sex"), {"female": _("Female"), "male": _("Male")}),
    ProfileField("country", _("Country")),
    ProfileField("place", _("Town")),
    ProfileField("cirrhosis", _("Cirrhosis"), YES_NO),
    ProfileField("child_pugh", _("Child-Pugh class or score"), _scores()),
    ProfileField("ascites", _("Fluid in the belly (ascites)"), {str(key): text for key, text in ASCITES_WORDS.items()}),
    ProfileField("hepatic_encephalopathy", _("Confusion caused by the liver"), _ENCEPHALOPATHY),
    ProfileField("ecog", _("How active you are (ECOG)"), _ECOG),
    ProfileField("vessels", _("Cancer in a large blood vessel"), _VESSELS),
    ProfileField("spread", _("Cancer outside the liver"), YES_NO),
    ProfileField("spread_places", _("Where outside the liver"), _SPREAD_PLACES, many=True),
    ProfileField("tumors", _("How many tumours (0 if none is left)")),
    ProfileField("largest_cm", _("The largest tumour in centimetres")),
    ProfileField("over_half_of_liver", _("More than half of the liver is taken up"), YES_NO),
    ProfileField("curative_treatment", _("The team plans surgery, ablation or a transplant"), YES_NO),
    ProfileField("tumor_burden", _("How far the cancer has grown"), FACTS["tumor_burden"].labels),
    ProfileField("bclc", _("BCLC stage"), FACTS["bclc"].labels),
    ProfileField("cnlc", _("CNLC stage (China)"), _CNLC),
    ProfileField("resection", _("Liver surgery"), YES_NO),
    *(ProfileField(name, _LOCOREGIONAL[name], YES_NO) for name in LOCOREGIONAL),
    ProfileField(
        "transplant", _("An earlier transplant"), {"none": _("No"), "liver": _("Liver"), "other": _("Another organ")}
    ),
    ProfileField("systemic_lines", _("How many drug treatments of the liver cancer, one after the other")),
    ProfileField("systemic_classes", _("Which drugs for the liver cancer"), _SYSTEMIC, many=True),
    ProfileField("hbv", _("Hepatitis B"), _HBV),
    ProfileField("hcv", _("Hepatitis C"), _HCV),
    *(ProfileField(value.code, value.words) for value in PATIENT_VALUES.values()),
)
PROFILE_FIELDS: Mapping[str, ProfileField] = MappingProxyType({declared.name: declared for declared in _DECLARED})
PARAMETERS = frozenset(
    {
        *PROFILE_FIELDS,
        *(code + UNIT for code in PATIENT_VALUES),
        *(code + UPPER_LIMIT for code in WITH_UPPER_LIMIT),
        CONFIRMED,
    }
)
