"""Numbers and texts of the pure rooms in the reader's language."""

import math
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from trials.matching.wording import amount_words, as_recorded, number_words, say
from trials.vocabulary.calculators.albi import albi
from trials.vocabulary.calculators.child_pugh import ChildPughValues, child_pugh
from trials.vocabulary.laboratory import fold
from trials.vocabulary.measured import PATIENT_VALUES, Unreadable, measured, questions_about
from trials.vocabulary.worded import Worded


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (34.0, "34", "34"),
        (34.2, "34.2", "34,2"),
        (2, "2", "2"),
        (1_500_000.0, "1500000", "1500000"),
        (0.00001, "0.00001", "0,00001"),
        (-2.5, "−2.5", "−2,5"),
        (1 / 3, "0.333333", "0,333333"),
        (Decimal("-2.60"), "−2.60", "−2,60"),
    ],
)
def test_numbers(number: float | Decimal, english: str, french: str) -> None:
    assert number_words(number) == english
    with override("fr"):
        assert number_words(number) == french


@given(st.floats(-1e9, 1e9))
def test_a_number_reads_back_as_itself(number: float) -> None:
    said = number_words(number)
    assert "e" not in said
    assert math.isclose(float(said.replace("−", "-")), number, rel_tol=1e-5, abs_tol=1e-300)


def test_values_are_put_into_the_text() -> None:
    assert say(Worded("%(words)s, %(units)s, %(number)s, %(points)d", {
        "words": "Ascites", "units": ("µmol/L", "mg/dL"), "number": 2.5, "points": 3,
    })) == "Ascites, µmol/L, mg/dL, 2.5, 3"  # fmt: skip


def test_a_value_is_asked_about_with_its_unit_if_it_has_one() -> None:
    with_unit, without = questions_about(measured("creatinine", 2000, "µmol/L")), questions_about(measured("inr", 9.5))
    assert [say(one.words) for one in with_unit] == ["2000 µmol/L would be unusual. Is the number right?"]
    assert [say(one.words) for one in without] == ["9.5 would be unusual. Is the number right?"]
    platelets = questions_about(measured("platelets", 150_000, "10^9/L"))
    assert [say(one.words) for one in platelets] == ["150000 ×\u00a010⁹/L would be unusual. Is the unit /µL?"]


def test_a_missing_unit_is_asked_for_by_all_that_are_known() -> None:
    with pytest.raises(Unreadable) as refused:
        measured("bilirubin", "2")
    assert say(refused.value.words) == "Choose the unit: µmol/L, mg/dL."


def test_the_steps_of_a_score_have_the_readers_numbers() -> None:
    values = ChildPughValues(bilirubin=measured("bilirubin", "34,5", "µmol/L"), inr=measured("inr", "1,7"))
    parts = {part.name: part.step for part in child_pugh(values).parts}
    assert (say(parts["bilirubin"]), say(parts["inr"])) == ("34.5 µmol/L: 2", "1.7: 2")
    formula = albi(measured("bilirubin", 17.1, "µmol/L"), measured("albumin", 4, "g/dL")).steps[0]
    assert say(formula) == "0.66 × log10(17.1 µmol/L) − 0.085 × 40 g/L = −2.59"
    with override("fr"):
        assert "17,1" in say(formula)
        assert "−2,59" in say(formula)


def test_amounts_have_the_unit_as_people_write_it() -> None:
    assert amount_words(75.0, "10^9/L") == "75\u00a0×\u00a010⁹/L"
    assert amount_words(2.5, "mg/dL") == "2.5\u00a0mg/dL"
    assert amount_words(1.7, "") == "1.7"
    with override("fr"):
        assert amount_words(2.5, "mg/dL") == "2,5\u00a0mg/dL"


@pytest.mark.parametrize(
    ("analyte", "number", "unit", "expected"),
    [
        ("bilirubin", 51, "µmol/L", (51, "µmol/L")),
        ("bilirubin", 34.2, "µmol/L", (2, "mg/dL")),
        ("creatinine", 130, "µmol/L", (130, "µmol/L")),
        ("haemoglobin", 5.6, "mmol/L", (5.6, "mmol/L")),
        ("platelets", 75_000, "/µL", (75, "10^9/L")),
        ("bilirubin", 2.344, "mg/dL", (2.344, "mg/dL")),  # short in no unit
        ("prothrombin_time_prolongation", 4, "s", (4, "s")),
    ],
)
def test_a_limit_goes_back_into_the_unit_of_the_record(
    analyte: str, number: float, unit: str, expected: tuple[float, str]
) -> None:
    kept = fold(analyte, number, unit)
    assert kept is not None
    assert as_recorded(analyte, kept) == expected


@given(st.sampled_from(sorted(PATIENT_VALUES)), st.floats(0.5, 5000))
def test_it_stays_the_same_amount(analyte: str, number: float) -> None:
    kept = fold(analyte, number, PATIENT_VALUES[analyte].units[-1].name)
    assert kept is not None
    assert fold(analyte, *as_recorded(analyte, kept)) == kept
