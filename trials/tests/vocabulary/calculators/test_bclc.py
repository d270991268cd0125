"""The BCLC stage against its table, by another way: each stage's own sentence over concrete patients."""

from itertools import product

import pytest

from trials.vocabulary.calculators.bclc import (
    REIG,
    STAGES,
    BclcValues,
    Largest,
    LiverFunction,
    Nodules,
    bclc,
    largest_of,
    liver_function_of,
    nodules_of,
)

FIT = {
    "invasion": False,
    "spread": False,
    "performance_status": 0,
    "liver_function": LiverFunction.PRESERVED,
}


def known(count: int, centimetres: float, **others: object) -> BclcValues:
    return BclcValues(nodules_of(count), largest_of(centimetres), **{**FIT, **others})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "centimetres", "stage"),
    [(1, 1, "0"), (1, 2, "0"), (1, 2.1, "A"), (1, 15, "A"), (2, 2, "A"), (2, 3, "A"), (2, 3.1, "B"), (3, 3, "A"),
     (3, 3.1, "B"), (4, 1, "B"), (4, 3, "B"), (20, 9, "B")],
)  # fmt: skip
def test_number_and_size(count: int, centimetres: float, stage: str) -> None:
    assert bclc(known(count, centimetres)).stage == stage


@pytest.mark.parametrize(
    ("others", "stage"),
    [
        ({"invasion": True}, "C"),
        ({"spread": True}, "C"),
        ({"performance_status": 1, "is_from_tumor": True}, "C"),
        ({"performance_status": 2, "is_from_tumor": True}, "C"),
        ({"performance_status": 2, "is_from_tumor": False}, "A"),
        ({"performance_status": 3, "is_from_tumor": True}, "D"),
        ({"performance_status": 4, "is_from_tumor": True}, "D"),
        ({"performance_status": 4, "is_from_tumor": False}, "A"),
        ({"liver_function": LiverFunction.END_STAGE, "can_have_transplant": False}, "D"),
        ({"liver_function": LiverFunction.END_STAGE, "can_have_transplant": True}, "A"),
        ({"invasion": True, "liver_function": LiverFunction.END_STAGE, "can_have_transplant": False}, "D"),
    ],
)
def test_status_vessels_spread_and_liver(others: dict[str, object], stage: str) -> None:
    assert bclc(known(1, 4, **others)).stage == stage


@pytest.mark.parametrize(
    ("others", "stages", "missing"),
    [
        ({"invasion": None}, ("A", "C"), ("invasion",)),
        ({"performance_status": 1}, ("A", "C"), ("is_from_tumor",)),
        ({"liver_function": None}, ("A", "D"), ("liver_function", "can_have_transplant")),
        ({"largest": None}, ("0", "A"), ("largest",)),
        ({"spread": True, "invasion": None}, ("C",), ()),
    ],
)
def test_what_is_missing_is_said(others: dict[str, object], stages: tuple[str, ...], missing: tuple[str, ...]) -> None:
    values = {"nodules": Nodules.ONE, "largest": Largest.OVER_3, **FIT, **others}
    result = bclc(BclcValues(**values))  # type: ignore[arg-type]
    assert (result.stages, result.missing) == (stages, missing)
    assert (result.stage is None) == (len(stages) > 1)


def test_nothing_known_leaves_every_stage() -> None:
    assert bclc(BclcValues()).stages == STAGES
    assert bclc(BclcValues()).sources == (REIG,)


def test_more_knowledge_only_strikes_stages_out() -> None:
    choices = {"nodules": Nodules.MORE, "invasion": False, "spread": False, "performance_status": 2}
    for mask in product((True, False), repeat=len(choices)):
        some = {name: value for (name, value), kept in zip(choices.items(), mask, strict=True) if kept}
        assert set(bclc(BclcValues(**choices)).stages) <= set(bclc(BclcValues(**some)).stages)  # type: ignore[arg-type]


def test_child_pugh_b_alone_decides_nothing_about_the_liver() -> None:
    assert liver_function_of("A") is LiverFunction.PRESERVED
    assert liver_function_of("B") is None
    assert liver_function_of("C") is LiverFunction.END_STAGE
    with pytest.raises(ValueError, match="needs a tumour"):
        nodules_of(0)
