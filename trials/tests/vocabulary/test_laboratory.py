"""Units of laboratory tests: conversions by hand, against published factors."""

import pytest

from trials.vocabulary.laboratory import ANALYTES, fold, guessed_unit, is_plausible


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "expected"),
    [
        ("bilirubin", 34.2, "µmol/L", 2.0),
        ("bilirubin", 2.0, "mg/dL", 2.0),
        ("albumin", 35, "g/L", 3.5),
        ("creatinine", 88.4, "µmol/L", 1.0),
        ("haemoglobin", 10, "mmol/L", 16.11),
        ("haemoglobin", 90, "g/L", 9.0),
        ("platelets", 50_000, "/µL", 50.0),
        ("platelets", 50, "10^9/L", 50.0),
        ("neutrophils", 1500, "/µL", 1.5),
        ("afp", 100, "IU/mL", 121.0),
        ("inr", 1.7, "", 1.7),
    ],
)
def test_values_are_folded_into_one_unit(analyte: str, value: float, unit: str, expected: float) -> None:
    assert fold(analyte, value, unit) == expected


@pytest.mark.parametrize(("analyte", "unit"), [("bilirubin", "g/L"), ("inr", "s"), ("platelets", "mg/dL"), ("alt", "")])
def test_a_foreign_unit_gives_nothing(analyte: str, unit: str) -> None:
    assert fold(analyte, 1, unit) is None


@pytest.mark.parametrize(
    ("analyte", "value", "unit"),
    [
        ("bilirubin", 2, "mg/dL"),
        ("bilirubin", 51, "µmol/L"),
        ("albumin", 2.8, "g/dL"),
        ("albumin", 28, "g/L"),
        ("platelets", 75, "10^9/L"),
        ("platelets", 75_000, "/µL"),
        ("haemoglobin", 90, "g/L"),
        ("creatinine", 0.01, ""),
        ("alt", 5, ""),
    ],
)
def test_a_missing_unit_is_the_one_that_makes_sense(analyte: str, value: float, unit: str) -> None:
    assert guessed_unit(analyte, value) == unit


def test_every_analyte_is_kept_in_a_unit_of_its_own() -> None:
    for analyte in ANALYTES.values():
        assert analyte.factors[analyte.unit] == 1.0
        assert is_plausible(analyte.code, (analyte.least * analyte.most) ** 0.5)
        assert not is_plausible(analyte.code, analyte.least / 2)
        assert not is_plausible(analyte.code, analyte.most * 2)


def test_34_mg_of_bilirubin_is_questioned() -> None:
    assert not is_plausible("bilirubin", 34)
