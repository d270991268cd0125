"""Child-Pugh as registries phrase it: every row of PHRASES.md 7a."""

import re

from trials.eligibility import Fact
from trials.tests.eligibility import shared
from trials.tests.eligibility.builders import fact_of

NOT_A_PHRASE = re.compile(r"\(lost \"<=\"\)|\(\"Child-Pugh 评分 .*\)|\(\"and\" = or\)")
SCOPED = ("part-scoped", "condition-scoped", "cohort-scoped")


def rows() -> list[tuple[str, str, str]]:
    """Phrase, INC or EXC, and what it accepts; a row that holds several phrases gives several."""
    found = []
    text = shared.path("domain/PHRASES.md").read_text(encoding="utf-8")
    for line in text[: text.index("### 7b")].splitlines():
        cells = [cell.strip() for cell in line.split("|")][1:-1]
        if len(cells) == 4 and cells[1] in ("INC", "EXC"):
            for phrase in re.split(r" / |; (?=\*\*)", cells[0].replace("**", "")):
                cleaned = NOT_A_PHRASE.sub("", phrase).strip()
                named = cleaned if re.search(r"child|cp", cleaned, re.IGNORECASE) else f"Child-Pugh {cleaned}"
                found.append((named, cells[1], cells[2]))
    return found


def accepted(cell: str) -> tuple[int, ...] | None:
    """The scores of a cell; None where it does not name them."""
    if cell.startswith("none"):
        return ()
    span = re.search(r"(\d+)-(\d+)", cell)
    if span:
        return tuple(range(int(span[1]), int(span[2]) + 1))
    return (int(cell),) if cell.isdigit() else None


def read_phrase(phrase: str, place: str) -> Fact:
    return fact_of("child_pugh", inclusion=phrase) if place == "INC" else fact_of("child_pugh", exclusion=phrase)


def test_every_phrase_gives_its_scores() -> None:
    found = rows()
    assert len(found) > 50
    wrong = [
        (phrase, place, cell, read_phrase(phrase, place).value)
        for phrase, place, cell in found
        if accepted(cell) is not None and read_phrase(phrase, place).value != accepted(cell)
    ]
    assert not wrong


def test_lost_signs_are_flagged() -> None:
    flagged = [(phrase, place) for phrase, place, cell in rows() if "flag" in cell]
    assert flagged
    assert all("lost_sign" in read_phrase(phrase, place).doubts for phrase, place in flagged)


def test_what_depends_on_a_cohort_or_part_says_so() -> None:
    scoped = [(phrase, place) for phrase, place, cell in rows() if cell.startswith(("part-scoped", "cohort-scoped"))]
    assert scoped
    assert all(read_phrase(phrase, place).depends_on_cohort for phrase, place in scoped)
