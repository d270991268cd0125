"""Limits that hold for some people only, that spare some, or for which another test may stand; each both ways."""

import pytest

from trials.tests.eligibility.labs.reading import read_short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("People with Gilbert's syndrome may enter if albumin is ≥ 34 g/L", ["albumin >= 3.4* conditional"]),
        ("If no cirrhosis: bilirubin ≤ 2 x ULN", ["bilirubin <= 2x* conditional"]),
        ("INR ≤ 1.5 (for people who take no anticoagulants)", ["inr <= 1.5* conditional"]),
        ("For patients with HCC: albumin ≥ 2.8 g/dL", ["albumin >= 2.8*"]),
        ("ALT ≤ 2.5 x ULN, or ≤ 5 x ULN with liver metastases", ["alt <= 5x*"]),  # beyond 5 nobody enters
        ("Albumin ≥ 2.8 g/dL", ["albumin >= 2.8"]),
    ],
)
def test_a_limit_for_some_people_only(text: str, expected: list[str]) -> None:
    assert read_short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilirubin ≤ 2 mg/dL unless Gilbert's syndrome is known", ["bilirubin <= 2* conditional"]),
        ("Bilirubin ≤ 2 mg/dL (does not apply to Gilbert's disease)", ["bilirubin <= 2* conditional"]),
        ("Bilirubin ≤ 2 mg/dL, except in Gilbert's syndrome", ["bilirubin <= 2* conditional"]),
        ("INR ≤ 1.7 unless on anticoagulants", ["inr <= 1.7* conditional"]),
        ("Platelets ≥ 75 x 10^9/L unless the spleen is large", ["platelets >= 75 conditional"]),
        ("Bilirubin ≤ 2 x ULN (≤ 3 mg/dL in Gilbert's syndrome)",
         ["bilirubin <= 3* conditional", "bilirubin <= 2x conditional"]),
        ("ALT ≤ 3 x ULN unless liver metastases are present (≤ 5 x ULN)", ["alt <= 5x*"]),
        ("Platelets ≥ 75 x 10^9/L unless otherwise stated", ["platelets >= 75"]),
        ("Bilirubin ≤ 2 mg/dL", ["bilirubin <= 2"]),
    ],
)  # fmt: skip
def test_a_limit_that_spares_some(text: str, expected: list[str]) -> None:
    assert read_short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilirubin > 2 mg/dL, unless Gilbert's syndrome is known", ["bilirubin <= 2* conditional"]),
        ("Cirrhosis, or ALT > 3 x ULN", ["alt <= 3x"]),  # each bans by itself
        ("INR > 1.5, or need of anticoagulants", ["inr <= 1.5"]),
        ("In the presence of liver metastases, AST or ALT > 5 x ULN",
         ["ast <= 5x* conditional", "alt <= 5x* conditional"]),
    ],
)  # fmt: skip
def test_in_an_exclusion_what_else_is_banned_is_no_condition(text: str, expected: list[str]) -> None:
    assert read_short((), text) == expected


def test_an_exception_spares_from_its_own_limit_only() -> None:
    text = "Bilirubin ≤ 2 mg/dL (unless Gilbert's syndrome is known), albumin ≥ 28 g/L"
    assert read_short(text) == ["bilirubin <= 2* conditional", "albumin >= 2.8"]
    assert read_short("Albumin ≥ 28 g/L; unless Gilbert's syndrome is known, bilirubin ≤ 2 mg/dL") == [
        "bilirubin <= 2* conditional",
        "albumin >= 2.8",
    ]


def test_another_sentence_spares_people_with_gilberts_syndrome() -> None:
    limit = "Bilirubin ≤ 2 mg/dL"
    assert read_short((limit, "Patients with Gilbert's syndrome may be enrolled")) == ["bilirubin <= 2 conditional"]
    assert read_short((limit,), "Known Gilbert's syndrome") == ["bilirubin <= 2"]
    assert read_short((limit, "In Gilbert's syndrome: bilirubin ≤ 4 mg/dL")) == ["bilirubin <= 4*"]


def test_exceptions_that_are_listed_with_their_own_limits_leave_no_doubt() -> None:
    limit = "ALT ≤ 3 x ULN with the following exception:"
    assert read_short((limit, "For patients with liver metastases: ALT ≤ 5 x ULN")) == ["alt <= 5x*"]
    assert read_short((limit, "Approval by the sponsor")) == ["alt <= 3x conditional"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INR ≤ 1.5 or PT/PTT within normal limits", ["inr <= 1.5 alternative"]),
        ("Bilirubin ≤ 2 mg/dL, or direct bilirubin ≤ ULN", ["bilirubin <= 2 alternative"]),
        ("Normal creatinine or creatinine clearance > 60 mL/min", ["creatinine_clearance > 60 alternative"]),
        ("Creatinine ≤ 1.5 mg/dL and/or normal clearance", ["creatinine <= 1.5 alternative"]),
        ("5 x ULN and/or creatinine clearance ≥ 60 mL/min", ["creatinine_clearance >= 60 alternative"]),
        ("INR ≤ 1.5 and PT within normal limits", ["inr <= 1.5"]),
        ("PT or INR ≤ 1.5 x ULN", ["inr <= 1.5x"]),  # one limit, of one thing
        ("Bilirubin ≤ 2 mg/dL, direct bilirubin ≤ ULN", ["bilirubin <= 2"]),
        ("INR ≤ 1.5 or haematocrit within normal limits", ["inr <= 1.5"]),
    ],
)
def test_another_test_without_a_number_may_stand_for_it(text: str, expected: list[str]) -> None:
    assert read_short(text) == expected


def test_in_an_exclusion_or_is_no_way_out() -> None:
    assert read_short((), "INR > 1.5 or prolonged PT") == ["inr <= 1.5"]
