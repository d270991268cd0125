"""ALBI by its formula, both units, every boundary on both sides."""

import math

import pytest

from trials.vocabulary.calculators.albi import albi, grade_of
from trials.vocabulary.measured import measured


@pytest.mark.parametrize(
    ("score", "grade", "modified"),
    [(-3.5, 1, "1"), (-2.6000001, 1, "1"), (-2.60, 1, "1"), (-2.5999999, 2, "2a"), (-2.2700001, 2, "2a"),
     (-2.27, 2, "2a"), (-2.2699999, 2, "2b"), (-1.3900001, 2, "2b"), (-1.39, 2, "2b"), (-1.3899999, 3, "3"),
     (0, 3, "3")],
)  # fmt: skip
def test_each_boundary_belongs_to_the_better_grade(score: float, grade: int, modified: str) -> None:
    assert grade_of(score) == (grade, modified)


@pytest.mark.parametrize("boundary", [-2.60, -2.27, -1.39])
@pytest.mark.parametrize("in_grams_per_litre", [True, False])
def test_albumin_just_beside_a_boundary_changes_the_grade(boundary: float, in_grams_per_litre: bool) -> None:
    exact = (0.66 * math.log10(20) - boundary) / 0.085
    factor, unit = (1, "g/L") if in_grams_per_litre else (0.1, "g/dL")
    bilirubin = measured("bilirubin", 20, "µmol/L")
    better = albi(bilirubin, measured("albumin", (exact + 0.001) * factor, unit))
    worse = albi(bilirubin, measured("albumin", (exact - 0.001) * factor, unit))
    assert better.score is not None
    assert worse.score is not None
    assert better.score < boundary < worse.score
    assert better.modified_grade != worse.modified_grade
    assert better.shown_score != worse.shown_score


def test_both_units_give_the_same() -> None:
    one = albi(measured("bilirubin", 17.1, "µmol/L"), measured("albumin", 40, "g/L"))
    other = albi(measured("bilirubin", 1, "mg/dL"), measured("albumin", 4, "g/dL"))
    assert one.score == other.score == pytest.approx(0.66 * 1.2329961 - 3.4)
    assert (one.grade, one.modified_grade, str(one.shown_score)) == (2, "2a", "-2.59")
    assert [source.doi for source in one.sources] == ["10.1200/JCO.2014.57.9151", "10.1159/000479984"]


def test_what_is_shown_never_contradicts_the_grade() -> None:
    for thousandths in range(30_000, 45_000, 7):
        result = albi(measured("bilirubin", 12, "µmol/L"), measured("albumin", thousandths / 1000, "g/L"))
        assert result.shown_score is not None
        assert grade_of(float(result.shown_score)) == (result.grade, result.modified_grade)


def test_a_missing_value_gives_no_grade() -> None:
    result = albi(None, measured("albumin", 35, "g/dL"))
    assert (result.score, result.grade, result.missing) == (None, None, ("bilirubin",))
    assert [question.code for question in result.questions] == ["other_unit"]
