"""The five seed trials: every fact that careful readers agreed on."""

import re

import pytest

from trials.eligibility import read
from trials.tests.eligibility import shared
from trials.vocabulary.facts import FACTS

SEEDS = ("000", "001", "002", "003", "004")


def expected_facts(number: str) -> dict[str, str]:
    """The cells of the table of seeds/README.md for one seed."""
    text = shared.path("seeds/README.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    column = SEEDS.index(number) + 1
    return {row[0]: row[column] for row in rows if row[0] in FACTS and len(row) == len(SEEDS) + 1}


def as_value(name: str, cell: str) -> object:
    """A cell as a value of the fact; None where it is not stated."""
    cell = re.sub(r"\s*\(.*\)", "", cell)
    if cell == "-":
        return None
    if not FACTS[name].many:
        return cell
    span = re.fullmatch(r"(\d+) to (\d+)", cell)
    if span:
        return tuple(range(int(span[1]), int(span[2]) + 1))
    items = [item.strip() for item in cell.split(",")]
    return tuple(int(item) if item.isdigit() and name != "bclc" else item for item in sorted(items))


@pytest.mark.parametrize("number", SEEDS)
def test_every_agreed_fact_of_a_seed(number: str) -> None:
    facts = read(shared.seed(number)).facts
    expected = expected_facts(number)
    assert len(expected) == len(FACTS)
    wrong = {
        name: (facts[name].value, as_value(name, cell), [piece.quote for piece in facts[name].evidence])
        for name, cell in expected.items()
        if "open" not in cell and facts[name].value != as_value(name, cell)
    }
    assert not wrong
