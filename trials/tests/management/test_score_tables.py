"""Tables of scores, and the part of a document that holds them: numbers alone, and nothing else is touched."""

from datetime import date

import pytest

from trials.eligibility.evaluation import FactScore
from trials.management.gold import SetScore
from trials.management.score_tables import BEGIN, END, MarkerError, generated_part, heading, replace_generated, table

SCORES = {
    "ecog": FactScore("ecog", records=4, agreed=3, stated=2, stated_right=1, expected_stated=3),
    "hbv": FactScore("hbv", records=6, agreed=3, stated=2, stated_right=2, expected_stated=2),
    "bclc": FactScore("bclc"),
}


def test_a_row_for_each_fact_and_one_for_all() -> None:
    assert table(SCORES) == [
        "| fact | records | accuracy | precision | recall |",
        "|---|---|---|---|---|",
        "| ecog | 4 | 0.750 | 0.500 | 0.333 |",
        "| hbv | 6 | 0.500 | 1.000 | 1.000 |",
        "| bclc | 0 | - | - | - |",
        "| all facts | 10 | 0.600 | 0.750 | 0.600 |",
    ]


@pytest.mark.parametrize(
    ("records", "missing", "text"),
    [(1, 0, "### x (1 record)"), (2, 0, "### x (2 records)"), (1, 3, "### x (1 of 4 records)")],
)
def test_a_heading_tells_how_many_records_were_compared(records: int, missing: int, text: str) -> None:
    assert heading(SetScore("x", {}, records, missing)) == text


def test_the_generated_part_has_the_day_and_every_set_under_its_name() -> None:
    part = generated_part([SetScore("one", SCORES, 4, 0), SetScore("two", {}, 1, 0)], date(2026, 3, 7))
    assert part.startswith("7 March 2026. Exact accuracy: ")
    assert [line for line in part.splitlines() if line.startswith("#")] == ["### one (4 records)", "### two (1 record)"]
    assert part.count("| all facts |") == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_what_stands_between_the_markers_is_replaced(newline: str) -> None:
    before, after = f"# Title{newline}{newline}Ours. ", f" Ours too.{newline}  "
    once = replace_generated(f"{before}{BEGIN}{newline}old{newline}{END}{after}", "new")
    assert once == f"{before}{BEGIN}\n\nnew\n\n{END}{after}"
    assert replace_generated(once, "new") == once


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("", "begin .* must stand there once; found 0 times"),
        (BEGIN, "end -->.* found 0 times"),
        (END, "begin .* found 0 times"),
        (f"{BEGIN}{BEGIN}{END}", "begin .* found 2 times"),
        (f"{END}{BEGIN}", "end --> stands before"),
    ],
)
def test_markers_that_are_amiss_are_named(document: str, problem: str) -> None:
    with pytest.raises(MarkerError, match=problem):
        replace_generated(document, "new")
