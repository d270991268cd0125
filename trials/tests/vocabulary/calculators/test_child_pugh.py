"""Every boundary of the Child-Pugh tables on both sides, in both units; ranges where values are missing."""

from itertools import product
from typing import Any

import pytest

from trials.vocabulary.calculators.child_pugh import (
    CHILD_TURCOTTE,
    PUGH,
    WITH_INR,
    AlbuminTable,
    Ascites,
    ChildPughValues,
    Encephalopathy,
    child_pugh,
)
from trials.vocabulary.measured import PROLONGED, measured

OLD = AlbuminTable.CHILD_TURCOTTE_3_0
NEW = AlbuminTable.PUGH_2_8
BANDS = [
    ("bilirubin", "mg/dL", NEW, [(1.9, 1), (1.999, 1), (2, 2), (2.001, 2), (2.999, 2), (3, 2), (3.001, 3), (3.1, 3)]),
    ("bilirubin", "µmol/L", NEW, [(33.9, 1), (34, 2), (34.1, 2), (50.9, 2), (51, 2), (51.1, 3), (52, 3)]),
    ("albumin", "g/dL", NEW, [(3.6, 1), (3.501, 1), (3.5, 2), (3.499, 2), (2.801, 2), (2.8, 2), (2.799, 3), (2.7, 3)]),
    ("albumin", "g/L", NEW, [(36, 1), (35.1, 1), (35, 2), (34.9, 2), (28.1, 2), (28, 2), (27.9, 3), (27, 3)]),
    ("albumin", "g/dL", OLD, [(3.6, 1), (3.501, 1), (3.5, 2), (3.001, 2), (3, 2), (2.999, 3), (2.8, 3)]),
    ("albumin", "g/L", OLD, [(36, 1), (35.1, 1), (35, 2), (30.1, 2), (30, 2), (29.9, 3), (28, 3)]),
    ("inr", "", NEW, [(1.6, 1), (1.699, 1), (1.7, 2), (1.701, 2), (2.299, 2), (2.3, 2), (2.301, 3), (2.4, 3)]),
    (PROLONGED, "s", NEW, [(0, 1), (3.9, 1), (4, 2), (4.1, 2), (5.9, 2), (6, 2), (6.1, 3), (7, 3)]),
]
_FIELD = {PROLONGED: "prothrombin_prolonged"}
STEPS = [(*band[:3], number, points) for band in BANDS for number, points in band[3]]


@pytest.mark.parametrize(("name", "unit", "table", "number", "points"), STEPS)
def test_each_boundary_has_its_points(name: str, unit: str, table: AlbuminTable, number: float, points: int) -> None:
    given: dict[str, Any] = {_FIELD.get(name, name): measured(name, number, unit)}
    result = child_pugh(ChildPughValues(**given, albumin_table=table))
    [known] = [part.points for part in result.parts if len(part.points) == 1]
    assert known == (points,)
    assert result.scores == tuple(range(4 + points, 12 + points + 1))


def test_every_total_has_its_class() -> None:
    bilirubins = {1: 1.0, 2: 2.5, 3: 4.0}
    albumins = {1: 4.0, 2: 3.0, 3: 2.0}
    inrs = {1: 1.0, 2: 2.0, 3: 3.0}
    seen = set()
    for one, two, three, four, five in product((1, 2, 3), repeat=5):
        values = ChildPughValues(
            measured("bilirubin", bilirubins[one], "mg/dL"),
            measured("albumin", albumins[two], "g/dL"),
            inr=measured("inr", inrs[three]),
            ascites=tuple(Ascites)[four - 1],
            encephalopathy=tuple(Encephalopathy)[five - 1],
        )
        total = one + two + three + four + five
        result = child_pugh(values)
        assert (result.score, result.missing) == (total, ())
        assert result.letter == ("A" if total < 7 else "B" if total < 10 else "C")
        assert len(result.parts) == 5
        seen.add(total)
    assert seen == set(range(5, 16))


def test_nothing_known_leaves_every_score() -> None:
    result = child_pugh(ChildPughValues())
    assert result.scores == tuple(range(5, 16))
    assert (result.score, result.letter, result.classes) == (None, None, ("A", "B", "C"))
    assert result.missing == ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")


def test_a_range_within_one_class_has_the_class_but_no_score() -> None:
    values = ChildPughValues(
        measured("bilirubin", 4, "mg/dL"), measured("albumin", 2, "g/dL"), measured("inr", 3), ascites=Ascites.MODERATE
    )
    assert child_pugh(values).score is None
    assert (child_pugh(values).scores, child_pugh(values).letter) == ((13, 14, 15), "C")


def test_the_tables_are_named() -> None:
    assert child_pugh(ChildPughValues(measured("bilirubin", 1, "mg/dL"))).sources == (PUGH,)
    assert child_pugh(ChildPughValues(inr=measured("inr", 1))).sources == (PUGH, WITH_INR)
    assert CHILD_TURCOTTE in child_pugh(ChildPughValues(albumin_table=OLD)).sources


@pytest.mark.parametrize(("number", "is_noted"), [(2.7, False), (2.8, True), (2.9, True), (3.0, False), (3.6, False)])
def test_albumin_on_which_tables_differ_is_noted(number: float, is_noted: bool) -> None:
    notes = child_pugh(ChildPughValues(albumin=measured("albumin", number, "g/dL"))).notes
    assert any("Pugh's table" in note.text for note in notes) is is_noted


@pytest.mark.parametrize(
    ("number", "unit", "is_noted"),
    [(34.1, "µmol/L", True), (34.3, "µmol/L", False), (51.2, "µmol/L", True), (51.4, "µmol/L", False),
     (3, "mg/dL", True), (2.5, "mg/dL", False)],
)  # fmt: skip
def test_bilirubin_on_which_units_differ_is_noted(number: float, unit: str, is_noted: bool) -> None:
    notes = child_pugh(ChildPughValues(measured("bilirubin", number, unit))).notes
    assert any("Rounding" in note.text for note in notes) is is_noted


@pytest.mark.parametrize(("number", "is_noted"), [(1.69, False), (1.7, True), (2.3, True), (2.31, False)])
def test_a_value_on_a_boundary_is_noted(number: float, is_noted: bool) -> None:
    notes = child_pugh(ChildPughValues(inr=measured("inr", number))).notes
    assert any("exactly on a boundary" in note.text for note in notes) is is_noted


def test_it_says_for_whom_it_is_not_and_asks_back() -> None:
    result = child_pugh(ChildPughValues(measured("bilirubin", 34, "mg/dL"), measured("albumin", 35, "g/dL")))
    assert "biliary" in result.notes[0].text
    assert [(question.field, question.code) for question in result.questions] == [
        ("bilirubin", "other_unit"),
        ("albumin", "other_unit"),
    ]


def test_inr_counts_before_seconds() -> None:
    both = ChildPughValues(inr=measured("inr", 3), prothrombin_prolonged=measured(PROLONGED, 0))
    assert child_pugh(both).parts[2].points == (3,)
    assert any("INR was used" in note.text for note in child_pugh(both).notes)


def test_no_repr_tells_a_value() -> None:
    values = ChildPughValues(measured("bilirubin", 7.77, "mg/dL"))
    result = child_pugh(values)
    shown = f"{values!r} {result!r} {result.parts!r} {result.questions!r} {result.notes!r} {result.parts[0].step!r}"
    assert "7.77" not in shown
