"""Laboratory limits in invented sentences: units, signs, polarity, groups of tests, alternatives and doubts."""

import pytest

from trials.eligibility import read_lab_limits
from trials.tests.eligibility.builders import record
from trials.tests.eligibility.labs.reading import limits_of, read_short, short

PLATELETS = ["platelets >= 75"]


@pytest.mark.parametrize(
    "text",
    [
        "Platelets ≥ 75 x 10^9/L",
        "Platelets ≥ 75 x 109/L",  # the exponent was lost
        "Platelets ≥ 75 × 10⁹/L",
        "Platelets ≥ 75 10^9/L",
        "Platelets ≥ 75 x 10e9/L",
        "Platelets ≥ 75 x 10*9/L",
        "Platelets ≥ 75 x 10^3/µL",
        "Platelets ≥ 7.5 x 10^4/mm3",
        "Platelets ≥ 75,000/mm3",
        "Platelets ≥ 75 000/mm³",
        "Platelets ≥ 75'000/μL",
        "Platelets ≥ 75000 per cubic millimeter",
        "Platelets ≥ 75 K/uL",
        "Platelets ≥ 75K",
        "Platelets ≥ 75 G/L",
        "Thrombocytes of at least 75 Giga/L",
        "PLT >/= 75000/mcL",
        "Platelet count no less than 75,000 cells/mm^3",
        "Platelet count (without transfusion in the last week) ≥ 75,000/mm3",
        "Platelet count within 14 days before randomisation ≥ 75,000/mm3",
        "Platelet count 75,000/mm3 or more",
        "No platelets below 75,000/mm3",
        "75 patients; platelets ≥ 75 x 10^9/L (75,000/mm3)",
        "血小板 platelets ≥75×10^9/L，",
    ],
)
def test_platelets_are_folded(text: str) -> None:
    assert read_short(text) == PLATELETS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total bilirubin ≤ 51.3 µmol/L", "bilirubin <= 3"),
        ("Bilirubin < 3 mg/100 mL", "bilirubin < 3"),
        ("Bilirubin up to 3,0 mg/dl", "bilirubin <= 3"),
        ("Albumin ≥ 28 g/L", "albumin >= 2.8"),
        ("Albumin more than 2.8 gm/dL", "albumin > 2.8"),
        ("Creatinine ≤ 132.6 μmol/l", "creatinine <= 1.5"),
        ("Creatinine clearance > 50 mL/min (Cockcroft-Gault)", "creatinine_clearance > 50"),
        ("eGFR ≥ 60 ml/min/1.73 m2", "creatinine_clearance >= 60"),
        ("GFR of 60 mL/min/1.73m2 or greater", "creatinine_clearance >= 60"),
        ("Haemoglobin ≥ 85 g/L", "haemoglobin >= 8.5"),
        ("Hb ≥ 5.6 mmol/L", "haemoglobin >= 9.024"),
        ("INR ≤ 1.7", "inr <= 1.7"),
        ("INR ≤ 1.5 x ULN", "inr <= 1.5x"),
        ("Prothrombin time prolonged by no more than 4 seconds above control", "prothrombin_time_prolongation <= 4"),
        ("ANC ≥ 1500/mm3", "neutrophils >= 1.5"),
        ("White blood cells at least 3.0 x 109/L", "white_cells >= 3"),
        ("Leukocytes > 2 x 10^9/L", "white_cells > 2"),
        ("AFP ≥ 400 ng/mL", "afp >= 400"),
        ("Alpha-fetoprotein ≥ 400 µg/L", "afp >= 400"),
        ("AFP below 1000 IU/mL", "afp < 1210"),
        ("ALT ≤ 200 U/L", "alt <= 200"),
        ("SGOT no greater than 4 times normal", "ast <= 4x"),
        ("Bilirubin ≤ 2 times the upper limit of normal", "bilirubin <= 2x"),
        ("Bilirubin ≤ ULN", "bilirubin <= 1x"),
        ("Bilirubin within normal limits", "bilirubin <= 1x"),
        ("Bilirubin ≤ 1.5 x institutional upper limit of normal range", "bilirubin <= 1.5x"),
        ("Bilirubin ≤ 1.5 ⋅ ULN", "bilirubin <= 1.5x"),
        ("Bilirubin within less than or equal to 2 mg/dL", "bilirubin <= 2"),
        ("ALT less than five times of the normal level", "alt < 5x"),
        ("Creatinine no more than twice the upper limit of normal", "creatinine <= 2x"),
    ],
)
def test_units_are_folded_and_multiples_stay_multiples(text: str, expected: str) -> None:
    assert read_short(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilirubin > 3 mg/dL", "bilirubin <= 3"),
        ("Bilirubin ≥ 3 mg/dL", "bilirubin < 3"),
        ("Patients with platelets < 50 x 10^9/L", "platelets >= 50"),
        ("Renal failure (creatinine above 2 mg/dL)", "creatinine <= 2"),
        ("Platelets less than or equal to 50,000/µL", "platelets > 50"),
        ("INR > 1.5", "inr <= 1.5"),
    ],
)
def test_an_exclusion_is_turned_round(text: str, expected: str) -> None:
    assert read_short((), text) == [expected]


@pytest.mark.parametrize(
    ("inclusion", "exclusion"),
    [
        ((), "Platelets ≥ 75 x 10^9/L"),  # stands under the wrong heading, or means something else
        ((), "Any disease, unless platelets ≥ 75 x 10^9/L"),
        ("Patients with bilirubin above 3 mg/dL and platelets ≥ 75 x 10^9/L are excluded", ()),
        ("Diagnosis by imaging and AFP > 400 ng/mL", ()),
        ("Hepatocellular carcinoma by biopsy, or AFP ≥ 400 ng/mL", ()),
        ("Albumin-bilirubin grade 1", ()),
        ("Urine protein/creatinine ratio < 1", ()),
        ("Direct bilirubin ≤ 1.5 mg/dL", ()),
        ("Haemoglobin A1c ≤ 8%", ()),
        ("Platelets between 50 and 100", ()),
        ("Known allergy to albumin 20%", ()),
        ("At least 7 days since platelets were given", ()),
        ("Dose reduction if platelets < 50 x 10^9/L", ()),
        ("NSCLC cohort: platelets ≥ 100 x 10^9/L", ()),
        ("Healthy donors: platelets ≥ 150 x 10^9/L", ()),
        ("Child-Pugh table: bilirubin < 2 mg/dL gives 1 point", ()),
        ("Bilirubin ≤ 2 zz/L", ()),  # who knows
        ("Creatinine less than 1. 5 x ULN", ()),  # cut at the decimal point
        ("AST ≤ 5", ()),  # units or multiples?
        ("Hb ≥ 5.6 mol/L", ()),  # nobody counts haemoglobin in µmol/L
        ("Platelets tested twice", ()),
        ("Portal pressure 12 mmHg, age 18 to 75", ()),
    ],
)
def test_what_is_no_limit_or_not_plain_gives_none(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...]
) -> None:
    assert [limit for limit in read_short(inclusion, exclusion) if "bilirubin <= 3" not in limit] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AST and ALT ≤ 5 x ULN", ["ast <= 5x", "alt <= 5x"]),
        ("AST (SGOT)/ALT (SGPT) < 3 x ULN", ["ast < 3x", "alt < 3x"]),
        ("Transaminases ≤ 5 times ULN", ["ast <= 5x", "alt <= 5x"]),
        ("ALT, AST and alkaline phosphatase ≤ 5 x ULN", ["ast <= 5x", "alt <= 5x"]),
        (
            "ANC ≥ 1.0 x 10^9/L, Hb ≥ 9 g/dL, platelets ≥ 50 x 10^9/L, albumin ≥ 28 g/L, INR ≤ 2.",
            ["albumin >= 2.8", "platelets >= 50", "inr <= 2", "haemoglobin >= 9", "neutrophils >= 1"],
        ),
        ("ALT ≤ 3 x ULN, or ≤ 5 x ULN with liver metastases", ["alt <= 5x*"]),
        ("ALT ≤ 3 x ULN (≤ 5 X if liver metastases are present)", ["alt <= 5x*"]),
        ("Bilirubin ≤ 2 mg/dL, in Gilbert's syndrome ≤ 3 mg/dL", ["bilirubin <= 3*"]),
        ("Platelets ≥ 100 x 10^9/L (for patients with HCC ≥ 60 x 10^9/L)", ["platelets >= 60*"]),
        (
            "Bilirubin ≤ 2 mg/dL or 2 x ULN, whichever is higher",
            ["bilirubin <= 2 alternative", "bilirubin <= 2x alternative"],
        ),
        (
            "Creatinine ≤ 1.5 x ULN or creatinine clearance ≥ 50 mL/min",
            ["creatinine <= 1.5x alternative", "creatinine_clearance >= 50 alternative"],
        ),
        (
            "Creatinine OR clearance ≤ 1.5 x ULN OR ≥ 30 mL/min for those with creatinine > 1.5 x ULN",
            ["creatinine <= 1.5x alternative", "creatinine_clearance >= 30 alternative"],
        ),
        (
            "INR ≤ 2.3 or PT ≤ 6 seconds above control",
            ["inr <= 2.3 alternative", "prothrombin_time_prolongation <= 6 alternative"],
        ),
    ],
)
def test_groups_and_alternatives(text: str, expected: list[str]) -> None:
    assert read_short(text) == expected


@pytest.mark.parametrize(
    ("inclusion", "expected"),
    [
        (("Bilirubin ≤ 34 mg/dL",), ["bilirubin <= 34 implausible"]),
        (("Haemoglobin ≥ 9 mg/dL",), ["haemoglobin >= 0.009 implausible"]),
        (("Platelets = 100,000/mm3",), ["platelets >= 100 lost_sign"]),
        (("Platelets 100,000/mm3",), ["platelets >= 100 lost_sign"]),
        (("Bilirubin 2 x ULN",), ["bilirubin <= 2x lost_sign"]),
        (("Bilirubin < 2.0",), ["bilirubin < 2 lost_unit"]),
        (("Platelets > 50 000",), ["platelets > 50 lost_unit"]),
        (("Hb ≥ 90",), ["haemoglobin >= 9 lost_unit"]),
        (("Platelets ≥ 60 x 10*/L,Hb ≥ 90 g/L",), ["platelets >= 60 lost_unit", "haemoglobin >= 9"]),
        (("Bilirubin ≤ 34.2 mol/L",), ["bilirubin <= 2 lost_unit"]),
        (("Platelets ≥ 100,000 plt/mm3 x 109/L (≥ 65,000 if the spleen is large)",), ["platelets >= 65* lost_unit"]),
        (("Albumin < 3.4 g/dL",), ["albumin < 3.4 unusual"]),
        (("INR ≤ 1.5", "INR ≤ 2.3"), ["inr <= 2.3 contradictory"]),
        (("Cohort A: INR ≤ 1.5", "Cohort B: INR ≤ 2.3"), ["inr <= 2.3*"]),
        (("INR ≤ 2.3", "For patients with HCC: INR ≤ 1.7"), ["inr <= 1.7*"]),
        (("Creatinine ≤ 1.5 x ULN OR", "Creatinine clearance ≥ 60 mL/min"),
         ["creatinine <= 1.5x alternative", "creatinine_clearance >= 60 alternative"]),
        (("Platelets ≥ 50 x 10^9/L", "Platelet count at least 50,000/mm3"), ["platelets >= 50"]),
    ],
)  # fmt: skip
def test_doubts_are_marked(inclusion: tuple[str, ...], expected: list[str]) -> None:
    assert read_short(inclusion) == expected


def test_a_condition_that_treatment_may_meet_stays_in_the_sentence() -> None:
    [limit] = limits_of("Platelets ≥ 50 x 10^9/L without transfusion within 14 days")
    assert limit.value == 50
    assert not limit.depends_on_cohort
    assert limit.evidence[0].quote == "Platelets ≥ 50 x 10^9/L without transfusion within 14 days"


def test_a_lead_without_transfusion_bans_no_blood_counts() -> None:
    lines = "* Marrow function (without transfusion within 7 days):\n  * Platelets ≥ 75 x 10^9/L\n  * Hb ≥ 90 g/L"
    given = record(f"Inclusion Criteria:\n\n{lines}")
    assert [short(limit) for limit in read_lab_limits(given)] == ["platelets >= 75", "haemoglobin >= 9"]


def test_sentences_that_differ_are_all_shown() -> None:
    [limit] = limits_of(("INR ≤ 1.5", "INR ≤ 2.3"))
    assert [evidence.quote for evidence in limit.evidence] == ["INR ≤ 2.3", "INR ≤ 1.5"]


def test_either_an_amount_or_a_multiple_is_given() -> None:
    amount, multiple = limits_of("Bilirubin ≤ 2 mg/dL or ≤ 2 x ULN")
    assert (amount.value, amount.unit, amount.times_uln) == (2, "mg/dL", None)
    assert (multiple.value, multiple.unit, multiple.times_uln) == (None, "", 2)
