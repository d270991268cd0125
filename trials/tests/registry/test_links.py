"""Which arm gets which intervention, when the registry says it from both sides, from one, or wrongly."""

import pytest

from trials.registry.links import arm_interventions
from trials.registry.record import Arm, Intervention, TrialRecord

SORAFENIB = Intervention("sorafenib", "DRUG")


def _pairs(arms: tuple[Arm, ...], interventions: tuple[Intervention, ...]) -> set[tuple[int, int]]:
    return arm_interventions(TrialRecord("NCT01234567", arms=arms, interventions=interventions))


def test_either_side_is_enough_and_both_count_once() -> None:
    arms = (Arm("A", intervention_names=("Drug: sorafenib",)), Arm("B"))
    interventions = (Intervention("sorafenib", arm_labels=("A",)), Intervention("TACE", arm_labels=("A", "B")))
    assert _pairs(arms, interventions) == {(0, 0), (0, 1), (1, 1)}
    assert _pairs((Arm("A"), Arm("B")), interventions) == {(0, 0), (0, 1), (1, 1)}
    assert _pairs(arms, (SORAFENIB,)) == {(0, 0)}


@pytest.mark.parametrize("name", ["Drug: Sorafenib ", "sorafenib", "Combination Product: SORAFENIB"])
def test_names_are_found_without_type_case_and_spaces(name: str) -> None:
    assert _pairs((Arm("A", intervention_names=(name,)),), (SORAFENIB,)) == {(0, 0)}


def test_colons_in_names_do_not_cut_them() -> None:
    arms = (Arm("A", intervention_names=("Drug: Part 1: sorafenib", "Part 2: placebo")),)
    interventions = (Intervention("Part 1: sorafenib"), Intervention("Part 2: placebo"), SORAFENIB)
    assert _pairs(arms, interventions) == {(0, 0), (0, 1)}


def test_labels_that_name_nothing_link_nothing() -> None:
    arms = (Arm("A", intervention_names=("Drug: lenvatinib", "")), Arm(""))
    assert _pairs(arms, (Intervention("sorafenib", arm_labels=("Arm of another trial",)),)) == set()


def test_arms_of_one_label_and_interventions_of_one_name_are_all_linked() -> None:
    """The record does not tell such twins apart, so neither do we."""
    twins = (Arm("A"), Arm("A"))
    assert _pairs(twins, (Intervention("x", arm_labels=("A",)),)) == {(0, 0), (1, 0)}
    named = (Arm("A", intervention_names=("Other: x",)),)
    assert _pairs(named, (Intervention("x", "DRUG"), Intervention("x", "DRUG"))) == {(0, 0), (0, 1)}


def test_the_type_tells_interventions_of_one_name_apart() -> None:
    """As in NCT01601847."""
    arms = (
        Arm("A", intervention_names=("Drug: Cholecalciferol",)),
        Arm("B", intervention_names=("Dietary Supplement: cholecalciferol",)),
    )
    interventions = (Intervention("Cholecalciferol", "DRUG"), Intervention("Cholecalciferol", "DIETARY_SUPPLEMENT"))
    assert _pairs(arms, interventions) == {(0, 0), (1, 1)}
