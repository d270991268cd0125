"""What a trial gives."""

import pytest

from trials.eligibility import read
from trials.registry.record import Arm, Intervention, TrialRecord
from trials.tests.eligibility.builders import criteria, record


def given(text: TrialRecord) -> str:
    """The modalities with blanks between them; "" where they are not stated."""
    value = read(text).facts["modalities"].value or ()
    assert isinstance(value, tuple)
    return " ".join(str(item) for item in value)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Atezolizumab", "Bevacizumab"), "immunotherapy targeted"),
        (("SHR1210 plus apatinib",), "immunotherapy targeted"),
        (("Novotinib",), "targeted"),
        (("Newtuzumab vedotin",), "targeted"),
        (("HAIC of FOLFOX",), "haic"),
        (("TACE with doxorubicin",), "tace"),
        (("Y-90 radioembolization",), "radioembolization"),
        (("Iodine-125 seed implantation",), "radiotherapy"),
        (("Microwave ablation", "Hepatectomy"), "ablation resection"),
        (("GPC3 CAR-T cells", "Fludarabine"), "cell_therapy chemotherapy"),
        (("Neoantigen vaccine",), "vaccine"),
        (("Durvalumab", "Placebo"), "immunotherapy"),
        (("Oxaliplatin", "Leucovorin", "Fluorouracil"), "chemotherapy"),
        (("68Ga-girentuximab",), "other"),
        (("XY-1234 (TIGIT antibody)", "Nivolumab"), "immunotherapy"),
        (("XY-1234, a CDK9 inhibitor",), "targeted"),
        (("GPC3-CAR and IL-15 T cells",), "cell_therapy"),
        (("Doxorubicin-loaded microspheres",), "tace"),
        (("Newlumab (anti-VEGFR-2 monoclonal antibody)",), "targeted"),
        (("HAIC of floxuridine", "Intravenous irinotecan"), "chemotherapy haic"),
    ],
)
def test_from_names(names: tuple[str, ...], expected: str) -> None:
    assert given(record(interventions=names)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lenvatinib Plus TACE in Hepatocellular Carcinoma", "tace targeted"),
        ("Durvalumab With or Without Hepatic Arterial Infusion of Chemotherapy", "haic immunotherapy"),
        ("Tremelimumab With TACE or RFA in HCC", "ablation immunotherapy tace"),
        ("Huaier Granule Combined With TACE in HCC", "other tace"),
        ("FT500 Alone and in Combination With Immune Checkpoint Inhibitors", "cell_therapy immunotherapy"),
        ("A Phase I Study of ZX-101, a Selective FGFR4 Inhibitor, in HCC", "targeted"),
        ("Blood Collection in Patients With Liver Cancer", "other"),
        ("Registry of Patients With HCC Receiving Systemic Therapy", "other"),
    ],
)
def test_from_titles(title: str, expected: str) -> None:
    assert given(record(title=title)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("HAIC in Hepatocellular Carcinoma Previously Treated With Immune Checkpoint Inhibitors", "haic"),
        ("Regorafenib After Progression on Sorafenib", "targeted"),
        ("Ipilimumab After Progression on Atezolizumab + Bevacizumab", "immunotherapy"),
        ("Lenvatinib in HCC Refractory to TACE", "targeted"),
        ("Adjuvant Sintilimab in HCC After Curative Resection or Ablation", "immunotherapy"),
        ("Adjuvant HAIC After Radical Resection in HCC", "haic"),
        ("Parecoxib for Pain in Patients Undergoing TACE", "other"),
        ("Dexamethasone for Fever After TACE in HCC", "other"),
        ("Urea Cream for Sorafenib-induced Hand-foot Skin Reaction", "other"),
        ("MRI for Predicting Response to Lenvatinib in HCC", "other"),
        ("Enhancing Records to Reduce Vaccine-Preventable Illness", "other"),
    ],
)
def test_what_came_before_is_not_given(title: str, expected: str) -> None:
    assert given(record(title=title)) == expected


def test_local_treatment_before_a_drug_is_given_too() -> None:
    assert given(record(title="Durvalumab Following DEB-TACE in Intermediate HCC")) == "immunotherapy tace"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Neoadjuvant Camrelizumab and Apatinib in HCC", "immunotherapy resection targeted"),
        ("Perioperative Nivolumab in Resectable HCC", "immunotherapy resection"),
        ("Nivolumab in Unresectable HCC", "immunotherapy"),
        ("Apatinib as Bridging Before Liver Transplantation", "targeted"),
        ("Laparoscopic Versus Open Hepatectomy", "resection"),
        ("Salvage Liver Transplantation Versus Repeat Hepatectomy", "resection transplant"),
        ("Sirolimus in Liver Transplant Recipients With HCC", "targeted"),
    ],
)
def test_surgery_of_the_trial_and_of_its_patients(title: str, expected: str) -> None:
    assert given(record(title=title)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Functional MRI in Radioembolization for HCC", "other radioembolization"),
        ("Image-Guided Radiotherapy for HCC", "radiotherapy"),
        ("Contrast-enhanced Ultrasound Following TACE", "other"),
    ],
)
def test_imaging_counts_where_it_is_the_subject(title: str, expected: str) -> None:
    assert given(record(title=title)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Must be eligible for TACE", "immunotherapy tace"),
        ("Planned to receive radiation, no prior chemotherapy", "immunotherapy radiotherapy"),
        ("Not eligible for TACE", "immunotherapy"),
        ("Candidates for resection or TACE", "immunotherapy"),
        ("Lesions amenable to radiotherapy", "immunotherapy"),
    ],
)
def test_local_treatment_that_the_criteria_plan(line: str, expected: str) -> None:
    text = criteria(inclusion=(line,))
    assert given(record(text, title="Tislelizumab After Liver-Directed Therapy")) == expected


def test_class_of_an_unknown_code_from_the_summary() -> None:
    told = record(interventions=("XY-1234",), summary="XY-1234 is a bispecific antibody. It is well tolerated.")
    assert given(told) == "immunotherapy"


@pytest.mark.parametrize("name", ["XY-1234", "No intervention"])
def test_what_nothing_tells_is_not_stated(name: str) -> None:
    assert given(record(interventions=(name,))) == ""


def test_support_is_not_counted_beside_a_treatment() -> None:
    arms = (Arm("Drug", intervention_names=("Folfox", "Leucovorin", "Patient Observation")),)
    told = TrialRecord("NCT00000000", arms=arms, interventions=(Intervention("Leucovorin"), Intervention("Folfox")))
    assert given(told) == "chemotherapy"


def test_cytotoxic_drugs_into_the_artery_are_haic() -> None:
    title = "Intra-arterial Oxaliplatin and Fluorouracil in HCC"
    assert given(record(title=title)) == "haic"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("SBRT Vaccination Plus Atezolizumab", "immunotherapy radiotherapy"),
        ("Portal Stent Loaded With Iodine-125 Seeds Plus TACE", "radiotherapy tace"),
        ("Arterial Infusion of Cisplatin Versus Sorafenib", "haic targeted"),
        ("Hepatic Arterial FOLFOX With Systemic Gemcitabine", "chemotherapy haic"),
        ("Radiotherapy for HCC Left Viable After TACE", "radiotherapy"),
        ("CIK Cells for Patients Rendered Tumor-Free by Surgery, RFA or PEI", "cell_therapy"),
        ("Portal Vein Embolization Prior to Right Hepatectomy", "other resection"),
        ("Skin Cream in Patients Beginning Sorafenib", "other"),
        ("Focused Ultrasound for Liver Tumors", "ablation"),
        ("Dye-Guided Hepatectomy", "resection"),
        ("Sirolimus-Based Immunosuppression After Transplantation", "other"),
        # What patients undergo is given beside a drug, but not beside relief or imaging.
        ("Prednisone for Liver Protection in Patients Receiving SBRT", "other radiotherapy"),
        ("Parecoxib for Pain in Patients Receiving SBRT", "other"),
        ("Imaging of Blood Flow in Patients Receiving SBRT", "other"),
    ],
)
def test_what_titles_give_and_what_they_only_name(title: str, expected: str) -> None:
    assert given(record(title=title)) == expected


def test_a_comparator_that_only_the_summary_names() -> None:
    title = "Durvalumab in Advanced HCC"
    assert given(record(title=title, summary="Efficacy of durvalumab versus sorafenib.")) == "immunotherapy targeted"
    assert given(record(title=title, interventions=("Durvalumab",), summary="Durvalumab versus sorafenib.")) == (
        "immunotherapy"
    )


def test_treatments_that_only_the_criteria_name() -> None:
    arms = ("Group 2 (unresectable): cisplatin + sorafenib (randomised)",)
    assert given(record(criteria(inclusion=arms), title="Risk-Adapted Treatment")) == "chemotherapy targeted"
    told = ("Treatment: SBRT with or without TARE",)
    assert given(record(criteria(inclusion=told), title="Living Donor Liver Transplantation")) == (
        "radioembolization radiotherapy transplant"
    )


def test_treatment_given_before_entry_is_not_given_by_the_trial() -> None:
    assert given(record(interventions=("CIK cells", "RFA, as performed before entry"))) == "cell_therapy"


@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [
        (
            "CAR-T Cells in Solid Tumors",
            "Part B only (combination with nivolumab): ECOG 0",
            "cell_therapy immunotherapy",
        ),
        ("CAR-T Cells in Solid Tumors", "Progressed on a combination with nivolumab", "cell_therapy"),
        ("Outcomes of Patients Undergoing Immunotherapy Through Novel 68Ga PSMA PET", "HCC", "other"),
        ("Everolimus Versus Standard Tacrolimus in Liver Transplantation", "HCC", "other"),
    ],
)
def test_without_arms(title: str, line: str, expected: str) -> None:
    assert given(record(criteria(inclusion=(line,)), title=title)) == expected
