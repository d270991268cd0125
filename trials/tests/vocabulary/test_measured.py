"""Numbers and units as people type them; what is asked back, and what is refused."""

import pytest

from trials.vocabulary.laboratory import ANALYTES
from trials.vocabulary.measured import PATIENT_VALUES, PROLONGED, Unreadable, measured, questions_about, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("2.0", 2), ("2,0", 2), (" 2,5 ", 2.5), ("0,05", 0.05), ("100 000", 100_000), ("1,000,000", 1e6),
     ("1'200", 1200), ("1.200.000", 1.2e6), ("0.123", 0.123), ("−1", -1)],
)  # fmt: skip
def test_numbers(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "two", "2..0", "2,0,0", "1e9", "nan", "inf", "< 2", "2 mg", "1,200", "1.200", "٣"]
)
def test_what_is_no_number_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_number(text)
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "unit", "folded"),
    [("bilirubin", "umol/l", "µmol/L"), ("bilirubin", "μmol/L", "µmol/L"), ("platelets", "×10⁹/L", "10^9/L"),
     ("platelets", "x10^9/l", "10^9/L"), ("platelets", "10e9/L", "10^9/L"), ("neutrophils", "/uL", "/µL"),
     ("inr", "", ""), ("ast", "", "U/L")],
)  # fmt: skip
def test_units(code: str, unit: str, folded: str) -> None:
    assert measured(code, "20", unit).unit == folded


@pytest.mark.parametrize(
    ("code", "unit"), [("bilirubin", ""), ("bilirubin", "g/L"), ("albumin", "mg/dL"), ("inr", "s")]
)
def test_a_unit_is_never_guessed(code: str, unit: str) -> None:
    with pytest.raises(Unreadable, match="Choose the unit"):
        measured(code, "2", unit)


@pytest.mark.parametrize(
    ("code", "number", "unit", "asked"),
    [("bilirubin", "2,0", "mg/dL", ""), ("bilirubin", "34", "mg/dL", "other_unit"), ("bilirubin", "1,2", "µmol/L",
     "other_unit"), ("albumin", "35", "g/dL", "other_unit"), ("albumin", "3.5", "g/L", "other_unit"), ("albumin", "3.5",
     "g/dL", ""), ("inr", "0.2", "", "unusual"), ("inr", "1.1", "", ""), (PROLONGED, "14", "s", "whole_time"),
     (PROLONGED, "-1", "s", ""), ("platelets", "150", "/µL", "other_unit"), ("platelets", "150000", "10^9/L",
     "other_unit"), ("afp", "0", "ng/mL", ""), ("creatinine", "80", "mg/dL", "other_unit"), ("haemoglobin", "12", "g/L",
     "other_unit"), ("ast", "99999", "", "unusual")],
)  # fmt: skip
def test_implausible_values_are_asked_back(code: str, number: str, unit: str, asked: str) -> None:
    assert [question.code for question in questions_about(measured(code, number, unit))] == ([asked] if asked else [])


@pytest.mark.parametrize(("code", "number"), [("inr", "0"), ("inr", "-1"), ("ast", "0"), ("afp", "-1")])
def test_impossible_values_are_refused(code: str, number: str) -> None:
    with pytest.raises(Unreadable):
        measured(code, number, PATIENT_VALUES[code].units[0].name)


def test_every_value_folds_into_the_unit_of_the_limits() -> None:
    for kind in PATIENT_VALUES.values():
        assert kind.code in ANALYTES
        for unit in kind.units:
            assert measured(kind.code, 20, unit.name).folded is not None, (kind.code, unit.name)


def test_the_same_amount_in_two_units_is_asked_back_alike() -> None:
    for kind in PATIENT_VALUES.values():
        spans = [(unit.low, unit.high) for unit in kind.units]
        folded = [
            (measured(kind.code, max(low, 0.001), unit.name).folded, measured(kind.code, high, unit.name).folded)
            for (low, high), unit in zip(spans, kind.units, strict=True)
        ]
        for low, high in folded[1:]:
            assert high == pytest.approx(folded[0][1], rel=0.7), kind.code
            assert low is not None
            assert low <= (high or 0)
