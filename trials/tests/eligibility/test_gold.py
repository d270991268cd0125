"""What careful readers decided: a floor for each fact, a little under what the reader reaches today."""

import pytest

from trials.eligibility.evaluation import FactScore, evaluate
from trials.tests.eligibility import shared

FLOORS = {
    "child_pugh": 0.96,
    "tumor_burden": 0.90,
    "portal_vein_invasion": 0.95,
    "extrahepatic_spread": 0.92,
    "bclc": 0.98,
    "ecog": 0.96,
    "prior_systemic_therapy": 0.85,
    "prior_locoregional_therapy": 0.90,
    "liver_transplant": 0.95,
    "hepatic_encephalopathy": 0.94,
    "ascites": 0.92,
    "hbv": 0.94,
    "hcv": 0.94,
    "modalities": 0.85,
    "hcc_scope": 0.94,
}


def scores(gold: str, corpus: str) -> dict[str, FactScore]:
    read = shared.facts(corpus)
    return evaluate((nct_id, facts, read[nct_id]) for nct_id, facts in shared.gold(gold).items())


def report(score: FactScore) -> str:
    lines = [f"{score.fact}: {score.agreed} of {score.records}"]
    for one in score.disagreements:
        lines.append(f"  {one.nct_id} expected {one.expected}, found {one.found}: {one.quote[:90]!r}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def dev() -> dict[str, FactScore]:
    return scores("dev", "hcc")


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_accuracy_of_each_fact(dev: dict[str, FactScore], name: str, floor: float) -> None:
    assert dev[name].records > 70
    assert dev[name].accuracy >= floor, report(dev[name])


def test_precision_of_stated_values(dev: dict[str, FactScore]) -> None:
    stated = sum(score.stated for score in dev.values())
    right = sum(score.stated_right for score in dev.values())
    assert right / stated >= 0.93


def test_child_pugh_over_the_phrases_of_other_trials() -> None:
    score = scores("child_pugh", "child_pugh")["child_pugh"]
    assert score.records > 100
    assert score.accuracy >= 0.96, report(score)
